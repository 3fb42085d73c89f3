"""The page of a check: the findings of each draft in the order an editor works, and the draft as a galley."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from citecheck.checks.codes import rule
from citecheck.drift import compare
from citecheck.html.addresses import Here
from citecheck.html.census import Census
from citecheck.html.diff import Piece, alike, sides
from citecheck.html.galley import Mark
from citecheck.html.marks import KINDS, SEVERITIES, SeverityMark, clip, counted, day, language, live_link, severity_mark
from citecheck.html.pages.article import Line, facts, lines, plain_marks, weight
from citecheck.html.parts import Note, notes, sentence_around
from citecheck.models import (
    Article,
    Checked,
    Comparison,
    Corpus,
    Evidence,
    Finding,
    Kind,
    Quotation,
    Reason,
    Severity,
    Side,
    Status,
    Suppressed,
    Trace,
)

#: How the words of a quotation without a finding stand in the archive.
STANDINGS = {
    Status.VERBATIM: "word for word in",
    Status.TYPOGRAPHIC: "the same words, set otherwise, in",
    Status.TRIMMED: "trimmed, else the same words, in",
    Status.ALTERED: "with small changes in",
    Status.REWORDED: "in other words in",
    Status.UNVERIFIED: "also stands in",
}


#: Why a finding was kept back, in words.
REASONS = {
    Reason.IGNORE: "left out by a comment in the draft",
    Reason.BASELINE: "known since the baseline",
    Reason.SIGNED_OFF: "signed off",
}


class Place(NamedTuple):
    """A numbered span of the draft: a quotation that was looked up, or the writer's own words with a finding."""

    start: int
    end: int
    quotation: Quotation | None


class Decided(NamedTuple):
    """A finding that somebody decided about: what it says, where, why it is kept back, and the reason given."""

    severity: SeverityMark
    title: str
    place: str
    words: str
    reason: str
    note: str


class Witness(NamedTuple):
    """One place in the archive. `pieces` are its words, with those marked that the draft lacks."""

    name: str
    article: str
    place: str
    published: str | None
    iso: str | None
    live: str | None
    before: str
    pieces: tuple[Piece, ...]
    after: str
    notes: tuple[Note, ...]


class Card(NamedTuple):
    """One finding. `pieces` are the draft's words against the first witness; `fingerprint` keeps its tick."""

    anchor: str
    number: int
    back: str
    severity: SeverityMark
    code: str
    title: str
    message: str
    ask: str
    why: str
    place: str
    speaker: str
    before: str
    pieces: tuple[Piece, ...]
    after: str
    witnesses: tuple[Witness, ...]
    tally: str
    near: bool
    fingerprint: str


class DraftNote(NamedTuple):
    """The note to one numbered quotation of the draft: its findings, or how it stands in the archive and where."""

    number: int
    anchor: str
    back: str
    kind: str
    findings: tuple[tuple[SeverityMark, str, str], ...]
    standing: str
    witness: Witness | None


class Draft(NamedTuple):
    """One draft. `counts` are its findings by severity, worst first; `other` what was not checked."""

    title: str
    page_id: str
    language: str | None
    counts: tuple[tuple[SeverityMark, int], ...]
    confirmed: int
    lead: str
    cards: tuple[Card, ...]
    lines: tuple[Line[DraftNote], ...]
    facts: tuple[tuple[str, str], ...]
    other: str
    decided: tuple[Decided, ...]
    kept_back: str


class CheckPage(NamedTuple):
    """All that templates/check.html prints."""

    title: str
    searched: str
    drafts: tuple[Draft, ...]


def check_context(checked: Sequence[Checked]) -> CheckPage:
    """The page of all drafts that were checked together."""
    drafts = tuple(_draft(item, Here(f"draft-{number}", single=True)) for number, item in enumerate(checked, 1))
    searched = checked[0].searched if checked else None
    looked = (
        f"{counted(searched.articles, 'article')} with {counted(searched.quotations, 'quotation')}" if searched else ""
    )
    title = drafts[0].title if len(drafts) == 1 else f"Check of {counted(len(drafts), 'draft')}"
    return CheckPage(title, looked, drafts)


def _draft(checked: Checked, here: Here) -> Draft:
    extraction, article = checked.extraction, checked.extraction.article
    census = Census(Corpus((extraction,)), ())
    spans = _places(checked)
    cards = tuple(_card(article, here, spans, at, finding) for at, finding in enumerate(checked.findings))
    notes = tuple(_note(checked, here, cards, number, span) for number, span in enumerate(spans, 1))
    marks = [_mark(here, note_, span) for note_, span in zip(notes, spans, strict=True)]
    tally = [sum(finding.severity == mark.level for finding in checked.findings) for mark in SEVERITIES]
    return Draft(
        title=clip(census.title(article), 120) or article.id,
        page_id=here.id(),
        language=language(article.language),
        counts=tuple((mark, tally[mark.level]) for mark in reversed(SEVERITIES) if tally[mark.level]),
        confirmed=len(checked.confirmed),
        lead=_lead(len(cards), sum(span.quotation is not None for span in spans), len(checked.confirmed)),
        cards=cards,
        lines=tuple(lines(article, [*marks, *plain_marks(census, here, extraction)], notes)),
        facts=facts(census, article),
        other=_not_checked(checked, spans),
        decided=tuple(map(_decided, checked.suppressed)),
        kept_back=_kept_back(checked),
    )


def _places(checked: Checked) -> list[Place]:
    """What is numbered, in order of place: the quotations that were looked up, and all else that has a finding."""
    found = {(finding.start, finding.end) for finding in checked.findings}
    known = {standing.quotation.id for standing in checked.standings}
    known |= {finding.quotation for finding in checked.findings if finding.quotation}
    places = [
        Place(item.start, item.end, item)
        for item in checked.extraction.quotations
        if (item.start, item.end) in found or item.id in known
    ]
    ids = {place.quotation.id for place in places if place.quotation}
    here = {(place.start, place.end) for place in places}
    own = {(f.start, f.end) for f in checked.findings if f.quotation not in ids} - here
    return sorted([*places, *(Place(*span, None) for span in own)], key=lambda place: (place.start, -place.end))


def _lead(findings: int, spans: int, confirmed: int) -> str:
    if not spans:
        return "No quotation was found in this draft, so nothing was checked."
    of = f"{counted(spans, 'quotation')} checked, {confirmed:,} confirmed by the archive."
    return f"{counted(findings, 'finding')} to settle. {of}" if findings else f"Nothing to settle. {of}"


def _not_checked(checked: Checked, spans: Sequence[Place]) -> str:
    """What the draft holds beside: told speech, scare quotes and titles are marked in the text, not looked up."""
    shown = {place.quotation.id for place in spans if place.quotation}
    kinds = [item.kind for item in checked.extraction.quotations if item.id not in shown]
    named = [f"{kinds.count(kind):,} {KINDS[kind]}" for kind in Kind if kind in kinds]
    return ", ".join(named)


# A finding -----------------------------------------------------------------------------------------------------------


def _decided(item: Suppressed) -> Decided:
    finding = item.finding
    return Decided(
        severity_mark(finding.severity),
        rule(finding.code).title,
        f"line {finding.line:,}",
        clip(finding.text, 160),
        REASONS[item.reason],
        item.note,
    )


def _kept_back(checked: Checked) -> str:
    """What the page does not show, and what nobody has signed off."""
    told = []
    if checked.hidden:
        told.append(f"{counted(len(checked.hidden), 'finding')} below the level that is shown.")
    if checked.left is not None:
        told.append(f"{counted(len(checked.left), 'quotation')} not signed off.")
    if checked.own:
        told.append(f"Left out of the search, being this draft itself: {', '.join(checked.own)}.")
    return " ".join(told)


def _tally(finding: Finding) -> str:
    """How the witnesses stand to the draft."""
    tally = finding.tally
    if tally.agree + tally.differ < 2:
        return ""
    agree = f"{tally.agree:,} agree{'s' if tally.agree == 1 else ''} with the draft"
    differ = f"{tally.differ:,} differ{'s' if tally.differ == 1 else ''}"
    origins = f"; {counted(tally.independent, 'independent origin')}" if tally.independent else ""
    return f"Of {counted(tally.agree + tally.differ, 'witness', 'witnesses')}, {differ} and {agree}{origins}."


def _number(spans: Sequence[Place], finding: Finding) -> int:
    """The number of the span that a finding is about, from 1."""
    of_record = (n for n, p in enumerate(spans, 1) if p.quotation and p.quotation.id == finding.quotation)
    of_place = (n for n, p in enumerate(spans, 1) if (p.start, p.end) == (finding.start, finding.end))
    return next(of_place, 0) or next(of_record, 0)


def _card(article: Article, here: Here, spans: Sequence[Place], at: int, finding: Finding) -> Card:
    number = _number(spans, finding)
    quotation = spans[number - 1].quotation if number else None
    before, after = sentence_around(article.text, finding)
    shown = [_sides(evidence, finding) for evidence in finding.evidence]
    return Card(
        anchor=here.id(f"f{at + 1}"),
        number=number,
        back=here.to(here.page, f"q{number}") if number else "",
        severity=severity_mark(finding.severity),
        code=finding.code,
        title=rule(finding.code).title,
        message=finding.message,
        ask=finding.ask,
        why=rule(finding.code).why,
        place=f"line {finding.line:,}, column {finding.column:,}",
        speaker=quotation.speaker.name if quotation and quotation.speaker else "",
        before=before,
        pieces=shown[0][1] if shown else (Piece("equal", finding.text),),
        after=after,
        witnesses=tuple(_witness(item, finding, mine) for item, (mine, _) in zip(finding.evidence, shown, strict=True)),
        tally=_tally(finding),
        near=finding.code == "CC301",
        fingerprint=finding.fingerprint,
    )


def _sides(evidence: Evidence, finding: Finding) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The witness's words and the draft's, each with what the other lacks; plain where they cannot be lined up."""
    a, b = evidence.text, finding.text
    if evidence.lines_up(b):
        compared = Comparison(True, evidence.score, finding.severity, evidence.drift, evidence.ops)
    else:
        compared = compare(Side(a), Side(b), known=True)
    if a != b and alike(a, b, compared):
        return sides(a, b, compared)
    return (Piece("equal", a),), (Piece("equal", b),)


def _witness(evidence: Evidence, finding: Finding, mine: tuple[Piece, ...]) -> Witness:
    fits = evidence.lines_up(finding.text)
    drifts = [item if fits else replace(item, a=None, b=None) for item in evidence.drift]
    told = [item for item in drifts if item.severity > Severity.NONE]
    return _place(evidence, mine, notes(told, evidence.text, finding.text))


def _place(evidence: Evidence, pieces: tuple[Piece, ...], notes: tuple[Note, ...]) -> Witness:
    """Where a witness stands, with the words around it."""
    here = Article(evidence.article, evidence.text, url=evidence.url)
    return Witness(
        name=evidence.publisher or evidence.article,
        article=evidence.article,
        place=evidence.place or f"characters {evidence.start:,} to {evidence.end:,}",
        published=day(evidence.published),
        iso=evidence.published,
        live=live_link(here, evidence.text),
        before=evidence.before,
        pieces=pieces,
        after=evidence.after,
        notes=notes,
    )


# The galley ----------------------------------------------------------------------------------------------------------


def _note(checked: Checked, here: Here, cards: Sequence[Card], number: int, span: Place) -> DraftNote:
    mine = [card for card in cards if card.number == number]
    quotation = span.quotation
    trace = next((item for item in checked.confirmed if quotation and item.id == quotation.id), None)
    return DraftNote(
        number=number,
        anchor=here.id(f"n{number}"),
        back=here.to(here.page, f"q{number}"),
        kind=KINDS[quotation.kind] if quotation else "the writer’s own words",
        findings=tuple((card.severity, card.title, f"#{card.anchor}") for card in mine),
        standing="" if mine else _standing(trace),
        witness=_confirming(checked, quotation) if trace and not mine else None,
    )


def _confirming(checked: Checked, quotation: Quotation | None) -> Witness | None:
    """The best witness of a quotation that is confirmed."""
    evidence = (one.evidence for one in checked.standings if quotation and one.quotation.id == quotation.id)
    best = next(evidence, ())[:1]
    return _place(best[0], (Piece("equal", best[0].text),), ()) if best else None


def _standing(trace: Trace | None) -> str:
    if trace is None:
        return "These words stand in the archive; nothing says that they were taken from there."
    return f"Confirmed: {STANDINGS[trace.status]}"


def _mark(here: Here, note_: DraftNote, span: Place) -> Mark:
    level = max((severity.level for severity, _, _ in note_.findings), default=0)
    css = f"q k-{span.quotation.kind if span.quotation else 'own'}"
    anchor = here.id(f"q{note_.number}")
    return Mark(span.start, span.end, css, anchor, note_.number, f"#{note_.anchor}", weight(level))
