"""The values that the stages hand to each other: frozen, without behaviour beyond their own fields.

All offsets are Unicode code points, half-open, into the `text` of the article that a value names;
`article.text[start:end]` is always the value's `text`. The vocabulary is that of docs/vocabulary.md
(PARC and PolNeAR for source, cue and content; here a *speaker* said it and a *source* is credited for it).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum, StrEnum


def make_id(*parts: object) -> str:
    """A short stable id made from `parts`: 12 hex digits, the same for the same parts in every run."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


#: A half-open range of code points.
Span = tuple[int, int]
#: `(tag, a0, a1, b0, b1)` with tag `equal`, `insert`, `delete` or `replace`; a list of them rebuilds `b` from `a`.
Op = tuple[str, int, int, int, int]


class Kind(StrEnum):
    """What a span is: someone's words, or words that only wear the marks."""

    DIRECT = "direct"  # a clause or more in quotation marks
    FRAGMENT = "fragment"  # a few quoted words inside the writer's own sentence that report speech
    INDIRECT = "indirect"  # speech reported without marks; the span is the reported content
    SCARE = "scare"  # marks that hold the words at a distance, or a coined term
    TITLE = "title"  # the name of a work
    RESTATED = "restated"  # an unquoted passage that says what a quotation or claim elsewhere says

    @property
    def quoted(self) -> bool:
        """Whether the span stands in quotation marks as somebody's words."""
        return self in (Kind.DIRECT, Kind.FRAGMENT)

    @property
    def speech(self) -> bool:
        """Whether the span gives somebody's words at all, marks or no marks."""
        return self in (Kind.DIRECT, Kind.FRAGMENT, Kind.INDIRECT)


class Relation(StrEnum):
    """How a text credits a source."""

    TOLD = "told"
    REPORTED_BY = "reported-by"
    ACCORDING_TO = "according-to"
    CREDITED_FROM = "credited-from"
    PUBLISHED_ON = "published-on"
    CITES = "cites"
    PUBLISHER = "publisher"  # the article's own outlet, at its head or foot


class Severity(IntEnum):
    """What an editor does about a difference; see docs/drift.md."""

    NONE = 0
    COSMETIC = 1
    MINOR = 2
    MAJOR = 3
    CRITICAL = 4


class Missing(Enum):
    """Marks what nobody said, where None means that the text gives nothing."""

    UNKNOWN = "unknown"


UNKNOWN = Missing.UNKNOWN


class Label(StrEnum):
    """The ways in which one rendering differs from another; see docs/drift.md."""

    TYPOGRAPHIC = "typographic"
    CASE_PUNCTUATION = "case-punctuation"
    SPELLING = "spelling"
    MARKED_EDIT = "marked-edit"
    INNER_MARKS = "inner-marks"
    TRUNCATION = "truncation"
    OMISSION = "omission"
    INSERTION = "insertion"
    EXTENSION = "extension"
    SUBSTITUTION = "substitution"
    REORDER = "reorder"
    INFLECTION = "inflection"
    REWORDING = "rewording"
    SPLICE = "splice"
    NUMBER = "number"
    DATE = "date"
    ENTITY = "entity"
    POLARITY = "polarity"
    CERTAINTY = "certainty"
    INTENSITY = "intensity"
    LOADED = "loaded"
    DIRECT_TO_INDIRECT = "direct-to-indirect"
    INDIRECT_TO_DIRECT = "indirect-to-direct"
    FRAGMENT = "fragment"
    SPEAKER_CHANGED = "speaker-changed"
    SPEAKER_GENERALISED = "speaker-generalised"
    SPEAKER_LOST = "speaker-lost"
    SOURCE_CHANGED = "source-changed"
    SOURCE_LOST = "source-lost"
    DATE_CONFLICT = "date-conflict"


class Status(StrEnum):
    """What can be said of the best match of a traced quotation."""

    VERBATIM = "verbatim"  # the very characters
    TYPOGRAPHIC = "typographic"  # the same after folding marks, dashes and spaces
    TRIMMED = "trimmed"  # nothing but words left out at an edge, or a marked edit
    ALTERED = "altered"  # the words are there, changed
    REWORDED = "reworded"  # told in other words
    UNVERIFIED = "unverified"  # nothing that can be answered for


class SpeakerKind(StrEnum):
    """How precisely a text says who spoke."""

    PERSON = "person"  # a name: "Ana Ruiz"
    BODY = "body"  # an organisation or a country: "the central bank", "Ukraine"
    DESCRIPTION = "description"  # no name: "a former top finance official", "officials"


# Articles ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what is known of it. `text` is the only coordinate system, exactly as it was decoded.

    `published` is ISO 8601, as precise as the page gave it. `body` is the part that a reader would call the article:
    cookie notices, teasers and comment forms at its end lie outside. `digest` is the SHA-256 of the text as UTF-8.
    `path` is where it was read from (None for a value made in memory) and `encoding` how it was decoded.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    path: str | None = None
    encoding: str | None = None
    digest: str = ""
    body: Span | None = None
    #: Spans that the page itself marks as quotations (`<q>`, `<blockquote>`), marks or no marks in the text.
    marked: tuple[Span, ...] = ()

    @property
    def body_span(self) -> Span:
        """`body`, or the whole text."""
        return self.body if self.body is not None else (0, len(self.text))


@dataclass(frozen=True, slots=True)
class Skipped:
    """An article that could not be read, and why. It travels down the pipe and is counted in the report."""

    id: str
    reason: str


# What one article says ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class When:
    """A date as the text says it, and the interval it means where that can be resolved.

    `earliest` and `latest` are inclusive and None where the text leaves the year open and the article has no date.
    `month` and `day` are what is said literally, so that "December 30" and "January 1" can be told apart undated.
    """

    text: str
    start: int
    end: int
    earliest: date | None = None
    latest: date | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that say that something was said: said, told, according to."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it. `name` is the fullest form inside the article; `mention` is what stands beside the quotation.

    `role` is the fullest description that the article gives of a named person ("first deputy CEO of Sberbank").
    """

    name: str
    mention: str
    start: int
    end: int
    kind: SpeakerKind = SpeakerKind.PERSON
    role: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """One mention of one outlet or document that the text credits. `name` is canonical.

    `kind` is the kind of the outlet in the table (agency, newspaper, government …), `document` what of it is credited
    ("report", "post", "Global AI Index"), `when` the date that goes with the credit, `quotation` the id of the record
    that it is credited for.
    """

    name: str
    relation: Relation
    mention: str
    start: int
    end: int
    kind: str | None = None
    document: str | None = None
    when: When | None = None
    quotation: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span of an article that gives someone's words or wears the marks; `start` and `end` exclude the marks.

    `id` is made from the article's id, the kind and the place. `parent` is the id of the record this one stands in,
    `group` is shared by the parts of a split or multi-paragraph quotation. `negated` marks words that the text says
    were denied or declined. `when` is the date that the text gives to the act of saying.
    `confidence` (0 to 1) is the estimated chance that kind and speaker are right.
    """

    id: str
    article: str
    kind: Kind
    start: int
    end: int
    text: str
    speaker: Speaker | None = None
    cue: Cue | None = None
    sources: tuple[SourceCredit, ...] = ()
    parent: str | None = None
    group: str | None = None
    when: When | None = None
    negated: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says: its quotations in order of place, and each mention of a credited source."""

    article: Article
    quotations: tuple[Quotation, ...] = ()
    credits: tuple[SourceCredit, ...] = ()


# Comparison --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drift:
    """One way in which `b` differs from `a`. Spans are code points into both texts; None: not in the words."""

    label: Label
    severity: Severity
    a: Span | None
    b: Span | None
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How `b` renders `a`. `score` is 0 to 100. Where `same` is false there is no severity and no drift."""

    same: bool
    score: float
    severity: Severity = Severity.NONE
    drift: tuple[Drift, ...] = ()
    ops: tuple[Op, ...] = ()


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Match:
    """Two renderings of one statement, `a` the witness. `family` is the id of the family that both belong to."""

    family: str
    a: Rendering
    b: Rendering
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Searched:
    """How much was looked through before something was called not found."""

    articles: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where traced words stand, fully or nearly. `article.text[start:end]` is `text`."""

    article: str
    start: int
    end: int
    text: str
    quotation: str | None
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the words of one query come from, best first."""

    id: str
    text: str
    status: Status
    searched: Searched
    hits: tuple[Hit, ...] = ()


# Families and provenance -------------------------------------------------------------------------------------------


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


# The check before publication --------------------------------------------------------------------------------------


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


# The corpus --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read, and what could not be. Article ids are unique in it."""

    extractions: tuple[Extraction, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def articles(self) -> Mapping[str, Article]:
        return {item.article.id: item.article for item in self.extractions}

    @property
    def searched(self) -> Searched:
        return Searched(len(self.extractions), sum(len(item.quotations) for item in self.extractions))
