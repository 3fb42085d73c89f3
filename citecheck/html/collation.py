"""The collation table of a family: the base cut into columns where renderings part from it.

As in the apparatus of an edition, agreement is not spelled out: a column in which all agree is shown once, shortened,
and a cell that agrees with the base is a quiet mark. Only renderings that keep the wording take part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from citecheck.html.diff import Piece, change, changes
from citecheck.html.marks import clip, runs
from citecheck.models import Family, Op, Span

#: More places of variation than this do not fit a table that a person reads across.
MOST_COLUMNS = 14


class Cell(NamedTuple):
    """`state` is `same` (agrees with the base), `gone` (nothing stands there) or `other`; `pieces` against the base."""

    state: str
    pieces: tuple[Piece, ...] = ()


class Column(NamedTuple):
    """A stretch of the base. `varies` where any rendering differs; the others are shown `short`."""

    base: str
    short: str
    varies: bool


class Line(NamedTuple):
    """One wording: the numbers of the renderings that have it and a cell for each column."""

    numbers: tuple[int, ...]
    is_base: bool
    cells: tuple[Cell, ...]


class Station(NamedTuple):
    """A stop of the variant graph: words that all share, or each reading there with the renderings that have it."""

    shared: str
    readings: tuple[tuple[str, str], ...]


class Collation(NamedTuple):
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    left_out: int
    graph: tuple[Station, ...]


def collate(family: Family, plain: Sequence[bool]) -> Collation | None:
    """The table, or None where nothing varies, fewer than two renderings line up, or it would be too wide.

    `plain[i]` says that rendering i is too different from the base to be lined up.
    """
    base = family.renderings[family.base].text
    variants: dict[int, list[tuple[Span, str]]] = {}
    for index, comparison in enumerate(family.comparisons):
        if plain[index] or (comparison is None and index != family.base):
            continue
        variants[index] = _variants(base, family.renderings[index].text, comparison.ops) if comparison else []
    loci = _merged([span for found in variants.values() for span, _ in found])
    if len(variants) < 2 or not loci or 2 * len(loci) + 1 > MOST_COLUMNS:
        return None
    cuts = _columns(len(base), loci)
    columns = tuple(_column(base, span, span in loci) for span in cuts)
    wordings: dict[tuple[bool, tuple[Cell, ...]], list[int]] = {}
    for index, found in sorted(variants.items(), key=lambda item: (item[0] != family.base, item[0])):
        cells = tuple(_cell(base, span, span in loci, found) for span in cuts)
        wordings.setdefault((index == family.base, cells), []).append(index + 1)
    lines = tuple(Line(tuple(numbers), is_base, cells) for (is_base, cells), numbers in wordings.items())
    return Collation(columns, lines, len(family.renderings) - len(variants), _graph(columns, lines))


def _graph(columns: Sequence[Column], lines: Sequence[Line]) -> tuple[Station, ...]:
    """The variant graph (Schmidt and Colomb 2009): one way through the words for each wording. Empty below three
    wordings, where the table says as much."""
    readings = [tuple(_reading(*pair) for pair in zip(columns, line.cells, strict=True)) for line in lines]
    if len(set(readings)) < 3:
        return ()
    wordings = {number: own for line, own in zip(lines, readings, strict=True) for number in line.numbers}
    made = []
    for at, column in enumerate(columns):
        taken: dict[str, list[int]] = {}
        for number, wording in wordings.items():
            taken.setdefault(wording[at], []).append(number)
        forks = tuple((text, ranges(sorted(numbers))) for text, numbers in taken.items())
        made.append(Station("", forks) if column.varies else Station(column.short, ()))
    return tuple(made)


def _reading(column: Column, cell: Cell) -> str:
    """What stands in a cell, without what it lacks of the base."""
    if cell.state == "same":
        return column.base.strip()
    return "".join(piece.text for piece in cell.pieces if piece.tag not in ("delete", "gap")).strip()


def ranges(numbers: Sequence[int]) -> str:
    """`1–3, 7` for 1, 2, 3, 7."""
    return ", ".join(f"{a:,}" if a == b else f"{a:,}–{b:,}" for a, b in runs(numbers))


def _variants(base: str, text: str, ops: tuple[Op, ...]) -> list[tuple[Span, str]]:
    """Each span of the base that the text gives differently, with what stands there instead."""
    if base == text:
        return []
    return [
        ((a0, a1), text[b0:b1])
        for a0, a1, b0, b1 in changes(base, text, ops)
        if base[a0:a1] != text[b0:b1] and (a1 < len(base) or _letters(base[a0:a1] + text[b0:b1]))
    ]


def _letters(text: str) -> bool:
    """Whether `text` holds more than the punctuation that may stand before a closing mark."""
    return any(char.isalnum() for char in text)


def _merged(spans: list[Span]) -> list[Span]:
    """The union of all spans, in order; those that overlap or touch are one."""
    merged: list[Span] = []
    for start, end in sorted(set(spans)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _columns(length: int, loci: list[Span]) -> list[Span]:
    """The loci with the stretches of agreement between them."""
    cuts: list[Span] = []
    at = 0
    for start, end in loci:
        if start > at:
            cuts.append((at, start))
        cuts.append((start, end))
        at = end
    if at < length:
        cuts.append((at, length))
    return cuts


def _column(base: str, span: Span, varies: bool) -> Column:
    text = base[slice(*span)]
    return Column(text, text if varies else _short(text), varies)


def _short(text: str) -> str:
    """The first and last words of a stretch that all share."""
    words = text.split()
    if len(words) <= 6:
        return " ".join(words)
    return clip(" ".join(words[:2]), 30) + " … " + clip(" ".join(words[-2:]), 30)


def _cell(base: str, span: Span, varies: bool, found: list[tuple[Span, str]]) -> Cell:
    """What one rendering has at `span`: the base with its own variants put in."""
    inside = [(own, text) for own, text in found if varies and span[0] <= own[0] and own[1] <= span[1]]
    if not inside:
        return Cell("same")
    parts: list[Piece] = []
    at = span[0]
    for (start, end), text in inside:
        parts.append(Piece("equal", base[at:start]))
        change(parts, "delete", "gap", base[start:end], 3)
        change(parts, "insert", "equal", text, 3)
        at = end
    parts = [piece for piece in [*parts, Piece("equal", base[at : span[1]])] if piece.text]
    if not "".join(piece.text for piece in parts if piece.tag not in ("delete", "gap")).strip(" ,."):
        return Cell("gone")
    return Cell("other", tuple(parts))
