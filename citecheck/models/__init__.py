"""The values that the stages hand to each other: frozen, without behaviour beyond their own fields.

All offsets are Unicode code points, half-open, into the `text` of the article that a value names;
`article.text[start:end]` is always the value's `text`. The vocabulary is that of docs/vocabulary.md
(PARC and PolNeAR for source, cue and content; here a *speaker* said it and a *source* is credited for it).
"""

from citecheck.models.anchors import Piece, Run
from citecheck.models.articles import (
    Article,
    Corpus,
    Cue,
    Extraction,
    Quotation,
    Searched,
    Skipped,
    SourceCredit,
    Speaker,
    When,
)
from citecheck.models.compared import Comparison, Drift, Hit, Match, Rendering, Side, Trace
from citecheck.models.judged import (
    BaseReason,
    Chain,
    Checked,
    Edge,
    Evidence,
    Family,
    Finding,
    Reason,
    Standing,
    Suppressed,
    Tally,
)
from citecheck.models.words import (
    UNKNOWN,
    Kind,
    Label,
    Missing,
    Op,
    Relation,
    Severity,
    Span,
    SpeakerKind,
    Status,
    make_id,
)

__all__ = [
    "UNKNOWN",
    "Article",
    "BaseReason",
    "Chain",
    "Checked",
    "Comparison",
    "Corpus",
    "Cue",
    "Drift",
    "Edge",
    "Evidence",
    "Extraction",
    "Family",
    "Finding",
    "Hit",
    "Kind",
    "Label",
    "Match",
    "Missing",
    "Op",
    "Piece",
    "Quotation",
    "Reason",
    "Relation",
    "Rendering",
    "Run",
    "Searched",
    "Severity",
    "Side",
    "Skipped",
    "SourceCredit",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Standing",
    "Status",
    "Suppressed",
    "Tally",
    "Trace",
    "When",
    "make_id",
]
