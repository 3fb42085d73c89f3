"""The candidate stage of an archive that grows: which earlier statements are worth comparing with a new one.

The same idea as in `stars`, over an index instead of a sort: a statement is cut into stretches, and meets the
statements that have the rarest run of a stretch. A pure function over postings, whose cost for a statement has a bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from citecheck.matching.alike import LEAST_CONTENT, Weights
from citecheck.matching.stars import CENTRES, FEW, STRETCHES
from citecheck.matching.statements import FRAGMENT_WORDS, Statement

#: Earlier statements that are looked at for one.
MOST = 48
#: Earlier statements that one is compared with, the nearest first; of one family no more than `CENTRES`.
MOST_COMPARED = 16
#: Share of what a corpus of this size asks (`Weights.chance`) that the runs which are seen must be worth: words that
#: are frequent are common to two statements without being seen here.
SEEN = 0.5
#: What a single word is worth beside the pairs that it stands in.
SINGLE_SHARE = 0.5


class Runs(NamedTuple):
    """The runs of one or two words of a statement, as columns: the hash, the word that it begins with, its length."""

    codes: list[int]
    places: list[int]
    lengths: list[int]


def neighbours(
    number: int, one: Statement, runs: Runs, postings: Mapping[int, Sequence[int]], weights: Weights
) -> dict[int, float]:
    """The statements before `number`, which is `one`, that share rare runs with it, and what these are worth; the
    nearest first, at most `MOST`.

    postings: for each run that another statement may have the first that have it, one more than `FEW` at most.
    """
    worth = [SINGLE_SHARE * weights[name] for name in one.order]
    rarest: dict[int, tuple[int, float, int]] = {}
    shared: dict[int, tuple[float, Sequence[int]]] = {}
    for code, place, length in zip(*runs, strict=True):
        found = postings.get(code)
        if found is None or found[0] >= number or code in shared:
            continue
        value = worth[place] if length == 1 else worth[place] + worth[place + 1]
        shared[code] = value, found
        stretch = place * STRETCHES // len(worth)
        key = (len(found), -value, code)
        if stretch not in rarest or key < rarest[stretch]:
            rarest[stretch] = key
    met: dict[int, float] = {}
    for size, _, code in rarest.values():
        met.update((other, 0.0) for other in postings[code][: FEW if size <= FEW else CENTRES] if other < number)
    for value, found in shared.values():
        for other in met.keys() & found:
            met[other] += value
    order = sorted((-value, other) for other, value in met.items())[:MOST]
    return {other: -value for value, other in order}


class About(NamedTuple):
    """What is known of an earlier statement without loading it: the number of its family, how many words it has, and
    whether it is a record of speech."""

    family: int | None
    words: int
    anchor: bool


def nearest(one: Statement, found: Mapping[int, float], about: Mapping[int, About], weights: Weights) -> list[int]:
    """Those of `found` that the statement `one` is compared with; one of two is a record of speech."""
    least = SEEN * (LEAST_CONTENT + weights.chance)
    chosen: list[int] = []
    of_family: dict[int, int] = {}
    for other, value in found.items():
        family, length, anchor = about[other]
        if not (anchor or one.anchor) or (value < least and min(len(one.words), length) > FRAGMENT_WORDS):
            continue
        if family is not None:
            of_family[family] = of_family.get(family, 0) + 1
            if of_family[family] > CENTRES:
                continue
        chosen.append(other)
        if len(chosen) == MOST_COMPARED:
            break
    return chosen
