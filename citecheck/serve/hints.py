"""A checked draft as an editor shows it: diagnostics with their witnesses, what a quotation rests on, an ignore.

The texts of articles are hostile: in Markdown they are escaped, so that none can bring a picture or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types as lsp
from pygls.uris import from_fs_path

from citecheck.checks.codes import rule
from citecheck.export.findings import marked, sentence
from citecheck.export.tables import escaped
from citecheck.export.terminal import clean
from citecheck.models import Evidence, Finding, Severity, Span
from citecheck.serve.desk import Answer
from citecheck.serve.origins import Origins
from citecheck.serve.positions import Positions

SEVERITIES = {
    Severity.CRITICAL: lsp.DiagnosticSeverity.Error,
    Severity.MAJOR: lsp.DiagnosticSeverity.Warning,
    Severity.MINOR: lsp.DiagnosticSeverity.Information,
    Severity.COSMETIC: lsp.DiagnosticSeverity.Hint,
}
#: Witnesses shown with one finding.
MOST_WITNESSES = 5
#: Formats whose text is the file's own, so that a place in it can be shown.
AS_WRITTEN = (".txt", ".md")


class View(NamedTuple):
    """A document as it was checked. `origins`: where its text stands in it, for a web page."""

    uri: str
    version: int | None
    source: str
    unit: str
    answer: Answer
    positions: Positions
    origins: Origins | None

    def source_span(self, start: int, end: int) -> Span:
        """Where a span of the article's text stands in the document."""
        return self.origins.span(start, end) if self.origins else (start, end)

    def range(self, start: int, end: int) -> lsp.Range:
        """The range of a span of the article's text."""
        return _range(self.positions, self.source_span(start, end))

    def offset(self, place: lsp.Position) -> int | None:
        """The code point of the article's text at a position; None for one that is no part of it."""
        found = self.positions.offset(place.line, place.character)
        return self.origins.offset(found) if self.origins else found


def _range(positions: Positions, span: Span) -> lsp.Range:
    start, end = (lsp.Position(*positions.position(offset)) for offset in span)
    return lsp.Range(start, end)


def diagnostics(view: View) -> list[lsp.Diagnostic]:
    """The findings that are shown, each with its witnesses."""
    return [_diagnostic(view, finding) for finding in view.answer.checked.findings]


def trouble(message: str) -> lsp.Diagnostic:
    """Why a document was not checked, at its beginning."""
    start = lsp.Position(0, 0)
    said = f"This was not checked: {clean(message)}"
    return lsp.Diagnostic(lsp.Range(start, start), said, lsp.DiagnosticSeverity.Warning, source="citecheck")


def _diagnostic(view: View, finding: Finding) -> lsp.Diagnostic:
    page = rules_page()
    return lsp.Diagnostic(
        view.range(finding.start, finding.end),
        clean(f"{rule(finding.code).title}. {finding.message}\n{finding.ask}"),
        SEVERITIES.get(finding.severity, lsp.DiagnosticSeverity.Hint),
        finding.code,
        lsp.CodeDescription(f"{page}#{_anchor(finding.code)}") if page else None,
        "citecheck",
        related_information=[_related(view, finding, item) for item in finding.evidence[:MOST_WITNESSES]] or None,
    )


def _related(view: View, finding: Finding, item: Evidence) -> lsp.DiagnosticRelatedInformation:
    """A witness: in its own file where that can be opened, else beside the words that it is about."""
    said = clean(f"{_outlet(item)}: {marked(item, finding.text)}")
    return lsp.DiagnosticRelatedInformation(_location(view, finding, item), said)


def _location(view: View, finding: Finding, item: Evidence) -> lsp.Location:
    known = view.answer.named.get(item.article)
    path = Path(known.article.path) if known and known.article.path else None
    uri = from_fs_path(str(path.absolute())) if path and path.is_file() else None
    if known is None or path is None or uri is None:
        return lsp.Location(view.uri, view.range(finding.start, finding.end))
    span = (item.start, item.end) if path.suffix.lower() in AS_WRITTEN else (0, 0)
    return lsp.Location(uri, _range(Positions(known.article.text, view.unit), span))


def _outlet(item: Evidence) -> str:
    return ", ".join(part for part in (item.publisher or item.article, item.published, item.place, item.url) if part)


# Hover --------------------------------------------------------------------------------------------------------------


def hover(view: View, offset: int) -> tuple[Span, str] | None:
    """What is known of the words at an offset, as Markdown with the span that it is about; None where that is nothing.

    A quotation that the archive has says where, too: that is what an editor wants to see before trusting it.
    """
    checked = view.answer.checked
    findings = [*checked.findings, *checked.hidden, *(one.finding for one in checked.suppressed)]
    notes = {id(one.finding): f"kept back ({one.reason.value})" for one in checked.suppressed}
    here = [item for item in findings if item.start - 1 <= offset <= item.end]
    spans = [(item.start, item.end) for item in here]
    parts = [_about(item, notes.get(id(item), "")) for item in here]
    confirmed = {one.id: one.status.value for one in checked.confirmed}
    for standing in checked.standings:
        said = standing.quotation
        if said.start - 1 <= offset <= said.end and said.id in confirmed:
            spans.append((said.start, said.end))
            head = f"**{confirmed[said.id]}** ({checked.searched.articles:,} articles searched)"
            parts.append("\n\n".join([head, *_witnesses(standing.evidence, said.text)]))
    return (min(spans, key=lambda span: span[1] - span[0]), "\n\n---\n\n".join(parts)) if parts else None


def _about(finding: Finding, note: str) -> str:
    head = f"**{finding.severity.name.lower()} {finding.code}: {escaped(rule(finding.code).title)}**"
    lines = [f"{head} {note}".strip(), escaped(finding.message), *_witnesses(finding.evidence, finding.text)]
    tally = finding.tally
    if tally.agree or tally.differ:
        lines.append(f"Witnesses: {tally.agree} agree, {tally.differ} differ")
    return "\n\n".join([*lines, f"*{escaped(finding.ask)}*", escaped(rule(finding.code).why)])


def _witnesses(evidence: Sequence[Evidence], text: str) -> Iterator[str]:
    """Each outlet with its date, and its words inside the sentences around them."""
    for item in evidence[:MOST_WITNESSES]:
        yield f"{escaped(_outlet(item))}:"
        yield f"> {escaped(sentence(item, marked(item, text)))}"


# Ignores ------------------------------------------------------------------------------------------------------------


def ignores(view: View, wanted: lsp.Range) -> Iterator[tuple[Finding, lsp.TextEdit]]:
    """For each finding in a range the comment that keeps it back, once a reason is written into it.

    Until then nothing is kept back, and CC903 says so: a reason that nobody gave must not hide a finding.
    """
    low, high = (view.positions.offset(place.line, place.character) for place in (wanted.start, wanted.end))
    for finding in view.answer.checked.findings:
        start, end = view.source_span(finding.start, finding.end)
        if start <= high and low <= end and not finding.code.startswith("CC9"):
            yield finding, _ignore(view, finding)


def _ignore(view: View, finding: Finding) -> lsp.TextEdit:
    """On a line of its own before a paragraph that is one line; else behind the last line of the words, unless a
    quotation runs on from there, of which the comment would become a part. In a web page, where a comment is no text,
    right behind the words."""
    text, comment = view.source, f"<!-- citecheck: ignore {finding.code} -- -->"
    if view.origins is not None:
        behind = view.source_span(finding.start, finding.end)[1]
        return lsp.TextEdit(_range(view.positions, (behind, behind)), comment)
    start, _ = view.positions.line(view.positions.position(finding.start)[0])
    _, end = view.positions.line(view.positions.position(finding.end)[0])
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].strip()
    running = any(one.start < end < one.end for one in view.answer.checked.extraction.quotations)
    at, new = (start, f"{comment}\n") if not above or running else (end, f" {comment}")
    return lsp.TextEdit(_range(view.positions, (at, at)), new)


def _anchor(code: str) -> str:
    """The name of a rule's heading on the page of rules, as hosts of code make it."""
    return re.sub(r"[^\w -]", "", f"{code}: {rule(code).title}".lower()).replace(" ", "-")


@cache
def rules_page() -> str | None:
    """The address of the page of rules: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    found = (file for file in (package / "rules.md", package.parent / "docs" / "rules.md") if file.is_file())
    return next((file.as_uri() for file in found), None)
