"""How one rendering of a statement differs from another, and where words were found."""

from __future__ import annotations

from citecheck.models.articles import Searched, SourceCredit, Speaker, When
from citecheck.models.values import value
from citecheck.models.words import UNKNOWN, Kind, Label, Missing, Op, Severity, Span, SpeakerKind, Status


@value
class Drift:
    """One way in which `b` differs from `a`. Spans are code points into both texts; None: not in the words."""

    label: Label
    severity: Severity
    a: Span | None
    b: Span | None
    note: str


@value
class Comparison:
    """How `b` renders `a`. `score` is 0 to 100. Where `same` is false there is no severity and no drift."""

    same: bool
    score: float
    severity: Severity = Severity.NONE
    drift: tuple[Drift, ...] = ()
    ops: tuple[Op, ...] = ()


@value
class Side:
    """One side of a comparison: words, and what is known of them.

    `speaker` None and `sources` empty mean that the text gives none; `UNKNOWN` that nobody said whether it does.
    """

    text: str
    kind: Kind | None = None
    speaker: str | Missing | None = UNKNOWN
    sources: tuple[str, ...] | Missing = UNKNOWN
    when: When | Missing | None = UNKNOWN
    speaker_kind: SpeakerKind | None = None


@value
class Rendering:
    """One article's version of a statement, quoted or not. `quotation` is None for an unquoted passage (`restated`)."""

    article: str
    kind: Kind
    start: int
    end: int
    text: str
    quotation: str | None = None
    speaker: Speaker | None = None
    sources: tuple[SourceCredit, ...] = ()
    when: When | None = None


@value
class Match:
    """Two renderings of one statement, `a` the witness. `family` is the id of the family that both belong to."""

    family: str
    a: Rendering
    b: Rendering
    comparison: Comparison


@value
class Hit:
    """One place where traced words stand, fully or nearly. `article.text[start:end]` is `text`."""

    article: str
    start: int
    end: int
    text: str
    quotation: str | None
    comparison: Comparison


@value
class Trace:
    """Where the words of one query come from, best first."""

    id: str
    text: str
    status: Status
    searched: Searched
    hits: tuple[Hit, ...] = ()
