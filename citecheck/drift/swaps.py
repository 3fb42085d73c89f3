"""Names and figures in each other’s place: A struck B / B struck A, 3 boats and 5 men / 5 boats and 3 men."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from citecheck.drift.align import Block
from citecheck.drift.changes import Change, Kind
from citecheck.drift.notes import Found
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.words import NUMBER, ORDINAL

_LISTING = frozenset(("and", "or", "the", "'s"))
_SCORE = frozenset(("-", "–", "—", ":"))


def swaps(a: Prepared, b: Prepared, blocks: Sequence[Block], found: Sequence[Change]) -> Iterator[Found]:
    """The `entity` and `number` labels of what changed places, with more than a list between."""
    if not any(change.kind is Kind.MOVED for change in found):
        return
    pairs = sorted(_kept(a, b, blocks, found))

    def named(i: int, j: int) -> bool:
        return a.names[i] or b.names[j]

    def counted(i: int, j: int) -> bool:
        return a.words[i].kind in (NUMBER, ORDINAL)

    for label, chosen in ((Label.ENTITY, named), (Label.NUMBER, counted)):
        for left, right in _crossed(a, [pair for pair in pairs if chosen(*pair)]):
            yield Found(label, Severity.CRITICAL, left, right)


def _crossed(a: Prepared, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Neighbours among `pairs` whose order is another on the other side: the ranges on both."""
    places = {i for i, _ in pairs}
    for (i, j), (after, other) in pairwise(pairs):
        if other > j:
            continue
        listed = all(at in places or a.keys[at] in _LISTING for at in range(i + 1, after))
        score = after == i + 1 and a.words[i].kind == NUMBER and a.gap(after).strip() in _SCORE  # 7-2 / 2-7
        if score or not listed:
            yield (i, after + 1), (other, j + 1)


def _kept(a: Prepared, b: Prepared, blocks: Sequence[Block], found: Sequence[Change]) -> Iterator[tuple[int, int]]:
    """The words that both texts have, in place or moved, with their places."""
    for block in blocks:
        if block.equal:
            yield from zip(range(block.a0, block.a1), range(block.b0, block.b1), strict=True)
    for change in found:
        if change.kind is Kind.MOVED:
            places: dict[str, list[int]] = {}
            for j in range(*change.b):
                places.setdefault(b.keys[j], []).append(j)
            yield from ((i, places[a.keys[i]].pop(0)) for i in range(*change.a) if places.get(a.keys[i]))
