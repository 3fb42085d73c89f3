"""Articles into the archive, many in one transaction: rows table by table, then the words of all in the search index.

Statements cost what they cost for one row or for a thousand, so a batch is several times as fast as its articles one by
one. What belongs to an article is written with it or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from citecheck.archive import copies, families, search, statements, totals
from citecheck.archive.rows import ARTICLE_COLUMNS, OWN_TABLES, Rows, article_row, next_ids, put_own_rows
from citecheck.errors import ArchiveError
from citecheck.models import Article, Extraction

if TYPE_CHECKING:
    from sqlite_utils import Database


#: Rows from which on it pays to put the triggers of the full-text index aside.
MANY_ROWS = 200
#: What the full-text index has of each table.
_FULL_TEXT = {"articles": "title, text", "quotations": "text, speaker"}


def put_articles(database: Database, path: Path, extractions: Iterable[Extraction]) -> int:
    """Put articles in and return how many of them changed anything. The caller holds the transaction.

    One that is there with the same text is left alone. One with another text keeps its row and loses what it said.
    Raises ArchiveError for characters that cannot be stored.
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
        self._articles: dict[int, Article] = {}
        self._waiting: set[str] = set()

    def put(self, item: Extraction) -> bool:
        article = item.article
        if article.id in self._waiting:
            self.close()
        query = "SELECT id, text, digest FROM articles WHERE article = ?"
        known = self._connection.execute(query, (article.id,)).fetchone()
        if known and article.digest and known["digest"] == article.digest:
            return False
        values = article_row(article)
        "".join(value for value in values if isinstance(value, str)).encode()  # said here, it can name the article
        if known:
            self._forget(known["id"], known["text"])
            columns = dict(zip(ARTICLE_COLUMNS.split(", "), values, strict=True))
            self._database.table("articles").update(known["id"], {**columns, "grouped": 0})
        number = known["id"] if known else self._rows.put("articles", *values)
        put_own_rows(self._rows, number, item)
        self._articles[number] = article
        self._waiting.add(article.id)
        return True

    def close(self) -> None:
        """Insert all rows, link the articles with their copies, and put their words into the search index."""
        many = sum(map(len, self._rows.tables.values())) >= MANY_ROWS
        with full_text_at_once(self._connection, self._rows.first) if many else nullcontext():
            self._rows.insert(self._connection, ("articles", *OWN_TABLES), {"articles": f"id, {ARTICLE_COLUMNS}"})
        new = {table: len(self._rows.tables.get(table, ())) for table in ("articles", "quotations")}
        totals.add(self._connection, **new)
        for number, article in self._articles.items():
            copies.add(self._connection, number, article)
        search.enter(self._connection, [(number, article.text) for number, article in self._articles.items()])
        self._begin()

    def _forget(self, number: int, text: str) -> None:
        """Take out what an article said, and the families that tell of it."""
        search.leave(self._connection, number, text)
        copies.leave(self._connection, number)
        statements.leave(self._connection, number, text)
        families.leave(self._connection, number)
        for table in ("marked", "places", "quotations", "credits", "dates"):
            gone = self._connection.execute(f"DELETE FROM {table} WHERE article = ?", (number,)).rowcount
            if table == "quotations":
                totals.add(self._connection, quotations=-gone)


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
