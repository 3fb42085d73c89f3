"""Families made again after they changed: the base is chosen, and each rendering compared with it, once a run.

One that only gained renderings is not looked through, where that is sure to come to the same: what is new is compared
with the base and joins the chain, so that a rendering more costs the same in a family of four hundred.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from citecheck.archive.families import GAINED, put_chain, put_drift
from citecheck.archive.members import Member, Members, load
from citecheck.archive.rows import Rows, next_ids
from citecheck.families.chains import chain_of, publisher
from citecheck.families.group import rendered
from citecheck.models import Article, BaseReason, Chain, Corpus, Edge, Rendering, Severity

#: Chooses the base of a family: `(renderings, articles by id) -> (its number, why)`.
Chooser = Callable[[Sequence[Rendering], Mapping[str, Article]], tuple[int, BaseReason]]
#: Families, and renderings of theirs, that are made at a time.
FAMILIES_AT_A_TIME, RENDERINGS_AT_A_TIME = 200, 2_000
_CHAINS = ("edges", "origins")
#: Why a base is one that stays the base unless what is new is better: others may credit a primary document, or no more.
_LASTING = (BaseReason.EARLIEST.value, BaseReason.FULLEST.value)


def stale(connection: sqlite3.Connection) -> list[int]:
    """The rows of the next families that changed; no more than have a bounded number of renderings, one at least."""
    query = """
        SELECT id, (SELECT count(*) FROM renderings WHERE family = families.id)
        FROM families WHERE stale ORDER BY id LIMIT ?
    """
    found: list[int] = []
    room = RENDERINGS_AT_A_TIME
    for family, size in connection.execute(query, (FAMILIES_AT_A_TIME,)):
        room -= size
        if found and room < 0:
            break
        found.append(family)
    return found


def finish(connection: sqlite3.Connection, families: Sequence[int], chosen: Chooser, anew: bool = False) -> None:
    """Make these families again, each with the base that `chosen` gives it. The caller holds the transaction.

    anew: whether all are to be looked through, since the user may have chosen another base.
    """
    drift = Rows(next_ids(connection, ("drift",)))
    done = set() if anew else _enlarge(connection, families, chosen, drift)
    _make([family for family in families if family not in done], connection, chosen, drift)
    drift.insert(connection, ("drift",))


def _make(families: Sequence[int], connection: sqlite3.Connection, chosen: Chooser, drift: Rows) -> None:
    """Look these families through, and put what has changed into the place of what was there."""
    loaded = load(connection, families)
    chains = Rows(dict.fromkeys(_CHAINS, 1))
    for family, members in loaded.of_family.items():
        told = [one.told for one in members]
        base, reason = chosen(told, loaded.articles)
        known = members if members[base].row["base"] else ()
        worst = max((one.row["severity"] or 0 for one in known), default=int(Severity.NONE))
        _put_base(connection, drift, members, base, worst)
        change = "UPDATE families SET reason = ? WHERE id = ?"
        connection.execute(change, (reason.value, family))
        put_chain(chains, family, chain_of(Corpus((), copies=loaded.links), loaded.said, told), loaded.numbers)
    new = Rows(next_ids(connection, _CHAINS))
    for table in _CHAINS:
        query = f"SELECT * FROM {table} WHERE family IN (SELECT value FROM json_each(?))"
        there = {tuple(row)[1:]: row["id"] for row in connection.execute(query, (json.dumps(families),))}
        wanted = [row[1:] for row in chains.tables.get(table, ())]
        gone = sorted((there[row],) for row in there.keys() - wanted)
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", gone)
        for row in wanted:
            if row not in there:
                new.put(table, *row)
    new.insert(connection, _CHAINS)


def _put_base(connection: sqlite3.Connection, drift: Rows, members: Sequence[Member], base: int, worst: int) -> None:
    """Compare the members with their base, but for those that were compared with it before, of which `worst` is the
    worst severity."""
    stays = members[base].row["base"]
    for at, one in enumerate(members):
        if stays and not one.is_new:
            continue
        compared = rendered(members[base].told, one.told) if at != base else None
        score = (compared.score, int(compared.severity)) if compared else (None, None)
        worst = max(worst, score[1] or 0)
        change = "UPDATE renderings SET base = ?, score = ?, severity = ? WHERE id = ?"
        connection.execute(change, (int(at == base), *score, one.row["id"]))
        if not one.is_new:
            connection.execute("DELETE FROM drift WHERE rendering = ?", (one.row["id"],))
        put_drift(drift, one.row["id"], compared)
    change = "UPDATE families SET severity = ?, stale = 0 WHERE id = ?"
    connection.execute(change, (worst, members[0].row["family"]))


# Families that only gained renderings ------------------------------------------------------------------------------


def _enlarge(connection: sqlite3.Connection, families: Sequence[int], chosen: Chooser, drift: Rows) -> set[int]:
    """Finish those of the families whose other renderings need no look, and return them."""
    severities = _lasting(connection, families)
    loaded = load(connection, sorted(severities), fresh=True)
    chains = Rows(next_ids(connection, _CHAINS))
    done: set[int] = set()
    for family, members in loaded.of_family.items():
        worst, why = severities[family]
        base, reason = chosen([one.told for one in members], loaded.articles)
        if not members[base].row["base"] or reason.value != why or _is_primary(connection, family):
            continue
        edges = _joining(connection, family, loaded)
        if edges is not None:
            _put_base(connection, drift, members, base, worst)
            put_chain(chains, family, _more(connection, family, loaded, edges), loaded.numbers)
            done.add(family)
    chains.insert(connection, _CHAINS)
    return done


def _lasting(connection: sqlite3.Connection, families: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The severity of those families, and why their base is the base, that only gained renderings and whose base stays
    the base unless what is new is better; none of them has an article that is a copy."""
    query = """
        SELECT id, severity, reason FROM families
        WHERE id IN (SELECT value FROM json_each(?1)) AND stale = ?2 AND reason IN (?3, ?4) AND NOT EXISTS (
            SELECT 1 FROM renderings JOIN copies ON copies.article = renderings.article
            WHERE renderings.family = families.id
        )
    """
    rows = connection.execute(query, (json.dumps(families), GAINED, *_LASTING))
    return {row["id"]: (row["severity"], row["reason"]) for row in rows}


def _is_primary(connection: sqlite3.Connection, family: int) -> bool:
    """Whether one of the outlets of a family may be credited by another."""
    query = "SELECT DISTINCT sources FROM renderings WHERE family = ? AND sources IS NOT NULL"
    credited = {name for row in connection.execute(query, (family,)) for name in row["sources"].split("; ")}
    query = """
        SELECT 1 FROM renderings JOIN articles ON articles.id = renderings.article
        WHERE renderings.family = ? AND articles.publisher IN (SELECT value FROM json_each(?))
    """
    found = connection.execute(query, (family, json.dumps(sorted(credited)))) if credited else None
    return found is not None and found.fetchone() is not None


def _joining(connection: sqlite3.Connection, family: int, loaded: Members) -> Sequence[Edge] | None:
    """The edges of what is new in a family, in order; None where they may change those of the others: an article tells
    the statement again, or the first time a source is credited that others may have it from as well."""
    new = [one for one in loaded.of_family[family] if one.is_new]
    articles = sorted(one.row["article"] for one in new)
    query = "SELECT count(*) FROM renderings WHERE family = ? AND article IN (SELECT value FROM json_each(?))"
    (there,) = connection.execute(query, (family, json.dumps(articles))).fetchone()
    if there > len(set(articles)):
        return None
    query = "SELECT DISTINCT origin FROM edges WHERE family = ? AND stated"
    credited = {row["origin"] for row in connection.execute(query, (family,))}
    edges = chain_of(Corpus(()), loaded.said, [one.told for one in new], credited).edges
    return edges if all(edge.origin in credited for edge in edges if edge.stated) else None


def _more(connection: sqlite3.Connection, family: int, loaded: Members, edges: Sequence[Edge]) -> Chain:
    """What the chain of a family has more by these edges. An origin that has the words from somebody is none."""
    receivers = {edge.receiver for edge in edges}
    connection.executemany("DELETE FROM origins WHERE family = ? AND name = ?", [(family, one) for one in receivers])
    names = {publisher(loaded.said[one.told.article].article) for one in loaded.of_family[family] if one.is_new}
    query = """
        SELECT EXISTS (SELECT 1 FROM edges WHERE family = ?1 AND receiver = ?2)
            OR EXISTS (SELECT 1 FROM origins WHERE family = ?1 AND name = ?2)
    """
    wanted = sorted(names.union(edge.origin for edge in edges) - receivers)
    origins = [name for name in wanted if not connection.execute(query, (family, name)).fetchone()[0]]
    return Chain(tuple(edges), tuple(origins))
