"""Whether an archive is whole: the file, references between rows, its indexes against the texts, and its totals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from citecheck.archive import catalogue, copies, search, statements, totals
from citecheck.archive.countdown import Watch, countdown

_FULL_TEXT = ("articles_fts", "quotations_fts")


def examine(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, a sentence each; nothing where all is well. The caller holds a transaction."""
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the file is damaged: {line}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"
    for table in _FULL_TEXT:
        try:
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"the full-text index {table} does not agree with the texts ({error})"
    yield from totals.disagreements(connection)
    yield from search.disagreements(connection)
    yield from copies.disagreements(connection)
    yield from statements.disagreements(connection)
    yield from catalogue.disagreements(connection)


def make_indexes_anew(connection: sqlite3.Connection, watch: Watch | None = None) -> None:
    """Make the indexes and the links of copies from the texts. The caller holds the transaction."""
    search.rebuild(connection, countdown(connection, watch, "indexing"))
    copies.rebuild(connection, countdown(connection, watch, "finding copies"))
    statements.rebuild(connection, countdown(connection, watch, "entering statements"))
    catalogue.rebuild(connection, countdown(connection, watch, "noting names"))
    totals.rebuild(connection)
    for table in _FULL_TEXT:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
