"""The findings of a check, printed: for people, for programs, and for GitHub."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from citecheck.checks.codes import rule
from citecheck.export import junit, records, sarif
from citecheck.export.terminal import clean, flat, word_diff
from citecheck.models import Checked, Evidence, Finding, Severity

COLOURS = {Severity.CRITICAL: "31;1", Severity.MAJOR: "33;1"}
#: Of a long quotation only the first line is shown under the carets.
WIDTH = 100


def render(checked: Sequence[Checked], format_: str, color: bool = False) -> str:
    """All findings in one of the formats of `citecheck check`; valid and complete when there is none."""
    if format_ == "text":
        return "".join(_text(item, finding, color) for item in checked for finding in item.findings)
    return FORMATS[format_](checked)


def _jsonl(checked: Sequence[Checked]) -> str:
    return "".join(records.line(record) + "\n" for item in checked for record in records.findings(item))


def _json(checked: Sequence[Checked]) -> str:
    return records.document([record for item in checked for record in records.findings(item)])


def _github(checked: Sequence[Checked]) -> str:
    """Workflow commands of GitHub Actions: an annotation at the line of the draft."""
    return "".join(_annotation(finding) for item in checked for finding in item.findings)


def _annotation(finding: Finding) -> str:
    title = _property(f"{finding.code} {rule(finding.code).title}")
    place = f"file={_property(finding.article)},line={finding.line},col={finding.column},title={title}"
    return f"::{_github_level(finding)} {place}::{_escaped(f'{finding.message} {finding.ask}')}\n"


def _github_level(finding: Finding) -> str:
    return "notice" if finding.level == "note" else finding.level


def _escaped(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Checked]], str]] = {
    "json": _json,
    "jsonl": _jsonl,
    "github": _github,
    "sarif": sarif.render,
    "junit": junit.render,
}


def _text(checked: Checked, finding: Finding, color: bool) -> str:
    """One finding as compilers show theirs: place and message, the line with carets, the witness, the question."""
    article = checked.extraction.article
    place = article.place(finding.start)
    head = f"{clean(finding.article)}:{finding.line}:{finding.column}: {f'({clean(place)}) ' if place else ''}"
    level = _coloured(f"{finding.severity.name.lower()} {finding.code}", finding.severity, color)
    lines = [
        f"{head}{level} {rule(finding.code).title}",
        *_carets(article.text, finding),
        f"  {clean(finding.message)}",
    ]
    for item in finding.evidence:
        lines += _witness(item, finding)
    return "\n".join([*lines, f"  Ask: {finding.ask}", "", ""])


def _coloured(text: str, severity: Severity, color: bool) -> str:
    return f"\x1b[{COLOURS[severity]}m{text}\x1b[0m" if color and severity in COLOURS else text


def _carets(text: str, finding: Finding) -> list[str]:
    """The draft's line around the quotation, cut to the width of a terminal, and carets under its words."""
    start = finding.start - finding.column + 1
    stop = text.find("\n", finding.start)
    line = text[start : stop if stop >= 0 else len(text)]
    first = max(0, finding.column - 1 - WIDTH // 4)
    shown = clean(line[first : first + WIDTH])
    if len(shown) != len(line[first : first + WIDTH]):  # an escape was spelled out: no caret would be in place
        return [f"    {shown}"]
    carets = min(finding.end - finding.start, len(shown) - (finding.column - 1 - first))
    return [f"    {shown}", "    " + " " * (finding.column - 1 - first) + "^" * max(1, carets)]


def _witness(item: Evidence, finding: Finding) -> list[str]:
    name = ", ".join(part for part in (item.place, item.publisher, item.published, item.url) if part)
    where = f"{item.article}:{item.start}" + (f" ({name})" if name else "")
    words = word_diff(item.text, finding.text, item.ops) if _diffable(item, finding) else flat(item.text)
    return [f"  Witness {clean(where)}", f"    {words}"]


def _diffable(item: Evidence, finding: Finding) -> bool:
    """Whether the ops were made between the very texts that are shown."""
    return bool(item.ops) and item.ops[-1][2] == len(item.text) and item.ops[-1][4] == len(finding.text)


def summary(checked: Sequence[Checked]) -> str:
    """One or two lines for the end: what was found, what was confirmed, what was searched; plain when nothing was."""
    quoted = sum(len(item.confirmed) + len({finding.start for finding in item.findings}) for item in checked)
    searched = checked[0].searched if checked else None
    looked = f"{searched.articles:,} articles, {searched.quotations:,} quotations searched" if searched else ""
    if not quoted:
        return f"no quotation in {_drafts(checked)}: nothing was checked ({looked})"
    findings = [finding for item in checked for finding in item.findings]
    worst = ", ".join(
        f"{number} {severity.name.lower()}"
        for severity in sorted(Severity, reverse=True)
        if (number := sum(finding.severity is severity for finding in findings))
    )
    confirmed = sum(len(item.confirmed) for item in checked)
    return f"{len(findings)} findings{f' ({worst})' if worst else ''}, {confirmed} confirmed; {looked}"


def _drafts(checked: Sequence[Checked]) -> str:
    return "the draft" if len(checked) == 1 else f"{len(checked)} drafts"
