"""Which of the words at an edge bear on what is kept: "If asked, [we go]" does, "It rained and [we go]" does not."""

from __future__ import annotations

from collections.abc import Sequence

from citecheck.drift.changes import Edge
from citecheck.drift.lexicon import CONDITION
from citecheck.drift.text import Prepared

COORDINATORS = frozenset("and but so or nor yet".split())
_SUBORDINATORS = frozenset("because which who while when where as that since although though".split())
#: A stretch at the end longer than this is a clause of its own.
_LONGEST_TAG = 5


def bearing(side: Prepared, words: Sequence[int], edge: Edge) -> Sequence[int]:
    """The words whose doubt, degree or negation can bear on what is kept; all of them inside a text."""
    if edge is Edge.INSIDE or not words:
        return words
    if edge is Edge.START:
        if side.keys[words[-1]] in COORDINATORS:
            return ()
        cut = max((at for at in words[1:] if clause_mark(side, at)), default=words[0])
        return [at for at in words if at >= cut]
    first = side.keys[words[0]]
    if first in ("if", "unless", "should") or side.phrases.get(words[0], (0, 0))[1] & CONDITION:
        return words
    if first in COORDINATORS or first in _SUBORDINATORS:
        return ()
    return words if len(words) <= _LONGEST_TAG else ()


def clause_mark(side: Prepared, at: int) -> bool:
    """Whether a mark that parts clauses stands before word `at`."""
    gap = side.gap(at)
    return any(mark in gap for mark in ".;:!?—–…") or " - " in gap or "--" in gap
