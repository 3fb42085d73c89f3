"""Where exactly in a stretch of text do the words of a query stand: order matters, and the query lies inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

#: Bits that a word costs which stands in the text between two matched words and not in the query.
GAP_BITS = 0.7
#: One gap costs no more than this: a clause inserted in the middle does not make two places of one.
MAX_GAP_BITS = 8.0
#: Bits that an end of a sentence costs which the query does not have: a statement is told in as many sentences.
BREAK_BITS = 5.0


Pair = tuple[int, int]


class Chain(NamedTuple):
    """The matched pairs `(index in query, index in text)`, ascending on both sides, and what they are worth in bits."""

    pairs: tuple[Pair, ...]
    bits: float


def align(
    query: Sequence[int], text: Sequence[int], worth: Callable[[Pair], float], cost: Callable[[Pair, Pair], float]
) -> Chain:
    """The most valuable run of common terms, in order.

    worth: bits of a matched pair; cost: bits that lie between two matched pairs.

    The longest common subsequence finds the pairs; the best-paying run of them (Bentley's maximum subarray, gaps
    counted as costs) drops strays at the edges, so that the chain says where the words stand.
    """
    pairs = _drawn_together(
        query,
        text,
        [
            (op.src_start + i, op.dest_start + i)
            for op in LCSseq.opcodes(query, text)
            if op.tag == "equal"
            for i in range(op.src_end - op.src_start)
        ],
    )
    best, best_span = 0.0, (0, 0)
    total, start = 0.0, 0
    for end, pair in enumerate(pairs):
        if end > start:
            total -= cost(pairs[end - 1], pair)
        if total <= 0.0:
            total, start = 0.0, end
        total += worth(pair)
        if total > best:
            best, best_span = total, (start, end + 1)
    chain = pairs[best_span[0] : best_span[1]]
    more = _run_on(query, text, chain)
    return Chain((*more[0], *chain, *more[1]), best + sum(map(worth, (*more[0], *more[1]))))


def _drawn_together(query: Sequence[int], text: Sequence[int], pairs: list[Pair]) -> list[Pair]:
    """The same pairs, each run of them moved beside its neighbour where the same words stand there too.

    Of subsequences of one length the library gives any, with a "she said" of the next sentence as soon as this one.
    """
    moved = list(pairs)
    for first, last in reversed(_runs(moved)):
        if last + 1 < len(moved) and moved[last + 1][0] == moved[last][0] + 1:
            shift = moved[last + 1][1] - 1 - moved[last][1]
            _shift(query, text, moved, slice(first, last + 1), shift)
    for first, last in _runs(moved):
        if first and moved[first - 1][0] == moved[first][0] - 1:
            shift = moved[first - 1][1] + 1 - moved[first][1]
            _shift(query, text, moved, slice(first, last + 1), shift)
    return moved


def _runs(pairs: list[Pair]) -> list[tuple[int, int]]:
    """The first and last index of each run of pairs that are neighbours on both sides."""
    starts = [at for at, (i, j) in enumerate(pairs) if not at or pairs[at - 1] != (i - 1, j - 1)]
    return [(start, end - 1) for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True)]


def _shift(query: Sequence[int], text: Sequence[int], pairs: list[Pair], run: slice, shift: int) -> None:
    """Move a run of pairs in the text, where all its words stand there as well."""
    there = [(i, j + shift) for i, j in pairs[run]]
    if shift and all(text[j] == query[i] for i, j in there):
        pairs[run] = there


def _run_on(query: Sequence[int], text: Sequence[int], chain: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The pairs that go on right before and right after a chain, where the subsequence had chosen a "the" far away."""
    before: list[Pair] = []
    after: list[Pair] = []
    if chain:
        i, j = chain[0][0] - 1, chain[0][1] - 1
        while i >= 0 and j >= 0 and query[i] == text[j]:
            before.insert(0, (i, j))
            i, j = i - 1, j - 1
        i, j = chain[-1][0] + 1, chain[-1][1] + 1
        while i < len(query) and j < len(text) and query[i] == text[j]:
            after.append((i, j))
            i, j = i + 1, j + 1
    return before, after


def gap_cost(words: int, ends: int) -> float:
    """Bits for `words` of the text that the query lacks and `ends` of sentences that it does not have."""
    return min(MAX_GAP_BITS, GAP_BITS * max(0, words)) + BREAK_BITS * max(0, ends)
