"""Runs of one and two words as numbers of 48 bits, which are the same on all machines: what the indexes look up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

from citecheck.matching.columns import CONTENT_BITS, UNKNOWN_BITS, general_bits

#: Terms whose numbers are kept, of those that came last: texts have few terms, each many times.
_MOST_KEPT = 1 << 16
_MULTIPLIER = 0x9E3779B97F4A7C15
_WORD = (1 << 64) - 1
#: The run of a word that is none by itself.
_NONE = -1


class _Numbers(dict[str, tuple[int, int, int]]):
    """Each term as its run, what it is worth as the first of two, and as the second."""

    def __missing__(self, name: str) -> tuple[int, int, int]:
        value = int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        # Words that every text has bring no candidates alone. They are found by the runs that they stand in.
        content = general_bits().get(name, UNKNOWN_BITS) >= CONTENT_BITS
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[name] = numbers = (value >> 16 if content else _NONE, value * _MULTIPLIER & _WORD, value)
        return numbers


_NUMBERS = _Numbers()


def single(name: str) -> int | None:
    """The run of a word, None where a word alone brings no candidates."""
    run = _NUMBERS[name][0]
    return None if run == _NONE else run


def pairs(names: Sequence[str]) -> list[int]:
    """The runs of two words, in order."""
    return _pairs([*map(_NUMBERS.__getitem__, names)])


def runs(names: Sequence[str]) -> list[int]:
    """All runs of a text, sorted, as often as they stand there."""
    known = [*map(_NUMBERS.__getitem__, names)]
    found = [run for run, _, _ in known if run != _NONE] + _pairs(known)
    found.sort()
    return found


def _pairs(known: Sequence[tuple[int, int, int]]) -> list[int]:
    return [((first ^ second) * _MULTIPLIER & _WORD) >> 16 for (_, first, _), (_, _, second) in pairwise(known)]
