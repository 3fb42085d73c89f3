"""A draft under check: where things stand in it, and how a finding about it is made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from citecheck.checks.codes import rule
from citecheck.models import (
    Edge,
    Evidence,
    Extraction,
    Finding,
    Kind,
    Quotation,
    Searched,
    Severity,
    Span,
    Tally,
    make_id,
)
from citecheck.text.lines import Lines
from citecheck.text.segments import paragraphs, sentences
from citecheck.text.words import keys

_NONE = Tally()
_IN_MARKS = frozenset((Kind.DIRECT, Kind.FRAGMENT, Kind.SCARE))
#: Where a quotation is broken up (“…,” she said. “…”) so many words may be lost between its parts without a note.
_SEAM = 3
#: Evidence shown for one finding: the best witnesses, enough to judge by.
MOST_EVIDENCE = 3


class Draft:
    """One draft. `quotations` are the spans that claim to be somebody's words, outermost only."""

    def __init__(self, extraction: Extraction, searched: Searched) -> None:
        self.extraction = extraction
        #: The draft as a reader sees it: markup is left out, every place is what it is in the file.
        self.article = extraction.article
        if self.article.markup:
            self.article = replace(self.article, text=self.article.shown)
        self.searched = searched
        self.lines = Lines(self.article.text)
        self.quotations = tuple(
            replace(item, text=self.article.text[item.start : item.end]) if self.article.markup else item
            for item in _quoted(extraction)
        )

    @cached_property
    def paragraphs(self) -> Sequence[Span]:
        return paragraphs(self.article.text)

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """The sentences of the body."""
        return sentences(self.article.text, self.article.body_span)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The words of each stretch in marks as keys, to see what was cut here and stands there."""
        marked = {item.id: item.text for item in self.extraction.quotations if item.kind in _IN_MARKS}
        return tuple(map(keys, (marked | {item.id: item.text for item in self.quotations}).values()))

    def quotes(self, words: str) -> bool:
        """Whether other quotations of the draft have `words`, but for a few at the seam."""
        rest = keys(words)
        if any(rest in said for said in self.said):
            return True
        for said in self.said:
            if said.count(" ") >= _SEAM:
                rest = rest.replace(said, "")
        return len(rest.split()) <= _SEAM

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that `offset` stands in, from one."""
        return max(1, bisect_right(self.paragraphs, offset, key=lambda span: span[0]))

    def paragraph_text(self, offset: int, before: int = 0) -> str:
        """The paragraph at `offset`, with so many before it."""
        if not self.paragraphs:
            return ""
        at = self.paragraph(offset) - 1
        return self.article.text[self.paragraphs[max(0, at - before)][0] : self.paragraphs[at][1]]

    def beside(self, quotation: Quotation) -> bool:
        """Whether the speaker stands in the quotation's own paragraph, or in one that ends in a colon before it."""
        speaker = quotation.speaker
        if speaker is None:
            return False
        here, there = self.paragraph(quotation.start), self.paragraph(speaker.start)
        if here == there:
            return True
        return there == here - 1 and self.article.text[: self.paragraphs[there - 1][1]].endswith(":")

    def around(self, quotation: Quotation) -> str:
        """The writer's own words in the sentences that carry a quotation."""
        return outside(self.article.text, self.carrying(quotation), self.quotations)

    def carrying(self, quotation: Quotation) -> Span:
        """The sentences that carry a quotation."""
        touched = [span for span in self.sentences if span[0] < quotation.end + 1 and quotation.start - 1 < span[1]]
        return (touched[0][0], touched[-1][1]) if touched else (quotation.start, quotation.end)

    def finding(
        self,
        code: str,
        severity: Severity,
        where: Quotation | Span,
        message: str,
        *,
        evidence: Sequence[Evidence] = (),
        tally: Tally = _NONE,
        chain: Sequence[Edge] = (),
        searched: Searched | None = None,
    ) -> Finding:
        """A finding about a quotation, or about a span of the writer's own words."""
        quotation = where if isinstance(where, Quotation) else None
        start, end = (quotation.start, quotation.end) if quotation else where  # type: ignore[misc]
        line, column = self.lines.position(start)
        said = self.extraction.article.text[start:end]
        speaker = quotation.speaker.name if quotation and quotation.speaker else ""
        return Finding(
            code=code,
            severity=severity,
            article=self.article.id,
            start=start,
            end=end,
            line=line,
            column=column,
            text=said,
            message=message,
            ask=rule(code).ask,
            evidence=tuple(evidence[:MOST_EVIDENCE]),
            searched=searched or self.searched,
            # By content and not by line, so that a baseline survives edits elsewhere. Words that are no quotation
            # are short (a date, a mark): their paragraph tells them apart.
            fingerprint=make_id(code, " ".join(said.split()), speaker)
            if quotation
            else make_id(code, " ".join(said.split()), " ".join(self.paragraph_text(start).split())),
            paragraph=self.paragraph(start),
            tally=tally,
            chain=tuple(chain),
            quotation=quotation.id if quotation else None,
        )


def _quoted(draft: Extraction) -> list[Quotation]:
    """The spans that claim to be somebody's words; what stands inside another one is checked with it."""
    inside = {item.id for item in draft.quotations if item.kind.quoted}
    return [item for item in draft.quotations if item.kind.quoted and item.parent not in inside]


def outside(text: str, span: Span, quotations: Sequence[Quotation]) -> str:
    """`text[span]` with all quoted words as spaces, so that places in it stay what they were."""
    start, end = span
    piece = text[start:end]
    for quotation in quotations:
        if quotation.start < end and start < quotation.end and quotation.kind.quoted:
            first, last = max(quotation.start, start) - start, min(quotation.end, end) - start
            piece = piece[:first] + " " * (last - first) + piece[last:]
    return piece
