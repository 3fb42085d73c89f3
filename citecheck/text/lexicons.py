"""The word lists and tables in `citecheck/data/`, read once.

Each file opens with `#` lines that name its source. A word list has an entry a line; a table is tab-separated, its
first line that is no comment names the columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources


def _lines(name: str) -> Iterator[str]:
    text = resources.files("citecheck").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line.strip() and not line.startswith("#"):
            yield line.rstrip()


@cache
def words(name: str) -> frozenset[str]:
    """The entries of the word list `name`, as written."""
    return frozenset(line.strip() for line in _lines(name))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table `name` as column → cell; cells missing at the end of a line are empty."""
    lines = _lines(name)
    columns = next(lines).split("\t")
    return tuple(dict(zip(columns, line.split("\t") + [""] * len(columns), strict=False)) for line in lines)
