"""Pages from the web into a folder, from where they are read like other files. Nothing else opens a connection.

    for item in fetch(["https://post.example/sitemap.xml"], Path("pages")):
        print(item.reason if isinstance(item, Skipped) else item.file)

What stands at an address decides: a sitemap, an index of sitemaps or a feed is followed to the addresses that it lists,
anything else is kept. Each request is made once, in order, under the bounds of `Bounds` and the rules of each site.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from citecheck.errors import InputError, UsageError, not_installed
from citecheck.models import Skipped
from citecheck.readers.document import UnreadableError

try:
    from citecheck.fetch.lists import lines, links_of_xml
    from citecheck.fetch.network import Network, RefusedError, checked
    from citecheck.fetch.robots import Manners
    from citecheck.fetch.store import Page, State, Store
except ModuleNotFoundError as error:
    if error.name not in ("httpx", "httpcore", "protego"):
        raise
    raise UsageError(not_installed("fetching needs", error.name, "fetch")) from None

__all__ = ["Bounds", "Page", "State", "fetch"]

#: A list of lists of lists is the deepest that sites have.
_DEEPEST = 3


class Bounds(NamedTuple):
    """What one run may do: how many addresses it asks for, how large one answer is and how many seconds it takes, how
    many seconds lie between two requests to one site, and whether addresses inside the house are fetched from."""

    most: int = 1_000
    max_bytes: int = 50_000_000
    seconds: float = 60.0
    delay: float = 1.0
    allow_private: bool = False


class _Waiting(NamedTuple):
    url: str
    depth: int  # how many lists it stands in; what stands in `_DEEPEST` of them is kept, whatever it is


def fetch(given: Iterable[str], folder: Path, bounds: Bounds | None = None) -> Iterator[Page | Skipped]:
    """Keeps in `folder` the pages at all addresses that `given` leads to: files with lists, "-", or addresses.

    Raises UsageError at once where a file cannot be read, InputError at the end where no page was there, and
    OutputError where the folder cannot be written. What cannot be fetched is a `Skipped` with its address.
    """
    bounds = bounds or Bounds()
    waiting = [item for name in given for item in _given(name, bounds.max_bytes)]
    return _some(_Run(folder, bounds).pages(waiting))


class _Run:
    """One run: the network, the manners that it has on it, and the folder."""

    def __init__(self, folder: Path, bounds: Bounds) -> None:
        self._bounds = bounds
        self._store = Store(folder)
        self._network = Network(bounds.allow_private, bounds.seconds, bounds.max_bytes)
        self._manners = Manners(self._network, bounds.delay)

    def pages(self, given: Iterable[_Waiting]) -> Iterator[Page | Skipped]:
        """What becomes of each address, and of each that they lead to, in order."""
        queue = deque(given)
        seen: set[str] = set()
        try:
            while queue:
                item = queue.popleft()
                if len(seen) >= self._bounds.most:
                    yield Skipped(item.url[:2_000], f"over --max-pages, with {len(queue):,} more")
                    return
                url = item.url
                try:
                    url = checked(url)
                    found = self._one(url, item.depth) if url not in seen else []
                except RefusedError as error:
                    found = Skipped(url[:2_000], str(error))
                seen.add(url)
                if isinstance(found, list):
                    queue.extendleft(reversed(found))
                else:
                    yield found
        finally:
            self._network.close()

    def _one(self, url: str, depth: int) -> Page | Skipped | list[_Waiting]:
        """The page of one address, or the addresses in the list that it gives."""
        known = self._store.validators(url)
        got = self._network.get(url, self._manners.enter, known)
        if got.status == 304 and known:
            return self._store.unchanged(url)
        if got.status != 200:
            raise RefusedError(f"the server answers with status {got.status}")
        try:
            links = links_of_xml(got.content, self._bounds.max_bytes) if depth < _DEEPEST else None
        except UnreadableError as error:
            raise RefusedError(str(error)) from None
        if links is None:
            return self._store.put(url, got)
        return [_Waiting(link.url, depth + 1 if link.lists else _DEEPEST) for link in links]


def _given(name: str, max_bytes: int) -> Iterator[_Waiting]:
    """What the user named: an address, or the addresses in a file."""
    if name.lower().startswith(("http://", "https://")):
        yield _Waiting(name, 0)
        return
    try:
        if name == "-":
            content = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(name).open("rb") as stream:
                content = stream.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{name}: {why}; fetch takes an address, or a file with addresses") from None
    if len(content) > max_bytes:
        raise UsageError(f"{name}: larger than {max_bytes:,} bytes")
    try:
        links = links_of_xml(content, max_bytes)
        if links is None:
            yield from (_Waiting(line, 0) for line in lines(content))
        else:
            yield from (_Waiting(link.url, 1 if link.lists else _DEEPEST) for link in links)
    except UnreadableError as error:
        raise UsageError(f"{name}: {error}") from None


def _some(items: Iterator[Page | Skipped]) -> Iterator[Page | Skipped]:
    """`items`. Raises InputError after them where there was no page: a run that fetched nothing is no success."""
    pages = skipped = 0
    for item in items:
        pages += isinstance(item, Page)
        skipped += isinstance(item, Skipped)
        yield item
    if not pages:
        raise InputError(f"no page could be fetched: {skipped} skipped" if skipped else "no address to fetch")
