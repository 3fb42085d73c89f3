"""The check of a draft before publication: each quotation against every witness in the archive.

Policy: a finding is something that an editor should see, in neutral words, with the evidence beside it. Similarity
never lowers a severity; what differs only in type, case or commas stays silent; nothing is ever called false.
Before a quotation is called not found, the whole archive is searched, other speakers and unquoted text included.
"""

from __future__ import annotations

from collections.abc import Iterator

from citecheck.checks.codes import codes, explain
from citecheck.checks.findings import judge
from citecheck.checks.witnesses import Library
from citecheck.matching import Index, trace
from citecheck.models import Checked, Extraction, Finding, Kind, Quotation, Trace
from citecheck.text.lines import Lines

__all__ = ["check", "codes", "explain"]


def check(draft: Extraction, index: Index, profile: str = "default") -> Checked:
    """All findings of one draft, worst first and then by place, and the quotations that witnesses confirm.

    `index` is over the archive without the draft itself; `profile` names the house rules that set severities.
    """
    findings: list[Finding] = []
    confirmed: list[Trace] = []
    lines = Lines(draft.article.text)
    library = Library(index.corpus)
    for quotation in quoted(draft):
        found = trace(index, quotation.text, quotation.speaker.name if quotation.speaker else None, quotation.id)
        mine = list(judge(quotation, found, library, lines, profile))
        findings += mine
        if not mine and found.hits:
            confirmed.append(found)
    findings.sort(key=lambda item: (-item.severity, item.start, item.code))
    return Checked(draft, tuple(findings), tuple(confirmed), index.corpus.searched)


def quoted(draft: Extraction) -> Iterator[Quotation]:
    """The spans of a draft that claim to be somebody's words, outermost only: what stands inside is checked with it."""
    inside = {item.id for item in draft.quotations if item.kind.quoted}
    for quotation in draft.quotations:
        if quotation.kind in (Kind.DIRECT, Kind.FRAGMENT) and quotation.parent not in inside:
            yield quotation
