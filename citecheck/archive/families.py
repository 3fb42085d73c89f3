"""Families, their renderings and their drift, as rows. They are made anew as a whole: one new article can join two."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from citecheck.errors import ArchiveError
from citecheck.models import Drift, Family, Rendering

_TABLES = ("drift", "renderings", "families")


def replace_families(connection: sqlite3.Connection, families: Iterable[Family]) -> None:
    """Put `families` in the place of all that are there. Raises ArchiveError where one names an unknown article."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")
    articles = dict(connection.execute("SELECT article, id FROM articles").fetchall())
    quotations = {
        (article, record): number
        for number, article, record in connection.execute("SELECT id, article, record FROM quotations")
    }
    rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _TABLES}
    for number, family in enumerate(families, 1):
        rows["families"].append((number, family.id, family.reason.value, int(family.severity)))
        for index, rendering in enumerate(family.renderings):
            article = articles.get(rendering.article)
            if article is None:
                raise ArchiveError(f"family {family.id} tells of {rendering.article}, which is not in the archive")
            quotation = quotations.get((article, rendering.quotation)) if rendering.quotation else None
            rows["renderings"].append(
                (
                    len(rows["renderings"]) + 1,
                    number,
                    article,
                    quotation,
                    int(index == family.base),
                    *_rendering_columns(rendering),
                    *_comparison_columns(family, index),
                )
            )
            rows["drift"].extend(_drift_rows(family, index, len(rows["renderings"]), len(rows["drift"]) + 1))
    for table in reversed(_TABLES):
        insert(connection, table, rows[table])


def insert(connection: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    """Put `rows`, all columns each, into `table`."""
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _rendering_columns(rendering: Rendering) -> tuple[object, ...]:
    return (
        rendering.kind.value,
        rendering.start,
        rendering.end,
        rendering.text,
        rendering.speaker.name if rendering.speaker else None,
        "; ".join(dict.fromkeys(credit.name for credit in rendering.sources)) or None,
    )


def _comparison_columns(family: Family, index: int) -> tuple[object, ...]:
    comparison = family.comparisons[index]
    return (None, None) if comparison is None else (comparison.score, int(comparison.severity))


def _drift_rows(family: Family, index: int, rendering: int, first: int) -> Iterator[tuple[object, ...]]:
    comparison = family.comparisons[index]
    for number, drift in enumerate(comparison.drift if comparison else (), first):
        yield (number, rendering, drift.label.value, int(drift.severity), *_spans(drift), drift.note)


def _spans(drift: Drift) -> tuple[int | None, ...]:
    return (*(drift.a or (None, None)), *(drift.b or (None, None)))
