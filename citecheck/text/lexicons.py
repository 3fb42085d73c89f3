"""The word lists and tables in `citecheck/data/`, read once.

Each file opens with `#` lines that name its source. A word list has an entry a line; a table is tab-separated, its
first line that is no comment names the columns.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

_DATA = resources.files("citecheck").joinpath("data")


def _lines(name: str) -> list[str]:
    text = _DATA.joinpath(name).read_text(encoding="utf-8")
    return [line.rstrip() for line in text.split("\n") if line and line[0] != "#" and not line.isspace()]


@cache
def words(name: str) -> frozenset[str]:
    """The entries of the word list `name`, as written."""
    return frozenset(map(str.strip, _lines(name)))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table `name` as column → cell; cells missing at the end of a line are empty."""
    names, *lines = cells(name)
    return tuple([dict(zip(names, line, strict=True)) for line in lines])


def cells(name: str) -> list[list[str]]:
    """The lines of the table `name`, the names of its columns first; for large tables, of which each cell is read."""
    columns, *lines = _lines(name)
    names = columns.split("\t")
    missing = [""] * len(names)
    return [names, *[(line.split("\t") + missing)[: len(names)] for line in lines]]
