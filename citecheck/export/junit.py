"""The findings as JUnit XML: a test case a quotation, failed where it has a finding, so that a build lists them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from citecheck.checks.codes import rule
from citecheck.export.places import path_of
from citecheck.export.terminal import flat
from citecheck.models import Checked, Finding

#: What XML 1.0 cannot hold, not even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(checked: Sequence[Checked]) -> str:
    """One `<testsuites>` document, a suite a draft; valid when nothing was found."""
    suites = "".join(_suite(item) for item in checked)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="citecheck">\n{suites}</testsuites>\n'


def _suite(checked: Checked) -> str:
    by_place: dict[int, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        by_place[finding.start].append(finding)
    name = _attribute(path_of(checked.extraction.article))
    cases = [(trace.text, ()) for trace in checked.confirmed]
    failed = [(findings[0].text, tuple(findings)) for _, findings in sorted(by_place.items())]
    rows = "".join(_case(name, text, findings) for text, findings in [*failed, *cases])
    return f'<testsuite name={name} tests="{len(failed) + len(cases)}" failures="{len(failed)}">\n{rows}</testsuite>\n'


def _case(suite: str, text: str, findings: Sequence[Finding]) -> str:
    head = f"<testcase classname={suite} name={_attribute(flat(text))}"
    if not findings:
        return f"{head}/>\n"
    message = _attribute("; ".join(f"{item.code} {rule(item.code).title}" for item in findings))
    body = "\n".join(f"line {item.line}: {item.message} {item.ask}" for item in findings)
    return f"{head}><failure message={message}>{escape(xml_text(body))}</failure></testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(xml_text(text))


def xml_text(text: str) -> str:
    """The text without what XML cannot hold."""
    return _FORBIDDEN.sub("?", text)
