"""The fetcher against a server on the loopback. Each test says what the server gives at which path."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from citecheck.errors import InputError, UsageError
from citecheck.fetch import Bounds, Page, fetch, network, robots
from citecheck.models import Article, Skipped
from citecheck.readers import read

STORY = (
    "<html><head><title>Ferry runs</title></head><body><article><h1>Ferry runs</h1>"
    "<p>“We sail at dawn whatever the weather brings,” Ana Ruiz told the harbour board on Monday.</p>"
    "<p>The ferry had been laid up for repairs since the autumn storms, the board said.</p></article></body></html>"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}
BOUNDS = Bounds(delay=0, seconds=10, allow_private=True)


class Answer(NamedTuple):
    """What the server gives; `write` takes the place of `body` where it is sent in pieces."""

    status: int = 200
    headers: dict[str, str] = HTML
    body: bytes | str = STORY
    write: Callable[[BaseHTTPRequestHandler], None] | None = None


class Site:
    """A server: `routes` by path, a path that is not there is 404. `asked` are the requests with their headers."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answer = site.routes.get(self.path, Answer(404, {}, ""))
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                if answer.headers.get("ETag", "none") == self.headers.get("If-None-Match"):
                    answer, body = answer._replace(status=304), b""
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.write is not None:
                    self.close_connection = True
                    self.end_headers()
                    answer.write(self)
                    return
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None:  # a client that goes away is what some tests ask for
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.server.shutdown()
    found.server.server_close()


def run(site: Site, folder: Path, *paths: str, bounds: Bounds = BOUNDS) -> dict[str, str]:
    """Path → what became of it, for the addresses at `paths`."""
    found = {}
    items = fetch([site.root + path for path in paths], folder, bounds)
    while True:
        try:
            item = next(items, None)
        except InputError:
            return found
        if item is None:
            return found
        if isinstance(item, Page):
            found[item.url.removeprefix(site.root)] = str(item.state)
        else:
            found[item.id.removeprefix(site.root)] = item.reason


# What is fetched ---------------------------------------------------------------------------------------------------


def test_a_page_is_kept_with_its_address_and_read_like_any_file(site: Site, tmp_path: Path) -> None:
    site.routes["/ferry?day=2"] = Answer()
    assert run(site, tmp_path, "/ferry?day=2") == {"/ferry?day=2": "new"}
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert article.url == f"{site.root}/ferry?day=2"
    assert "We sail at dawn" in article.text
    assert article.id.endswith(".html")
    assert site.asked[0][1]["user-agent"].startswith("citecheck/")


def test_lists_sitemaps_and_feeds_are_followed(site: Site, tmp_path: Path) -> None:
    def urlset(*paths: str) -> str:
        return "<urlset>" + "".join(f"<url><loc>{site.root}{path}</loc></url>" for path in paths) + "</urlset>"

    inner = f"<sitemap><loc>{site.root}/one.xml.gz</loc></sitemap><sitemap><loc>{site.root}/two.xml</loc></sitemap>"
    site.routes = {
        "/sitemap.xml": Answer(headers=XML, body=f'<?xml version="1.0"?><sitemapindex>{inner}</sitemapindex>'),
        "/one.xml.gz": Answer(headers={"Content-Type": "application/gzip"}, body=gzip.compress(urlset("/a").encode())),
        "/two.xml": Answer(headers=XML, body=urlset("/b", "/a")),
        "/feed": Answer(headers=XML, body=f"<rss><channel><item><link>{site.root}/c</link></item></channel></rss>"),
        **{path: Answer() for path in ("/a", "/b", "/c", "/d")},
    }
    (tmp_path / "list.txt").write_text(f"# ferries\n\n{site.root}/sitemap.xml\n{site.root}/feed\n{site.root}/d\nno\n")
    found = list(fetch([str(tmp_path / "list.txt")], tmp_path / "pages", BOUNDS))
    assert [item.url.removeprefix(site.root) for item in found if isinstance(item, Page)] == ["/a", "/b", "/c", "/d"]
    assert found[-1] == Skipped("no", "no address of the web: those begin with http:// or https://")


def test_a_sitemap_on_the_disk(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = Answer()
    (tmp_path / "map.xml").write_text(f"<urlset><url><loc>{site.root}/a</loc></url></urlset>")
    (found,) = fetch([str(tmp_path / "map.xml")], tmp_path / "pages", BOUNDS)
    assert isinstance(found, Page)


def test_sitemaps_that_list_themselves_end(site: Site, tmp_path: Path) -> None:
    for number in range(9):
        inner = (
            f"<sitemap><loc>{site.root}/{number + 1}.xml</loc></sitemap><sitemap><loc>{site.root}/0.xml</loc></sitemap>"
        )
        site.routes[f"/{number}.xml"] = Answer(headers=XML, body=f"<sitemapindex>{inner}</sitemapindex>")
    run(site, tmp_path, "/0.xml")
    assert len(site.asked) < 9


def test_a_second_run_asks_only_for_what_changed(site: Site, tmp_path: Path) -> None:
    site.routes = {"/a": Answer(headers={**HTML, "ETag": '"1"'}), "/b": Answer(), "/c": Answer()}
    assert set(run(site, tmp_path, "/a", "/b", "/c").values()) == {"new"}
    site.routes["/c"] = Answer(body=STORY.replace("dawn", "noon"))
    assert run(site, tmp_path, "/a", "/b", "/c") == {"/a": "unchanged", "/b": "unchanged", "/c": "changed"}
    assert [headers["if-none-match"] for path, headers in site.asked if "if-none-match" in headers] == ['"1"']
    assert "noon" in "".join(item.text for item in read([tmp_path]) if isinstance(item, Article))
    next(tmp_path.rglob("a-*.html")).unlink()
    assert run(site, tmp_path, "/a") == {"/a": "new"}


def test_an_index_that_was_tampered_with_leads_nowhere(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = Answer()
    row = {"url": f"{site.root}/a", "file": "../../etc/passwd", "digest": "", "etag": '"1"', "modified": None}
    (tmp_path / ".fetched.jsonl").write_text(json.dumps(row) + "\n{broken\n[]\n")
    assert run(site, tmp_path, "/a") == {"/a": "new"}
    assert all("if-none-match" not in headers for _, headers in site.asked)


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("text/html; charset=windows-1252", STORY.encode("cp1252"), "“We sail at dawn"),  # named by the server alone
        ("text/html; charset=klingon", STORY.encode(), "“We sail at dawn"),  # a name that is none
        ("text/html; charset=shift_jis", STORY.encode(), "“We sail at dawn"),  # a name that is wrong
        ("text/html", STORY.encode("utf-16"), "“We sail at dawn"),  # a byte order mark
        ("text/plain; charset=windows-1252", "“We sail at dawn,” she said.".encode("cp1252"), "“We sail at dawn"),
    ],
)
def test_charsets(site: Site, tmp_path: Path, kind: str, body: bytes, words: str) -> None:
    site.routes["/a"] = Answer(headers={"Content-Type": kind}, body=body)
    assert run(site, tmp_path, "/a") == {"/a": "new"}
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert words in article.text


# What is not -------------------------------------------------------------------------------------------------------


def test_one_that_fails_never_stops_the_rest(site: Site, tmp_path: Path) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"<html>half")

    site.routes = {
        "/broken": Answer(500, {}, ""),
        "/cut": Answer(headers={**HTML, "Content-Length": "5000"}, write=cut),
        "/picture": Answer(headers={"Content-Type": "image/png"}, body=b"\x89PNG"),
        "/liar": Answer(body=b"%PDF-1.7 " + bytes(100)),
        "/brotli": Answer(headers={**HTML, "Content-Encoding": "br"}),
        "/torn": Answer(
            headers={**HTML, "Content-Encoding": "gzip"}, body=gzip.compress(b"a" * 99)[:20] + b"\xff" * 99
        ),
        "/unasked": Answer(304, {}, ""),
        "/fine": Answer(),
    }
    found = run(site, tmp_path, "/missing", *site.routes)
    assert found == {
        "/missing": "the server answers with status 404",
        "/broken": "the server answers with status 500",
        "/cut": found["/cut"],
        "/picture": "it is of the type image/png, which holds no article",
        "/liar": "it says that it is a page, and is a PDF",
        "/brotli": "compressed in a way that was not asked for (br)",
        "/torn": "its gzip data is damaged",
        "/unasked": "the server answers with status 304",
        "/fine": "new",
    }
    assert found["/cut"].startswith("the connection failed (")
    assert len(list(tmp_path.rglob("*.html"))) == 1


def test_nothing_fetched_is_an_error(site: Site, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no page could be fetched: 1 skipped"):
        list(fetch([f"{site.root}/missing"], tmp_path, BOUNDS))
    with pytest.raises(UsageError, match="fetch takes an address, or a file"):
        fetch([str(tmp_path / "none.txt")], tmp_path, BOUNDS)


def test_size_is_bounded_before_and_behind_compression(site: Site, tmp_path: Path) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        while True:
            handler.wfile.write(bytes(65_536))

    bomb = gzip.compress(bytes(20_000_000))
    site.routes = {
        "/endless": Answer(write=endless),
        "/bomb": Answer(headers={**HTML, "Content-Encoding": "gzip"}, body=bomb),
        "/bomb.xml.gz": Answer(headers={"Content-Type": "application/gzip"}, body=bomb),
    }
    found = run(site, tmp_path, *site.routes, bounds=BOUNDS._replace(max_bytes=1_000_000))
    assert set(found.values()) == {"larger than 1 MB"}
    assert len(found) == 3


def test_time_is_bounded_for_one_that_sends_a_byte_now_and_then(site: Site, tmp_path: Path) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.routes = {"/robots.txt": Answer(body=""), "/slow": Answer(write=drip)}
    began = time.monotonic()
    assert run(site, tmp_path, "/slow", bounds=BOUNDS._replace(seconds=0.5)) == {"/slow": "it took more than 0.5 s"}
    assert time.monotonic() - began < 8  # it would have gone on for ten


def test_number_of_addresses_is_bounded(site: Site, tmp_path: Path) -> None:
    site.routes = {f"/{number}": Answer() for number in range(5)}
    found = run(site, tmp_path, *site.routes, bounds=BOUNDS._replace(most=2))
    assert found == {"/0": "new", "/1": "new", "/2": "over --max-pages, with 2 more"}


# Addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public", "ours"),
    [
        ("93.184.215.14", True, True),
        ("2606:2800:21f:cb07::1", True, True),
        ("127.0.0.1", False, True),
        ("127.8.8.8", False, True),
        ("::1", False, True),
        ("10.1.2.3", False, True),
        ("172.16.0.1", False, True),
        ("192.168.1.1", False, True),
        ("100.64.0.1", False, True),  # behind a carrier's translation, and in private networks over it
        ("fd12:3456::1", False, True),
        ("::ffff:10.0.0.1", False, True),  # an IPv4 address inside one of IPv6
        ("::ffff:93.184.215.14", True, True),
        ("64:ff9b::a00:1", False, True),  # the same, translated
        ("2002:a00:1::1", False, True),  # the same, tunnelled
        ("::127.0.0.1", False, True),  # the same, as it was written once
        ("169.254.169.254", False, False),  # what a cloud tells its machines
        ("::ffff:169.254.169.254", False, False),
        ("fd00:ec2::254", False, False),
        ("100.100.100.200", False, False),
        ("fe80::1%eth0", False, False),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("224.0.0.1", False, False),
        ("ff02::1", False, False),
        ("255.255.255.255", False, False),
    ],
)
def test_addresses(address: str, public: bool, ours: bool) -> None:
    assert (network.refusal(address, allow_private=False) is None) == public
    assert (network.refusal(address, allow_private=True) is None) == ours


def test_private_addresses_are_not_connected_to(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = Answer()
    found = run(site, tmp_path, "/a", bounds=BOUNDS._replace(allow_private=False))
    assert found == {"/a": "127.0.0.1 is a private address; --allow-private fetches from it"}
    assert site.asked == []


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]", "0"])
def test_names_and_other_ways_to_write_them(site: Site, tmp_path: Path, host: str) -> None:
    port = site.root.rpartition(":")[2]
    with pytest.raises(InputError):
        list(fetch([f"http://{host}:{port}/a"], tmp_path, BOUNDS._replace(allow_private=False)))
    assert site.asked == []


def test_a_name_with_one_private_address_is_refused_as_a_whole(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: rows)
    (found,) = run(site, tmp_path, "/", bounds=BOUNDS._replace(allow_private=False)).values()
    assert found == "10.0.0.1 is a private address; --allow-private fetches from it"


def test_the_address_that_was_checked_is_connected_to(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that resolves otherwise each time is asked for once a connection; the server hears the name."""
    site.routes = {"/robots.txt": Answer(body="User-agent: *\nAllow: /\n"), "/a": Answer()}
    port = int(site.root.rpartition(":")[2])
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *rest: object, **more: object) -> object:
        if host != "post.example":
            return real(host, *rest, **more)  # type: ignore[arg-type]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(network.socket, "getaddrinfo", resolve)
    (found,) = fetch([f"http://post.example:{port}/a"], tmp_path, BOUNDS)
    assert isinstance(found, Page)
    assert len(asked) == 1  # robots.txt and the page over one connection
    assert site.asked[-1][1]["host"] == f"post.example:{port}"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is no address of a public server"),
        ("file:///etc/passwd", "no address of the web: those begin with http:// or https://"),
        ("ftp://post.example/a", "no address of the web: those begin with http:// or https://"),
        ("http://user:secret@127.0.0.1/", "an address with a name or a password in it"),
        ("/loop", "it redirects more than 5 times"),
        ("http://[::", "the connection failed ("),
    ],
)
def test_each_redirect_is_checked(site: Site, tmp_path: Path, location: str, reason: str) -> None:
    site.routes["/loop"] = Answer(302, {"Location": location}, "")
    assert run(site, tmp_path, "/loop")["/loop"].startswith(reason)


def test_a_redirect_is_followed_and_its_end_is_the_address(site: Site, tmp_path: Path) -> None:
    site.routes = {"/old": Answer(301, {"Location": "/new"}, ""), "/new": Answer()}
    assert run(site, tmp_path, "/old") == {"/old": "new"}
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert article.url == f"{site.root}/new"


# Manners -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (Answer(404, {}, ""), True),  # no rules
        (Answer(body="User-agent: *\nDisallow: /private/\n"), True),
        (Answer(body="User-agent: *\nDisallow: /\n"), False),
        (Answer(body="User-agent: citecheck\nDisallow: /a\n\nUser-agent: *\nAllow: /\n"), False),  # we are named
        (Answer(body="User-agent: *\nDisallow: /\nAllow: /a\n"), True),  # the longer rule decides
        (Answer(body="User-agent: *\nDisallow: /*.html$\nDisallow: /*a\n"), False),
        (Answer(body="\x00\xff" * 900), True),  # noise is no rule
        (Answer(503, {}, ""), False),  # a server in trouble forbids
    ],
)
def test_rules_of_a_site(site: Site, tmp_path: Path, rules: Answer, allowed: bool) -> None:
    site.routes = {"/robots.txt": rules, "/a": Answer()}
    assert (run(site, tmp_path, "/a") == {"/a": "new"}) == allowed
    assert ("/a" in site.paths) == allowed


def test_a_redirect_into_what_is_forbidden(site: Site, tmp_path: Path) -> None:
    site.routes = {
        "/robots.txt": Answer(body="User-agent: *\nDisallow: /b\n"),
        "/a": Answer(302, {"Location": "/b"}, ""),
        "/b": Answer(),
    }
    assert run(site, tmp_path, "/a") == {"/a": "the site’s robots.txt does not allow it"}


def test_waits_between_requests(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(robots.Manners.__init__, "__defaults__", (waits.append,))
    site.routes = {"/robots.txt": Answer(body="User-agent: *\nCrawl-delay: 7\n"), "/a": Answer(), "/b": Answer()}
    run(site, tmp_path, "/a", "/b", bounds=BOUNDS._replace(delay=2))
    assert [round(wait) for wait in waits] == [2, 7]
    site.routes["/robots.txt"] = Answer(body="User-agent: *\nCrawl-delay: 86400\n")
    assert run(site, tmp_path, "/a") == {"/a": "the site’s robots.txt asks for 86400 s between two pages"}


def test_no_cookie_is_kept(site: Site, tmp_path: Path) -> None:
    site.routes = {"/a": Answer(headers={**HTML, "Set-Cookie": "id=1"}), "/b": Answer()}
    run(site, tmp_path, "/a", "/b")
    assert all("cookie" not in headers for _, headers in site.asked)


# The command -------------------------------------------------------------------------------------------------------

ROOT = Path(__file__).parent.parent.parent


def program(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, env=environment, timeout=60, check=False
    )


def test_the_command(site: Site, tmp_path: Path) -> None:
    site.routes["/a"] = Answer()
    words = ("-m", "citecheck", "fetch", f"{site.root}/a", f"{site.root}/b", "--allow-private", "--delay", "0")
    done = program(*words, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("pages/127.0.0.1_")
    assert done.stderr.splitlines() == [
        f"skipped {site.root}/b: the server answers with status 404",
        "pages: 1 page (1 new, 0 changed, 0 unchanged, 1 skipped)",
    ]
    refused = program("-m", "citecheck", "fetch", f"{site.root}/a", folder=tmp_path)
    assert refused.returncode == 2
    assert "--allow-private" in refused.stderr


def test_an_interrupt_leaves_whole_files(site: Site, tmp_path: Path) -> None:
    asked = threading.Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"<html>half")
        handler.wfile.flush()
        asked.set()
        time.sleep(30)

    site.routes = {"/a": Answer(), "/b": Answer(write=hang)}
    words = ["fetch", f"{site.root}/a", f"{site.root}/b", "--allow-private", "--delay", "0", "-o", str(tmp_path)]
    process = subprocess.Popen(
        [sys.executable, "-m", "citecheck", *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert asked.wait(60)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert b"Traceback" not in err
    assert [path.name[:2] for path in tmp_path.rglob("*") if path.is_file() and path.suffix == ".html"] == ["a-"]
    site.routes["/b"] = Answer()
    assert run(site, tmp_path, "/a", "/b") == {"/a": "unchanged", "/b": "new"}


def test_nothing_else_loads_what_fetches(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(STORY)
    script = (
        "import sys\nfrom citecheck.cli import main\nsys.argv = ['citecheck', 'extract', 'a.html']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith(('citecheck.fetch', 'httpx', 'httpcore', 'protego'))])"
    )
    assert program("-c", script, folder=tmp_path).stdout.splitlines()[-1] == "[]"


def test_a_missing_library_is_said_with_the_way_to_get_it(tmp_path: Path) -> None:
    script = (
        "import sys\nsys.modules['httpx'] = None\nfrom citecheck.cli import main\n"
        "sys.argv = ['citecheck', 'fetch', 'http://post.example/']\nmain()"
    )
    done = program("-c", script, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        'citecheck: fetching needs httpx, which is not installed: pip install "citecheck-news[fetch]"'
    ]
