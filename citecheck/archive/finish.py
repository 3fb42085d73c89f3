"""Families made again after they changed: the base is chosen, and each rendering compared with it, once a run."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby

from citecheck.archive.copies import copies
from citecheck.archive.families import put_chain, put_drift
from citecheck.archive.rows import Rows, article_of, listed_credits, next_ids, quotations, speaker_of
from citecheck.families.chains import chain_of
from citecheck.families.group import rendered
from citecheck.matching.dated import dated_clauses
from citecheck.matching.statements import sentence_rendering
from citecheck.models import Article, BaseReason, Corpus, Extraction, Kind, Quotation, Rendering, Severity

#: Chooses the base of a family: `(renderings, articles by id) -> (its number, why)`.
Chooser = Callable[[Sequence[Rendering], Mapping[str, Article]], tuple[int, BaseReason]]
#: Families, and renderings of theirs, that are made at a time.
FAMILIES_AT_A_TIME, RENDERINGS_AT_A_TIME = 200, 2_000
_CHAINS = ("edges", "origins")
#: Renderings, those of quotations with their speakers. A bare one is a quotation without sources or a date: most of a
#: large family are, and there is nothing more to load. A clause is a rendering that is no statement.
_MEMBERS = """
    SELECT renderings.*, quotations.record, quotations.speaker_mention, quotations.speaker_start,
        quotations.speaker_end, quotations.speaker_kind, quotations.speaker_role, quotations.speaker_confidence,
        quotations.id IS NOT NULL AND quotations.said IS NULL AND renderings.sources IS NULL AS bare,
        quotations.id IS NULL AND NOT EXISTS (
            SELECT 1 FROM statements
            WHERE +statements.family = renderings.family AND statements.article = renderings.article
                AND statements.start = renderings.start
        ) AS clause
    FROM renderings LEFT JOIN quotations ON quotations.id = renderings.quotation
    WHERE renderings.family IN (SELECT value FROM json_each(?))
"""


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
    rows = connection.execute(_MEMBERS, (json.dumps(families),)).fetchall()
    links = copies(connection, sorted({row["article"] for row in rows}))
    said, numbers = _said(connection, {row["article"] for row in rows}, {link.of for link in links.values()})
    articles = {name: item.article for name, item in said.items()}
    names = {number: name for name, number in numbers.items()}
    records = quotations(connection, {row["quotation"] for row in rows if row["quotation"] and not row["bare"]})
    rows.sort(key=lambda row: (row["family"], names[row["article"]], row["start"], row["end"], row["kind"]))
    drift = Rows(next_ids(connection, ("drift",)))
    chains = Rows(dict.fromkeys(_CHAINS, 1))
    for family, group in groupby(rows, key=lambda row: int(row["family"])):
        members = list(group)
        told = [_rendering(row, said[names[row["article"]]], records) for row in members]
        _put_base(connection, drift, members, told, chosen(told, articles))
        put_chain(chains, family, chain_of(Corpus((), copies=links), said, told), numbers)
    drift.insert(connection, ("drift",))
    _put_chains(connection, families, chains)


def _put_chains(connection: sqlite3.Connection, families: Sequence[int], chains: Rows) -> None:
    """Put the chains in the place of those that these families had: of a large one nearly all rows are there."""
    new = Rows(next_ids(connection, _CHAINS))
    for table in _CHAINS:
        query = f"SELECT * FROM {table} WHERE family IN (SELECT value FROM json_each(?))"
        there = {tuple(row)[1:]: row["id"] for row in connection.execute(query, (json.dumps(families),))}
        wanted = [row[1:] for row in chains.tables.get(table, ())]
        gone = there.keys() - wanted
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", sorted((there[row],) for row in gone))
        for row in wanted:
            if row not in there:
                new.put(table, *row)
    new.insert(connection, _CHAINS)


def _said(
    connection: sqlite3.Connection, rows: Collection[int], names: Collection[str]
) -> tuple[dict[str, Extraction], dict[str, int]]:
    """The articles of these rows and ids, by id, with the sources that they mention, which is what a family asks of
    them; and the row of each."""
    query = """
        SELECT * FROM articles WHERE id IN (
            SELECT value FROM json_each(?)
            UNION SELECT id FROM articles WHERE article IN (SELECT value FROM json_each(?))
        )
    """
    found = connection.execute(query, (json.dumps(sorted(rows)), json.dumps(sorted(names)))).fetchall()
    listed = listed_credits(connection, [row["id"] for row in found])
    said = {row["article"]: Extraction(article_of(row), credits=listed.get(row["id"], ())) for row in found}
    return said, {row["article"]: row["id"] for row in found}


def _rendering(row: sqlite3.Row, item: Extraction, records: Mapping[int, Quotation]) -> Rendering:
    kind, span = Kind(row["kind"]), (row["start"], row["end"])
    if row["bare"]:
        return Rendering(item.article.id, kind, *span, row["text"], row["record"], speaker_of(row))
    if row["quotation"]:
        one = records[row["quotation"]]
        return Rendering(item.article.id, kind, *span, one.text, one.id, one.speaker, one.sources, one.when)
    if row["clause"]:
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
