"""How surprising a run of words is: a phrase that everybody uses is no evidence of where a text comes from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from citecheck.matching.columns import Columns
from citecheck.matching.terms import terms
from citecheck.text.lexicons import words

#: Share of the bigram estimate in the mixture with the plain frequency (Jelinek and Mercer 1980).
BIGRAM_SHARE = 0.8
#: Bits of a word inside a stock phrase, the first one apart: given its beginning, the phrase completes itself.
STOCK_BITS = 2.0


@cache
def _stock() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(terms(line)) for line in words("stock_phrases.txt"))


@cache
def _stock_from() -> Mapping[str, tuple[int, ...]]:
    """How long the stock phrases are that begin with a term, longest first: few words begin any."""
    lengths: dict[str, set[int]] = {}
    for phrase in _stock():
        if len(phrase) > 1:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def phrase_bits(columns: Columns, positions: Sequence[int], names: Sequence[str]) -> list[float]:
    """Bits of each word of a matched stretch, given the word before it. `names` are the terms at `positions`.

    A word that the corpus often puts after the one before is no surprise there; the occurrence itself is not counted.
    """
    bits = [columns.bits[columns.terms[position]] for position in positions]
    for at in range(1, len(positions)):
        if positions[at] == positions[at - 1] + 1:
            first, second = columns.terms[positions[at - 1]], columns.terms[positions[at]]
            share = (columns.count_pair(first, second) - 1) / (columns.count(first) + 1)
            mixed = BIGRAM_SHARE * share + (1 - BIGRAM_SHARE) * 2.0 ** -bits[at]
            bits[at] = min(bits[at], -math.log2(mixed))
    for start, end in _stock_runs(positions, names):
        for at in range(start + 1, end):
            bits[at] = min(bits[at], STOCK_BITS)
    return bits


def _stock_runs(positions: Sequence[int], names: Sequence[str]) -> Iterable[tuple[int, int]]:
    at, starting = 0, _stock_from()
    while at < len(names):
        for length in starting.get(names[at], ()):
            end = at + length
            together = end <= len(names) and positions[end - 1] - positions[at] == length - 1
            if together and tuple(names[at:end]) in _stock():
                yield at, end
                at = end - 1
                break
        at += 1
