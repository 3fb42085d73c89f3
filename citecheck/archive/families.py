"""Families, their renderings, drift and chains, as rows: put in the place of all, or grown one by one.

A family that gains or loses a rendering is stale until its base is chosen again and what is new is compared.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from citecheck.archive.rows import Row, Rows
from citecheck.errors import ArchiveError
from citecheck.families.group import family_id, without_overlaps
from citecheck.models import BaseReason, Chain, Comparison, Family, Rendering, make_id

#: In the order in which they can be filled.
_TABLES = ("families", "renderings", "drift", "edges", "origins")
#: Why a family is stale: it may have changed in any way, or it gained renderings and nothing else.
CHANGED, GAINED = 1, 2


class Member(NamedTuple):
    """A rendering that belongs to a family: the row of its article, the number of its statement (None: a clause that is
    none), and the row of the family that it stands in already."""

    article: int
    rendering: Rendering
    statement: int | None
    family: int | None


def replace_families(connection: sqlite3.Connection, families: Sequence[Family]) -> None:
    """Put `families` in the place of all that are there; one that tells of what an earlier one told keeps its id.

    Raises ArchiveError where one names an unknown article.
    """
    articles = dict(connection.execute("SELECT article, id FROM articles").fetchall())
    quotations = {
        (article, record): number
        for number, article, record in connection.execute("SELECT id, article, record FROM quotations")
    }
    families = _keeping_ids(connection, families)
    for table in reversed(_TABLES):
        connection.execute(f"DELETE FROM {table}")
    rows = Rows(dict.fromkeys(_TABLES, 1))
    for family in families:
        try:
            _put_family(rows, family, articles, quotations)
        except KeyError as error:
            raise ArchiveError(f"family {family.id} tells of {error.args[0]}, which is not in the archive") from None
    rows.insert(connection, _TABLES)
    connection.execute("UPDATE articles SET grouped = 1 WHERE NOT grouped")


def _keeping_ids(connection: sqlite3.Connection, families: Sequence[Family]) -> list[Family]:
    """Each family under the id that the first of its renderings had in a family before."""
    query = """
        SELECT articles.article, renderings.start, renderings."end", families.family FROM renderings
        JOIN articles ON articles.id = renderings.article JOIN families ON families.id = renderings.family
    """
    known = {tuple(row)[:3]: row[3] for row in connection.execute(query)}
    taken = {family.id for family in families}
    found = []
    for family in families:
        had = (known.get((one.article, one.start, one.end)) for one in family.renderings)
        id_ = next((name for name in had if name and (name == family.id or name not in taken)), family.id)
        taken.add(id_)
        found.append(replace(family, id=id_))
    return found


def join(connection: sqlite3.Connection, groups: Iterable[Sequence[Member]]) -> None:
    """Let the members of each group stand in one family: the oldest that any of them stands in, else a new one. What
    changes is stale. The caller holds the transaction."""
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM renderings").fetchone()
    for group in groups:
        families = sorted({one.family for one in group if one.family is not None})
        added = [one for one in group if one.family is None]
        if families:
            added = [one for one in added if not _overlaps(connection, families, one)]
        kept = without_overlaps(range(len(added)), [one.rendering for one in added])
        added = [added[at] for at in kept]
        if len(families) + len(added) < 2:
            continue
        family = families[0] if families else _found(connection, added)
        _merge(connection, family, families[1:])
        for one in added:
            number += 1
            _put_rendering(connection, number, family, one)
        gained = GAINED if len(families) == 1 else CHANGED
        change = "UPDATE families SET stale = CASE stale WHEN ?1 THEN stale ELSE ?2 END WHERE id = ?3"
        connection.execute(change, (CHANGED, gained, family))


def _overlaps(connection: sqlite3.Connection, families: Sequence[int], one: Member) -> bool:
    query = 'SELECT 1 FROM renderings WHERE article = ? AND start < ? AND "end" > ? AND family = ?'
    place = (one.article, one.rendering.end, one.rendering.start)
    return any(connection.execute(query, (*place, family)).fetchone() for family in families)


def _found(connection: sqlite3.Connection, members: Sequence[Member]) -> int:
    """A new family, stale, under the smallest id that its renderings give and no other family has."""
    ids = sorted(family_id(one.rendering) for one in members)
    taken = "SELECT 1 FROM families WHERE family = ?"
    free = next((id_ for id_ in ids if not connection.execute(taken, (id_,)).fetchone()), make_id(*ids))
    statement = "INSERT INTO families (family, reason, severity) VALUES (?, ?, 0)"
    return int(connection.execute(statement, (free, BaseReason.FULLEST.value)).lastrowid or 0)


def _merge(connection: sqlite3.Connection, family: int, others: Sequence[int]) -> None:
    """Let the renderings of the others stand in this family, where they have another base."""
    for other in others:
        change = "UPDATE renderings SET family = ?, base = 0, score = NULL, severity = NULL WHERE family = ?"
        gone = "DELETE FROM drift WHERE rendering IN (SELECT id FROM renderings WHERE family = ?)"
        connection.execute(gone, (other,))
        connection.execute(change, (family, other))
        connection.execute("UPDATE statements SET family = ? WHERE family = ?", (family, other))
        connection.execute("DELETE FROM families WHERE id = ?", (other,))


def _put_rendering(connection: sqlite3.Connection, number: int, family: int, one: Member) -> None:
    quotation = None
    if one.rendering.quotation:
        query = "SELECT id FROM quotations WHERE article = ? AND record = ?"
        (quotation,) = connection.execute(query, (one.article, one.rendering.quotation)).fetchone()
    row = (number, family, one.article, quotation, 0, *_rendering_columns(one.rendering), None, None)
    connection.execute(f"INSERT INTO renderings VALUES ({', '.join('?' * len(row))})", row)
    if one.statement is not None:
        connection.execute("UPDATE statements SET family = ? WHERE id = ?", (family, one.statement))


def leave(connection: sqlite3.Connection, article: int) -> None:
    """Take the renderings of an article out of their families. One of which less than two are left goes as well."""
    query = "SELECT DISTINCT family FROM renderings WHERE article = ?"
    families = [row[0] for row in connection.execute(query, (article,))]
    connection.execute("DELETE FROM renderings WHERE article = ?", (article,))
    connection.execute("DELETE FROM edges WHERE article = ?", (article,))
    for family in families:
        (left,) = connection.execute("SELECT count(*) FROM renderings WHERE family = ?", (family,)).fetchone()
        change = f"UPDATE families SET stale = {CHANGED}" if left > 1 else "DELETE FROM families"
        connection.execute(f"{change} WHERE id = ?", (family,))


def _put_family(
    rows: Rows, family: Family, articles: Mapping[str, int], quotations: Mapping[tuple[int, str], int]
) -> None:
    number = rows.put("families", family.id, family.reason.value, int(family.severity), 0)
    for index, (rendering, comparison) in enumerate(zip(family.renderings, family.comparisons, strict=True)):
        article = articles[rendering.article]
        placed = rows.put(
            "renderings",
            number,
            article,
            quotations.get((article, rendering.quotation)) if rendering.quotation else None,
            int(index == family.base),
            *_rendering_columns(rendering),
            *((comparison.score, int(comparison.severity)) if comparison else (None, None)),
        )
        put_drift(rows, placed, comparison)
    put_chain(rows, number, family.chain, articles)


def put_chain(rows: Rows, family: int, chain: Chain, articles: Mapping[str, int]) -> None:
    """Put the chain of the family of row `family` into `rows`; articles: the row of each by id."""
    for edge in chain.edges:
        relation = edge.relation.value if edge.relation else None
        place = (articles[edge.article], edge.start, edge.end, edge.text)
        rows.put("edges", family, edge.origin, edge.receiver, relation, int(edge.stated), *place)
    for name in chain.origins:
        rows.put("origins", family, name)


def _rendering_columns(rendering: Rendering) -> Row:
    return (
        rendering.kind.value,
        rendering.start,
        rendering.end,
        rendering.text,
        rendering.speaker.name if rendering.speaker else None,
        "; ".join(dict.fromkeys(credit.name for credit in rendering.sources)) or None,
    )


def put_drift(rows: Rows, rendering: int, comparison: Comparison | None) -> None:
    """Put the differences of the rendering of row `rendering` into `rows`."""
    for drift in comparison.drift if comparison else ():
        spans = (*(drift.a or (None, None)), *(drift.b or (None, None)))
        rows.put("drift", rendering, drift.label.value, int(drift.severity), *spans, drift.note)
