"""The archive: writing beside the bare statement that writes the same rows, and a draft checked by the search index."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from citecheck import pipeline, search
from citecheck.archive import Archive, connection
from citecheck.archive.intake import BATCH
from citecheck.archive.rows import ARTICLE_COLUMNS, OWN_TABLES, Rows, article_row, put_own_rows
from citecheck.models import Corpus, Extraction

from .corpus import extractions
from .timing import Contender, Figures

SAID = 5
#: Articles up to which a check without the index is run beside the one with it.
MOST_WITHOUT_INDEX = 2_000


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """rows written bare and by `add`, and a draft of 40 quotations against an archive of SIZE quotations"""
    folder = Path(tempfile.mkdtemp())
    made = list(extractions(max(1, size // SAID), seed, SAID))
    number = count()
    stored = folder / "stored.db"

    def add() -> Figures:
        path = stored if not stored.exists() else folder / f"{next(number)}.db"
        with Archive.open(path, create=True) as archive:
            for at in range(0, len(made), BATCH):
                archive.add_all(made[at : at + BATCH])
            archive.settle()
        return {"mb": path.stat().st_size / 1e6, "articles": len(made)}

    draft = Corpus((_copied(made[: 40 // SAID]),))

    def check(large: int) -> Figures:
        keep, search.LARGE = search.LARGE, large
        try:
            with pipeline.searching([stored]) as opened:
                (checked,) = opened.check(draft)
        finally:
            search.LARGE = keep
        return {"confirmed": len(checked.confirmed), "findings": len(checked.findings)}

    found = [
        Contender("raw executemany, no index", lambda: _bare(made, folder / f"bare-{next(number)}.db")),
        Contender("added in batches, all indexes", add),
        Contender("40 quotations by the index", lambda: check(0)),
    ]
    if len(made) <= MOST_WITHOUT_INDEX:
        found.append(Contender("40 quotations, all loaded", lambda: check(10**9)))
    return found


def _copied(items: Sequence[Extraction]) -> Extraction:
    """One draft that holds what some articles hold, under another name."""
    text = ""
    quotations = []
    for item in items:
        shift = len(text)
        for one in item.quotations:
            speaker = one.speaker and replace(one.speaker, start=one.speaker.start + shift, end=one.speaker.end + shift)
            moved = replace(one, start=one.start + shift, end=one.end + shift, speaker=speaker, article="draft")
            quotations.append(moved)
        text += item.article.text
    return Extraction(replace(items[0].article, id="draft", text=text, digest="draft"), tuple(quotations))


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
