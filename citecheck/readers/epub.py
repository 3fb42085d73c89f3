"""Books: the chapters of an EPUB in reading order are one text; the places are the chapters' headings.

Own reading over `zipfile` and the HTML parser. What is encrypted cannot be read and is said.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from citecheck.models import Article
from citecheck.readers.decode import decode
from citecheck.readers.document import Document, UnreadableError, finished, size
from citecheck.readers.fragments import fragment_text
from citecheck.readers.metadata import iso_date, language_code, one_line
from citecheck.readers.pieces import Pieces
from citecheck.readers.xmltree import child, children, descendants, parse_xml, said
from citecheck.readers.zips import unpacking

_CONTAINER = "META-INF/container.xml"
_MOST_CHAPTERS = 5_000
_LONGEST_HEADING = 80


def read_epub(document: Document) -> Iterator[Article]:
    """The one article of an `.epub` file. Its parts together may unpack to `max_bytes`."""
    try:
        with unpacking(), zipfile.ZipFile(document.stream) as archive:
            yield _book(_Parts(archive, document.max_bytes), document)
    except KeyError as error:
        raise UnreadableError(f"no book: {error.args[0] if error.args else 'a part is missing'}") from None


class _Parts:
    """The files of a book; together they unpack to no more than `limit` bytes."""

    def __init__(self, archive: zipfile.ZipFile, limit: int) -> None:
        self._archive = archive
        self._limit = self._left = limit

    def read(self, name: str) -> bytes:
        with self._archive.open(name) as stream:
            data = stream.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableError(f"it unpacks to more than {size(self._limit)}")
        return data


def _book(parts: _Parts, document: Document) -> Article:
    container = parse_xml(parts.read(_CONTAINER))
    root = next(descendants(container, "rootfile"), None)
    path = root.get("full-path", "") if root is not None else ""
    package = parse_xml(parts.read(path))
    about = child(package, "metadata")
    language = language_code(said(about, "language"))
    pieces = Pieces()
    for number, name in enumerate(_chapters(package, dirname(path)), 1):
        text, marked = fragment_text(decode(parts.read(name))[0], language)
        heading = text.split("\n", 1)[0]
        label = heading if 0 < len(heading) <= _LONGEST_HEADING else f"part {number}"
        pieces.add(text, label=label, marked=marked)
    changes = (meta for meta in children(about, "meta") if meta.get("property") == "dcterms:modified")
    return finished(
        Article(
            id=document.id,
            text=pieces.text,
            title=one_line(said(about, "title")),
            publisher=one_line(said(about, "publisher")),
            published=iso_date(said(about, "date")),
            modified=iso_date(next((meta.text for meta in changes), None)),
            byline=one_line(", ".join("".join(name.itertext()).strip() for name in children(about, "creator"))),
            language=language,
            path=document.path,
            encoding="utf-8",
            marked=tuple(pieces.marked),
            places=tuple(pieces.places),
        )
    )


def _chapters(package: Element, folder: str) -> Iterator[str]:
    """The names of the files in reading order, as the spine gives it."""
    files = {item.get("id"): item for item in children(child(package, "manifest"), "item")}
    met: set[str] = set()
    for reference in list(children(child(package, "spine"), "itemref"))[:_MOST_CHAPTERS]:
        item = files.get(reference.get("idref"))
        address = unquote(item.get("href", "")) if item is not None else ""
        name = normpath(join(folder, address))
        if item is not None and "html" in item.get("media-type", "") and name not in met:
            met.add(name)
            yield name
