"""The annotated galley of one article: its text cut where any mark begins or ends, exactly as it was decoded.

Marks nest and overlap freely (a fragment in reported speech, a credit in a quotation), so the text becomes a run of
segments, each with the classes of all marks that cover it; nothing has to be a tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A span to show. `css` are its classes; `number` stands before it and `anchor` is its id, where it has them;
    `weight` is the class of its severity, which the number shows."""

    start: int
    end: int
    css: str
    anchor: str = ""
    number: int = 0
    href: str = ""
    weight: str = ""


_OPENING = "“‘„«‹\"'"


class Segment(NamedTuple):
    """A run of text under the same marks. `opens` begin with it: their anchors and numbers stand before it."""

    text: str
    css: str
    opens: tuple[Mark, ...]


class Paragraph(NamedTuple):
    """A line of the text with its segments; `numbers` of the marks that begin in it. `outside` the article's body."""

    start: int
    segments: tuple[Segment, ...]
    numbers: tuple[int, ...]
    outside: bool


def paragraphs(text: str, marks: Sequence[Mark], body: tuple[int, int]) -> Iterator[Paragraph]:
    """The lines of `text` that hold anything, in order. Linear in the text and in (mark, line) pairs.

    Marks that are empty or lie outside the text are left out.
    """
    ordered = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end))
    active: list[Mark] = []
    upcoming = 0
    for start, end in _lines(text):
        active = [mark for mark in active if mark.end > start]
        before = upcoming
        while upcoming < len(ordered) and ordered[upcoming].start < end:
            upcoming += 1
        fresh = ordered[before:upcoming]
        active += fresh
        here = [mark for mark in active if mark.start < end and mark.end > start]
        yield Paragraph(
            start,
            tuple(_segments(text, start, end, here, fresh)),
            tuple(mark.number for mark in fresh if mark.number),
            end <= body[0] or start >= body[1],
        )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not blank, without their line ends."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            yield at, end
        at = end + 1


def _segments(text: str, start: int, end: int, marks: Sequence[Mark], fresh: Sequence[Mark]) -> Iterator[Segment]:
    opening: dict[int, list[Mark]] = {}
    for mark in fresh:
        before_mark = mark.number and mark.start > start and text[mark.start - 1] in _OPENING
        opening.setdefault(max(mark.start - bool(before_mark), start), []).append(mark)
    edges = (at for mark in marks for at in (mark.start, mark.end) if start < at < end)
    cuts = sorted({start, end, *edges, *opening})
    coming = sorted(marks, key=lambda mark: mark.start, reverse=True)
    over: list[Mark] = []
    for left, right in pairwise(cuts):
        over = [mark for mark in over if mark.end > left]
        while coming and coming[-1].start <= left:
            over.append(coming.pop())
        css = " ".join(dict.fromkeys(" ".join(mark.css for mark in over).split()))
        yield Segment(text[left:right], css, tuple(opening.get(left, ())))
