"""Aligning the words of two texts: runs of equal words, and what stands between them.

A chain of matches (Hunt and Szymanski 1977) with weights: content words count more than function words and a gap
costs a little, so that a stray "the" between two changes does not pass for common ground.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from citecheck.drift.text import ELLIPSIS, Prepared

#: Above this many pairs of equal words the chain gives way to a plain longest common subsequence, which is linear-ish.
_MOST_PAIRS = 600
#: Above this many cells (words times words) the subsequence is looked for between anchors: it takes time and memory for
#: each cell, 9,000,000 of them a sixth of a second.
_MOST_CELLS = 4_000_000
#: A gap on one side costs less than one on both: an isolated function word (0.3) is not worth a second double gap.
_GAP_ONE, _GAP_BOTH = 0.2, 0.45
_MATCH_FUNCTION, _MATCH_CONTENT = 0.3, 2.0


class Block(NamedTuple):
    """Words `a0:a1` of one side against `b0:b1` of the other; `equal` where their keys are the same."""

    a0: int
    a1: int
    b0: int
    b1: int
    equal: bool


def align(a: Prepared, b: Prepared) -> list[Block]:
    """The blocks of `a` and `b` in order; together they cover all words of both."""
    ka, kb = a.keys, b.keys
    na, nb = len(ka), len(kb)
    head = 0
    while head < na and head < nb and ka[head] == kb[head]:
        head += 1
    tail = 0
    while tail < na - head and tail < nb - head and ka[na - 1 - tail] == kb[nb - 1 - tail]:
        tail += 1
    pairs = [(at, at) for at in range(head)]
    pairs += _middle(a, b, head, na - tail, nb - tail)
    pairs += [(na - tail + at, nb - tail + at) for at in range(tail)]
    return _slid(a, b, _blocks(pairs, na, nb))


def _middle(a: Prepared, b: Prepared, start: int, end_a: int, end_b: int) -> list[tuple[int, int]]:
    """The matched pairs between the common head and tail."""
    if start >= end_a or start >= end_b:
        return []
    return _between(a, b, (start, end_a), (start, end_b))


def _between(a: Prepared, b: Prepared, left: tuple[int, int], right: tuple[int, int]) -> list[tuple[int, int]]:
    """The matched pairs of two stretches: by the chain where there is little to choose from, by a plain longest common
    subsequence where there is more, and between anchors where that would be too much."""
    if left[0] >= left[1] or right[0] >= right[1]:
        return []
    places: dict[str, list[int]] = {}
    for at in range(*right):
        places.setdefault(b.keys[at], []).append(at)
    if sum(len(places.get(a.keys[i], ())) for i in range(*left)) <= _MOST_PAIRS:
        pairs = [(i, j) for i in range(*left) for j in places.get(a.keys[i], ())]
        return _chain(a, pairs, (left[0], right[0]), (left[1], right[1]))
    if (left[1] - left[0]) * (right[1] - right[0]) > _MOST_CELLS:
        return _anchored(a, b, left, right)
    matching = LCSseq.opcodes(a.keys[slice(*left)], b.keys[slice(*right)])
    runs = [op for op in matching if op.tag == "equal"]
    size = [(op.src_start + left[0], op.dest_start + right[0], op.src_end - op.src_start) for op in runs]
    return [(i + step, j + step) for i, j, length in size for step in range(length)]


def _anchored(a: Prepared, b: Prepared, left: tuple[int, int], right: tuple[int, int]) -> list[tuple[int, int]]:
    """The matched pairs of two long stretches, cut where both have the same three words, once each (the patience
    algorithm of Bram Cohen, 2003). Without such a place they have nothing in common that is worth looking for."""
    mine, theirs = _once(a, left), _once(b, right)
    anchors = _rising(sorted((at, theirs[words]) for words, at in mine.items() if words in theirs))
    found: list[tuple[int, int]] = []
    at_a, at_b = left[0], right[0]
    for i, j in anchors:
        if i < at_a or j < at_b:
            continue
        found += [*_between(a, b, (at_a, i), (at_b, j)), (i, j)]
        at_a, at_b = i + 1, j + 1
    return found + _between(a, b, (at_a, left[1]), (at_b, right[1])) if found else []


def _once(side: Prepared, stretch: tuple[int, int]) -> dict[tuple[str, ...], int]:
    """The places of the threes of words that a stretch has once."""
    places: dict[tuple[str, ...], int] = {}
    for at in range(stretch[0], stretch[1] - 2):
        words = tuple(side.keys[at : at + 3])
        places[words] = -1 if words in places else at
    return {words: at for words, at in places.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of `pairs` (ascending on the left) that ascends on the right too (Fredman 1975)."""
    tops: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tops, j)
        back.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [j]
        ends[at : at + 1] = [index]
    found, index = [], ends[-1] if ends else -1
    while index >= 0:
        found.append(pairs[index])
        index = back[index]
    return found[::-1]


def _chain(
    a: Prepared, pairs: list[tuple[int, int]], first: tuple[int, int], end: tuple[int, int]
) -> list[tuple[int, int]]:
    """The best chain through `pairs` (sorted), which rise on both sides."""
    best: list[float] = []
    back: list[int] = []
    for index, (i, j) in enumerate(pairs):
        score, link = -_gap(first[0] - 1, first[1] - 1, i, j), -1
        for other in range(index - 1, -1, -1):
            i0, j0 = pairs[other]
            if i0 < i and j0 < j:
                reached = best[other] - _gap(i0, j0, i, j)
                if reached > score:
                    score, link = reached, other
        best.append(score + (_MATCH_CONTENT if a.weights[i] >= 1 else _MATCH_FUNCTION))
        back.append(link)
    ends = [score - _gap(*pairs[index], *end) for index, score in enumerate(best)]
    if not ends or max(ends) <= -_gap(first[0] - 1, first[1] - 1, *end):
        return []
    at = ends.index(max(ends))
    found = []
    while at >= 0:
        found.append(pairs[at])
        at = back[at]
    return found[::-1]


def _gap(i0: int, j0: int, i: int, j: int) -> float:
    """What it costs to step from one matched pair to the next."""
    if i - i0 == 1 and j - j0 == 1:
        return 0.0
    return _GAP_ONE if i - i0 == 1 or j - j0 == 1 else _GAP_BOTH


def _slid(a: Prepared, b: Prepared, blocks: list[Block]) -> list[Block]:
    """The blocks with each one-sided stretch moved to where an editor would see it.

    "like this, [deals like this]" and "like [this, deals like] this" are one edit. It stands best at an ellipsis of the
    other side, else at an edge of the text, else behind a mark.
    """
    found = list(blocks)
    for at, block in enumerate(blocks):
        if block.equal or (block.a0 < block.a1) == (block.b0 < block.b1):
            continue
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        step = _best_step(a, b, block, before, after)
        if step:
            found[at] = Block(block.a0 + step, block.a1 + step, block.b0 + step, block.b1 + step, False)
            found[at - 1 : at] = [before._replace(a1=before.a1 + step, b1=before.b1 + step)] if before else []
            if after:
                found[at + 1] = after._replace(a0=after.a0 + step, b0=after.b0 + step)
    return [block for block in found if block.a0 < block.a1 or block.b0 < block.b1]


def _best_step(a: Prepared, b: Prepared, block: Block, before: Block | None, after: Block | None) -> int:
    """How far to move a one-sided stretch, 0 to leave it."""
    longer, other = (a, b) if block.a0 < block.a1 else (b, a)
    start, end = (block.a0, block.a1) if longer is a else (block.b0, block.b1)
    place = block.b0 if longer is a else block.a0
    back = before.a1 - before.a0 if before else 0
    ahead = after.a1 - after.a0 if after else 0
    steps = [0]
    while -steps[-1] < back and longer.keys[start - 1 + steps[-1]] == longer.keys[end - 1 + steps[-1]]:
        steps.append(steps[-1] - 1)
    right = 0
    while right < ahead and longer.keys[start + right] == longer.keys[end + right]:
        right += 1
        steps.append(right)
    if len(steps) == 1:
        return 0
    for step in steps:
        if ELLIPSIS.search(other.gap(place + step)):
            return step
    for step in steps:
        if start + step == place + step == 0 or (end + step == len(longer.keys) and place + step == len(other.keys)):
            return step
    return next((step for step in steps if longer.gap(start + step).strip()), 0)


def _blocks(pairs: list[tuple[int, int]], na: int, nb: int) -> list[Block]:
    found: list[Block] = []
    at_a = at_b = 0
    index = 0
    while index < len(pairs):
        i, j = pairs[index]
        size = 1
        while index + size < len(pairs) and pairs[index + size] == (i + size, j + size):
            size += 1
        if i > at_a or j > at_b:
            found.append(Block(at_a, i, at_b, j, False))
        found.append(Block(i, i + size, j, j + size, True))
        at_a, at_b = i + size, j + size
        index += size
    if at_a < na or at_b < nb:
        found.append(Block(at_a, na, at_b, nb, False))
    return found
