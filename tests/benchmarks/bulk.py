"""Bulk writing: the archive's writer beside the bare statement that writes the same rows, and its full-text index."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from itertools import count
from pathlib import Path

from citecheck.archive import connection
from citecheck.archive.intake import BATCH
from citecheck.archive.rows import ARTICLE_COLUMNS, OWN_TABLES, Rows, article_row, next_ids, put_own_rows
from citecheck.archive.writing import full_text_at_once
from citecheck.models import Extraction

from .corpus import extractions
from .timing import Contender

SAID = 5


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """rows of articles with SIZE quotations written bare and by the archive's writer, and their words indexed"""
    folder = Path(tempfile.mkdtemp())
    made = list(extractions(max(1, size // SAID), seed, SAID))
    number = count()
    ready = _rows(made)

    def bare(full_text: str = "") -> None:
        _bare(ready, folder / f"bare-{next(number)}.db", full_text)

    return [
        Contender("raw executemany, no index", bare),
        Contender("the writer's rows, no index", lambda: _written(made, folder / f"written-{next(number)}.db")),
        Contender("raw, full text by triggers", lambda: bare("triggers")),
        Contender("raw, full text at once", lambda: bare("at once")),
    ]


def _bare(rows: Rows, path: Path, full_text: str) -> None:
    """The rows of the articles, ready made, through one statement a table; no index is kept and nothing is checked.

    full_text: the words are indexed by the triggers, a row at a time, or at once.
    """
    database = _unindexed(path, keep="trigger" if full_text else "")
    words = full_text_at_once(database, rows.first) if full_text == "at once" else nullcontext()
    with connection.transaction(database), words:
        rows.insert(database, ("articles", *OWN_TABLES), {"articles": f"id, {ARTICLE_COLUMNS}"})
    database.close()


def _written(made: Sequence[Extraction], path: Path) -> None:
    """The same rows as the archive's writer makes and puts them, a batch a transaction."""
    database = _unindexed(path)
    for at in range(0, len(made), BATCH):
        with connection.transaction(database):
            rows = _rows(made[at : at + BATCH], Rows(next_ids(database, ("articles", *OWN_TABLES))))
            rows.insert(database, ("articles", *OWN_TABLES), {"articles": f"id, {ARTICLE_COLUMNS}"})
    database.close()


def _rows(made: Sequence[Extraction], rows: Rows | None = None) -> Rows:
    rows = rows or Rows(dict.fromkeys(("articles", *OWN_TABLES), 1))
    for item in made:
        put_own_rows(rows, rows.put("articles", *article_row(item.article)), item)
    return rows


def _unindexed(path: Path, keep: str = "") -> sqlite3.Connection:
    """An empty archive without indexes and triggers, but for those of the kind `keep`."""
    database = connection.create(path)
    for kind, name in database.execute("SELECT type, name FROM sqlite_master").fetchall():
        if kind != keep and (kind == "trigger" or (kind == "index" and not name.startswith("sqlite_"))):
            database.execute(f"DROP {kind} {name}")
    connection.prepare_writing(database)
    return database
