"""Spans in quotation marks: which marks pair, what each span looks like, which stand inside which.

`find_quotations` gives every marked span as a `Quotation` without a speaker. The kind is a first guess from the span
alone (`direct` for a clause, `title` for words in capitals, `fragment` for the rest); `attribution` settles it.
"""

from __future__ import annotations

from collections.abc import Sequence

from citecheck.models import Article, Kind, Quotation, Span, make_id
from citecheck.models.values import changed
from citecheck.quotations.marks import angles_reversed
from citecheck.quotations.pairing import Pair, find_pairs
from citecheck.quotations.shape import Shape, shape_of
from citecheck.quotations.turns import find_turns, turn_label, with_paragraphs
from citecheck.text.patterns import regex
from citecheck.text.segments import paragraphs

__all__ = ["find_quotations"]

_FIRST_KIND = {Shape.CLAUSE: Kind.DIRECT, Shape.TITLE: Kind.TITLE, Shape.WORDS: Kind.FRAGMENT}

#: “— Ana Ruiz, mayor of Orla”, the end of a block quotation.
_SIGNED = regex(r"(?:>\s{0,3})*(?:[—–―]|--?)\s{0,3}\[?[A-ZÀ-Þ][^.!?\n]{1,119}\Z")


def find_quotations(article: Article) -> tuple[Quotation, ...]:
    """Every span in quotation marks in the body of `article`, in order of place, without its marks.

    `parent` is the span it stands in; `group` is shared by the paragraphs of one quotation. Spans that the page itself
    marks as quotations (`article.marked`) are given too where no marks stand around them in the text.
    """
    text = article.text
    blocks = paragraphs(text, article.body_span)
    pairs = find_pairs(text, blocks, angles_reversed(text))
    groups = _groups(article, pairs)
    found = [_record(article, pairs, number, groups.get(number)) for number in range(len(pairs))]
    found = _with_turns(article, found, _turns(article, blocks))
    found += _block_quotations(article, found)
    kept = [quotation for quotation in found if any(char.isalnum() for char in quotation.text)]
    return tuple(sorted(kept, key=lambda quotation: (quotation.start, -quotation.end)))


def _groups(article: Article, pairs: list[Pair]) -> dict[int, str]:
    """Position → group of the pairs that are paragraphs of one quotation."""
    groups: dict[int, str] = {}
    for number, pair in enumerate(pairs):
        if pair.continues is not None:
            fresh = make_id(article.id, "group", pairs[pair.continues].start)
            groups[number] = groups.setdefault(pair.continues, fresh)
    return groups


def _record(article: Article, pairs: list[Pair], number: int, group: str | None) -> Quotation:
    pair = pairs[number]
    return Quotation(
        id=_id(article, pair.start, pair.end),
        article=article.id,
        kind=Kind.DIRECT if group else _FIRST_KIND[shape_of(article.text, pair.start, pair.end)],
        start=pair.start,
        end=pair.end,
        text=article.text[pair.start : pair.end],
        parent=None if pair.parent is None else _id(article, pairs[pair.parent].start, pairs[pair.parent].end),
        group=group,
    )


def _id(article: Article, start: int, end: int) -> str:
    return make_id(article.id, "marked", start, end)


def _block_quotations(article: Article, found: list[Quotation]) -> list[Quotation]:
    """A record for each paragraph of a span that the page marks as a quotation, unless marks stand there already; none
    for the line under it that says whose words they are."""
    records = []
    low, high = article.body_span
    for start, end in article.marked:
        blocks = paragraphs(article.text, (max(start, low), min(end, high))) if start < high and end > low else ()
        said = [span for span in blocks if not _SIGNED.match(article.text, *span)]
        group = make_id(article.id, "group", start) if len(said) > 1 else None
        for first, last in said:
            if not any(_overlap(first, last, other) for other in found):
                text = article.text[first:last]
                records.append(
                    Quotation(_id(article, first, last), article.id, Kind.DIRECT, first, last, text, group=group)
                )
    return records


def _turns(article: Article, blocks: Sequence[Span]) -> list[list[Span]]:
    """The turns of a transcript, those that its reader knows among them, each with the paragraphs that it runs over."""
    low, high = article.body_span
    known = (span for span in article.marked if low <= span[0] < high and turn_label(article.text, span[0]))
    turns = sorted({*find_turns(article.text, blocks), *known})
    return with_paragraphs(article.text, blocks, turns)


def _with_turns(article: Article, found: list[Quotation], turns: list[list[Span]]) -> list[Quotation]:
    """The quotations with a record for each paragraph of each turn of a transcript; those inside have it for parent."""
    records = []
    for turn in turns:
        group = make_id(article.id, "group", turn[0][0]) if len(turn) > 1 else None
        for start, end in turn:
            text = article.text[start:end]
            records.append(Quotation(_id(article, start, end), article.id, Kind.DIRECT, start, end, text, group=group))
    at = 0
    for number in sorted(range(len(found)), key=lambda number: found[number].start) if records else ():
        while at < len(records) and records[at].end <= found[number].start:
            at += 1
        if at < len(records) and found[number].start >= records[at].start and found[number].parent is None:
            found[number] = changed(found[number], parent=records[at].id)
    return [*found, *records]


def _overlap(first: int, last: int, other: Quotation) -> bool:
    """Whether `other` covers most of `first:last`."""
    return 2 * (min(last, other.end) - max(first, other.start)) > last - first
