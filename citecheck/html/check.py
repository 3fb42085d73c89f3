"""The findings of `citecheck check` as one HTML page: to work through on the screen, to print and tick, to send."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from citecheck.html import render
from citecheck.html.addresses import INDEX, Here
from citecheck.html.pages.check import check_context
from citecheck.html.single import write_file
from citecheck.models import Checked


def write_check(checked: Sequence[Checked], path: Path) -> Path:
    """Write the findings of a check as one HTML page, each beside its witness, with the drafts as galleys.

    Raises OutputError as `write_file` does. Returns `path`.
    """
    return write_file(path, [check_page(checked)])


def check_page(checked: Sequence[Checked]) -> str:
    """The page that `write_check` writes."""
    return render.alone("check.html", Here(INDEX, single=True), check_context(checked))
