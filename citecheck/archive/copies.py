"""Copies and versions in the archive: kept up to date with each article, in the transaction that adds it.

Each article leaves its sketch, 24 rows of a number. One that is added is compared with the few that share most of it;
so its cost does not grow with the archive, and a run that was killed ends as one that was not.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from citecheck.archive import totals
from citecheck.archive.countdown import Done, unwatched
from citecheck.archive.rows import article_of, earlier_of
from citecheck.copies import (
    MOST_LOOKED_AT,
    Facts,
    Link,
    body,
    enter,
    link_anew,
    page,
    shingles,
    sketch,
)
from citecheck.models import Again, Article, Copied

#: The texts whose place others took under the id that `one` has, or had.
_EARLIER = "articles AS earlier WHERE earlier.earlier_of = coalesce(one.earlier_of, one.article)"
_FACTS = f"""
    SELECT one.id, one.article, one.publisher, one.published, one.modified, one.url, one.digest, one.earlier_of,
        one.earlier_number, eldest.id AS eldest,
        eldest.published AS eldest_published, eldest.modified AS eldest_modified
    FROM articles AS one LEFT JOIN articles AS eldest ON eldest.id = (
        SELECT id FROM {_EARLIER} ORDER BY earlier_number LIMIT 1
    )
    WHERE one.id IN (SELECT value FROM json_each(?)) ORDER BY one.id
"""
#: For each shingle of a sketch the first articles that have it.
_SHARED = """
    SELECT (
        SELECT group_concat(article) FROM (
            SELECT article FROM shingles WHERE shingle = sketch.value AND article != ?2 ORDER BY article LIMIT ?3
        )
    ) FROM json_each(?1) AS sketch
"""
#: Shingles that are kept, of all texts together: some thirty megabytes.
MOST_KEPT = 300_000


def add(connection: sqlite3.Connection, number: int, article: Article) -> None:
    """Link the article of row `number`, which is new or has another text. The caller holds the transaction."""
    shelf, found = _Table(connection), _SHINGLED.of(body(article))
    facts = shelf.facts([number])[number]
    rows = [(shingle, number) for shingle in sketch(found)]
    connection.executemany("INSERT INTO shingles (shingle, article) VALUES (?, ?)", rows)
    if facts.page:
        connection.execute("INSERT INTO pages (article, page) VALUES (?, ?)", (number, facts.page))
    enter(shelf, number, facts, found)


def leave(connection: sqlite3.Connection, number: int) -> None:
    """Take an article out; those that were linked to it are linked anew, before its row gets another text."""
    followers = connection.execute("SELECT article FROM copies WHERE other = ? ORDER BY article", (number,)).fetchall()
    for table in ("shingles", "pages"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (number,))
    connection.execute("DELETE FROM copies WHERE ?1 IN (article, other)", (number,))
    shelf = _Table(connection)
    for (follower,) in followers:
        link_anew(shelf, follower)


def rebuild(connection: sqlite3.Connection, done: Done = unwatched) -> None:
    """Link all articles anew. The caller holds the transaction."""
    for table in ("copies", "shingles", "pages"):
        connection.execute(f"DELETE FROM {table}")
    for (number,) in connection.execute("SELECT id FROM articles ORDER BY id").fetchall():
        row = connection.execute("SELECT * FROM articles WHERE id = ?", (number,)).fetchone()
        add(connection, number, article_of(row))
        done(1)


def renew_pages(connection: sqlite3.Connection, done: Done) -> None:
    """Name all pages by their addresses as it is done today, and link anew the articles whose page has another name.
    The caller holds the transaction."""
    for number, known, found in _pages(connection):
        if known != found:
            leave(connection, number)
            row = connection.execute("SELECT * FROM articles WHERE id = ?", (number,)).fetchone()
            add(connection, number, article_of(row))
        done(1)


def _pages(connection: sqlite3.Connection) -> Iterator[tuple[int, str | None, str | None]]:
    """Each article with the page that is stored, and the one that its address names."""
    query = "SELECT id, page, url FROM articles LEFT JOIN pages ON pages.article = articles.id ORDER BY id"
    for number, known, url in connection.execute(query).fetchall():
        yield number, known, page(url)


def copies(connection: sqlite3.Connection, articles: Sequence[int] | None = None) -> dict[str, Copied]:
    """The links of all articles, or of those of the rows `articles` with all that these lead to, by article id."""
    chosen = "" if articles is None else "WHERE article IN (SELECT article FROM led)"
    query = f"""
        WITH RECURSIVE led (article) AS (
            SELECT value FROM json_each(?) UNION SELECT other FROM copies JOIN led ON led.article = copies.article
        )
        SELECT one.article, kind, other.article, contained, ordered
        FROM (SELECT * FROM copies {chosen}) AS copies
        JOIN articles AS one ON one.id = copies.article JOIN articles AS other ON other.id = copies.other
        ORDER BY copies.article
    """
    rows = connection.execute(query, (json.dumps(list(articles or ())),)).fetchall()
    return {row[0]: Copied(row[0], Again(row[1]), row[2], row[3], bool(row[4])) for row in rows}


def distinct(connection: sqlite3.Connection, without: Iterable[int] = ()) -> int:
    """How many articles there are but for the rows `without`, copies and versions counted once."""
    out = set(without)
    family = """
        WITH RECURSIVE up (article) AS (
            SELECT ?1 UNION SELECT other FROM copies JOIN up ON up.article = copies.article
        ), down (article) AS (
            SELECT * FROM up UNION SELECT copies.article FROM copies JOIN down ON copies.other = down.article
        )
        SELECT article FROM down ORDER BY article
    """
    gone: set[int] = set()
    for number in sorted(out):
        texts = {row[0] for row in connection.execute(family, (number,))}
        if texts <= out:
            gone.add(min(texts))
    (again,) = connection.execute("SELECT count(*) FROM copies").fetchone()
    return totals.read(connection).articles - int(again) - len(gone)


def disagreements(connection: sqlite3.Connection) -> Iterator[str]:
    """Sketches or pages that are not those of the articles: a sentence for each article, in order."""
    strange = {number for number, known, found in _pages(connection) if known != found}
    sketches: dict[int, list[int]] = {}
    for number, shingle in connection.execute("SELECT article, shingle FROM shingles ORDER BY article, shingle"):
        sketches.setdefault(number, []).append(shingle)
    for row in connection.execute("SELECT * FROM articles ORDER BY id"):
        if sketches.get(row["id"], []) != sketch(shingles(body(article_of(row)))):
            yield f"the copies of {row['article']} were looked for with another text"
        elif row["id"] in strange:
            yield f"the copies of {row['article']} were looked for with another address"


def _facts(row: sqlite3.Row) -> Facts:
    known = {name: row[name] for name in ("publisher", "published", "modified", "url", "digest")}
    eldest = Article("", "", published=row["eldest_published"], modified=row["eldest_modified"])
    return Facts.of(Article(row["article"], "", earlier=earlier_of(row), **known), eldest if row["eldest"] else None)


class _Shingled:
    """The shingles of the texts that were asked for last: what is news today is told again today."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[int]] = {}
        self._size = 0

    def of(self, text: str) -> frozenset[int]:
        found = self._known.pop(text, None)
        if found is None:
            found = shingles(text)
            self._size += len(found)
        self._known[text] = found  # the last now
        while self._size > MOST_KEPT:
            self._size -= len(self._known.pop(next(iter(self._known))))
        return found


_SHINGLED = _Shingled()


class _Table:
    """The archive as a shelf of articles by row."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def shared(self, number: int, sketch: Sequence[int]) -> Mapping[int, int]:
        shared = Counter[str]()
        for (others,) in self._connection.execute(_SHARED, (json.dumps(sketch), number, MOST_LOOKED_AT)):
            shared.update(others.split(",") if others else ())
        return {int(other): count for other, count in shared.items()}

    def sketches(self, numbers: Iterable[int]) -> Mapping[int, Sequence[int]]:
        asked = json.dumps(list(numbers))
        query = """
            SELECT article, group_concat(shingle) FROM shingles WHERE article IN (SELECT value FROM json_each(?))
            GROUP BY article
        """
        return {row[0]: sorted(map(int, row[1].split(","))) for row in self._connection.execute(query, (asked,))}

    def on_page(self, number: int, page: str | None) -> Iterable[int]:
        query = "SELECT article FROM pages WHERE page = ? AND article != ? ORDER BY article LIMIT ?"
        return [row[0] for row in self._connection.execute(query, (page, number, MOST_LOOKED_AT))]

    def facts(self, numbers: Iterable[int]) -> Mapping[int, Facts]:
        return {row["id"]: _facts(row) for row in self._connection.execute(_FACTS, (json.dumps(sorted(numbers)),))}

    def shingles(self, number: int) -> frozenset[int]:
        query = "SELECT text, body_start, body_end FROM articles WHERE id = ?"
        text, start, end = self._connection.execute(query, (number,)).fetchone()
        return _SHINGLED.of(text[start:end])

    def before(self, number: int) -> int | None:
        query = f"""
            SELECT earlier.id FROM articles AS one JOIN {_EARLIER}
                AND earlier.earlier_number < coalesce(one.earlier_number, {sys.maxsize}) AND one.id = ?
            ORDER BY earlier.earlier_number DESC LIMIT 1
        """
        row = self._connection.execute(query, (number,)).fetchone()
        return row[0] if row else None

    def link(self, number: int) -> Link | None:
        query = "SELECT kind, other, contained, ordered, shared FROM copies WHERE article = ?"
        row = self._connection.execute(query, (number,)).fetchone()
        return Link(Again(row[0]), row[1], row[2], bool(row[3]), row[4]) if row else None

    def put(self, number: int, link: Link | None) -> None:
        self._connection.execute("DELETE FROM copies WHERE article = ?", (number,))
        if link:
            row = (number, link.kind.value, link.other, link.contained, int(link.ordered), link.shared)
            self._connection.execute("INSERT INTO copies VALUES (?, ?, ?, ?, ?, ?)", row)
