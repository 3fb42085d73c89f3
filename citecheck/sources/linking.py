"""Which credits are given for which words, and the date that goes with either.

A credit belongs to the quotations of the sentence that it stands in, outside the reported words themselves. What is
only cited is no claim that the words come from there, and an article's own by-line is given for all of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from citecheck.models import Article, Quotation, Relation, SourceCredit, Span, When
from citecheck.models.values import changed
from citecheck.sources.context import Sentences
from citecheck.text.dates import find_dates
from citecheck.text.segments import sentences

#: A date goes with a credit or a cue when it stands within this many code points: “told Reuters in September 2022”.
NEAR = 60


def link(
    article: Article, quotations: Sequence[Quotation], credits: Sequence[SourceCredit]
) -> tuple[tuple[Quotation, ...], tuple[SourceCredit, ...]]:
    """`quotations` with their `sources` and `when`, `credits` with `when` and the `quotation` they are given for."""
    parts = Sentences(sentences(article.text, article.body_span))
    contents = _Contents.of([(item.start, item.end) for item in quotations if item.kind.speech])
    blank = _Frame(article.text, parts, contents, {}, _published(article))
    dated = [
        credit
        if credit.relation is Relation.PUBLISHER
        else changed(credit, when=blank.nearest_date((credit.start, credit.end)))
        for credit in credits
    ]
    frame = blank._replace(credits=_by_sentence(parts, dated))
    outer = {item.id: item for item in quotations}
    linked = _share_in_groups([_linked(frame, item, outer) for item in quotations])
    return tuple(linked), tuple(_claimed(dated, linked))


class _Contents(NamedTuple):
    """The reported words of one article. Each question is a search in a sorted list: an article may hold thousands."""

    starts: Sequence[int]
    ends: Sequence[int]
    #: Where runs of them begin and end, overlaps joined: a place is inside when an odd number of edges is behind it.
    edges: Sequence[int]

    @classmethod
    def of(cls, spans: Sequence[Span]) -> _Contents:
        edges: list[int] = []
        for start, end in sorted(spans):
            if edges and start <= edges[-1]:
                edges[-1] = max(edges[-1], end)
            else:
                edges += (start, end)
        return cls(sorted(start for start, _ in spans), sorted(end for _, end in spans), edges)

    def hold(self, place: int) -> bool:
        return bisect_right(self.edges, place) % 2 == 1

    def last_end(self, place: int) -> int:
        """Where the last that ends at or before `place` ends; 0 where none does."""
        number = bisect_right(self.ends, place)
        return self.ends[number - 1] if number else 0

    def next_start(self, place: int, default: int) -> int:
        """Where the first that begins at or after `place` begins."""
        number = bisect_left(self.starts, place)
        return self.starts[number] if number < len(self.starts) else default


class _Frame(NamedTuple):
    """What linking looks at in one article: its sentences, the reported words, the credits by sentence."""

    text: str
    parts: Sentences
    contents: _Contents
    credits: Mapping[int, Sequence[SourceCredit]]
    reference: date | None

    def credits_for(self, item: Quotation) -> tuple[SourceCredit, ...]:
        """The credits in the sentences that report `item`, outside of all reported words."""
        if not self.credits:
            return ()
        first, last = _sentences_of(self.parts, item)
        near = [credit for number in range(first, last + 1) for credit in self.credits.get(number, ())]
        return tuple(credit for credit in near if not self.contents.hold(credit.start))

    def nearest_date(self, anchor: Span) -> When | None:
        """The date of the sentence nearest to the anchor and outside of all reported words; rather one behind it."""
        sentence = self.parts.at(anchor[0])
        start = max(sentence[0], anchor[0] - NEAR, self.contents.last_end(anchor[0]))
        end = min(sentence[1], anchor[1] + NEAR)
        end = min(end, self.contents.next_start(anchor[1], end))
        dates = find_dates(self.text, start, end, self.reference) if start < end else []
        outside = [when for when in dates if when.end <= anchor[0] or when.start >= anchor[1]]
        return min(outside, key=lambda when: _distance(when, anchor), default=None)


def _distance(when: When, anchor: Span) -> int:
    """Code points between a date and its anchor; one before it counts double: “told X last month”."""
    return when.start - anchor[1] if when.start >= anchor[1] else 2 * (anchor[0] - when.end)


def _by_sentence(parts: Sentences, credits: Iterable[SourceCredit]) -> dict[int, list[SourceCredit]]:
    found: dict[int, list[SourceCredit]] = {}
    for credit in credits:
        if credit.relation not in (Relation.PUBLISHER, Relation.CITES):
            found.setdefault(parts.number(credit.start), []).append(credit)
    return found


def _linked(frame: _Frame, item: Quotation, outer: Mapping[str, Quotation]) -> Quotation:
    if not item.kind.speech or _inside_quoted(item, outer):
        return item  # what stands inside quoted words has its credit there
    when = frame.nearest_date((item.cue.start, item.cue.end)) if item.cue else None
    sources = frame.credits_for(item)
    return changed(item, sources=sources, when=when) if sources or when else item


def _inside_quoted(item: Quotation, outer: Mapping[str, Quotation]) -> bool:
    parent = outer.get(item.parent) if item.parent else None
    return parent is not None and parent.kind.quoted


def _sentences_of(parts: Sentences, item: Quotation) -> Span:
    """The first and last sentence that report the words: where these begin and end, where cue and speaker stand."""
    numbers = [parts.number(item.start), parts.number(max(item.start, item.end - 1))]
    if item.cue:
        numbers.append(parts.number(item.cue.start))
        if item.speaker and abs(item.speaker.start - item.cue.start) < 200:
            numbers.append(parts.number(item.speaker.start))
    return min(numbers), max(numbers)


def _share_in_groups(items: Sequence[Quotation]) -> list[Quotation]:
    """The parts of one split quotation have the same sources."""
    shared: dict[str, tuple[SourceCredit, ...]] = {}
    for item in items:
        if item.group and item.sources:
            shared.setdefault(item.group, item.sources)
    return [
        changed(item, sources=shared[item.group])
        if item.group in shared and not item.sources and item.kind.speech
        else item
        for item in items
    ]


def _claimed(credits: Iterable[SourceCredit], items: Sequence[Quotation]) -> Iterable[SourceCredit]:
    """Each credit with the record that it is given for: the longest of its sentence, the first among equals."""
    best: dict[int, Quotation] = {}
    for item in items:
        for source in item.sources:
            known = best.get(source.start)
            if known is None or item.end - item.start > known.end - known.start:
                best[source.start] = item
    for credit in credits:
        yield changed(credit, quotation=best[credit.start].id) if credit.start in best else credit


def _published(article: Article) -> date | None:
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None
