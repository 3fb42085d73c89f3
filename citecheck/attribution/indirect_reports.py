"""One reported statement in token numbers, before it becomes a record."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.attribution.mentions import Mention

#: The chance that a report read by a rule is one that readers mark as such with the same speaker, counted on the
#: training part of PolNeAR (share of its cues met × share of speakers met), rounded.
CONFIDENCE = {
    "tail": 0.85,
    "middle": 0.85,
    "credit": 0.85,
    "finite that": 0.75,
    "finite clause": 0.7,
    "finite to": 0.5,
    "finite other": 0.6,
    "participle that": 0.65,
    "participle clause": 0.55,
    "participle to": 0.4,
    "participle other": 0.4,
    "noun": 0.4,
}


class Report(NamedTuple):
    """`pieces` and `cue` are ranges of tokens; two pieces where the reporting words stand in the middle.

    `rule` names the construction that was read, which tells how far it can be trusted.
    """

    pieces: tuple[tuple[int, int], ...]
    cue: tuple[int, int]
    mention: Mention | None
    rule: str
    negated: bool = False

    @property
    def said(self) -> bool:
        """Whether it is a statement by itself, not an order or a wish that a statement tells of."""
        return self.rule in ("tail", "middle", "finite that", "finite clause")
