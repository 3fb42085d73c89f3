"""From the places where a quotation was found to the findings about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from citecheck.checks.codes import rule
from citecheck.checks.witnesses import Library, Witness, name_of
from citecheck.models import (
    Drift,
    Evidence,
    Finding,
    Label,
    Quotation,
    Searched,
    Severity,
    Status,
    Trace,
    make_id,
)
from citecheck.text.lines import Lines

#: Up to this many words a quotation is a phrase that any writer may use: not found, it is a note and no warning.
#: (FINDINGS: at a million quotations the median two-word fragment stands in 88 unrelated ones.)
SHORT = 5
#: Evidence shown for one finding: the best witnesses, enough to judge by.
MOST_EVIDENCE = 3
#: A witness beside the best is shown where it stands at least this near to the words, on the scale of the best …
NEAR_BEST = 0.8
#: … and a near miss, where nothing was found, from this score on: below, it shares a few words and no statement.
NEAR_MISS = 50.0

MEANING = frozenset(
    (Label.NUMBER, Label.DATE, Label.ENTITY, Label.POLARITY, Label.CERTAINTY, Label.INTENSITY, Label.LOADED)
)
EDGES = frozenset((Label.TRUNCATION, Label.FRAGMENT))
#: What a change of the speaker is called.
SPEAKERS = {
    Label.SPEAKER_CHANGED: "CC201",
    Label.SPEAKER_GENERALISED: "CC202",
    Label.SPEAKER_LOST: "CC202",
}


def judge(quotation: Quotation, found: Trace, library: Library, lines: Lines, profile: str) -> Iterator[Finding]:
    """The findings about one quotation: at most one on its wording and one on its speaker."""
    draft = _Draft(quotation, found.searched, lines)
    if found.status is Status.UNVERIFIED:
        if not _stands_somewhere(found):
            yield draft.finding("CC301", *_not_found(quotation, found), _near_misses(found, library))
        return
    witnesses = library.witnesses(quotation, found.hits, profile)
    if not witnesses:
        return
    best = witnesses[0]
    if code := wording_code(best.wording):
        worst = max(best.wording, key=lambda item: item.severity)
        message = f"Differs from {name_of(best.article)}: {worst.note}"
        yield draft.finding(code, best.severity, message, _nearest(witnesses))
    # Only witnesses whose words are as near as the best can say who spoke; one that agrees settles it.
    named = [witness for witness in witnesses if witness.severity <= best.severity and witness.quotation is not None]
    changes = [witness.change_of_speaker for witness in named]
    if changes and all(changes):
        change = min((item for item in changes if item), key=lambda item: item.severity)
        message = f"Differs from {name_of(named[0].article)}: {change.note}"
        yield draft.finding(SPEAKERS[change.label], change.severity, message, _nearest(named))


def _nearest(witnesses: Sequence[Witness]) -> list[Evidence]:
    """The best witness, and those that are about as near."""
    floor = NEAR_BEST * witnesses[0].comparison.score
    return [witness.evidence for witness in witnesses if witness.comparison.score >= floor]


def _near_misses(found: Trace, library: Library) -> list[Evidence]:
    return [library.evidence(hit) for hit in found.hits if hit.comparison.score >= NEAR_MISS]


def _stands_somewhere(found: Trace) -> bool:
    """A short phrase whose very words stand in the archive, though nothing says that it was taken from there."""
    return any(not hit.comparison.drift and hit.comparison.same for hit in found.hits)


def _not_found(quotation: Quotation, found: Trace) -> tuple[Severity, str]:
    short = len(quotation.text.split()) <= SHORT
    looked = f"{found.searched.articles:,} articles and {found.searched.quotations:,} quotations"
    return Severity.MINOR if short else Severity.MAJOR, f"These words were not found in {looked} that were searched."


def wording_code(differences: Sequence[Drift]) -> str | None:
    """The code for what happened to the words, the gravest cause first; None where nothing needs an eye."""
    seen = [item for item in differences if item.severity > Severity.COSMETIC]
    if not seen:
        return None
    labels = {item.label for item in seen}
    if Label.INDIRECT_TO_DIRECT in labels:
        return "CC102"
    if Label.SPLICE in labels:
        return "CC104"
    edges = [item for item in differences if item.label in EDGES]
    meaning = [item for item in seen if item.label in MEANING]
    if meaning and all(_inside(item, edges) for item in meaning):
        return "CC105"
    if meaning:
        return "CC101"
    if labels <= EDGES:
        return "CC105" if any(item.severity >= Severity.MAJOR for item in seen) else "CC106"
    return "CC103"


def _inside(item: Drift, edges: Sequence[Drift]) -> bool:
    """Whether the words of `item` went with an edge that was cut off."""
    return any(edge.a and item.a and edge.a[0] <= item.a[0] and item.a[1] <= edge.a[1] for edge in edges)


class _Draft(NamedTuple):
    """Where a quotation stands in its draft: what every finding about it has in common."""

    quotation: Quotation
    searched: Searched
    lines: Lines

    def finding(self, code: str, severity: Severity, message: str, evidence: Sequence[Evidence]) -> Finding:
        quotation = self.quotation
        line, column = self.lines.position(quotation.start)
        return Finding(
            code=code,
            severity=severity,
            article=quotation.article,
            start=quotation.start,
            end=quotation.end,
            line=line,
            column=column,
            text=quotation.text,
            message=message,
            ask=rule(code).ask,
            evidence=tuple(evidence[:MOST_EVIDENCE]),
            searched=self.searched,
            # By content and not by line, so that a baseline survives edits elsewhere.
            fingerprint=make_id(
                code, " ".join(quotation.text.split()), quotation.speaker.name if quotation.speaker else ""
            ),
        )
