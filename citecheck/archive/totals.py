"""How much the archive holds, in one row: counting a million rows at each opening would take longer than a search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

_COUNTED = (
    "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM quotations),"
    " (SELECT coalesce(sum(words), 0) FROM search_articles)"
)


class Totals(NamedTuple):
    """`words` counts those of the articles that the search index has."""

    articles: int
    quotations: int
    words: int


def add(connection: sqlite3.Connection, articles: int = 0, quotations: int = 0, words: int = 0) -> None:
    """Count what comes, and what goes as less than none. The caller holds the transaction."""
    change = "UPDATE totals SET articles = articles + ?, quotations = quotations + ?, words = words + ?"
    connection.execute(change, (articles, quotations, words))


def read(connection: sqlite3.Connection) -> Totals:
    """What the row says."""
    return Totals(*connection.execute("SELECT articles, quotations, words FROM totals").fetchone())


def rebuild(connection: sqlite3.Connection) -> None:
    """Count all rows. The caller holds the transaction."""
    connection.execute(f"UPDATE totals SET (articles, quotations, words) = ({_COUNTED})")


def disagreements(connection: sqlite3.Connection) -> Iterator[str]:
    """Where the row says another thing than the rows that it counts."""
    counted = Totals(*connection.execute(_COUNTED).fetchone())
    for name, said, found in zip(Totals._fields, read(connection), counted, strict=True):
        if said != found:
            yield f"the archive counts {said} {name} and has {found}"
