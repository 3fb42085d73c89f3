"""Plain text: one article, its text the file as decoded; a transcript's times are its places, its turns are speech."""

from __future__ import annotations

from collections.abc import Iterator

from citecheck.models import Article
from citecheck.readers.document import Document, finished
from citecheck.readers.transcripts import times, turns


def read_plain(document: Document) -> Iterator[Article]:
    """The one article of a `.txt` file."""
    text, encoding = document.text()
    yield finished(
        Article(
            id=document.id,
            text=text,
            path=document.path,
            encoding=encoding,
            marked=turns(text),
            places=times(text),
        )
    )
