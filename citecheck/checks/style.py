"""Typography and house style: CC501 to CC503. Counted, and shown only on request: no reader is misled by a comma."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.checks.draft import Draft
from citecheck.checks.witnesses import Witness
from citecheck.models import Finding, Label, Quotation, Severity, Tally

_STRAIGHT, _CURLY = '"', "“”„"


def judge_style(draft: Draft, quotation: Quotation, witnesses: Sequence[Witness]) -> Iterator[Finding]:
    """At most one finding where the best witness sets the very words otherwise."""
    best = witnesses[0]
    labels = {item.label for item in best.wording}
    tally = Tally(0, 1)
    name = best.outlet
    if labels & {Label.CASE_PUNCTUATION, Label.SPELLING} and labels <= {
        Label.CASE_PUNCTUATION,
        Label.SPELLING,
        Label.TYPOGRAPHIC,
    }:
        note = next(item.note for item in best.wording if item.label is not Label.TYPOGRAPHIC)
        yield draft.finding(
            "CC502", Severity.COSMETIC, quotation, f"Differs from {name}: {note}", evidence=[best.evidence], tally=tally
        )
    elif labels == {Label.TYPOGRAPHIC}:
        message = f"Differs from {name} in marks, dashes or spaces only."
        yield draft.finding("CC501", Severity.COSMETIC, quotation, message, evidence=[best.evidence], tally=tally)


def judge_marks(draft: Draft) -> Iterator[Finding]:
    """CC503, once: quotations in straight and in curly marks in one draft. It points at the first of the rarer kind."""
    text = draft.article.text
    straight = [item for item in draft.quotations if text[max(0, item.start - 1) : item.start] == _STRAIGHT]
    curly = [item for item in draft.quotations if text[max(0, item.start - 1) : item.start] in tuple(_CURLY)]
    if straight and curly:
        rarer = min(straight, curly, key=len)
        message = f"{len(straight)} in straight and {len(curly)} in curly marks in one draft."
        yield draft.finding("CC503", Severity.COSMETIC, (rarer[0].start - 1, rarer[0].start), message)
