"""What was decided about findings: ignores in the draft, sign-offs (`signoffs`), a baseline; and which are shown.

A decision never rests on a line number: an ignore stands beside its words, a sign-off and a baseline know theirs by
their content. What is decided about is kept back and counted, never lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from fnmatch import fnmatch
from typing import NamedTuple

from citecheck.checks import by_severity
from citecheck.checks.draft import Draft
from citecheck.checks.signoffs import Ignored, SignOff, holding, lapsed, resolved
from citecheck.models import Checked, Finding, NoteKind, Reason, Severity, Span, Suppressed
from citecheck.models.values import value

_CODES = r"citecheck:\s{0,9}ignore\s{1,9}(?P<codes>[A-Za-z0-9, ]{1,200}?)\s{0,9}"
#: `<!-- citecheck: ignore CC106, CC302 -- the speaker agreed to the cut -->`
_IGNORE = re.compile(rf"<!--\s{{0,9}}{_CODES}(?:--(?!>)(?P<reason>[^\n]{{0,400}}?))?-->")
#: The same as the whole of a comment that a reader gave.
_IGNORE_NOTE = re.compile(rf"{_CODES}(?:--(?P<reason>[^\n]{{0,400}}))?")


@value
class Decisions:
    """What holds for one run. `select` and `ignore` are codes or their beginnings; `per_file` file patterns → codes.

    `baseline` are fingerprints. `signoffs` and `ignored` are by article id; without a sign-off, and without a resolved
    comment in the draft, there is no counter of quotations left.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: Mapping[str, Sequence[str]] = field(default_factory=dict)
    min_level: int = Severity.MINOR
    by_position: bool = False
    baseline: frozenset[str] = frozenset()
    signoffs: Mapping[str, Sequence[SignOff]] = field(default_factory=dict)
    ignored: Mapping[str, Sequence[Ignored]] = field(default_factory=dict)
    since_signoff: bool = False


def decide(checked: Checked, decisions: Decisions) -> Checked:
    """The findings that are shown, those kept back with the reason, those below the level, the quotations left."""
    draft = Draft(checked.extraction, checked.searched)
    signoffs = decisions.signoffs.get(checked.extraction.article.id)
    comments = resolved(checked.extraction.article.notes, checked.standings, checked.findings)
    if comments.signoffs:
        signoffs = [*(signoffs or ()), *comments.signoffs]
    held = {item.quotation.id: sign for item in checked.standings if (sign := holding(item, signoffs or ()))}
    left = None if signoffs is None else tuple(item for item in checked.standings if item.quotation.id not in held)
    ignores = list(find_ignores(draft))
    passed = {one.fingerprint: one for one in decisions.ignored.get(checked.extraction.article.id, ())}
    used: set[int] = set()
    suppressed: list[Suppressed] = []
    gone = [one for one in signoffs or () if one not in held.values()]  # one that holds is about no other quotation
    open_: list[Finding] = [*lapsed(draft, left or (), gone)]
    for finding in checked.findings:
        kept_back = _kept_back(
            finding,
            ignores,
            used,
            held=held,
            passed=passed,
            settled=comments.settled,
            baseline=decisions.baseline,
        )
        if kept_back is not None:
            suppressed.append(kept_back)
        elif not decisions.since_signoff or finding.quotation is not None:
            open_.append(finding)
    open_ += _unused(draft, ignores, used)
    chosen = [item for item in open_ if selected(item, decisions)]
    return replace(
        checked,
        findings=tuple(_sorted((item for item in chosen if item.severity >= decisions.min_level), decisions)),
        hidden=tuple(_sorted((item for item in chosen if item.severity < decisions.min_level), decisions)),
        suppressed=tuple(suppressed),
        left=left,
    )


def _sorted(findings: Iterator[Finding], decisions: Decisions) -> list[Finding]:
    if decisions.by_position:
        return sorted(findings, key=lambda item: (item.start, -item.severity, item.code))
    return by_severity(findings)


def selected(finding: Finding, decisions: Decisions) -> bool:
    """Whether the codes that were asked for hold this one; of a selected and an ignored beginning the longer wins."""

    def longest(codes: Sequence[str]) -> int:
        return max((len(code) for code in codes if finding.code.startswith(code.upper())), default=-1)

    dropped = [
        code for pattern, codes in decisions.per_file.items() if fnmatch(finding.article, pattern) for code in codes
    ]
    wanted = longest(decisions.select) if decisions.select else 0
    return wanted > longest(decisions.ignore) and longest(dropped) < 0


def _kept_back(
    finding: Finding,
    ignores: Sequence[Ignore],
    used: set[int],
    *,
    held: Mapping[str, SignOff],
    passed: Mapping[str, Ignored],
    settled: Mapping[str, str],
    baseline: frozenset[str],
) -> Suppressed | None:
    """The first decision that covers a finding. An ignore counts as used whatever else covers it."""
    found: list[Suppressed] = []
    for number, ignore in enumerate(ignores):
        if ignore.reason and ignore.covers(finding):
            used.add(number)
            found.append(Suppressed(finding, Reason.IGNORE, ignore.reason))
    kept = passed.get(finding.fingerprint)
    if kept is not None:
        found.append(Suppressed(finding, Reason.IGNORE, _note(kept)))
    sign = held.get(finding.quotation or "")
    if sign is not None:
        found.append(Suppressed(finding, Reason.SIGNED_OFF, _note(sign)))
    if finding.fingerprint in settled:
        found.append(Suppressed(finding, Reason.SIGNED_OFF, settled[finding.fingerprint]))
    if finding.fingerprint in baseline:
        found.append(Suppressed(finding, Reason.BASELINE, ""))
    return found[0] if found else None


def _note(decision: SignOff | Ignored) -> str:
    return " ".join(part for part in (f"by {decision.by}" if decision.by else "", decision.reason) if part)


# Ignores --------------------------------------------------------------------------------------------------------------


class Ignore(NamedTuple):
    """A comment in the draft: at `start:end`, for findings of these codes that touch the paragraph `where`."""

    start: int
    end: int
    codes: tuple[str, ...]
    reason: str
    where: Span

    def covers(self, finding: Finding) -> bool:
        """Whether the finding stands in the paragraph and has one of the codes."""
        touches = finding.start < self.where[1] and self.where[0] < finding.end
        return touches and finding.code.startswith(self.codes)


def find_ignores(draft: Draft) -> Iterator[Ignore]:
    """The ignores of a draft: those written in its text, and those in comments that its reader gave (of a web page, of
    a Word file). One that stands alone on its line is for the next line that has words."""
    text = draft.article.text
    for match in _IGNORE.finditer(text):
        start, end = _lines(text, match.span())
        if not (text[start : match.start()] + text[match.end() : end]).strip():
            after = re.compile(r"\s*[^\n]*").match(text, end)
            start, end = (end, after.end()) if after else (end, end)
        yield _ignore(match, match.span(), (start, end))
    for note in draft.article.notes:
        noted = _IGNORE_NOTE.fullmatch(note.text.strip()) if note.kind is NoteKind.COMMENT else None
        if noted is not None:
            at = (note.start, note.end)
            yield _ignore(noted, at, _lines(text, at))


def _lines(text: str, span: Span) -> Span:
    """The lines that a span touches, without the last line end."""
    end = text.find("\n", span[1])
    return text.rfind("\n", 0, span[0]) + 1, len(text) if end < 0 else end


def _ignore(match: re.Match[str], at: Span, where: Span) -> Ignore:
    codes = tuple(code for code in re.split(r"[,\s]+", match["codes"].upper()) if code)
    return Ignore(*at, codes, (match["reason"] or "").strip(" -"), where)


def _unused(draft: Draft, ignores: Sequence[Ignore], used: set[int]) -> Iterator[Finding]:
    for number, ignore in enumerate(ignores):
        where = (ignore.start, ignore.end)
        codes = ", ".join(ignore.codes)
        if not ignore.reason:
            message = f"The ignore of {codes} gives no reason, so nothing is ignored."
            yield draft.finding("CC903", Severity.MINOR, where, message)
        elif number not in used:
            yield draft.finding("CC901", Severity.MINOR, where, f"There is no finding of {codes} here to ignore.")
