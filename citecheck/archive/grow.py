"""Families brought up to date with the articles that were added since, at a cost that does not grow with the archive.

Articles are taken in the order of their rows, a bounded number at a time, each in one transaction: their statements are
entered, compared with the few earlier ones that share a rare run, and join or found families. Families that changed
are made again at the end, each once. Whatever a killed run had done of it, the next goes on to the same end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from citecheck.archive.families import Member, join
from citecheck.archive.rows import extractions
from citecheck.archive.statements import Entered, Statements
from citecheck.families.cluster import clusters
from citecheck.families.grow import formed, grown
from citecheck.matching.alike import Weights
from citecheck.matching.dated import dated_clauses, dated_pairs
from citecheck.matching.neighbours import About, nearest, neighbours
from citecheck.matching.statements import Statement
from citecheck.models import Comparison, Extraction, Match, Rendering

#: Articles that are taken at a time: their statements, and the earlier ones that they are compared with, are what is
#: in memory.
ARTICLES_AT_A_TIME = 200


def waiting(connection: sqlite3.Connection) -> list[int]:
    """The rows of the next articles whose statements are in no family yet."""
    query = "SELECT id FROM articles WHERE NOT grouped ORDER BY id LIMIT ?"
    return [row[0] for row in connection.execute(query, (ARTICLES_AT_A_TIME,))]


def grow(connection: sqlite3.Connection, articles: Sequence[int], index: Statements) -> None:
    """Let the statements of these articles join families. The caller holds the transaction.

    index: that of the archive, which knows what it was asked for lately.
    """
    index.begin()
    items = dict(zip(articles, extractions(connection, articles), strict=True))
    entered = index.enter(items.items())
    met, about = _met(index, entered)
    units = _Units.of(index, entered, {other for those in met.values() for other in those}, about)
    weights = Weights(units.statements, index)
    near = {(units.at[other], units.at[number]) for number, those in met.items() for other in those}
    groups, links = grown(units.statements, units.families, weights, near)
    members = [[units.member(at) for at in group] for group in groups]
    join(connection, members)
    join(connection, _dated(connection, items, units, links))
    connection.executemany("UPDATE articles SET grouped = 1 WHERE id = ?", [(article,) for article in articles])
    index.done()


def _met(index: Statements, entered: Entered) -> tuple[dict[int, list[int]], dict[int, About]]:
    """The earlier statements with which each new one is compared, and what is known of these."""
    new, postings = entered
    weights = Weights([one for one, _ in new.values()], index)
    found = {number: neighbours(number, one, runs, postings, weights) for number, (one, runs) in new.items()}
    about = index.about({other for those in found.values() for other in those})
    return {number: nearest(one, found[number], about, weights) for number, (one, _) in new.items()}, about


class _Units(NamedTuple):
    """Statements that are compared, in the order of their numbers, with the families that they stand in."""

    numbers: list[int]
    statements: list[Statement]
    families: list[int | None]
    at: dict[int, int]

    @classmethod
    def of(cls, index: Statements, entered: Entered, others: Set[int], about: Mapping[int, About]) -> _Units:
        new = {number: one for number, (one, _) in entered.statements.items()}
        found = {**index.load(others - new.keys()), **new}
        numbers = sorted(found)
        return cls(
            numbers,
            [found[number] for number in numbers],
            [None if number in new else about[number].family for number in numbers],
            {number: at for at, number in enumerate(numbers)},
        )

    def member(self, at: int) -> Member:
        one = self.statements[at]
        return Member(one.text, one.rendering, self.numbers[at], self.families[at])


def _dated(
    connection: sqlite3.Connection,
    items: Mapping[int, Extraction],
    units: _Units,
    links: Mapping[tuple[int, int], float],
) -> list[list[Member]]:
    """Groups of clauses that date one document differently, of articles that share a statement."""
    dated = {article for article, item in items.items() if dated_clauses(item)}
    stories = {}
    for a, b in links:
        one, other = units.statements[a], units.statements[b]
        if one.text in dated or other.text in dated:
            stories[a, b] = Match("", one.rendering, other.rendering, Comparison(same=True, score=100.0))
    told = sorted({units.statements[at].text for pair in stories for at in pair})
    if not told:
        return []
    known = dict(zip(told, extractions(connection, told), strict=True))
    row_of = {item.article.id: article for article, item in known.items()}
    pairs = dated_pairs(list(known.values()), list(stories.values()))
    return _grouped(connection, row_of, list(pairs))


def _grouped(
    connection: sqlite3.Connection, row_of: Mapping[str, int], pairs: Sequence[tuple[Rendering, Rendering]]
) -> list[list[Member]]:
    nodes = sorted({one for pair in pairs for one in pair}, key=lambda one: (row_of[one.article], one.start, one.end))
    at = {one: number for number, one in enumerate(nodes)}
    links = {(min(at[a], at[b]), max(at[a], at[b])): 1.0 for a, b in pairs}
    members = [
        Member(row_of[one.article], one, None, _family_of(connection, row_of[one.article], one)) for one in nodes
    ]
    owners = [one.article for one in nodes]
    groups = clusters(links, owners, set(), lambda a, b: True, (), formed([member.family for member in members]))
    return [[members[number] for number in group] for group in groups]


def _family_of(connection: sqlite3.Connection, article: int, one: Rendering) -> int | None:
    query = 'SELECT family FROM renderings WHERE article = ? AND start = ? AND "end" = ? AND kind = ? ORDER BY family'
    row = connection.execute(query, (article, one.start, one.end, one.kind.value)).fetchone()
    return row[0] if row else None
