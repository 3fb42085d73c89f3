"""`stars` over numpy arrays: the same pairs, by sorting runs instead of keeping a table of them.

A run is one 64-bit key, `hash | rank of its statement | stretch`, so that sorting brings the statements of a run
together with the longest first. Runs are partitioned by their hash and sorted a part at a time; so are the pairs, by
their first statement. The parts lie in memory, or in the files of a folder: then memory is bounded by a part and a few
numbers a statement, and the terms may be mapped from a file.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from citecheck.matching.stars import (
    CENTRES,
    FEW,
    LARGEST_GROUP,
    LONGEST,
    MULTIPLIER,
    OWNER_BITS,
    STRETCH_BITS,
    STRETCHES,
    Pairs,
    check_count,
)

Keys = NDArray[np.uint64]
#: Runs that are sorted at a time. A part of 32 MB is sorted in the processor's cache, and its room is used again by the
#: next: with all runs of a million statements in one part, half of the time went to the system for fresh memory.
RUNS_AT_A_TIME = 4_000_000
#: Words that are made into keys, stretches, and picks that are expanded into pairs at a time.
AT_A_TIME = 500_000
_TAG_BITS = np.uint64(OWNER_BITS + STRETCH_BITS)
_TAG = np.uint64((1 << (OWNER_BITS + STRETCH_BITS)) - 1)
_NONE = np.uint64((1 << 64) - 1)
#: The smallest entry of a cell whose rarest run so far is in many statements.
_MANY = np.uint64((FEW + 1) << 48)


class Groups(NamedTuple):
    """Sorted keys of runs that two statements have, and of each group of one run its start and size."""

    keys: Keys
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]


class Parts:
    """Keys in `count` parts of the numbers below `limit`, in memory or in the files `name`.N of a folder."""

    def __init__(self, count: int, limit: int, folder: Path | None, name: str) -> None:
        self.count = count
        self._edges = np.array([limit * part // count for part in range(1, count)], dtype=np.uint64)
        self._files = None if folder is None else [folder / f"{name}.{part}" for part in range(count)]
        self._held: list[list[Keys]] = [[] for _ in range(count)]

    def add(self, keys: Keys) -> None:
        """Put each of the keys into its part."""
        if self.count == 1:
            self.put(0, keys)
            return
        keys.sort()
        cuts = [0, *np.searchsorted(keys, self._edges).tolist(), len(keys)]
        for part, (first, last) in enumerate(pairwise(cuts)):
            self.put(part, keys[first:last])

    def put(self, part: int, keys: Keys) -> None:
        """Put all the keys into one part."""
        if self._files is None:
            self._held[part].append(keys)
        elif len(keys):
            with self._files[part].open("ab") as file:
                keys.tofile(file)

    def take(self, part: int) -> Keys:
        """The keys of a part, which is empty then."""
        if self._files is None:
            keys = np.concatenate([np.empty(0, dtype=np.uint64), *self._held[part]])
            self._held[part] = []
            return keys
        if not self._files[part].exists():
            return np.empty(0, dtype=np.uint64)
        keys = np.fromfile(self._files[part], dtype=np.uint64)
        self._files[part].unlink()
        return keys


def vector_pairs(terms: Sequence[int], bounds: Sequence[int], runs_at_a_time: int = RUNS_AT_A_TIME) -> Pairs:
    """See `stars.star_pairs`."""
    blocks = list(pair_blocks(terms, bounds, runs_at_a_time))
    first, second = (np.concatenate([block[side] for block in blocks]) for side in (0, 1))
    return array("I", first.tobytes()), array("I", second.tobytes())


def pair_blocks(
    terms: Sequence[int], bounds: Sequence[int], runs_at_a_time: int = RUNS_AT_A_TIME, folder: Path | None = None
) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32]]]:
    """The pairs of `stars.star_pairs` in ascending blocks; what is sorted later lies in files of `folder`, if given."""
    check_count(bounds)
    edges = np.asarray(bounds, dtype=np.int64)
    order = np.argsort(edges[:-1] - edges[1:], kind="stable").astype(np.uint32)  # by rank: the longest first
    parts = max(1, -(-LONGEST * len(terms) // runs_at_a_time))
    runs = Parts(parts, 1 << 64, folder, "runs")
    for keys in _keys(np.asarray(terms), edges, order):
        runs.add(keys)
    # Of each stretch its rarest run: size << 48 | part << 32 | place of the key in its part.
    best = np.full(len(order) << STRETCH_BITS, _NONE)
    for part in range(parts):
        groups = _groups(_unique(runs.take(part), np.uint64(STRETCH_BITS)))
        _pick(groups, part, best)
        runs.put(part, groups.keys)
    picks = Parts(parts, parts << 32, folder, "picks")
    for found in _picks(best):
        picks.add(found)
    pairs = Parts(parts, len(order) << OWNER_BITS, folder, "pairs")
    for part in range(parts):
        cells = picks.take(part) & np.uint64(0xFFFFFFFF)
        for found in _expanded(_groups(runs.take(part)), cells, best, order):
            pairs.add(found)
    del best, order
    low = np.uint64((1 << OWNER_BITS) - 1)
    for part in range(parts):
        keys = _unique(pairs.take(part))
        yield (keys >> np.uint64(OWNER_BITS)).astype(np.uint32), (keys & low).astype(np.uint32)


def _keys(terms: NDArray[np.uint32], edges: NDArray[np.int64], order: NDArray[np.uint32]) -> Iterator[Keys]:
    """The keys of all runs, some statements at a time."""
    rank = np.empty(len(order), dtype=np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    cuts = np.searchsorted(edges, np.arange(0, len(terms) + AT_A_TIME, AT_A_TIME)).clip(max=len(order))
    for first, last in pairwise(np.unique(np.append(cuts, 0)).tolist()):
        lengths = np.diff(edges[first : last + 1]).astype(np.uint32)
        whole = np.repeat(lengths, lengths)
        begins = (edges[first:last] - edges[first]).astype(np.uint32)
        within = np.arange(len(whole), dtype=np.uint32) - np.repeat(begins, lengths)
        tags = within * np.uint32(STRETCHES) // whole
        tags |= np.repeat(rank[first:last] << np.uint32(STRETCH_BITS), lengths)
        yield _runs(terms[edges[first] : edges[last]].astype(np.uint64), tags, whole - within)


def _runs(words: Keys, tags: NDArray[np.uint32], left: NDArray[np.uint32]) -> Keys:
    """The keys of the runs that begin at each word; `left` counts the words from there to the end of the statement."""
    plus, multiplier = words + np.uint64(1), np.uint64(MULTIPLIER)
    codes = plus * multiplier
    found = []
    for length in range(1, LONGEST + 1):
        if length > 1:
            codes = (codes[:-1] ^ plus[length - 1 :]) * multiplier
        keys = (codes & ~_TAG) | tags[: len(codes)]
        found.append(keys if length == 1 else keys[left[: len(codes)] >= length])
    return np.concatenate(found)


def _changes(values: Keys) -> NDArray[np.bool_]:
    """Whether each of the sorted `values` differs from the one before."""
    changed = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _unique(keys: Keys, ignored: np.uint64 | None = None) -> Keys:
    """The `keys`, sorted, without those that differ from a smaller one in the lowest `ignored` bits at most.

    (`np.unique` took sixty times as long for ten million.)
    """
    keys.sort()
    return keys[_changes(keys if ignored is None else keys >> ignored)]


def _groups(keys: Keys) -> Groups:
    starts = np.flatnonzero(_changes(keys >> _TAG_BITS))
    sizes = np.diff(starts, append=len(keys))
    shared = sizes > 1
    if not shared.all():
        keys, sizes = keys[np.repeat(shared, sizes)], sizes[shared]
        starts = np.cumsum(sizes) - sizes
    return Groups(keys, starts, sizes)


def _pick(groups: Groups, part: int, best: Keys) -> None:
    """Enter into `best` the rarest run of each stretch; of equally rare ones the smallest hash.

    Most stretches have a run that few statements have: the many keys of frequent runs are entered for the rest only.
    """
    sizes = np.repeat(np.minimum(groups.sizes, LARGEST_GROUP).astype(np.uint16), groups.sizes)
    cells = (groups.keys & _TAG).astype(np.uint32)
    few = sizes <= FEW
    for wanted in (few, ~few):
        places = np.flatnonzero(wanted)
        places = places[best[cells[places]] >= _MANY] if wanted is not few else places
        entries = sizes[places].astype(np.uint64) << np.uint64(48) | places.astype(np.uint64)
        np.minimum.at(best, cells[places], entries | np.uint64(part << 32))


def _picks(best: Keys) -> Iterator[Keys]:
    """The stretches that have a run, each as `part << 32 | stretch`."""
    for at in range(0, len(best), AT_A_TIME):
        cells = np.flatnonzero(best[at : at + AT_A_TIME] != _NONE).astype(np.uint64) + np.uint64(at)
        yield (best[cells] & np.uint64(0xFFFF << 32)) | cells


def _expanded(groups: Groups, picks: Keys, best: Keys, order: NDArray[np.uint32]) -> Iterator[Keys]:
    """The pairs of the stretches `picks`, whose runs are in these groups, as `a << 24 | b`."""
    group_of = np.repeat(np.arange(len(groups.sizes), dtype=np.uint32), groups.sizes)
    for at in range(0, len(picks), AT_A_TIME):
        cells = picks[at : at + AT_A_TIME]
        group = group_of[best[cells] & np.uint64(0xFFFFFFFF)]
        sizes = groups.sizes[group]
        counts = np.where(sizes <= FEW, sizes, CENTRES)
        nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        others = (groups.keys[np.repeat(groups.starts[group], counts) + nth] & _TAG) >> np.uint64(STRETCH_BITS)
        first, second = np.repeat(order[cells >> np.uint64(STRETCH_BITS)], counts), order[others]
        pairs = (np.minimum(first, second).astype(np.uint64) << np.uint64(OWNER_BITS)) | np.maximum(first, second)
        yield _unique(pairs[first != second])
