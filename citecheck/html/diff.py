"""From the ops of a comparison to pieces that a reader can take in: whole words, what goes before what comes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from citecheck.models import Comparison, Op, Severity, Span

_WORD = re.compile(r"[^\W_]")


class Piece(NamedTuple):
    """A run of text: `tag` is `equal`, `delete` (only in the base), `insert` (only here), `gap` (a blank of the base)
    or `fold` (the middle of a long run that is equal).

    `severity` is the worst difference that touches it; 0 and 1 are drawn faintly.
    """

    tag: str
    text: str
    severity: int = 0


def pieces(a: str, b: str, comparison: Comparison) -> tuple[Piece, ...]:
    """The text `b` as differences from the base `a`; joined without deletions and gaps, they are `b` again."""
    found: list[Piece] = []
    for left, right, level in _runs(a, b, comparison):
        if level is None:
            _append(found, Piece("equal", right))
        else:
            change(found, "delete", "gap", left, level)
            change(found, "insert", "equal", right, level)
    return tuple(found)


def sides(a: str, b: str, comparison: Comparison) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts to stand beside each other: what only `a` has as `delete`, what only `b` has as `insert`."""
    mine: list[Piece] = []
    theirs: list[Piece] = []
    for left, right, level in _runs(a, b, comparison):
        for found, tag, text in ((mine, "delete", left), (theirs, "insert", right)):
            if level is not None:
                change(found, tag, "equal", text, level)
            elif text:
                _append(found, Piece("equal", text))
    return tuple(mine), tuple(theirs)


def _runs(a: str, b: str, comparison: Comparison) -> Iterator[tuple[str, str, int | None]]:
    """The words of both sides run by run, with the severity of a run that differs, None where the two agree."""
    for a0, a1, b0, b1 in changes(a, b, comparison.ops):
        left, right = a[a0:a1], b[b0:b1]
        # The comma or full stop before the closing mark is no difference.
        closing = (a1, b1) == (len(a), len(b)) and not (_WORD.search(left) or _WORD.search(right))
        yield left, right, None if left == right or closing else _severity(comparison, (a0, a1), (b0, b1))


def change(found: list[Piece], tag: str, blank: str, text: str, level: int) -> None:
    """Add a change with the spaces at its edges outside of it, so that no line is drawn under or through nothing."""
    core = text.strip()
    if not core:
        found += [Piece(blank, text)] if text else []
        return
    at = text.index(core)
    for own, part, weight in ((blank, text[:at], 0), (tag, core, level), (blank, text[at + len(core) :], 0)):
        if part:
            _append(found, Piece(own, part, weight))


@lru_cache(maxsize=64)
def changes(a: str, b: str, ops: tuple[Op, ...]) -> tuple[tuple[int, int, int, int], ...]:
    """`(a0, a1, b0, b1)` of runs that are equal and runs that differ, in turn; the differing ones are whole words.

    The page of a statement asks for the same three times: to draw them, to see whether to, and for the collation.
    """
    return tuple(_changes(a, b, ops))


def _changes(a: str, b: str, ops: Sequence[Op]) -> Iterator[tuple[int, int, int, int]]:
    blocks = [[a0, a1, b0, b1] for tag, a0, a1, b0, b1 in ops if tag == "equal" and a1 > a0]
    for block in blocks:
        _retreat(a, b, block)
    at_a = at_b = 0
    for a0, a1, b0, b1 in blocks:
        edge = (a0, b0) == (0, 0) or (a1, b1) == (len(a), len(b))
        if not edge and not _WORD.search(a, a0, a1):  # a lone space or comma between two changes only chops them up
            continue
        both = _shared_blank(a[at_a:a0], b[at_b:b0])  # is no part of the change before it
        if a0 - both > at_a or b0 - both > at_b:
            yield at_a, a0 - both, at_b, b0 - both
        yield a0 - both, a1, b0 - both, b1
        at_a, at_b = a1, b1
    if at_a < len(a) or at_b < len(b):
        yield at_a, len(a), at_b, len(b)


def _shared_blank(left: str, right: str) -> int:
    """How many characters of white space both end in."""
    both = 0
    while both < min(len(left), len(right)) and left[-both - 1] == right[-both - 1] and left[-both - 1].isspace():
        both += 1
    return both


def _retreat(a: str, b: str, block: list[int]) -> None:
    """Shrink an equal block until neither of its ends cuts a word in two on either side."""
    while block[1] > block[0] and (_inside(a, block[0]) or _inside(b, block[2])):
        block[0] += 1
        block[2] += 1
    while block[1] > block[0] and (_inside(a, block[1]) or _inside(b, block[3])):
        block[1] -= 1
        block[3] -= 1


def _inside(text: str, at: int) -> bool:
    """Whether the offset `at` lies inside a word (or a number such as 2.5)."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    joins = ".,'’-"
    if _WORD.match(before) and _WORD.match(after):
        return True
    if after in joins and _WORD.match(before):
        return at + 1 < len(text) and bool(_WORD.match(text[at + 1]))
    return before in joins and bool(_WORD.match(after)) and at > 1 and bool(_WORD.match(text[at - 2]))


def _severity(comparison: Comparison, a: Span, b: Span) -> int:
    """The worst severity of the drifts that touch either span; major where none claims it."""
    touching = [
        drift.severity
        for drift in comparison.drift
        if (drift.a is not None and _touch(drift.a, a)) or (drift.b is not None and _touch(drift.b, b))
    ]
    if touching:
        return max(touching)
    return Severity.COSMETIC if comparison.severity <= Severity.COSMETIC else Severity.MINOR


def _touch(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


#: Characters from which a run that is the same in the base is folded, and those left of it beside what differs: a
#: sentence and a half is read over, a paragraph hides the one word that was changed.
FOLD_FROM, FOLD_LEAVES = 360, 110


def folded(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """`found` with the middle of each long equal run as a `fold`, cut between words."""
    made: list[Piece] = []
    for piece in found:
        first, last = piece.text.find(" ", FOLD_LEAVES), piece.text.rfind(" ", 0, -FOLD_LEAVES)
        if piece.tag != "equal" or len(piece.text) < FOLD_FROM or not 0 < first < last:
            made.append(piece)
            continue
        cuts = (piece.text[:first], piece.text[first:last], piece.text[last:])
        made += [Piece(tag, text) for tag, text in zip(("equal", "fold", "equal"), cuts, strict=True)]
    return tuple(made)


def drawn(a: str, b: str, comparison: Comparison) -> tuple[tuple[Piece, ...], bool]:
    """`b` in pieces against `a`, and whether that is no more than its words, since too little of them is alike."""
    if a == b:
        return (Piece("equal", b),), False
    if not alike(a, b, comparison):
        return (Piece("equal", b),), True
    return pieces(a, b, comparison), False


def _append(found: list[Piece], piece: Piece) -> None:
    """Add `piece`, joined with the one before it where both are of one sort."""
    if found and (found[-1].tag, found[-1].severity) == (piece.tag, piece.severity):
        found[-1] = Piece(piece.tag, found[-1].text + piece.text, piece.severity)
    else:
        found.append(piece)


#: Share of the shorter side that must stand in both before a word-by-word difference helps a reader. Below it, ins and
#: del alternate so fast that the plain words read better; by eye on the seeds, where rewordings lie under .4 and edits
#: above .6.
LEAST_SHARED = 0.45


def alike(a: str, b: str, comparison: Comparison) -> bool:
    """Whether a word-by-word difference of `b` from `a` helps a reader."""
    shared = sum(a1 - a0 for a0, a1, b0, b1 in changes(a, b, comparison.ops) if a[a0:a1] == b[b0:b1])
    return bool(comparison.ops) and shared >= LEAST_SHARED * min(len(a), len(b))
