"""The members of families as renderings: what a family is made of when it is made again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from citecheck.archive.copies import copies
from citecheck.archive.rows import article_of, listed_credits, quotations, speaker_of
from citecheck.matching.dated import dated_clauses
from citecheck.matching.statements import sentence_rendering
from citecheck.models import Article, Copied, Extraction, Kind, Quotation, Rendering

#: Renderings, those of quotations with their speakers. A bare one is a quotation without sources or a date: most of a
#: large family are, and there is nothing more to load. A clause is a rendering that is no statement.
_QUERY = """
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


class Member(NamedTuple):
    """A row of `renderings`, and what it says."""

    row: sqlite3.Row
    told: Rendering

    @property
    def is_new(self) -> bool:
        """Whether it was not compared with the base of its family yet; the base itself never is."""
        return self.row["score"] is None and not self.row["base"]


class Members(NamedTuple):
    """Members of families, family by family, each in order; with their articles, and those whose texts these are, by
    id; the row of each; and the links of copies."""

    of_family: dict[int, list[Member]]
    said: dict[str, Extraction]
    numbers: dict[str, int]
    links: dict[str, Copied]

    @property
    def articles(self) -> dict[str, Article]:
        """The articles by id."""
        return {name: item.article for name, item in self.said.items()}


def load(connection: sqlite3.Connection, families: Sequence[int], fresh: bool = False) -> Members:
    """The members of these families; fresh: the base of each and what was not compared with it yet, no others."""
    query = f"{_QUERY} AND (renderings.base OR renderings.score IS NULL)" if fresh else _QUERY
    rows = connection.execute(query, (json.dumps(families),)).fetchall()
    links = copies(connection, sorted({row["article"] for row in rows}))
    said, numbers = _said(connection, {row["article"] for row in rows}, {link.of for link in links.values()})
    names = {number: name for name, number in numbers.items()}
    records = quotations(connection, {row["quotation"] for row in rows if row["quotation"] and not row["bare"]})
    rows.sort(key=lambda row: (row["family"], names[row["article"]], row["start"], row["end"], row["kind"]))
    of_family: dict[int, list[Member]] = {}
    for row in rows:
        one = Member(row, _rendering(row, said[names[row["article"]]], records))
        of_family.setdefault(row["family"], []).append(one)
    return Members(of_family, said, numbers, links)


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
