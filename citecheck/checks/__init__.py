"""The check of a draft before publication: each quotation against every witness in the archive.

Policy: a finding is something that an editor should see, in neutral words, with the evidence beside it. Similarity
never lowers a severity; what differs only in type, case or commas is counted and kept back; nothing is ever called
false. Before a quotation is called not found, the whole archive is searched, other speakers and unquoted text included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from citecheck.checks.catalogue import Catalogue
from citecheck.checks.codes import codes, explain
from citecheck.checks.declared import Declarations, given_articles
from citecheck.checks.draft import MOST_EVIDENCE, Draft
from citecheck.checks.facts import judge_facts, sentences_to_search
from citecheck.checks.house import House
from citecheck.checks.sourcing import independent, judge_sourcing, judge_told, told_to_search
from citecheck.checks.speakers import judge_nobody, judge_speaker
from citecheck.checks.splices import judge_splice
from citecheck.checks.style import judge_marks, judge_style
from citecheck.checks.titles import judge_titles
from citecheck.checks.witnesses import Library, Witness
from citecheck.checks.wording import answers_for, judge_unfound, judge_wording
from citecheck.matching import Index, trace
from citecheck.models import (
    Checked,
    Evidence,
    Extraction,
    Finding,
    Quotation,
    Searched,
    Severity,
    Standing,
    Status,
    Trace,
    make_id,
)

__all__ = ["House", "by_severity", "check", "codes", "explain", "given_articles", "texts_to_search"]


def check(
    extraction: Extraction, index: Index, house: House | None = None, catalogue: Catalogue | None = None
) -> Checked:
    """All findings of one draft, worst first and then by place, and the quotations that witnesses confirm.

    `index` is over the archive without the draft itself; `catalogue` is that of the archive where `index` has only a
    part of it. What is shown of the findings, and what was decided about them, is for `checks.decisions`.
    """
    house = house or House()
    draft = Draft(extraction, index.searched)
    library = Library(index.corpus, house)
    declared = Declarations(draft, index, library, catalogue)
    findings: list[Finding] = []
    confirmed: list[Trace] = []
    standings: list[Standing] = []
    witnesses: list[Sequence[Witness]] = []
    for quotation in draft.quotations:
        found = trace(index, quotation.text, quotation.speaker.name if quotation.speaker else None, quotation.id)
        hits = declared.hits(quotation, found.hits if found.status is not Status.UNVERIFIED else ())
        here = library.witnesses(quotation, hits, declared.called(quotation))
        here = [witness for witness in here if answers_for(witness, quotation)]
        mine = list(_judged(draft, quotation, found, here, library=library, declared=declared))
        witnesses.append(here)
        shown = [item.evidence for item in here] or [library.evidence(hit) for hit in found.hits]
        standings.append(_standing(draft, quotation, here, shown))
        findings += mine
        if found.hits and not any(item.severity > Severity.COSMETIC for item in mine):
            confirmed.append(found)
    findings += judge_told(draft, index, library)
    findings += judge_facts(draft, index, library, witnesses)
    findings += judge_titles(draft, library, witnesses)
    findings += judge_marks(draft)
    return Checked(extraction, tuple(by_severity(findings)), tuple(confirmed), index.searched, tuple(standings))


def texts_to_search(extraction: Extraction) -> list[str]:
    """What `check` looks for in the archive: of a large one only the articles that share words with it are needed."""
    draft = Draft(extraction, Searched(0, 0))
    return [
        *(quotation.text for quotation in draft.quotations),
        *sentences_to_search(draft),
        *(item.text for item in told_to_search(draft)),
    ]


def _judged(
    draft: Draft,
    quotation: Quotation,
    found: Trace,
    witnesses: Sequence[Witness],
    *,
    library: Library,
    declared: Declarations,
) -> Iterator[Finding]:
    """The findings about one quotation."""
    whole = bool(witnesses) and witnesses[0].quoted and witnesses[0].severity <= Severity.COSMETIC
    spliced = [] if whole else list(judge_splice(draft, quotation, library))
    yield from spliced
    if spliced:
        return
    if not witnesses:
        unfound = list(judge_unfound(draft, quotation, found, library, declared.told(quotation)))
        yield from unfound or declared.judge(quotation, ())
        yield from judge_nobody(draft, quotation)
        return
    origins = independent(witnesses)
    for judged in (
        judge_wording(draft, quotation, witnesses),
        judge_speaker(draft, quotation, witnesses),
        judge_sourcing(draft, quotation, witnesses, library, declared.credits(quotation)),
        declared.judge(quotation, witnesses),
        judge_style(draft, quotation, witnesses),
    ):
        for finding in judged:
            yield replace(finding, tally=replace(finding.tally, independent=origins))


def _standing(draft: Draft, quotation: Quotation, witnesses: Sequence[Witness], shown: Sequence[Evidence]) -> Standing:
    line, column = draft.lines.position(quotation.start)
    said = sorted(
        (
            item.outlet,
            item.evidence.text,
            item.quotation.speaker.name if item.quotation and item.quotation.speaker else "",
        )
        for item in witnesses
    )
    digest = make_id(*(part for row in said for part in row))
    return Standing(quotation, line, column, digest, tuple(shown[:MOST_EVIDENCE]))


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first, then by place."""
    return sorted(findings, key=lambda item: (-item.severity, item.start, item.code))
