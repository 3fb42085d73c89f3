"""Links and footnotes of Markdown: what each declares, and which stretches of the text are no words of the article.

Inline links, links by reference and addresses in angle brackets are those of CommonMark 0.31, footnotes those of Pandoc
and GitHub. Of what may nest or run over lines only the common forms are read, so that every search ends near where it
began.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from citecheck.models import Note, NoteKind, Span
from citecheck.text.patterns import regex

_DEFINED = re.compile(r"^ {0,3}\[(?P<note>\^)?(?P<label>[^\[\]\n]{1,200})\]:(?P<text>[^\n]*)", re.MULTILINE)
#: The further paragraphs of a footnote are indented.
_MORE = regex(r"(?:\n[ \t]*)*\n(?: {2,}|\t)[^\n]*")
_LINK = re.compile(
    r"(?<![!\\])\[(?P<words>[^\[\]\n]{1,2000})\]"
    r"(?:\(\s{0,9}<?(?P<address>[^\s()<>]{1,2000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,2000})?)>?"
    r"(?:\s{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s{0,9}\)|\[(?P<label>[^\[\]\n]{0,200})\])"
)
_REFERENCE = re.compile(r"\[\^(?P<label>[^\[\]\s]{1,200})\]")
_ADDRESS = re.compile(r"<(?P<address>https?://[^\s<>]{1,2000})>")


def notes_of(text: str, start: int) -> tuple[tuple[Note, ...], tuple[Span, ...]]:
    """`(notes, markup)` of a Markdown text from `start` on, both in order of place."""
    definitions = list(_definitions(text, start))
    known = {(one.note, one.label.casefold()): one.said for one in definitions}
    markup = [one.span for one in definitions]
    begins = [begin for begin, _ in markup]
    notes: list[Note] = []
    for note, spans in _found(text, start, known):
        above = bisect_right(begins, note.start) - 1
        if above < 0 or definitions[above].span[1] <= note.start:
            notes.append(note)
            markup += spans
    return tuple(sorted(notes, key=lambda note: (note.start, note.end))), tuple(_joined(markup))


class _Definition(NamedTuple):
    """A footnote (`note`) or a link that is defined apart: its label, its text or address, and where it stands."""

    note: bool
    label: str
    said: str
    span: Span


def _definitions(text: str, start: int) -> Iterator[_Definition]:
    at = start
    while match := _DEFINED.search(text, at):
        at = match.end()
        if match["note"]:
            while more := _MORE.match(text, at):
                at = more.end()
            lines = (line.strip() for line in text[match.start("text") : at].split("\n"))
            yield _Definition(True, match["label"], "\n".join(filter(None, lines)), (match.start(), at))
        elif address := match["text"].split():
            yield _Definition(False, match["label"], address[0].strip("<>"), (match.start(), at))


def _found(text: str, start: int, known: dict[tuple[bool, str], str]) -> Iterator[tuple[Note, list[Span]]]:
    """Each link and each reference to a footnote, with the stretches that are markup."""
    for match in _LINK.finditer(text, start):
        address = match["address"]
        if address is None:
            address = known.get((False, (match["label"] or match["words"]).casefold()))
        if address is not None and not match["words"].startswith("^"):
            first, last = match.span("words")
            marks = [(match.start(), first), (last, match.end())]
            yield Note(NoteKind.LINK, first, last, address), marks
    for match in _REFERENCE.finditer(text, start):
        said = known.get((True, match["label"].casefold()))
        if said is not None:
            yield Note(NoteKind.NOTE, match.start(), match.start(), said), [match.span()]
    for match in _ADDRESS.finditer(text, start):
        if text[match.start() - 1 : match.start()] != "(":  # inside a link
            yield Note(NoteKind.LINK, match.start(), match.start(), match["address"]), [match.span()]


def _joined(spans: list[Span]) -> Iterator[Span]:
    """The spans in order, those that touch as one."""
    open_: Span | None = None
    for start, end in sorted(spans):
        if open_ is not None and start <= open_[1]:
            open_ = (open_[0], max(open_[1], end))
            continue
        if open_ is not None:
            yield open_
        open_ = (start, end)
    if open_ is not None:
        yield open_
