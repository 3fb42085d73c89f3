"""The one door to the network: each connection goes to an address that was checked, and each answer is bounded.

The check stands where the connection is made, so that no redirect and no name that resolves otherwise a second time
(DNS rebinding) gets past it: what is connected to is the very address that was looked at. A name of which any address
is not public is refused as a whole. Time is bounded over all steps of a request together, so that a server which sends
a byte now and then gains nothing; size is bounded before and after decompression.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

import httpcore
import httpx

from citecheck.readers.document import UnreadableError, size
from citecheck.version import __version__

#: How we name ourselves to a server, and in its robots.txt.
AGENT = "citecheck"
_HEADERS = {
    "User-Agent": f"{AGENT}/{__version__}",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
#: Where clouds tell a machine its own secrets, beside the link-local 169.254.169.254: never fetched from.
_METADATA = frozenset(map(ipaddress.ip_address, ("fd00:ec2::254", "100.100.100.200", "192.0.0.192")))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedError(Exception):
    """Raised where an address is not fetched; the message is the reason that the user sees."""


class Got(NamedTuple):
    """An answer: the address that gave it, behind all redirects, and its content, decompressed."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes


def refusal(address: str, allow_private: bool) -> str | None:
    """Why nothing is fetched from an IP address, else None.

    `allow_private` lets in the loopback and the private ranges (an editorial system in the house), and never link-local
    addresses, those of clouds' metadata, multicast or reserved ones.
    """
    found = _plain(ipaddress.ip_address(address.partition("%")[0]))
    if found.is_global and not found.is_multicast and found not in _METADATA:
        return None
    nobody = found.is_link_local or found.is_unspecified or found.is_reserved or found.is_multicast
    if (found.is_loopback or not nobody) and found not in _METADATA:
        return None if allow_private else f"{found} is a private address; --allow-private fetches from it"
    return f"{found} is no address of a public server"


def _plain(address: IPAddress) -> IPAddress:
    """The IPv4 address that is written inside one of IPv6, which some systems connect to, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if inner is None and (address in _NAT64 or (int(address) >> 32 == 0 and int(address) > 1)):
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address


class _Clock:
    """What is left of the time of one request, in seconds on the wall."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = 0.0

    def restart(self) -> None:
        self._end = time.monotonic() + self._seconds

    def left(self, wanted: float | None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return min(left, wanted) if wanted is not None else left


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends with the time of the request."""

    def __init__(self, inner: httpcore.NetworkStream, clock: _Clock) -> None:
        self._inner = inner
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._clock.left(timeout))
        return _Stream(inner, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Guard(httpcore.NetworkBackend):
    """Makes the connections, each to an address that was checked."""

    def __init__(self, allow_private: bool, clock: _Clock) -> None:
        self._allow_private = allow_private
        self._clock = clock
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _addresses(host, port)
        for address in addresses:
            why = refusal(address, self._allow_private)
            if why:
                raise RefusedError(why)
        for number, address in enumerate(addresses, 1):
            try:
                return _Stream(self._inner.connect_tcp(address, port, self._clock.left(timeout)), self._clock)
            except httpcore.ConnectError:
                if number == len(addresses):
                    raise
        raise RefusedError(f"{host} has no address")


def _addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a name, in the order of the system."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RefusedError(f"{host} is not known to the name servers") from None
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class _Body(httpx.SyncByteStream):
    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner

    def close(self) -> None:
        self._inner.close()


class _Transport(httpx.BaseTransport):
    """httpx over connections of the guard. Proxies of the environment are left alone: they would resolve names."""

    def __init__(self, guard: _Guard) -> None:
        context = httpx.create_ssl_context()  # SSL_CERT_FILE names the authorities of a house
        self._pool = httpcore.ConnectionPool(context, network_backend=guard, max_keepalive_connections=4)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        inner = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=cast(httpx.SyncByteStream, request.stream),
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(inner)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()


class Network:
    """Fetches one address after another. `seconds` bound one request, `max_bytes` what it may give."""

    def __init__(self, allow_private: bool, seconds: float, max_bytes: int) -> None:
        self._seconds = seconds
        self._clock = _Clock(seconds)
        self._max_bytes = max_bytes
        self._client = httpx.Client(
            transport=_Transport(_Guard(allow_private, self._clock)), headers=_HEADERS, timeout=seconds, trust_env=False
        )

    def close(self) -> None:
        self._client.close()

    def get(self, url: str, before: Callable[[str], None], headers: Mapping[str, str] | None = None) -> Got:
        """What `url` gives behind its redirects; `before` is called for each address in turn and may refuse it.

        Raises RefusedError for whatever stands in the way; a status other than 200 is an answer.
        """
        for _ in range(_MOST_REDIRECTS + 1):
            before(url)
            got = self._one(url, headers or {})
            if got.status not in _REDIRECTS or "location" not in got.headers:
                return got
            url = joined(url, got.headers["location"])
        raise RefusedError(f"it redirects more than {_MOST_REDIRECTS} times")

    def _one(self, url: str, headers: Mapping[str, str]) -> Got:
        self._clock.restart()
        self._client.cookies.clear()
        try:
            with self._client.stream("GET", url, headers=dict(headers)) as answer:
                wanted = answer.status_code == 200
                content = self._content(answer) if wanted else b""
                return Got(url, answer.status_code, answer.headers, content)
        except httpcore.TimeoutException:
            raise RefusedError(f"it took more than {self._seconds:g} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError, ValueError) as error:
            raise RefusedError(f"the connection failed ({' '.join(str(error).split())[:200]})") from None

    def _content(self, answer: httpx.Response) -> bytes:
        encoding = answer.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise RefusedError(f"compressed in a way that was not asked for ({encoding[:40]})")
        packed = bytearray()
        for chunk in answer.iter_raw():
            packed += chunk
            if len(packed) > self._max_bytes:
                raise RefusedError(f"larger than {size(self._max_bytes)}")
        try:
            return gunzipped(bytes(packed), self._max_bytes) if encoding.endswith("gzip") else bytes(packed)
        except UnreadableError as error:
            raise RefusedError(str(error)) from None


def gunzipped(data: bytes, limit: int) -> bytes:
    """`data` decompressed. Raises UnreadableError where that is more than `limit` bytes, or the data is damaged."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(data, limit + 1)
    except zlib.error:
        raise UnreadableError("its gzip data is damaged") from None
    if len(content) > limit:
        raise UnreadableError(f"larger than {size(limit)}")
    return content


def checked(url: str) -> str:
    """`url` as it is asked for: http or https, with a host, without a fragment. Raises RefusedError for any other."""
    try:
        found = httpx.URL(url.strip())
        host = found.host
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise RefusedError("no address that can be read") from None
    if found.scheme not in ("http", "https") or not host:
        raise RefusedError("no address of the web: those begin with http:// or https://")
    if found.userinfo:
        raise RefusedError("an address with a name or a password in it")
    return str(found.copy_with(fragment=None))


def joined(url: str, location: str) -> str:
    """Where a redirect from `url` leads. Raises RefusedError as `checked` does."""
    try:
        return checked(str(httpx.URL(url).join(location)))
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise RefusedError("it redirects to no address that can be read") from None


def origin(url: str) -> str:
    """Scheme, host and port of an address: whom its robots.txt, and its rate, is for."""
    found = httpx.URL(url)
    return f"{found.scheme}://{found.netloc.decode('ascii')}"
