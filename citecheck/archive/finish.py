"""Families made again after they changed: the base is chosen, and each rendering compared with it, once a run."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby

from citecheck.archive.copies import copies
from citecheck.archive.families import put_chain, put_drift
from citecheck.archive.rows import Rows, article_of, listed_credits, next_ids, quotations
from citecheck.families.chains import chain_of
from citecheck.families.group import rendered
from citecheck.matching.dated import dated_clauses
from citecheck.matching.statements import sentence_rendering
from citecheck.models import Article, BaseReason, Corpus, Extraction, Kind, Quotation, Rendering, Severity

#: Chooses the base of a family: `(renderings, articles by id) -> (its number, why)`.
Chooser = Callable[[Sequence[Rendering], Mapping[str, Article]], tuple[int, BaseReason]]
#: Families, and renderings of theirs, that are made at a time.
FAMILIES_AT_A_TIME, RENDERINGS_AT_A_TIME = 200, 2_000
_TABLES = ("drift", "edges", "origins")


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


def finish(connection: sqlite3.Connection, families: Sequence[int], chosen: Chooser) -> None:
    """Make these families again, each with the base that `chosen` gives it. The caller holds the transaction."""
    query = """
        SELECT renderings.*, articles.article AS name, (
            SELECT statements.id FROM statements
            WHERE statements.family = renderings.family AND statements.article = renderings.article
                AND statements.start = renderings.start
        ) AS statement
        FROM renderings JOIN articles ON articles.id = renderings.article
        WHERE renderings.family IN (SELECT value FROM json_each(?))
        ORDER BY renderings.family, articles.article, renderings.start, renderings."end", renderings.kind
    """
    rows = connection.execute(query, (json.dumps(families),)).fetchall()
    numbers = {row["name"]: row["article"] for row in rows}
    links = copies(connection, sorted(numbers.values()))
    said = _said(connection, {*numbers, *(link.of for link in links.values())})
    articles = {name: item.article for name, item in said.items()}
    records = quotations(connection, {row["quotation"] for row in rows if row["quotation"]})
    new = Rows(next_ids(connection, _TABLES))
    for table in ("edges", "origins"):
        connection.executemany(f"DELETE FROM {table} WHERE family = ?", [(family,) for family in families])
    for family, group in groupby(rows, key=lambda row: int(row["family"])):
        members = list(group)
        told = [_rendering(row, said[row["name"]], records) for row in members]
        _put_base(connection, new, members, told, chosen(told, articles))
        put_chain(new, family, chain_of(Corpus((), copies=links), said, told), numbers)
    new.insert(connection, _TABLES)


def _said(connection: sqlite3.Connection, names: Collection[str]) -> dict[str, Extraction]:
    """These articles by id, with the sources that they mention: what a family asks of them."""
    query = "SELECT * FROM articles WHERE article IN (SELECT value FROM json_each(?))"
    rows = connection.execute(query, (json.dumps(sorted(names)),)).fetchall()
    listed = listed_credits(connection, [row["id"] for row in rows])
    return {row["article"]: Extraction(article_of(row), credits=listed.get(row["id"], ())) for row in rows}


def _rendering(row: sqlite3.Row, item: Extraction, records: Mapping[int, Quotation]) -> Rendering:
    span = (row["start"], row["end"])
    if row["quotation"]:
        one = records[row["quotation"]]
        return Rendering(
            item.article.id, Kind(row["kind"]), *span, one.text, one.id, one.speaker, one.sources, one.when
        )
    if row["statement"] is None:
        clauses = [clause for clause in dated_clauses(item) if (clause.start, clause.end) == span]
        if clauses:
            return clauses[0]
    return sentence_rendering(item, span)


def _put_base(
    connection: sqlite3.Connection,
    new: Rows,
    members: Sequence[sqlite3.Row],
    told: Sequence[Rendering],
    choice: tuple[int, BaseReason],
) -> None:
    """Compare the renderings with their base: those that were compared with it before are left as they are."""
    base, reason = choice
    known = {row["id"]: row["severity"] for row in members if members[base]["base"] and row["score"] is not None}
    worst = max(known.values(), default=int(Severity.NONE))
    for at, (row, one) in enumerate(zip(members, told, strict=True)):
        if row["id"] in known:
            continue
        compared = rendered(told[base], one) if at != base else None
        score = (compared.score, int(compared.severity)) if compared else (None, None)
        worst = max(worst, score[1] or 0)
        change = "UPDATE renderings SET base = ?, score = ?, severity = ? WHERE id = ?"
        connection.execute(change, (int(at == base), *score, row["id"]))
        connection.execute("DELETE FROM drift WHERE rendering = ?", (row["id"],))
        put_drift(new, row["id"], compared)
    change = "UPDATE families SET reason = ?, severity = ?, stale = 0 WHERE id = ?"
    connection.execute(change, (reason.value, worst, members[0]["family"]))
