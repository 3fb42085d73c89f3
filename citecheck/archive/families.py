"""Families, their renderings, drift and chains, as rows; made anew as a whole, as one new article can join two."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from citecheck.archive.rows import Row, Rows
from citecheck.errors import ArchiveError
from citecheck.models import Comparison, Family, Rendering

#: In the order in which they can be filled.
_TABLES = ("families", "renderings", "drift", "edges", "origins")


def replace_families(connection: sqlite3.Connection, families: Iterable[Family]) -> None:
    """Put `families` in the place of all that are there. Raises ArchiveError where one names an unknown article."""
    articles = dict(connection.execute("SELECT article, id FROM articles").fetchall())
    quotations = {
        (article, record): number
        for number, article, record in connection.execute("SELECT id, article, record FROM quotations")
    }
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


def _put_family(
    rows: Rows, family: Family, articles: Mapping[str, int], quotations: Mapping[tuple[int, str], int]
) -> None:
    number = rows.put("families", family.id, family.reason.value, int(family.severity))
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
        _put_drift(rows, placed, comparison)
    for edge in family.chain.edges:
        relation = edge.relation.value if edge.relation else None
        place = (articles[edge.article], edge.start, edge.end, edge.text)
        rows.put("edges", number, edge.origin, edge.receiver, relation, int(edge.stated), *place)
    for name in family.chain.origins:
        rows.put("origins", number, name)


def _rendering_columns(rendering: Rendering) -> Row:
    return (
        rendering.kind.value,
        rendering.start,
        rendering.end,
        rendering.text,
        rendering.speaker.name if rendering.speaker else None,
        "; ".join(dict.fromkeys(credit.name for credit in rendering.sources)) or None,
    )


def _put_drift(rows: Rows, rendering: int, comparison: Comparison | None) -> None:
    for drift in comparison.drift if comparison else ():
        spans = (*(drift.a or (None, None)), *(drift.b or (None, None)))
        rows.put("drift", rendering, drift.label.value, int(drift.severity), *spans, drift.note)
