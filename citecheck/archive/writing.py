"""Articles into the archive, many in one transaction: rows table by table, then the words of all in the search index.

Statements cost what they cost for one row or for a thousand, so a batch is several times as fast as its articles one by
one. What belongs to an article is written with it or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from citecheck.archive import catalogue, copies, families, history, search, statements, totals
from citecheck.archive.rows import (
    ARTICLE_COLUMNS,
    OWN_TABLES,
    Rows,
    article_row,
    extractions,
    next_ids,
    put_own_rows,
)
from citecheck.errors import ArchiveError
from citecheck.models import Article, Extraction
from citecheck.version import EXTRACTOR

if TYPE_CHECKING:
    from sqlite_utils import Database


#: Rows from which on it pays to put the triggers of the full-text index aside.
MANY_ROWS = 200
#: What the full-text index has of each table.
_FULL_TEXT = {"articles": "title, text", "quotations": "text, speaker"}


def put_articles(database: Database, path: Path, extractions: Iterable[Extraction]) -> int:
    """Put articles in and return how many of them changed anything. The caller holds the transaction.

    A text that is there already is left alone, but for what an older program extracted; the newest text of an id whose
    place it takes is kept as an earlier one. Raises ArchiveError for characters that cannot be stored.
    """
    writer = _Writer(database)
    changed = 0
    for item in extractions:
        with _encodable(path, item.article.id):
            changed += writer.put(item)
    writer.close()
    return changed


class _Writer:
    """The rows of a batch until they are inserted together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: sqlite3.Connection = database.conn
        self._begin()

    def _begin(self) -> None:
        self._rows = Rows(next_ids(self._connection, ("articles", *OWN_TABLES)))
        self._new: dict[int, Article] = {}
        self._unlinked: dict[int, Article] = {}
        self._waiting: set[str] = set()

    def put(self, item: Extraction) -> bool:
        article = item.article
        if article.name in self._waiting:
            self.close()
        known = history.same(history.texts(self._connection, article.name), article)
        values = article_row(article)
        "".join(value for value in values if isinstance(value, str)).encode()  # said here, it can name the article
        if known is None:
            history.make_way(self._connection, article.name, self._waiting)
            number = self._rows.put("articles", *values)
            put_own_rows(self._rows, number, item)
            self._new[number] = self._unlinked[number] = article
            self._waiting.add(article.name)
            return True
        outdated = known["extractor"] != EXTRACTOR
        if outdated:
            self._renew(known, item)
        if known["earlier_of"] is None or article.earlier is not None:
            return bool(outdated)
        self.close()
        return history.bring_back(self._connection, article.name, known["digest"])

    def close(self) -> None:
        """Insert all rows, link the articles with their copies, and put their words into the search index."""
        many = sum(map(len, self._rows.tables.values())) >= MANY_ROWS
        with full_text_at_once(self._connection, self._rows.first) if many else nullcontext():
            self._rows.insert(self._connection, ("articles", *OWN_TABLES), {"articles": f"id, {ARTICLE_COLUMNS}"})
        new = {table: len(self._rows.tables.get(table, ())) for table in ("articles", "quotations")}
        totals.add(self._connection, **new)
        catalogue.enter(self._connection, self._new)
        for number, article in self._unlinked.items():
            copies.add(self._connection, number, article)
        search.enter(self._connection, [(number, article.text) for number, article in self._new.items()])
        self._begin()

    def _renew(self, known: sqlite3.Row, item: Extraction) -> None:
        """Put what was extracted anew from a text in the place of what was found in it before."""
        number = known["id"]
        self._waiting.add(item.article.name)
        columns = dict(zip(ARTICLE_COLUMNS.split(", "), article_row(item.article), strict=True))
        columns |= {"article": known["article"]}
        before = next(extractions(self._connection, [number]))
        item = history.with_records(item, history.suffix(known))
        if not _says_more(item, before):
            columns = {"extractor": EXTRACTOR}
        else:
            copies.leave(self._connection, number)
            self._unlinked[number] = item.article
            statements.leave(self._connection, number, item.article.text)
            families.leave(self._connection, number)
            self._forget(number)
            put_own_rows(self._rows, number, item)
            columns |= {"grouped": 0}
        self._database.table("articles").update(number, columns)
        catalogue.enter(self._connection, [number])

    def _forget(self, number: int) -> None:
        """Take out what an article said."""
        for table in ("marked", "places", "quotations", "credits", "dates"):
            gone = self._connection.execute(f"DELETE FROM {table} WHERE article = ?", (number,)).rowcount
            if table == "quotations":
                totals.add(self._connection, quotations=-gone)


def _says_more(item: Extraction, before: Extraction) -> bool:
    """Whether an extraction, or what the reader tells of its article, is another one than what is stored."""
    article = replace(before.article, id=item.article.id, earlier=item.article.earlier)
    article = replace(article, notes=item.article.notes, markup=item.article.markup)  # which no archive keeps
    records = tuple(replace(one, article=article.id) for one in before.quotations)
    there = tuple(replace(one, article=article.id) for one in item.quotations)
    return (item.article, there, item.credits) != (article, records, before.credits)


@contextmanager
def full_text_at_once(connection: sqlite3.Connection, first: Mapping[str, int]) -> Iterator[None]:
    """Index the rows that are inserted inside, from the ids `first` on, in one pass at the end.

    A trigger has FTS5 write what it gathered for each row, which costs four times as much. Nobody else sees a table
    without its triggers: the caller holds the transaction.
    """
    triggers = {}
    for table in _FULL_TEXT:
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
        (triggers[table],) = connection.execute(query, (f"{table}_inserted",)).fetchone()
        connection.execute(f"DROP TRIGGER {table}_inserted")
    yield
    for table, columns in _FULL_TEXT.items():
        rows = f"SELECT id, {columns} FROM {table} WHERE id >= ?"
        connection.execute(f"INSERT INTO {table}_fts (rowid, {columns}) {rows}", (first[table],))
        connection.execute(triggers[table])


@contextmanager
def _encodable(path: Path, article: str) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise ArchiveError(
            f"{path}: {article} holds characters that no encoding can carry (lone surrogates)"
        ) from error
