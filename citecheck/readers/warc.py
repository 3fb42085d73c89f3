"""Web archives: the pages in a `.warc`, `.warc.gz` or `.wacz`, an article each; by warcio.

A page is a response with status 200, or a stored resource, whose type is HTML. What else a crawl fetched (pictures,
scripts, redirects, records that say "as before") is passed over. The address of the capture is the page's where it
names none itself.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from citecheck.models import Article, Skipped
from citecheck.readers.decode import decode
from citecheck.readers.document import Document, UnreadableError, finished, size
from citecheck.readers.extras import library
from citecheck.readers.html import declared, page_article
from citecheck.readers.metadata import web_url
from citecheck.readers.zips import unpacking

#: Addresses in headers have some thousand characters, cookies too.
_LONGEST_LINE = 100_000
#: What is asked of warcio, which gives up some way before it.
_ENOUGH = 1_000_000
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(document: Document) -> Iterator[Article | Skipped]:
    """The pages of a `.warc` or `.warc.gz` file, which is read as a stream and may be of any size."""
    archives = library("warcio.archiveiterator", "warc")
    errors = library("warcio.exceptions", "warc")
    seen: set[str] = set()
    try:
        archive = archives.ArchiveIterator(document.stream)
        archive.reader.readline = _bounded(archive.reader.readline)
        for record in archive:
            address = record.rec_headers.get_header("WARC-Target-URI")
            if not address or not _is_page(record):
                continue
            day = (record.rec_headers.get_header("WARC-Date") or "")[:19]
            place = f"{document.id}#{address[:2_000]}" + (f"@{day}" if address in seen else "")
            seen.add(address)
            try:
                yield _article(record, address, place, document)
            except UnreadableError as error:
                yield Skipped(place, str(error))
    except (errors.ArchiveLoadFailed, ValueError, OSError, EOFError, AttributeError, KeyError, TypeError) as error:
        raise UnreadableError(f"damaged ({' '.join(str(error).split())[:200]})") from None
    if not seen:
        raise UnreadableError("no web page in it")


def read_wacz(document: Document) -> Iterator[Article | Skipped]:
    """The pages of all web archives in a `.wacz` file."""
    with unpacking(), zipfile.ZipFile(document.stream) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith((".warc", ".warc.gz"))]
        if not names:
            raise UnreadableError("no web archive in it")
        for name in names:
            with archive.open(name) as stream:
                yield from read_warc(document._replace(stream=cast(BinaryIO, stream)))


def _bounded(readline: Callable[[int], bytes]) -> Callable[..., bytes]:
    """warcio's `readline`, which puts a line together for as long as it goes on, for lines of a header."""

    def read(length: int | None = None) -> bytes:
        line = readline(min(length or _ENOUGH, _ENOUGH))
        if len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            raise UnreadableError(f"a line of a header in it is larger than {size(_LONGEST_LINE)}")
        return line

    return read


def _is_page(record: Any) -> bool:
    """Whether a record of warcio holds a whole page."""
    if record.rec_type not in ("response", "resource"):
        return False
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return False
    return _content_type(record).partition(";")[0].strip().lower() in _PAGES


def _content_type(record: Any) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return headers.get_header("Content-Type") or ""


def _article(record: Any, address: str, place: str, document: Document) -> Article:
    data = document._replace(stream=record.content_stream()).content()
    charset = _content_type(record).lower().partition("charset=")[2].strip("\"' ;")
    page, encoding = decode(data, charset or declared(data))
    article = page_article(page, place, document.path, encoding)
    return finished(replace(article, url=article.url or web_url(address)))
