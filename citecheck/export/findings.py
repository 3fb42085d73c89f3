"""The findings of a check, printed: for people, for programs, and for GitHub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from citecheck.checks.codes import rule
from citecheck.export import junit, rdjson, records, sarif, tables
from citecheck.export.places import path_of
from citecheck.export.terminal import clean, flat, word_diff
from citecheck.models import Checked, Evidence, Finding, Severity

COLOURS = {Severity.CRITICAL: "31;1", Severity.MAJOR: "33;1"}
#: Of a long quotation only the first line is shown under the carets.
WIDTH = 100


def render(checked: Sequence[Checked], format_: str, confirmed: bool = False) -> str:
    """All findings in one of the formats of `citecheck check`; valid and complete when there is none. `confirmed` adds
    what witnesses confirm, in the formats that can tell it (`text`, `json` and `jsonl`)."""
    if confirmed and format_ in WITH_CONFIRMED:
        return WITH_CONFIRMED[format_](checked, confirmed)
    return FORMATS[format_](checked)


def text(checked: Sequence[Checked], confirmed: bool = False, color: bool = False, left: bool = False) -> str:
    """The findings for people. `confirmed` lists what witnesses confirm too, `left` what nobody has signed off."""
    return "".join(_draft(item, color, confirmed, left) for item in checked)


def _draft(checked: Checked, color: bool, confirmed: bool, left: bool) -> str:
    path = clean(path_of(checked.extraction.article))
    parts = [finding_text(checked, finding, color) for finding in checked.findings]
    if not checked.standings:
        parts.append(f"{path}: no quotation: nothing was checked\n")
    if confirmed:
        known = {trace.id: trace for trace in checked.confirmed}
        for standing in checked.standings:
            trace = known.get(standing.quotation.id)
            if trace is not None:
                where = f"{path}:{standing.line}:{standing.column}"
                head = f"{where}: confirmed ({trace.status.value}) “{flat(standing.quotation.text)}”"
                best = [line for item in standing.evidence[:1] for line in (_where(item), f"    {sentence(item)}")]
                parts.append("\n".join((head, *best, "")))
    for standing in (checked.left or ()) if left else ():
        parts.append(f"{path}:{standing.line}:{standing.column}: left “{flat(standing.quotation.text)}”\n")
    return "".join(parts)


def _jsonl(checked: Sequence[Checked], confirmed: bool = False) -> str:
    return "".join(records.line(record) + "\n" for record in _records(checked, confirmed))


def _json(checked: Sequence[Checked], confirmed: bool = False) -> str:
    return records.document(_records(checked, confirmed))


def _records(checked: Sequence[Checked], confirmed: bool) -> list[records.Record]:
    """The findings of each draft, and behind them what witnesses confirm."""
    return [
        record
        for item in checked
        for record in (*records.findings(item), *(records.confirmed(item) if confirmed else ()))
    ]


def _github(checked: Sequence[Checked]) -> str:
    """Workflow commands of GitHub Actions: an annotation at the line of the draft."""
    return "".join(_annotation(item, finding) for item in checked for finding in item.findings)


def _annotation(checked: Checked, finding: Finding) -> str:
    path = path_of(checked.extraction.article)
    title = _property(f"{finding.code} {rule(finding.code).title}")
    place = f"file={_property(path)},line={finding.line},col={finding.column},title={title}"
    return f"::{_github_level(finding)} {place}::{_escaped(f'{finding.message} {finding.ask}')}\n"


def _github_level(finding: Finding) -> str:
    return "notice" if finding.level == "note" else finding.level


def _escaped(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Checked]], str]] = {
    "text": text,
    "json": _json,
    "jsonl": _jsonl,
    "github": _github,
    "sarif": sarif.render,
    "junit": junit.render,
    "rdjson": rdjson.render,
    "csv": tables.render_csv,
    "md": tables.render_markdown,
}
#: The formats that can tell what witnesses confirm.
WITH_CONFIRMED: dict[str, Callable[[Sequence[Checked], bool], str]] = {"text": text, "json": _json, "jsonl": _jsonl}
#: What the end of a file's name says of the format, longest first.
SUFFIXES = {
    ".sarif.json": "sarif",
    ".rd.json": "rdjson",
    ".sarif": "sarif",
    ".rdjson": "rdjson",
    ".jsonl": "jsonl",
    ".json": "json",
    ".xml": "junit",
    ".csv": "csv",
    ".md": "md",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
}


def format_of(name: str) -> str | None:
    """The format that the name of a file asks for; None where it says nothing."""
    low = name.lower()
    return next((format_ for suffix, format_ in SUFFIXES.items() if low.endswith(suffix)), None)


def finding_text(checked: Checked, finding: Finding, color: bool = False) -> str:
    """One finding as compilers show theirs: place and message, the line with carets, the witness, the question."""
    article = checked.extraction.article
    place = article.place(finding.start)
    head = f"{clean(path_of(article))}:{finding.line}:{finding.column}: {f'({clean(place)}) ' if place else ''}"
    level = _coloured(f"{finding.severity.name.lower()} {finding.code}", finding.severity, color)
    lines = [
        f"{head}{level} {rule(finding.code).title}",
        *_carets(article.text, finding),
        f"  {clean(finding.message)}",
    ]
    for item in finding.evidence:
        lines += witness_lines(item, finding.text)
    tally = finding.tally
    if tally.agree or tally.differ:
        origins = f"; {tally.independent} independent" if tally.independent else ""
        lines.append(f"  Witnesses: {tally.agree} agree, {tally.differ} differ{origins}")
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


def witness_lines(item: Evidence, draft: str) -> list[str]:
    """Where a witness stands, and its words with what differs marked from those of the draft."""
    return [_where(item), f"    {_in_context(item, marked(item, draft))}"]


def marked(item: Evidence, draft: str) -> str:
    """The words of a witness, with what differs from those of the draft marked."""
    return word_diff(item.text, draft, item.ops) if item.lines_up(draft) else flat(item.text)


def _where(item: Evidence) -> str:
    earlier = f"an earlier text of {item.earlier_of}" if item.earlier_of else ""
    name = ", ".join(part for part in (earlier, item.place, item.publisher, item.published, item.url) if part)
    return clean(f"  Witness {item.article}:{item.start}" + (f" ({name})" if name else ""))


def sentence(item: Evidence, words: str | None = None) -> str:
    """The words of a witness, or `words` in their place, with what stands before and behind them."""
    gaps = " " * item.before[-1:].isspace(), " " * item.after[:1].isspace()
    shown = flat(item.text, 4 * WIDTH) if words is None else words
    return f"{flat(item.before[-WIDTH:])}{gaps[0]}{shown}{gaps[1]}{flat(item.after)}"


def _in_context(item: Evidence, words: str) -> str:
    """A few words say little alone: they are shown inside their sentence."""
    if len(item.text) >= WIDTH // 2:
        return words
    room = (WIDTH - len(words)) // 2
    before, after = flat(item.before[-room:]) if room > 0 else "", flat(item.after[:room]) if room > 0 else ""
    space = " " * item.before[-1:].isspace(), " " * item.after[:1].isspace()
    return f"{'…' * bool(before)}{before}{space[0]}{words}{space[1]}{after}{'…' * bool(after)}"


def summary(checked: Sequence[Checked]) -> str:
    """A few lines for the end: what was found, confirmed and kept back, what was searched; plain when nothing was."""
    searched = checked[0].searched if checked else None
    looked = f"{searched.articles:,} articles, {searched.quotations:,} quotations searched" if searched else ""
    own = sorted({name for item in checked for name in item.own})
    lines = [f"left out of the search, as it is the draft itself: {', '.join(own)}"] if own else []
    findings = [finding for item in checked for finding in item.findings]
    if not any(item.standings for item in checked):
        lines.append(f"no quotation in {_drafts(checked)}: nothing was checked ({looked})")
        if not findings:
            return "\n".join(lines)
    worst = ", ".join(
        f"{number} {severity.name.lower()}"
        for severity in sorted(Severity, reverse=True)
        if (number := sum(finding.severity is severity for finding in findings))
    )
    counts = [f"{len(findings)} findings{f' ({worst})' if worst else ''}"]
    counts.append(f"{sum(len(item.confirmed) for item in checked)} confirmed")
    kept = Counter(one.reason.value for item in checked for one in item.suppressed)
    counts += [f"{number} kept back ({reason})" for reason, number in sorted(kept.items())]
    hidden = sum(len(item.hidden) for item in checked)
    counts += [f"{hidden} below the level shown"] if hidden else []
    left = [item.left for item in checked if item.left is not None]
    counts += [f"{sum(map(len, left))} quotations left to sign off"] if left else []
    return "\n".join([*lines, f"{', '.join(counts)}; {looked}"])


def _drafts(checked: Sequence[Checked]) -> str:
    return "the draft" if len(checked) == 1 else f"{len(checked)} drafts"
