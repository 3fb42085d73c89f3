"""The findings as Reviewdog Diagnostic Format (rdjson), which comments them on a pull request.

Columns of rdjson count bytes of UTF-8, from one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from citecheck.checks.codes import rule
from citecheck.export.places import path_of
from citecheck.models import Article, Checked, Evidence, Finding
from citecheck.text.lines import Lines

LEVELS = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(checked: Sequence[Checked]) -> str:
    """One `DiagnosticResult`; valid when there is no finding."""
    found = [one for item in checked for one in _diagnostics(item)]
    return json.dumps({"source": {"name": "citecheck"}, "diagnostics": found}, indent=1) + "\n"


def _diagnostics(checked: Checked) -> Iterator[dict[str, Any]]:
    article = checked.extraction.article
    lines = Lines(article.text)
    return (_diagnostic(article, lines, finding) for finding in checked.findings)


def _diagnostic(article: Article, lines: Lines, finding: Finding) -> dict[str, Any]:
    said = f"{finding.code} {rule(finding.code).title}. {finding.message} {finding.ask}"
    return {
        "message": said,
        "location": {
            "path": path_of(article),
            "range": {"start": _point(article, lines, finding.start), "end": _point(article, lines, finding.end)},
        },
        "severity": LEVELS[finding.level],
        "code": {"value": finding.code},
        "relatedLocations": [_related(item) for item in finding.evidence],
    }


def _point(article: Article, lines: Lines, offset: int) -> dict[str, int]:
    line, column = lines.position(offset)
    before = article.text[offset - column + 1 : offset]
    return {"line": line, "column": len(before.encode("utf-8", "replace")) + 1}


def _related(item: Evidence) -> dict[str, Any]:
    name = ", ".join(part for part in (item.publisher, item.published) if part) or item.article
    return {"message": f"{name}: {item.text}", "location": {"path": item.article}}
