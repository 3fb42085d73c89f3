"""The candidate stage: which stretches of the corpus share enough rare terms with a query.

A pure function over columns. Linear in the postings that it opens, and it opens the rare ones first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

#: Postings opened for one query. Terms are opened rarest first until this many positions are collected, so that a
#: query of common words costs no more than one of rare words.
MAX_POSITIONS = 8_000
#: Of two windows with the same terms the tighter one is better.
LENGTH_BITS = 0.1
#: A window with less than this share of the best one's bits is no candidate beside it.
LEAST_SHARE = 0.4


class Window(NamedTuple):
    """Positions `first` to `last` (inclusive) hold query terms worth `bits`, each term counted once."""

    bits: float
    first: int
    last: int


#: Where a term of the query stands, and its number.
Place = tuple[int, int]


def windows(
    hits: Sequence[Place], bits: Mapping[int, float], bounds: Sequence[int], width: int, limit: int
) -> list[Window]:
    """The `limit` best stretches of at most `width` positions, best first, none overlapping a better one.

    hits: places of terms of the query, ascending; bits: what each term is worth; bounds: the first position of each
    text and, last, the number of positions. A window lies in one text.
    """
    found = _stretches(hits, bits, bounds, width)
    found.sort()
    kept: list[Window] = []
    taken: dict[int, list[Window]] = defaultdict(list)
    for _, first, last, total in found:
        cell = first // width
        near = (other for key in (cell - 1, cell, cell + 1) for other in taken[key])
        if all(last < other.first or other.last < first for other in near):
            window = Window(total, first, last)
            kept.append(window)
            taken[cell].append(window)
            if len(kept) == limit:
                break
    return kept


def rarest(postings: Mapping[int, Sequence[int]]) -> list[Place]:
    """The places of the rarest of some terms, ascending. postings: term number → ascending positions."""
    hits: list[Place] = []
    for number in sorted(postings, key=lambda n: (len(postings[n]), n)):
        room = MAX_POSITIONS - len(hits)
        if hits and len(postings[number]) > room:
            break
        hits += [(position, number) for position in postings[number][:room]]
    hits.sort()
    return hits


def _stretches(
    hits: Sequence[Place], bits: Mapping[int, float], bounds: Sequence[int], width: int
) -> list[tuple[float, int, int, float]]:
    """For each hit the window that starts there, as (cost, first, last, bits), hopeless ones left out: a text whose
    terms are worth less in all is not looked through."""
    texts = [(sum(map(bits.__getitem__, {number for _, number in there})), there) for there in _texts(hits, bounds)]
    texts.sort(key=lambda text: -text[0])
    found: list[tuple[float, int, int, float]] = []
    best = 0.0
    for most, there in texts:
        if most < LEAST_SHARE * best - _ROUNDING:
            break
        best = _in_one_text(there, bits, width, best, found)
    return [item for item in found if item[3] >= LEAST_SHARE * best]


#: Sums of the same bits in another order differ by less.
_ROUNDING = 1e-6


def _texts(hits: Sequence[Place], bounds: Sequence[int]) -> Iterator[Sequence[Place]]:
    """The hits of each text that has any."""
    at = 0
    while at < len(hits):
        end = bisect_left(hits, (bounds[bisect_right(bounds, hits[at][0])], -1), at)
        yield hits[at:end]
        at = end


def _in_one_text(
    hits: Sequence[Place],
    bits: Mapping[int, float],
    width: int,
    best: float,
    found: list[tuple[float, int, int, float]],
) -> float:
    """Put the windows of one text into `found`; returns what the best one so far is worth."""
    inside = dict.fromkeys(bits, 0)
    total, end, count = 0.0, 0, len(hits)
    for first, number in hits:
        while end < count and hits[end][0] < first + width:
            added = hits[end][1]
            if not inside[added]:
                total += bits[added]
            inside[added] += 1
            end += 1
        if total >= LEAST_SHARE * best:
            last = hits[end - 1][0]
            found.append((LENGTH_BITS * (last - first) - total, first, last, total))
            best = max(best, total)
        inside[number] -= 1
        if not inside[number]:
            total -= bits[number]
    return best
