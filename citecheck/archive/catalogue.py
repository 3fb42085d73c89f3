"""By what a writer may call an article: asked by name, so that a draft which gives its sources costs no more in a large
archive than in a small one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from citecheck.archive.countdown import Done, unwatched
from citecheck.checks.catalogue import MOST_CALLED
from citecheck.models import Listed
from citecheck.text.called import Name, names

#: Articles that `rebuild` names at a time.
AT_A_TIME = 1_000


class Stored:
    """The catalogue of an archive, `checks.Catalogue`, without the articles named in `without`."""

    def __init__(self, connection: sqlite3.Connection, without: Collection[str]) -> None:
        self._connection, self._without = connection, frozenset(without)

    def called(self, kind: Name, asked: Collection[str]) -> Mapping[str, Sequence[Listed]]:
        """As the protocol says."""
        query = """
            SELECT name FROM names WHERE kind = ? AND name IN (SELECT value FROM json_each(?))
            GROUP BY name HAVING count(*) <= ?
        """
        most = MOST_CALLED + len(self._without)
        told = [row[0] for row in self._connection.execute(query, (kind, json.dumps(sorted(asked)), most))]
        query = """
            SELECT names.name, articles.article, title, publisher, url, path
            FROM names JOIN articles ON articles.id = names.article
            WHERE kind = ? AND name IN (SELECT value FROM json_each(?)) ORDER BY articles.id
        """
        found: dict[str, list[Listed]] = {}
        for name, *row in self._connection.execute(query, (kind, json.dumps(told))):
            if row[0] not in self._without:
                found.setdefault(name, []).append(Listed(*row))
        return {name: those for name, those in found.items() if len(those) <= MOST_CALLED}

    def publishers(self) -> Collection[str]:
        """As the protocol says. One step a publisher: an index of millions of rows is not read through."""
        query = """
            WITH RECURSIVE each (publisher) AS (
                SELECT min(publisher) FROM articles
                UNION ALL
                SELECT (SELECT min(publisher) FROM articles WHERE publisher > each.publisher)
                FROM each WHERE publisher IS NOT NULL
            )
            SELECT publisher FROM each WHERE publisher IS NOT NULL
        """
        return [row[0] for row in self._connection.execute(query)]


def enter(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Note by what articles may be called, by their rows, new or changed. The caller holds the transaction."""
    chosen = json.dumps(list(articles))
    connection.execute("DELETE FROM names WHERE article IN (SELECT value FROM json_each(?))", (chosen,))
    query = "SELECT id, article, path, title, url FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    rows = [
        (kind.value, name, number)
        for number, *known in connection.execute(query, (chosen,)).fetchall()
        for kind, name in names(*known)
    ]
    connection.executemany("INSERT INTO names (kind, name, article) VALUES (?, ?, ?)", rows)


def rebuild(connection: sqlite3.Connection, done: Done = unwatched) -> None:
    """Note it of all articles anew. The caller holds the transaction."""
    connection.execute("DELETE FROM names")
    numbers = [row[0] for row in connection.execute("SELECT id FROM articles ORDER BY id")]
    for at in range(0, len(numbers), AT_A_TIME):
        enter(connection, numbers[at : at + AT_A_TIME])
        done(len(numbers[at : at + AT_A_TIME]))


def disagreements(connection: sqlite3.Connection) -> Iterator[str]:
    """Articles that would not be found by their names: a sentence for each, in order."""
    known: dict[int, set[tuple[str, str]]] = {}
    for kind, name, number in connection.execute("SELECT kind, name, article FROM names"):
        known.setdefault(number, set()).add((kind, name))
    for number, *row in connection.execute("SELECT id, article, path, title, url FROM articles ORDER BY id"):
        if known.get(number, set()) != {(kind.value, name) for kind, name in names(*row)}:
            yield f"{row[0]} would not be found by its address, file or title"
