"""Results as words for a terminal. Texts of articles are hostile: control characters and bidi overrides are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from citecheck.models import Changes, Comparison, Drift, Match, Op, Quotation, Severity, SourceCredit, Trace

#: C0 and C1 controls but for the newline, and the bidi formatting characters (Unicode TR 36, "Trojan source").
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
WIDTH = 100
SIGNS = {
    Severity.NONE: "=",
    Severity.COSMETIC: "·",
    Severity.MINOR: "~",
    Severity.MAJOR: "!",
    Severity.CRITICAL: "‼",
}


def clean(text: str) -> str:
    """`text` without anything that a terminal would obey: such characters show as `\\u202e`, a tab as a space."""
    return _UNSAFE.sub(lambda found: " " if found[0] == "\t" else f"\\u{ord(found[0]):04x}", text)


def flat(text: str, width: int = WIDTH) -> str:
    """One safe line of at most `width` characters; an ellipsis stands for what was cut."""
    line = clean(_SPACE.sub(" ", text[: 4 * width]).strip())
    return line if len(line) <= width else line[: width - 1] + "…"


def quotation(value: Quotation, place: str | None = None) -> str:
    """Two lines: where, what kind, who and credited to whom; and the words."""
    who = value.speaker.name if value.speaker else "no speaker"
    credited = ", ".join(dict.fromkeys(source.name for source in value.sources))
    where = f"{value.article}:{value.start}-{value.end}{f' ({place})' if place else ''}"
    head = f"{where}  {value.kind.value}  {who}"
    return f"{flat(head)}{'  via ' + flat(credited) if credited else ''}\n    {_in_marks(value)}"


def _in_marks(value: Quotation) -> str:
    return f"“{flat(value.text)}”" if value.kind.value != "indirect" else flat(value.text)


def source_mention(article: str, value: SourceCredit) -> str:
    when = f"  ({value.when.text})" if value.when else ""
    return flat(f"{article}:{value.start}-{value.end}  {value.relation.value}  {value.name}  “{value.mention}”{when}")


def drift_lines(items: Iterable[Drift]) -> list[str]:
    """A line for each difference: sign, label and note."""
    return [f"    {SIGNS[item.severity]} {item.label.value}: {flat(item.note)}" for item in items]


def match(value: Match) -> str:
    """Both renderings and what drifted between them."""
    severity = value.comparison.severity
    lines = [f"{SIGNS[severity]} {severity.name.lower()}  family {value.family}"]
    for rendering in (value.a, value.b):
        who = rendering.speaker.name if rendering.speaker else "no speaker"
        lines.append(flat(f"  {rendering.article}:{rendering.start}  {rendering.kind.value}  {who}"))
        lines.append(f"      {flat(rendering.text)}")
    return "\n".join(lines + drift_lines(value.comparison.drift))


def comparison(a: str, b: str, value: Comparison) -> str:
    """The verdict, the words with what was left out and put in, and a line for each difference."""
    if not value.same:
        return "not the same statement"
    head = f"{SIGNS[value.severity]} {value.severity.name.lower()}"
    return "\n".join([head, f"    {word_diff(a, b, value.ops)}", *drift_lines(value.drift)])


def word_diff(a: str, b: str, ops: Iterable[Op]) -> str:
    """`b` on one line with `[-what a has-]` and `{+what b has+}`, as in word diffs of version control."""
    parts = []
    for tag, a0, a1, b0, b1 in ops:
        if tag == "equal":
            parts.append(b[b0:b1])
            continue
        lost, gained = a[a0:a1], b[b0:b1]
        before = lost[:1].isspace() or gained[:1].isspace()
        after = lost[-1:].isspace() or gained[-1:].isspace()
        lost, gained = lost.strip(), gained.strip()
        parts += [" " * before, f"[-{lost}-]" if lost else "", f"{{+{gained}+}}" if gained else "", " " * after]
    return clean(_SPACE.sub(" ", "".join(parts)))


def changes(value: Changes) -> str:
    """What an article is again, and what changed, a line each."""
    link = value.link
    order = "" if link.ordered else ", order unknown"
    lines = [flat(f"{link.article}  {link.kind.value} of {link.of}  ({link.contained:.0%} of the shorter{order})")]
    if value.headline:
        lines.append(f"  headline  “{flat(value.headline[0])}” → “{flat(value.headline[1])}”")
    for sign, name, found in (("+", "added", value.added), ("-", "dropped", value.dropped)):
        lines += [f"  {sign} {name}  {_said(one)}" for one in found]
    for before, after, compared in value.changed:
        lines.append(f"  {SIGNS[compared.severity]} changed  {_said(after)}")
        lines.append(f"      {word_diff(before.text, after.text, compared.ops)}")
        lines += [f"  {line}" for line in drift_lines(compared.drift)]
    if value.kept:
        lines.append(f"  = {value.kept:,} as before")
    return "\n".join(lines)


def _said(one: Quotation) -> str:
    return f"{flat(one.speaker.name) if one.speaker else 'no speaker'}: {_in_marks(one)}"


def trace(value: Trace) -> str:
    """The status, how much was searched, and each place with its differences."""
    looked = f"searched {value.searched.articles:,} articles, {value.searched.quotations:,} quotations"
    lines = [f"{value.status.value}  “{flat(value.text)}”  ({looked})"]
    for item in value.hits:
        score = f"{item.comparison.score:.0f}"
        lines.append(flat(f"  {item.article}:{item.start}-{item.end}  score {score}"))
        lines.append(f"      {flat(item.text)}")
        lines += [f"  {line}" for line in drift_lines(item.comparison.drift)]
    return "\n".join(lines)
