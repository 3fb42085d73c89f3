"""The texts that one id had: the newest has the id, each earlier one an id made of it and of its own digest.

    statement.txt             the newest
    statement.txt@3f9a1c7e    what it said before

A text whose place is taken keeps its row, and all that was found in it; only names change. The records of its
quotations end in the same sign and digits, so that no two articles of the archive share one.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from citecheck.archive import catalogue, copies
from citecheck.archive.rows import article_of
from citecheck.models import Article, Extraction, SourceCredit
from citecheck.version import EXTRACTOR

#: Digits of the digest in an id; more only where another article has that id.
_DIGITS = 8


class State(StrEnum):
    """What an archive has of a text under an id."""

    NEWEST = "newest"
    OUTDATED = "outdated"  # the newest, extracted by an older program
    EARLIER = "earlier"


def texts(connection: sqlite3.Connection, name: str) -> list[sqlite3.Row]:
    """The rows of all texts that the id `name` had, the newest last."""
    query = """
        SELECT id, article, text, digest, extractor, earlier_of, earlier_number FROM articles
        WHERE earlier_of = ?1 OR (article = ?1 AND earlier_of IS NULL)
        ORDER BY earlier_number IS NULL, earlier_number
    """
    return connection.execute(query, (name,)).fetchall()


def state(connection: sqlite3.Connection, name: str, digest: str) -> State | None:
    """What there is of the text with this digest under the id `name`; None where it is unknown."""
    query = """
        SELECT earlier_of, extractor FROM articles
        WHERE digest = ?2 AND (earlier_of = ?1 OR (article = ?1 AND earlier_of IS NULL))
    """
    row = connection.execute(query, (name, digest)).fetchone()
    if row is None:
        return None
    if row["earlier_of"]:
        return State.EARLIER
    return State.NEWEST if row["extractor"] == EXTRACTOR else State.OUTDATED


def same(known: Sequence[sqlite3.Row], article: Article) -> sqlite3.Row | None:
    """The row among `texts` that has the text of `article`."""
    found = (row for row in known if row["digest"] == article.digest)
    return next((row for row in found if article.digest or row["text"] == article.text), None)


def make_way(connection: sqlite3.Connection, name: str, taken: Collection[str] = ()) -> None:
    """See that no article has the id `name`: the newest text of it becomes an earlier one, and an earlier text of
    another id, which bears it by chance, gets a longer one. The caller holds the transaction.

    taken: ids of articles that are not written yet.
    """
    row = connection.execute("SELECT * FROM articles WHERE article = ?", (name,)).fetchone()
    if row is None:
        return
    of, number = row["earlier_of"] or name, row["earlier_number"]
    if number is None:
        query = "SELECT coalesce(max(earlier_number), 0) + 1 FROM articles WHERE earlier_of = ?"
        (number,) = connection.execute(query, (name,)).fetchone()
    free = next(
        id_
        for id_ in _names(of, row["digest"] or hashlib.sha256(row["text"].encode()).hexdigest())
        if id_ not in taken and not connection.execute("SELECT 1 FROM articles WHERE article = ?", (id_,)).fetchone()
    )
    _rename(connection, row, free, of, number)


def _names(name: str, digest: str) -> Iterator[str]:
    """Ids for an earlier text of `name`, the shortest first."""
    yield f"{name}@{digest[:_DIGITS]}"
    yield f"{name}@{digest}"
    number = 1
    while True:
        number += 1
        yield f"{name}@{digest}.{number}"


def bring_back(connection: sqlite3.Connection, name: str, digest: str) -> bool:
    """Make the earlier text of `name` with this digest the newest again; whether there is one. The one that was the
    newest becomes an earlier text. The caller holds the transaction."""
    known = texts(connection, name)
    back = next((row for row in known if row["digest"] == digest and row["earlier_of"]), None)
    if back is None:
        return False
    for row in known:  # they stand in another order from now on, and so may all that is linked to them
        copies.leave(connection, row["id"])
    connection.execute("UPDATE articles SET earlier_number = NULL WHERE id = ?", (back["id"],))
    make_way(connection, name)
    _rename(connection, back, name, None, None)
    for row in texts(connection, name):
        article = connection.execute("SELECT * FROM articles WHERE id = ?", (row["id"],)).fetchone()
        copies.add(connection, row["id"], article_of(article))
    return True


def suffix(row: sqlite3.Row) -> str:
    """What the id of a text, and those of its quotations, have behind those that they had as the newest."""
    return row["article"][len(row["earlier_of"]) :] if row["earlier_of"] else ""


def _rename(connection: sqlite3.Connection, row: sqlite3.Row, id_: str, of: str | None, number: int | None) -> None:
    """Give a text another id, its quotations other records, and its families a turn to be made again."""
    less, more = len(suffix(row)), id_[len(of) :] if of else ""
    change = "UPDATE articles SET article = ?, earlier_of = ?, earlier_number = ? WHERE id = ?"
    connection.execute(change, (id_, of, number, row["id"]))
    catalogue.enter(connection, [row["id"]])
    for table, columns in (("quotations", ("record", "parent", '"group"')), ("credits", ("quotation",))):
        renamed = ", ".join(f"{one} = substr({one}, 1, length({one}) - ?1) || ?2" for one in columns)
        connection.execute(f"UPDATE {table} SET {renamed} WHERE article = ?3", (less, more, row["id"]))
    theirs = "SELECT family FROM renderings WHERE article = ?"
    connection.execute(f"UPDATE families SET stale = 1 WHERE id IN ({theirs})", (row["id"],))


def with_records(item: Extraction, more: str) -> Extraction:
    """`item` with `more` behind the ids of its records, as an earlier text has them."""

    def credited(credit: SourceCredit) -> SourceCredit:
        return replace(credit, quotation=credit.quotation and credit.quotation + more)

    return Extraction(
        item.article,
        tuple(
            replace(
                one,
                id=one.id + more,
                parent=one.parent and one.parent + more,
                group=one.group and one.group + more,
                sources=tuple(map(credited, one.sources)),
            )
            for one in item.quotations
        ),
        tuple(map(credited, item.credits)),
    )
