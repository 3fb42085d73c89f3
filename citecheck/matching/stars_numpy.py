"""`stars` over numpy arrays: the same pairs, with one sort of all runs instead of a table of them.

A run is one 64-bit key, `hash | rank of its statement | stretch`, so that sorting brings the statements of a run
together with the longest first. Runs are sorted a share of the hashes at a time: memory is bounded, however large the
corpus.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from citecheck.matching.stars import (
    CENTRES,
    FEW,
    HASH_BITS,
    LARGEST_GROUP,
    LONGEST,
    MULTIPLIER,
    OWNER_BITS,
    STRETCH_BITS,
    STRETCHES,
    Pairs,
)

Keys = NDArray[np.uint64]
#: Runs that are sorted at a time: half a gigabyte of keys.
RUNS_AT_A_TIME = 64_000_000
#: Picks that are expanded into pairs at a time.
PICKS_AT_A_TIME = 1_000_000
_TAG_BITS = np.uint64(OWNER_BITS + STRETCH_BITS)
_TAG = np.uint64((1 << (OWNER_BITS + STRETCH_BITS)) - 1)
_NONE = np.uint64((1 << 64) - 1)


class Groups(NamedTuple):
    """Sorted keys of runs that two statements have, and of each group of one run its start and size."""

    keys: Keys
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]


def vector_pairs(terms: Sequence[int], bounds: Sequence[int], runs_at_a_time: int = RUNS_AT_A_TIME) -> Pairs:
    """See `stars.star_pairs`."""
    edges = np.asarray(bounds, dtype=np.int64)
    order = np.argsort(edges[:-1] - edges[1:], kind="stable")  # by rank: the longest first
    words, tags = _laid_out(np.asarray(terms, dtype=np.uint32), edges, order)
    parts = max(1, -(-LONGEST * len(words) // runs_at_a_time))
    # Of each stretch its rarest run: size << 48 | part << 32 | place of the key in its part.
    best = np.full(len(order) << STRETCH_BITS, _NONE)
    groups = None
    for part in range(parts):
        groups = _groups(_runs(words, tags, part, parts))
        _pick(groups, part, best)
    found = [np.empty(0, dtype=np.uint64)]
    for part in range(parts):
        if parts > 1:
            groups = _groups(_runs(words, tags, part, parts))
        if groups is not None:
            found += _expanded(groups, part, best, order)
    pairs = _unique(np.concatenate(found))
    low = np.uint64((1 << OWNER_BITS) - 1)
    first, second = (pairs >> np.uint64(OWNER_BITS)).astype(np.uint32), (pairs & low).astype(np.uint32)
    return array("I", first.tobytes()), array("I", second.tobytes())


def _laid_out(terms: NDArray[np.uint32], edges: NDArray[np.int64], order: NDArray[np.int64]) -> tuple[Keys, Keys]:
    """The terms in order of rank, each with its tag: `rank << 3 | stretch`."""
    lengths = np.diff(edges)[order]
    starts = np.cumsum(lengths) - lengths
    within = np.arange(len(terms), dtype=np.int64) - np.repeat(starts, lengths)
    words = terms[within + np.repeat(edges[:-1][order], lengths)]
    tags = within * STRETCHES // np.repeat(lengths, lengths)
    tags += np.repeat(np.arange(len(order), dtype=np.int64) << STRETCH_BITS, lengths)
    return words.astype(np.uint64), tags.astype(np.uint64)


def _runs(words: Keys, tags: Keys, part: int, parts: int) -> Keys:
    """The keys of all runs whose hash falls into this part of the hashes, sorted, each once in a statement."""
    plus, multiplier = words + np.uint64(1), np.uint64(MULTIPLIER)
    codes = plus * multiplier
    pieces = []
    for length in range(1, LONGEST + 1):
        if length > 1:
            codes = (codes[:-1] ^ plus[length - 1 :]) * multiplier
        starts = tags[: len(codes)]
        keys = (codes & ~_TAG) | starts
        wanted = starts >> np.uint64(STRETCH_BITS) == tags[length - 1 :] >> np.uint64(STRETCH_BITS)
        if parts > 1:
            wanted &= ((codes >> np.uint64(64 - HASH_BITS)) * np.uint64(parts)) >> np.uint64(HASH_BITS) == part
        pieces.append(keys[wanted])
    del codes, plus
    keys = np.concatenate(pieces)
    pieces.clear()
    keys.sort()
    return keys[_changes(keys >> np.uint64(STRETCH_BITS))]


def _changes(values: Keys) -> NDArray[np.bool_]:
    """Whether each of the sorted `values` differs from the one before."""
    changed = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _groups(keys: Keys) -> Groups:
    starts = np.flatnonzero(_changes(keys >> _TAG_BITS))
    sizes = np.diff(starts, append=len(keys))
    shared = sizes > 1
    keys, sizes = keys[np.repeat(shared, sizes)], sizes[shared]
    return Groups(keys, np.cumsum(sizes) - sizes, sizes)


def _pick(groups: Groups, part: int, best: Keys) -> None:
    """Enter into `best` the rarest run of each stretch; of equally rare ones the smallest hash."""
    entries = np.repeat(np.minimum(groups.sizes, LARGEST_GROUP).astype(np.uint64) << np.uint64(48), groups.sizes)
    entries |= np.arange(part << 32, (part << 32) + len(entries), dtype=np.uint64)
    np.minimum.at(best, (groups.keys & _TAG).astype(np.int64), entries)


def _expanded(groups: Groups, part: int, best: Keys, order: NDArray[np.int64]) -> Iterator[Keys]:
    """The pairs of the picks whose run is in this part, as `a << 24 | b`."""
    mine = np.flatnonzero((best != _NONE) & ((best >> np.uint64(32)) & np.uint64(0xFFFF) == part))
    group_of = np.repeat(np.arange(len(groups.sizes), dtype=np.uint32), groups.sizes)
    for at in range(0, len(mine), PICKS_AT_A_TIME):
        cells = mine[at : at + PICKS_AT_A_TIME]
        group = group_of[best[cells] & np.uint64(0xFFFFFFFF)]
        sizes = groups.sizes[group]
        counts = np.where(sizes <= FEW, sizes, CENTRES)
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        others = (groups.keys[np.repeat(groups.starts[group], counts) + nth] & _TAG) >> np.uint64(STRETCH_BITS)
        own = np.repeat(cells >> STRETCH_BITS, counts)
        first, second = order[own], order[others.astype(np.int64)]
        pairs = (np.minimum(first, second) << OWNER_BITS) | np.maximum(first, second)
        yield _unique(pairs[first != second].astype(np.uint64))


def _unique(keys: Keys) -> Keys:
    """The distinct `keys`, sorted. (`np.unique` took sixty times as long for ten million.)"""
    keys.sort()
    return keys[_changes(keys)]
