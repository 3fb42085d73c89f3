"""The page of one article: its text as an annotated galley."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from citecheck.html.addresses import Here, article_page, family_page, quotation_fragment, rendering_fragment
from citecheck.html.again import AgainMark, ChangesView, changes_view, followers
from citecheck.html.census import ArticleLink, Census
from citecheck.html.chain import proof_fragment
from citecheck.html.galley import Mark, Paragraph, paragraphs
from citecheck.html.marks import (
    KINDS,
    LabelMark,
    SeverityMark,
    clip,
    count,
    label_marks,
    language,
    severity_mark,
    web_link,
)
from citecheck.html.parts import SourceCell, SpeakerCell, source_cell, speaker_cell
from citecheck.models import Article, Extraction, Family, Kind, Quotation, Relation, Rendering, Severity, SourceCredit

AnyNote = TypeVar("AnyNote")


class SpanNote(NamedTuple):
    """The note to one numbered span. `family` is empty where no other rendering of it was found."""

    number: int
    anchor: str
    back: str
    kind: str
    words: str
    speaker: SpeakerCell
    cue: str
    sources: tuple[SourceCell, ...]
    family: str
    standing: str
    severity: SeverityMark | None
    labels: tuple[LabelMark, ...]
    doubtful: bool
    negated: bool


class Line(NamedTuple, Generic[AnyNote]):
    """A paragraph of the galley with the notes that belong beside it."""

    paragraph: Paragraph
    notes: tuple[AnyNote, ...]
    first_outside: bool


class ArticlePage(NamedTuple):
    """All that templates/article.html prints. `facts` are what is known of the article, name and value."""

    title: str
    page_id: str
    article: ArticleLink
    language: str | None
    facts: tuple[tuple[str, str], ...]
    url: str | None
    lines: tuple[Line[SpanNote], ...]
    counts: tuple[tuple[str, str], ...]
    credits: tuple[SourceCell, ...]
    changes: ChangesView | None
    again: tuple[AgainMark, ...]
    previous: str | None
    next: str | None


def article_context(census: Census, here: Here, index: int) -> ArticlePage:
    """The page of the corpus's article number `index`."""
    extractions = census.corpus.extractions
    extraction = extractions[index]
    article = extraction.article
    spans = _spans(census, extraction)
    notes = tuple(_note(census, here, number, *span) for number, span in enumerate(spans, 1))
    marks = [_mark(here, note, *span) for note, span in zip(notes, spans, strict=True)]
    marks += plain_marks(census, here, extraction)
    return ArticlePage(
        title=clip(census.title(article), 120) or article.id,
        page_id=here.id(),
        article=census.link(here, article.id),
        language=language(article.language),
        facts=facts(census, article),
        url=web_link(article.url),
        lines=tuple(lines(article, marks, notes)),
        counts=_counts(extraction, spans),
        credits=tuple(source_cell(census, here, c) for c in extraction.credits if c.relation is not Relation.PUBLISHER),
        changes=changes_view(census, here, article.id),
        again=followers(census, here, article.id),
        previous=here.to(article_page(extractions[index - 1].article.id)) if index else None,
        next=here.to(article_page(extractions[index + 1].article.id)) if index + 1 < len(extractions) else None,
    )


Place = tuple[Family, int]
Numbered = tuple[Quotation | Rendering, Place | None]


def _spans(census: Census, extraction: Extraction) -> list[Numbered]:
    """Every record of the article and every unquoted restatement in it, in order of place, with its worst family."""
    places: dict[str, Place] = {}
    restated: list[Numbered] = []
    for family, at in census.places.get(extraction.article.id, ()):
        rendering = family.renderings[at]
        if rendering.quotation:
            places.setdefault(rendering.quotation, (family, at))
        else:
            restated.append((rendering, (family, at)))
    found: list[Numbered] = [(quotation, places.get(quotation.id)) for quotation in extraction.quotations]
    return sorted(found + restated, key=lambda item: (item[0].start, -item[0].end))


def _note(census: Census, here: Here, number: int, span: Quotation | Rendering, place: Place | None) -> SpanNote:
    comparison = place[0].comparisons[place[1]] if place else None
    quotation = span if isinstance(span, Quotation) else None
    article = span.article
    return SpanNote(
        number=number,
        anchor=here.id(f"n{number}"),
        back=here.to(here.page, _fragment(span)),
        kind=KINDS[span.kind],
        words=span.text,
        speaker=speaker_cell(census, here, span.speaker),
        cue=quotation.cue.text if quotation and quotation.cue else "",
        sources=tuple(source_cell(census, here, credit) for credit in span.sources),
        family=here.to(family_page(place[0].id), rendering_fragment(article, span.start, span.end)) if place else "",
        standing=_standing(census, place),
        severity=severity_mark(comparison.severity) if comparison else None,
        labels=tuple(mark for mark in label_marks(list(comparison.drift)) if weight(mark.severity.level))
        if comparison
        else (),
        doubtful=quotation is not None and quotation.confidence < 0.5,
        negated=quotation is not None and quotation.negated,
    )


def _standing(census: Census, place: Place | None) -> str:
    if place is None:
        return "No other rendering in this corpus."
    family, at = place
    if at == family.base:
        return "Base of its other renderings."
    return f"Against the base in {census.publisher(family.renderings[family.base].article) or 'another article'}."


def _fragment(span: Quotation | Rendering) -> str:
    quotation = span.id if isinstance(span, Quotation) else span.quotation
    return quotation_fragment(quotation, span.start, span.end)


def _mark(here: Here, note: SpanNote, span: Quotation | Rendering, place: Place | None) -> Mark:
    return Mark(
        span.start,
        span.end,
        f"q k-{span.kind}",
        here.id(_fragment(span)),
        note.number,
        here.to(here.page, f"n{note.number}"),
        weight(note.severity.level if note.severity else 0),
    )


def weight(severity: int) -> str:
    """The class that gives the number of a span the sign of its severity; empty where an editor has nothing to do."""
    return f"s{severity}" if severity > Severity.COSMETIC else ""


def plain_marks(census: Census, here: Here, extraction: Extraction) -> Iterator[Mark]:
    """Marks without a number: credits, the words that name a speaker, cues, and the proofs of chains."""
    proofs = {(credit.start, credit.end): credit.name for credit in extraction.credits}
    for family, _ in census.places.get(extraction.article.id, ()):
        for edge in family.chain.edges:
            if edge.text and edge.article == extraction.article.id:
                proofs.setdefault((edge.start, edge.end), "")
    for (start, end), name in sorted(proofs.items()):
        css = "credit" if name else "proof"
        yield Mark(start, end, css, here.id(proof_fragment(start, end)))
    for start, end in sorted({(q.speaker.start, q.speaker.end) for q in extraction.quotations if q.speaker}):
        yield Mark(start, end, "speaker")
    for start, end in sorted({(q.cue.start, q.cue.end) for q in extraction.quotations if q.cue}):
        yield Mark(start, end, "cue")


def lines(article: Article, marks: Sequence[Mark], notes: Sequence[AnyNote]) -> Iterator[Line[AnyNote]]:
    """The galley of `article`: each paragraph with those of `notes` (number n is `notes[n - 1]`) that begin in it."""
    outside = False
    for paragraph in paragraphs(article.text, marks, article.body_span):
        first = paragraph.outside and not outside and paragraph.start >= article.body_span[1]
        outside = outside or first
        yield Line(paragraph, tuple(notes[number - 1] for number in paragraph.numbers), first)


def facts(census: Census, article: Article) -> tuple[tuple[str, str], ...]:
    """What is known of an article, name and value."""
    known = [
        ("Publisher", census.publisher(article.id) or "not given"),
        ("Byline", article.byline),
        ("Language", article.language),
        ("Tier", f"{article.tier}, as its form suggests" if article.tier else None),
        ("Id", article.id),
        ("Text", f"{count(len(article.text))} characters, read as {article.encoding or 'Unicode'}"),
        ("SHA-256", article.digest[:16] + "…" if article.digest else None),
    ]
    return tuple((name, value) for name, value in known if value)


def _counts(extraction: Extraction, spans: Sequence[Numbered]) -> tuple[tuple[str, str], ...]:
    kinds = [span.kind for span, _ in spans]
    shown = [(KINDS[kind], count(kinds.count(kind))) for kind in Kind if kind in kinds]
    credits: list[SourceCredit] = [c for c in extraction.credits if c.relation is not Relation.PUBLISHER]
    return (*shown, ("credits of a source", count(len(credits))))
