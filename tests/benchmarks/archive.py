"""The archive: writing beside the bare statement that writes the same rows, and drafts checked against it."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import count, islice
from pathlib import Path

from citecheck.archive import Archive, connection
from citecheck.archive.intake import BATCH
from citecheck.archive.rows import ARTICLE_COLUMNS, OWN_TABLES, Rows, article_row, put_own_rows
from citecheck.models import Extraction

from . import asking
from .corpus import extractions
from .multiply import multiplied
from .timing import Contender, Figures

SAID = 5
#: Quotations that are added as the product adds them; of a larger archive the rest is made of these.
MOST_ADDED = 1_000_000


def contenders(size: int, seed: int, database: Path | None = None) -> Sequence[Contender]:
    """drafts, quotations and the command against an archive of SIZE quotations, FTS5 beside them; and its writing"""
    if database is not None:
        if not database.exists():
            print(f"making {database}, once", file=sys.stderr)
            times = max(1, size // MOST_ADDED)
            _fill(database, extractions(max(1, size // times // SAID), seed, SAID))
            multiplied(database, times)
        return asking.contenders(database)
    folder = Path(tempfile.mkdtemp())
    made = list(extractions(max(1, size // SAID), seed, SAID))
    number = count()

    def add() -> Figures:
        path = folder / f"{next(number)}.db"
        _fill(path, made)
        return {"mb": path.stat().st_size / 1e6, "articles": len(made)}

    stored = folder / "stored.db"
    _fill(stored, made)
    return [
        Contender("raw executemany, no index", lambda: _bare(made, folder / f"bare-{next(number)}.db")),
        Contender("added in batches, all indexes", add),
        *asking.contenders(stored),
    ]


def _fill(path: Path, items: Iterable[Extraction]) -> None:
    with Archive.open(path, create=True) as archive:
        left = iter(items)
        while batch := list(islice(left, BATCH)):
            archive.add_all(batch)
        archive.settle()


def _bare(made: Sequence[Extraction], path: Path) -> None:
    """The rows of the articles, ready made, through one statement a table; no index is kept and nothing is checked."""
    with sqlite3.connect(path) as database:
        connection.lay_out(database)
        for kind, name in database.execute("SELECT type, name FROM sqlite_master").fetchall():
            if kind == "trigger" or (kind == "index" and not name.startswith("sqlite_")):
                database.execute(f"DROP {kind} {name}")
        rows = [(number, *article_row(item.article)) for number, item in enumerate(made, 1)]
        holes = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO articles (id, {ARTICLE_COLUMNS}) VALUES ({holes})", rows)
        own = Rows(dict.fromkeys(OWN_TABLES, 1))
        for number, item in enumerate(made, 1):
            put_own_rows(own, number, item)
        own.insert(database, OWN_TABLES)
