"""The folder of fetched pages: a file for each, written whole, which is then read like any other.

A page is kept in UTF-8 with the address that it came from in its first line, as browsers write it when they save a
page; texts and PDF are kept as they came. `.fetched.jsonl` in the folder says what each address gave and what its
server calls that version (ETag, Last-Modified), so that a later run asks only for what changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from citecheck.errors import OutputError
from citecheck.fetch.network import Got, RefusedError
from citecheck.files import write_whole
from citecheck.readers.decode import binary_kind, decode
from citecheck.readers.html import declared
from citecheck.readers.registry import suffix_of

INDEX = ".fetched.jsonl"
_PAGES = ("text/html", "application/xhtml+xml")
#: Other documents that an address may give, by their type.
_OTHERS = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}
_LONGEST_NAME = 80


class State(StrEnum):
    """What a run made of one address."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Page(NamedTuple):
    """One address that was fetched, now or earlier, and the file that it is kept in."""

    url: str
    file: Path
    state: State


class _Kept(NamedTuple):
    file: str
    digest: str
    etag: str | None
    modified: str | None


class Store:
    """The pages in `folder`. Raises OutputError where it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = folder / INDEX
        self._kept: dict[str, _Kept] = dict(self._read())

    def validators(self, url: str) -> dict[str, str]:
        """Headers that ask a server for `url` only where it is no longer what we have."""
        kept = self._kept.get(url)
        if kept is None or not (self._folder / kept.file).is_file():
            return {}
        found = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
        return {name: value for name, value in found.items() if value}

    def unchanged(self, url: str) -> Page:
        """The page of an address whose server says that it is as it was."""
        return Page(url, self._folder / self._kept[url].file, State.UNCHANGED)

    def put(self, url: str, got: Got) -> Page:
        """Keep what `url` gave. Raises RefusedError where that is no document."""
        suffix, content = _document(got)
        before = self._kept.get(url)
        kept = _Kept(
            _name(url) + suffix,
            hashlib.sha256(content).hexdigest(),
            _header(got.headers, "etag"),
            _header(got.headers, "last-modified"),
        )
        file = self._folder / kept.file
        state = State.NEW if before is None or not file.is_file() else State.CHANGED
        if state is State.CHANGED and before is not None and before.digest == kept.digest:
            state = State.UNCHANGED
        else:
            write_whole(file, [content])
        if kept != before:
            self._note(url, kept)
        return Page(url, file, state)

    def _note(self, url: str, kept: _Kept) -> None:
        """Append to the index: a run that is stopped loses nothing, and the last line of an address holds."""
        self._kept[url] = kept
        try:
            with self._index.open("a", encoding="utf-8") as out:
                out.write(json.dumps({"url": url, **kept._asdict()}) + "\n")
        except OSError as error:
            raise OutputError(f"cannot write {self._index}: {error.strerror}") from error

    def _read(self) -> list[tuple[str, _Kept]]:
        """The index. A line that is broken, the last of a run that was killed, costs one page fetched anew."""
        try:
            rows = self._index.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise OutputError(f"cannot read {self._index}: {error.strerror}") from error
        return [entry for row in rows if (entry := _entry(row)) is not None]


def _entry(row: str) -> tuple[str, _Kept] | None:
    try:
        record = json.loads(row)
        kept = _Kept(*(record[name] for name in _Kept._fields))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    inside = isinstance(kept.file, str) and re.fullmatch(r"[\w.-]+/[\w.-]+", kept.file) is not None
    texts = all(isinstance(value, str | None) for value in kept)
    return (str(record.get("url")), kept) if inside and texts and ".." not in kept.file else None


def _document(got: Got) -> tuple[str, bytes]:
    """`(suffix, content)` of the file that an answer is kept in."""
    kind, _, rest = got.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    charset = rest.lower().partition("charset=")[2].split(";")[0].strip("\"' ") or None
    named = suffix_of(urlsplit(got.url).path)
    suffix = _OTHERS.get(kind)
    if kind in ("", "application/octet-stream") and named in _OTHERS.values():
        suffix = named
    if kind in _PAGES or (not kind and suffix is None):
        if what := binary_kind(got.content):
            raise RefusedError(f"it says that it is a page, and is {what}")
        text = decode(got.content, charset or declared(got.content))[0].removeprefix("\ufeff")
        url = got.url.replace("<", "%3C").replace(">", "%3E").replace('"', "%22")
        return ".html", f"\ufeff<!-- saved from url=({len(url):04}){url} -->\n{text}".encode("utf-8", "replace")
    if suffix is None:
        raise RefusedError(f"it is of the type {kind[:80]}, which holds no article")
    if suffix == ".txt":
        return suffix, decode(got.content, charset)[0].encode("utf-8", "replace")
    return suffix, got.content


def _name(url: str) -> str:
    """A name for the page of an address: its site, its words, and a digest, as addresses differ in more than words."""
    parts = urlsplit(url)
    site = re.sub(r"[^a-z0-9.-]+", "_", parts.netloc.lower()).strip("._-") or "site"
    words = re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"\.[A-Za-z]{3,5}$", "", unquote(parts.path))).strip("-")
    digest = hashlib.sha256(url.encode()).hexdigest()[:10]
    return f"{site[:_LONGEST_NAME]}/{words[-_LONGEST_NAME:].strip('-') or 'index'}-{digest}"


def _header(headers: Mapping[str, str], name: str) -> str | None:
    """A header that is sent back as it came, where it is no longer than such a one is."""
    value = headers.get(name)
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None
