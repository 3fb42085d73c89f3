"""The page of one statement: every rendering of it against the base, and where the words came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from citecheck.html.addresses import Here, family_page, rendering_fragment
from citecheck.html.again import AgainMark, again_mark
from citecheck.html.census import ArticleLink, Census
from citecheck.html.chain import ChainView, chain_view
from citecheck.html.collation import Collation, collate
from citecheck.html.diff import Piece, drawn, folded
from citecheck.html.marks import (
    KINDS,
    LabelMark,
    SeverityMark,
    clip,
    counted,
    headline,
    label_marks,
    language,
    live_link,
    severity_mark,
)
from citecheck.html.parts import Note, SourceCell, SpeakerCell, notes, sentence_around, source_cell, speaker_cell
from citecheck.html.timeline import Timeline, timeline
from citecheck.models import BaseReason, Comparison, Family, Kind, Label

REASONS = {
    BaseReason.PINNED: "It was pinned as the base in the configuration.",
    BaseReason.PRIMARY: "It stands closest to a primary document that its article credits.",
    BaseReason.EARLIEST: "It is the earliest rendering that carries a date.",
    BaseReason.FULLEST: "It is the fullest rendering. Nothing says for certain which article came first.",
}

#: Characters of the base in the heading of its page; all of it stands in its row.
HEADING = 300
#: Renderings from which those that differ in nothing that matters are folded away below the others.
MANY = 12
_SPEAKER = {Label.SPEAKER_CHANGED: "changed", Label.SPEAKER_GENERALISED: "generalised", Label.SPEAKER_LOST: "lost"}


class Row(NamedTuple):
    """One rendering. `pieces` are its words against the base; plain where they are too different to line up."""

    number: int
    anchor: str
    is_base: bool
    article: ArticleLink
    kind: str
    quoted: bool
    language: str | None
    before: str
    pieces: tuple[Piece, ...]
    plain: bool
    after: str
    speaker: SpeakerCell
    sources: tuple[SourceCell, ...]
    source_change: str
    notes: tuple[Note, ...]
    quiet: tuple[Note, ...]
    severity: SeverityMark | None
    verdict: str
    live: str | None
    again: AgainMark | None


class Tally(NamedTuple):
    """One line of what became of an aspect: `aspect` is "Speaker", each of `parts` a few words with their rows."""

    aspect: str
    summary: str
    parts: tuple[tuple[str, tuple[int, ...]], ...]
    weakened: bool


class FamilyPage(NamedTuple):
    """All that templates/family.html prints. `previous` and `next` follow the queue, in the report in one file alone:
    elsewhere `order.js` tells them, so that the page of a statement changes with the statement and nothing else."""

    title: str
    page_id: str
    family_id: str
    words: str
    base: Row
    reason: str
    reason_words: str
    quoted: bool
    severity: SeverityMark
    labels: tuple[LabelMark, ...]
    rows: int
    anchors: tuple[str, ...]
    renderings: str
    articles: str
    origins: tuple[str, ...]
    origin_words: str
    marked: tuple[Row, ...]
    unmarked: tuple[Row, ...]
    alike: tuple[Row, ...]
    collation: Collation | None
    tallies: tuple[Tally, ...]
    chain: ChainView
    timeline: Timeline
    previous: str | None
    next: str | None


def family_context(census: Census, here: Here, index: int) -> FamilyPage:
    """The page of `census.families[index]`."""
    family = census.families[index]
    rows = tuple(_row(census, here, family, at) for at in range(len(family.renderings)))
    base = rows[family.base]
    others = sorted((row for row in rows if row is not base), key=_gravest_first)
    fine = [row for row in others if row.severity and row.severity.level <= 1 and len(rows) >= MANY]
    shown = [row for row in others if not fine or not row.severity or row.severity.level > 1]
    drifts = [drift for item in family.comparisons if item for drift in item.drift]
    articles = census.articles_of(family)
    return FamilyPage(
        title=clip(headline(family.renderings[family.base].text), 70),
        page_id=here.id(),
        family_id=family.id,
        words=clip(headline(family.renderings[family.base].text), HEADING),
        base=base,
        reason=str(family.reason),
        reason_words=REASONS[family.reason],
        quoted=family.renderings[family.base].kind.quoted,
        severity=severity_mark(family.severity),
        labels=tuple(mark for mark in label_marks(drifts) if mark.severity.level > 1),
        rows=len(rows),
        anchors=tuple(row.anchor for row in rows),
        renderings=counted(len(rows), "rendering"),
        articles=counted(articles, "article") + _again(len({item.article for item in family.renderings}) - articles),
        origins=tuple(_origin_name(census, name) for name in family.chain.origins),
        origin_words=_origin_words(len(family.chain.origins), articles),
        marked=tuple(row for row in shown if row.quoted),
        unmarked=tuple(row for row in shown if not row.quoted),
        alike=tuple(fine),
        collation=collate(family, tuple(row.plain for row in rows)),
        tallies=_tallies(family, rows),
        chain=chain_view(census, here, family),
        timeline=timeline(census, here, family),
        previous=_neighbour(census, here, index - 1),
        next=_neighbour(census, here, index + 1),
    )


def _neighbour(census: Census, here: Here, index: int) -> str | None:
    return (
        here.to(family_page(census.families[index].id)) if here.single and 0 <= index < len(census.families) else None
    )


def _again(more: int) -> str:
    return f" and {more:,} {'copy or version' if more == 1 else 'copies or versions'}" if more else ""


def _gravest_first(row: Row) -> tuple[int, int]:
    return -(row.severity.level if row.severity else 0), row.number


def _row(census: Census, here: Here, family: Family, at: int) -> Row:
    rendering, comparison = family.renderings[at], family.comparisons[at]
    base = family.renderings[family.base].text
    article = census.articles.get(rendering.article)
    before, after = sentence_around(article.text, rendering) if article else ("", "")
    link = census.rendering_link(here, rendering)
    shown, plain = _pieces(base, rendering.text, comparison)
    labels = {drift.label for drift in comparison.drift} if comparison else set()
    found = notes(comparison.drift, base, rendering.text) if comparison else ()
    return Row(
        number=at + 1,
        anchor=here.id(rendering_fragment(rendering.article, rendering.start, rendering.end)),
        is_base=at == family.base,
        article=link,
        kind=KINDS[rendering.kind],
        quoted=rendering.kind.quoted,
        language=language(article.language) if article else None,
        before=before,
        pieces=shown,
        plain=plain,
        after=after,
        speaker=speaker_cell(
            census, here, rendering.speaker, next((_SPEAKER[label] for label in _SPEAKER if label in labels), "")
        ),
        sources=tuple(source_cell(census, here, credit) for credit in rendering.sources),
        source_change=next((word for label, word in _SOURCE.items() if label in labels), ""),
        notes=tuple(item for item in found if item.severity.level > 1),
        quiet=tuple(item for item in found if item.severity.level <= 1),
        severity=severity_mark(comparison.severity) if comparison else None,
        verdict=_verdict(comparison),
        live=live_link(article, rendering.text) if article else None,
        again=again_mark(census, here, rendering.article),
    )


_SOURCE = {Label.SOURCE_CHANGED: "changed", Label.SOURCE_LOST: "lost"}


def _pieces(base: str, text: str, comparison: Comparison | None) -> tuple[tuple[Piece, ...], bool]:
    """The words of a row, and whether they are shown plain."""
    if comparison is None:
        return (Piece("equal", text),), False
    found, plain = drawn(base, text, comparison)
    return found if plain else folded(found), plain


def _verdict(comparison: Comparison | None) -> str:
    if comparison is None:
        return "base"
    if not comparison.drift:
        return "the very characters of the base"
    return ""


def _origin_name(census: Census, name: str) -> str:
    return census.publisher(name) or name if name in census.articles else name


def _origin_words(origins: int, articles: int) -> str:
    if origins == 0:
        return "No article says where it has this from."
    if origins == 1 and articles > 1:
        return f"All {articles:,} articles lead back to one origin: they count as one witness."
    if origins == 1:
        return "One origin."
    return f"{origins:,} independent origins, as far as the texts say."


# What became of speaker, source and marks ----------------------------------------------------------------------------


def _tallies(family: Family, rows: Sequence[Row]) -> tuple[Tally, ...]:
    return (_speakers(rows), _sources(rows), _marks(family, rows))


def _speakers(rows: Sequence[Row]) -> Tally:
    return _given(rows, "Speaker", "given", "nobody", [[row.speaker.name] if row.speaker.name else [] for row in rows])


def _sources(rows: Sequence[Row]) -> Tally:
    return _given(rows, "Source", "credited", "none", [[source.name for source in row.sources] for row in rows])


def _given(rows: Sequence[Row], aspect: str, verb: str, nothing: str, named: Sequence[Sequence[str]]) -> Tally:
    """Each name with the rows that give it, the commonest first, and the rows that give none."""
    by_name: dict[str, list[int]] = {}
    without: list[int] = []
    for row, names in zip(rows, named, strict=True):
        for name in dict.fromkeys(names):
            by_name.setdefault(name, []).append(row.number)
        if not names:
            without.append(row.number)
    parts = sorted(by_name.items(), key=lambda item: -len(item[1]))
    parts += [(nothing, without)] if without else []
    weakened = any(row.source_change if aspect == "Source" else row.speaker.change for row in rows)
    summary = f"{verb} by {len(rows) - len(without):,} of {len(rows):,}"
    return Tally(aspect, summary, tuple((name, tuple(numbers)) for name, numbers in parts), weakened)


def _marks(family: Family, rows: Sequence[Row]) -> Tally:
    kinds = [item.kind for item in family.renderings]
    parts = [
        (KINDS[kind], tuple(row.number for row, own in zip(rows, kinds, strict=True) if own is kind))
        for kind in Kind
        if kind in kinds
    ]
    quoted = sum(kind.quoted for kind in kinds)
    return Tally("Marks", f"in quotation marks in {quoted} of {len(rows)}", tuple(parts), False)
