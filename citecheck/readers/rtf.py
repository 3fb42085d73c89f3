"""Rich text: what a word processor shows of it, by striprtf; what is known of it stands in its information group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.models import Article
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.extras import library
from citecheck.readers.metadata import iso_date, one_line
from citecheck.readers.pieces import paragraph_places

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_CHANGED = re.compile(r"\{\\revtim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_INFORMATION = re.compile(r"\{\\(title|author)\b ?([^{}\\]{1,500})\}")
#: The information group stands in the header.
_HEADER = 20_000


def read_rtf(document: Document) -> Iterator[Article]:
    """The one article of an `.rtf` file."""
    data = document.content()
    if not data.startswith(b"{\\rtf"):
        raise UnreadableError("no RTF document")
    striprtf = library("striprtf.striprtf", "rtf")
    found = _CODE_PAGE.search(data[:1_000])
    encoding = f"cp{found[1].decode()}" if found else "cp1252"
    source = data.decode("latin-1")
    try:
        text = striprtf.rtf_to_text(source, encoding=encoding, errors="replace")
    except (LookupError, UnicodeError, ValueError, IndexError, OverflowError, RecursionError) as error:
        raise UnreadableError(f"damaged ({type(error).__name__})") from None
    about = {name: one_line(value) for name, value in _INFORMATION.findall(source[:_HEADER])}
    changed = _CHANGED.search(source, 0, _HEADER)
    yield finished(
        Article(
            id=document.id,
            text=text,
            title=about.get("title"),
            byline=about.get("author"),
            modified=iso_date("{}-{:0>2}-{:0>2}".format(*changed.groups())) if changed else None,
            path=document.path,
            encoding=encoding,
            places=paragraph_places(text),
        )
    )
