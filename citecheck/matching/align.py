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
    pairs = [
        (op.src_start + i, op.dest_start + i)
        for op in LCSseq.opcodes(query, text)
        if op.tag == "equal"
        for i in range(op.src_end - op.src_start)
    ]
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
    return Chain(tuple(pairs[best_span[0] : best_span[1]]), best)


def gap_cost(words: int, ends: int) -> float:
    """Bits for `words` of the text that the query lacks and `ends` of sentences that it does not have."""
    return min(MAX_GAP_BITS, GAP_BITS * max(0, words)) + BREAK_BITS * max(0, ends)
