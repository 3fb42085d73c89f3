"""Plain text: one article, its text the file as decoded; a transcript's times are its places, its turns are speech.

A block quotation is one that `> ` marks, or prose that is indented behind a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.models import Article, Span, Tier
from citecheck.readers.document import Document, finished
from citecheck.readers.markdown import block_quotations
from citecheck.readers.transcripts import times, turns
from citecheck.text.patterns import regex


def read_plain(document: Document) -> Iterator[Article]:
    """The one article of a `.txt` file."""
    text, encoding = document.text()
    spoken = turns(text)  # in a transcript ">> " marks a new voice
    yield finished(
        Article(
            id=document.id,
            text=text,
            path=document.path,
            encoding=encoding,
            marked=spoken or (*block_quotations(text, 0), *indented(text)),
            places=times(text),
            tier=Tier.PRIMARY if spoken else None,
        )
    )


#: A line that ends in a colon, one blank line at most, and lines that are indented.
_INDENTED = re.compile(r":[ \t]*\r?\n(?:[ \t]{0,20}\r?\n)?(?P<block>(?:(?: {2}|\t)[^\n]*(?:\n|$))+)")
#: Prose: no list, table or code.
_PROSE = regex(r"[A-ZÀ-Þ“\"‘'\[…][^\n]*\s[^\n]*\s[^\n]*\s")


def indented(text: str) -> Iterator[Span]:
    """The spans of prose that is indented behind a colon, from their first word to their last."""
    for match in _INDENTED.finditer(text):
        block = match["block"]
        start = match.start("block") + len(block) - len(block.lstrip())
        end = match.start("block") + len(block.rstrip())
        if _PROSE.match(text, start, end) and text[end - 1] in '.!?…”"’':
            yield start, end
