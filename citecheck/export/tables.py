"""The findings as tables: CSV for a spreadsheet, Markdown for a ticket or a mail."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from citecheck.checks.codes import rule
from citecheck.export.places import path_of
from citecheck.export.terminal import clean, flat
from citecheck.models import Checked, Evidence, Finding

COLUMNS = (
    *("file", "line", "column", "paragraph", "code", "severity", "title", "words", "message", "ask"),
    *("witness", "witness_place", "witness_published", "witness_url", "witness_words"),
    *("agree", "differ", "independent", "articles_searched", "fingerprint"),
)
#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!~&])")


def render_csv(checked: Sequence[Checked]) -> str:
    """A row a finding under a head; the head alone when there is none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in checked:
        for finding in item.findings:
            writer.writerow([_cell(value) for value in _row(path_of(item.extraction.article), finding)])
    return out.getvalue()


def _cell(value: object) -> object:
    """A text that no spreadsheet runs."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _row(path: str, finding: Finding) -> list[object]:
    best = finding.evidence[0] if finding.evidence else None
    return [
        path,
        finding.line,
        finding.column,
        finding.paragraph,
        finding.code,
        int(finding.severity),
        rule(finding.code).title,
        finding.text,
        finding.message,
        finding.ask,
        *((best.article, best.start, best.published or "", best.url or "", best.text) if best else ("",) * 5),
        finding.tally.agree,
        finding.tally.differ,
        finding.tally.independent,
        finding.searched.articles,
        finding.fingerprint,
    ]


def render_markdown(checked: Sequence[Checked]) -> str:
    """A heading a draft, an item a finding; a draft without one says so."""
    return "\n".join(_draft(item) for item in checked)


def _draft(checked: Checked) -> str:
    lines = [f"## {escaped(path_of(checked.extraction.article))}", ""]
    if not checked.standings:
        lines += ["No quotation: nothing was checked.", ""]
    elif not checked.findings:
        lines += ["No finding.", ""]
    for finding in checked.findings:
        title = f"{finding.severity.name.lower()} {finding.code} {rule(finding.code).title}"
        lines += [
            f"- **{title}**, line {finding.line}: “{escaped(flat(finding.text))}”",
            f"  {escaped(finding.message)}",
        ]
        lines += [f"  Witness: {_witness(item)}" for item in finding.evidence]
        lines += [f"  *{escaped(finding.ask)}*"]
    looked = f"{checked.searched.articles:,} articles and {checked.searched.quotations:,} quotations searched"
    return "\n".join([*lines, "", f"{len(checked.confirmed)} confirmed; {looked}.", ""])


def _witness(item: Evidence) -> str:
    name = ", ".join(part for part in (item.publisher or item.article, item.published) if part)
    shown = f"[{escaped(name)}](<{item.url}>)" if _linkable(item.url) else escaped(name)
    return f"{shown}: “{escaped(flat(item.text))}”"


def _linkable(url: str | None) -> bool:
    return bool(url and re.fullmatch(r"https?://[^\s<>]+", url))


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", clean(" ".join(text.split())))
