"""The findings as SARIF 2.1.0 (OASIS standard), which code hosts and editors show at their place.

Witnesses are related locations. Regions count code points (`columnKind: unicodeCodePoints`), as everything here does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from citecheck.checks.codes import RULES
from citecheck.models import Checked, Evidence, Finding
from citecheck.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def render(checked: Sequence[Checked]) -> str:
    """One SARIF log with one run; valid when there is no finding."""
    driver = {
        "name": "citecheck",
        "version": __version__,
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.why},
                "help": {"text": rule.ask},
            }
            for rule in RULES
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for item in checked for finding in item.findings],
    }
    # ASCII throughout: a lone surrogate of a text stays readable for every parser.
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _result(finding: Finding) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
        "snippet": {"text": finding.text},
    }
    return {
        "ruleId": finding.code,
        "level": LEVELS[finding.level],
        "message": {"text": f"{finding.message} {finding.ask}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(finding.article)}, "region": region}}],
        "relatedLocations": [_related(number, item) for number, item in enumerate(finding.evidence, 1)],
        "partialFingerprints": {"citecheck/v1": finding.fingerprint},
    }


def _related(number: int, item: Evidence) -> dict[str, Any]:
    region = {"charOffset": item.start, "charLength": item.end - item.start, "snippet": {"text": item.text}}
    name = ", ".join(part for part in (item.publisher, item.published) if part) or item.article
    return {
        "id": number,
        "message": {"text": f"{name}: {item.before}{item.text}{item.after}"},
        "physicalLocation": {"artifactLocation": {"uri": _uri(item.article)}, "region": region},
    }


def _uri(article: str) -> str:
    return quote(article.encode("utf-8", "replace"), safe="/")
