"""The findings as SARIF 2.1.0 (OASIS standard), which code hosts and editors show at their place.

Witnesses are related locations, the chain of credits is a code flow, decisions are suppressions. Regions count code
points (`columnKind: unicodeCodePoints`), as everything here does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from citecheck.checks.codes import RULES
from citecheck.export.places import path_of
from citecheck.models import Checked, Edge, Evidence, Finding, Reason
from citecheck.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
INDEX = {rule.code: number for number, rule in enumerate(RULES)}


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
        "results": [result for item in checked for result in _results(item)],
    }
    # ASCII throughout: a lone surrogate of a text stays readable for every parser.
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


#: What an editor decided is in the source (a comment of the draft) or outside of it.
KINDS = {Reason.IGNORE: "inSource", Reason.BASELINE: "external", Reason.SIGNED_OFF: "external"}


def _results(checked: Checked) -> Iterator[dict[str, Any]]:
    path = path_of(checked.extraction.article)
    for finding in checked.findings:
        yield _result(finding, path)
    for kept in checked.suppressed:
        why = f"{kept.reason.value}: {kept.note}" if kept.note else kept.reason.value
        suppression = {"kind": KINDS[kept.reason], "status": "accepted", "justification": why}
        yield {**_result(kept.finding, path), "suppressions": [suppression]}


def _result(finding: Finding, path: str) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
        "snippet": {"text": finding.text},
    }
    flows = {"codeFlows": [{"threadFlows": [{"locations": _flow(finding.chain)}]}]} if finding.chain else {}
    return {
        "ruleId": finding.code,
        "ruleIndex": INDEX[finding.code],
        "level": finding.level,
        "message": {"text": f"{finding.message} {finding.ask}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}],
        "relatedLocations": [_related(number, item) for number, item in enumerate(finding.evidence, 1)],
        "partialFingerprints": {"citecheck/v1": finding.fingerprint},
        **flows,
    }


def _flow(chain: Sequence[Edge]) -> list[dict[str, Any]]:
    """The credits, hop by hop, each at the words that state it."""
    return [
        {
            "location": {
                "message": {"text": f"{edge.receiver} credits {edge.origin}"},
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(edge.article)},
                    "region": {
                        "charOffset": edge.start,
                        "charLength": edge.end - edge.start,
                        "snippet": {"text": edge.text},
                    },
                },
            }
        }
        for edge in chain
    ]


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
