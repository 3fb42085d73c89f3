"""Families of renderings with their provenance, and the findings about a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from citecheck.models.articles import Extraction, Searched
from citecheck.models.compared import Comparison, Drift, Rendering, Trace
from citecheck.models.words import Op, Relation, Severity


class BaseReason(StrEnum):
    """Why a rendering is the one that the others are compared with, strongest first."""

    PINNED = "pinned"
    PRIMARY = "primary document"
    EARLIEST = "earliest dated"
    FULLEST = "fullest"


@dataclass(frozen=True, slots=True)
class Edge:
    """One hop of words from `origin` to `receiver` (names of outlets, documents, speakers or article ids).

    `stated` hops have a proof: the words at `start:end` of `article` that say so. The others are inferred.
    """

    origin: str
    receiver: str
    relation: Relation | None
    stated: bool
    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Who had a statement from whom. `origins` are the names where the chain ends; renderings of one origin count once.
    `circular` lists outlets that credit each other."""

    edges: tuple[Edge, ...] = ()
    origins: tuple[str, ...] = ()
    circular: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """All renderings of one statement. `comparisons[i]` is `renderings[i]` against the base (None at the base).

    `severity` is the worst of them. Renderings stand in the order of their articles and places.
    """

    id: str
    renderings: tuple[Rendering, ...]
    base: int
    reason: BaseReason
    comparisons: tuple[Comparison | None, ...]
    severity: Severity
    chain: Chain = field(default_factory=Chain)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A witness: the place in the archive that a finding rests on, with a sentence of context on each side."""

    article: str
    start: int
    end: int
    text: str
    publisher: str | None
    published: str | None
    url: str | None
    score: float
    drift: tuple[Drift, ...] = ()
    ops: tuple[Op, ...] = ()
    before: str = ""
    after: str = ""
    place: str | None = None  # "page 3", where the document has such places


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an editor should see in a draft. `line` and `column` are one-based, `column` in code points."""

    code: str
    severity: Severity
    article: str
    start: int
    end: int
    line: int
    column: int
    text: str
    message: str
    ask: str
    evidence: tuple[Evidence, ...]
    searched: Searched
    fingerprint: str

    @property
    def level(self) -> str:
        """The level that CI systems know: error, warning or note."""
        return {Severity.CRITICAL: "error", Severity.MAJOR: "warning"}.get(self.severity, "note")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one draft gave: the findings in the order an editor works, and what was confirmed."""

    extraction: Extraction
    findings: tuple[Finding, ...]
    confirmed: tuple[Trace, ...]
    searched: Searched
