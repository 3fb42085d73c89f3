"""The words of the field as enums (docs/vocabulary.md, docs/drift.md), spans, and ids."""

from __future__ import annotations

import hashlib
from enum import Enum, IntEnum, StrEnum


def make_id(*parts: object) -> str:
    """A short stable id made from `parts`: 12 hex digits, the same for the same parts in every run."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


#: A half-open range of code points.
Span = tuple[int, int]
#: `(tag, a0, a1, b0, b1)` with tag `equal`, `insert`, `delete` or `replace`; a list of them rebuilds `b` from `a`.
Op = tuple[str, int, int, int, int]


class Tier(StrEnum):
    """How near to the words a document stands, nearest first."""

    PRIMARY = "primary"  # the words themselves: a transcript, a statement as its author gave it out
    AGENCY = "agency"  # wire copy, which others rest on
    OUTLET = "outlet"
    AGGREGATOR = "aggregator"  # what somebody else published, cut short or passed on

    @property
    def rank(self) -> int:
        """0 for the nearest, one more for each that is further."""
        return tuple(Tier).index(self)


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
        return self in _QUOTED

    @property
    def speech(self) -> bool:
        """Whether the span gives somebody's words at all, marks or no marks."""
        return self in _SPEECH


_QUOTED = frozenset((Kind.DIRECT, Kind.FRAGMENT))
_SPEECH = _QUOTED | {Kind.INDIRECT}


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
