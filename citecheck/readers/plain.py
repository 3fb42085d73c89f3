"""Plain text: one article, its text the file as decoded."""

from __future__ import annotations

from collections.abc import Iterator

from citecheck.models import Article
from citecheck.readers.document import Document, finished


def read_plain(document: Document) -> Iterator[Article]:
    """The one article of a `.txt` file."""
    text, encoding = document.text()
    yield finished(Article(id=document.id, text=text, path=document.path, encoding=encoding))
