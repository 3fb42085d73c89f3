"""The findings of `citecheck check` as one HTML page: to work through on the screen, to print and tick, to send."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from citecheck.html import render
from citecheck.html.addresses import INDEX, Here
from citecheck.html.pages.check import check_context
from citecheck.html.render import SHIPPED, Look
from citecheck.html.single import write_file
from citecheck.models import Checked


def write_check(checked: Sequence[Checked], path: Path, look: Look = SHIPPED) -> Path:
    """Write the findings of a check as one HTML page, each beside its witness, with the drafts as galleys.

    Raises OutputError as `write_file` does. Returns `path`.
    """
    return write_file(path, [check_page(checked, look)])


def check_page(checked: Sequence[Checked], look: Look = SHIPPED) -> str:
    """The page that `write_check` writes."""
    return render.alone("check.html", Here(INDEX, single=True), check_context(checked), look)


def finding_anchor(draft: int, finding: int) -> str:
    """The fragment of that page at which a finding stands, both counted from 0 as they were given."""
    return Here(f"draft-{draft + 1}", single=True).id(f"f{finding + 1}")
