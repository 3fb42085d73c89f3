"""Families of renderings with their provenance, and the findings about a draft."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from citecheck.models.articles import Extraction, Quotation, Searched
from citecheck.models.compared import Comparison, Drift, Rendering, Trace
from citecheck.models.values import value
from citecheck.models.words import Op, Relation, Severity


class BaseReason(StrEnum):
    """Why a rendering is the one that the others are compared with, strongest first."""

    PINNED = "pinned"
    PRIMARY = "primary document"
    EARLIEST = "earliest dated"
    FULLEST = "fullest"


@value
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


@value
class Chain:
    """Who had a statement from whom. `origins` are the names where the chain ends; renderings of one origin count once.
    `circular` lists outlets that credit each other."""

    edges: tuple[Edge, ...] = ()
    origins: tuple[str, ...] = ()
    circular: tuple[tuple[str, ...], ...] = ()


@value
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


@value
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
    earlier_of: str | None = None  # the article of which this is an earlier text

    def lines_up(self, words: str) -> bool:
        """Whether `ops` lead from `text` to `words`, and not between the wholes that these are parts of."""
        return bool(self.ops) and (self.ops[-1][2], self.ops[-1][4]) == (len(self.text), len(words))


@value
class Tally:
    """How the witnesses of one thing stand to the draft. `independent` counts the origins that they go back to."""

    agree: int = 0
    differ: int = 0
    independent: int = 0


@value
class Finding:
    """One thing an editor should see in a draft. `line`, `column` and `paragraph` count from one, in code points.

    `quotation` is the id of the record that it is about (None: the writer's own words). `chain` says who had the words
    from whom, an edge for each credit that a witness states.
    """

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
    paragraph: int = 1
    tally: Tally = Tally()
    chain: tuple[Edge, ...] = ()
    quotation: str | None = None

    @property
    def level(self) -> str:
        """The level that CI systems know: error, warning or note."""
        return {Severity.CRITICAL: "error", Severity.MAJOR: "warning"}.get(self.severity, "note")


class Reason(StrEnum):
    """Why a finding is kept back."""

    IGNORE = "ignore"  # a comment in the draft
    BASELINE = "baseline"  # it was there when the baseline was written
    SIGNED_OFF = "signed-off"  # an editor signed the quotation off


@value
class Suppressed:
    """A finding that somebody decided about. `note` is the reason that they gave."""

    finding: Finding
    reason: Reason
    note: str


@value
class Standing:
    """A quotation that was checked, and what its sign-off depends on.

    `witnesses` is a digest of the places that bear on it: it changes when one is added, lost or reworded. `evidence`
    are the best of them, whether they differ or confirm.
    """

    quotation: Quotation
    line: int
    column: int
    witnesses: str
    evidence: tuple[Evidence, ...] = ()


@value
class Checked:
    """What the check of one draft gave: the findings in the order an editor works, and what was confirmed.

    `standings` are all quotations that were checked; `suppressed` what was decided about, `hidden` what is below the
    level that is shown, `left` the quotations that nobody has signed off (None: sign-offs are not used). `own` are the
    articles of the archive that are this draft and were left out.
    """

    extraction: Extraction
    findings: tuple[Finding, ...]
    confirmed: tuple[Trace, ...]
    searched: Searched
    standings: tuple[Standing, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    hidden: tuple[Finding, ...] = ()
    left: tuple[Standing, ...] | None = None
    own: tuple[str, ...] = ()
