"""What a place found by the search is to the query: its status, and the comparison that says how it differs."""

from __future__ import annotations

from citecheck.drift import compare
from citecheck.matching.index import Index
from citecheck.matching.places import Place
from citecheck.models import Comparison, Kind, Label, Quotation, Side, Span, Status

#: What may stand before the words, and after them. Stripped and not matched: a pattern that ends in `$` begins anew at
#: each of a thousand dots.
_WHITE = " \t\n\r\x0b\x0c\x85\xa0\u2002\u2003\u2009\u200a\u2028\u2029\u202f\u3000"
_BEFORE = _WHITE + "\"“”‘’'(["
_AFTER = _WHITE + "\"“”‘’')].,;:!?…–—-"
#: Differences that folding takes away.
_FOLDED = frozenset({Label.TYPOGRAPHIC, Label.CASE_PUNCTUATION})
#: What may be left out or marked without touching the words that are kept.
_TRIMMED = frozenset({Label.TRUNCATION, Label.FRAGMENT, Label.MARKED_EDIT})
#: From this share of the words, in order and near each other, words are changed and not told anew.
ALTERED_COVER = 0.5
ALTERED_DENSITY = 0.45


def judge(index: Index, place: Place, span: Span, text: str, quotation: Quotation | None) -> tuple[Comparison, Status]:
    """How `text` renders the words at `span`, and the status that follows from the labels.

    quotation: the record that the span lies in, which tells the kind of the witness.
    """
    witness = index.texts[place.text][slice(*span)]
    kind = quotation.kind if quotation and quotation.kind is not Kind.INDIRECT else None
    comparison = compare(Side(witness, kind), Side(text), known=True)
    return comparison, _status(comparison, place, _bare(witness) == _bare(text))


def _status(comparison: Comparison, place: Place, same_characters: bool) -> Status:
    labels = {drift.label for drift in comparison.drift}
    if same_characters:
        return Status.VERBATIM
    if labels <= _FOLDED:
        return Status.TYPOGRAPHIC
    if labels & _TRIMMED and labels <= _TRIMMED | _FOLDED | {Label.SPELLING} and comparison.severity <= 2:
        return Status.TRIMMED
    if Label.REWORDING in labels or place.cover < ALTERED_COVER or place.density < ALTERED_DENSITY:
        return Status.REWORDED
    return Status.ALTERED


def _bare(text: str) -> str:
    """Without the marks and the punctuation at the edges, which belong to the sentence around."""
    return text.lstrip(_BEFORE).rstrip(_AFTER)
