"""Values to rows and back, column by column, in the order of schema.sql."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from citecheck.models import (
    Article,
    Cue,
    Earlier,
    Extraction,
    Kind,
    Quotation,
    Relation,
    SourceCredit,
    Span,
    Speaker,
    SpeakerKind,
    Tier,
    When,
)
from citecheck.version import EXTRACTOR

Row = tuple[object, ...]
NO_COLUMNS: Mapping[str, str] = {}

ARTICLE_COLUMNS = (
    "article, title, publisher, published, byline, url, language, text, body_start, body_end, path, encoding, digest, "
    "modified, tier, extractor"
)


def article_row(article: Article) -> Row:
    """The columns of `articles`, `ARTICLE_COLUMNS`, for a text that is the newest of its id."""
    return (
        article.name,
        article.title,
        article.publisher,
        article.published,
        article.byline,
        article.url,
        article.language,
        article.text,
        *(article.body or (None, None)),
        article.path,
        article.encoding,
        article.digest,
        article.modified,
        article.tier,
        EXTRACTOR,
    )


@dataclass(slots=True)
class Rows:
    """Rows for several tables, each under the ids that are free from `first` on, to be inserted together."""

    first: dict[str, int]
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def put(self, table: str, *values: object) -> int:
        """Put a row into `table` and return its id."""
        rows = self.tables.setdefault(table, [])
        number = self.first[table] + len(rows)
        rows.append((number, *values))
        return number

    def insert(
        self, connection: sqlite3.Connection, order: tuple[str, ...], columns: Mapping[str, str] = NO_COLUMNS
    ) -> None:
        """Insert all rows, table by table; one statement a table is three times as fast as any door above it.

        columns: those that the rows of a table have, where that is not all of them in order.
        """
        for table in order:
            rows = self.tables.get(table)
            if rows:
                named = f" ({columns[table]})" if table in columns else ""
                connection.executemany(f"INSERT INTO {table}{named} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def next_ids(connection: sqlite3.Connection, tables: tuple[str, ...]) -> dict[str, int]:
    """The first free id of each table."""
    return {table: (connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0) + 1 for table in tables}


#: The tables whose rows are an article's own, in the order in which they can be filled.
OWN_TABLES = ("marked", "places", "dates", "quotations", "credits", "quotation_sources")


def put_own_rows(rows: Rows, article: int, extraction: Extraction) -> None:
    """Put all that `extraction` says into `rows`, as rows of the article whose row is `article`."""
    for start, end in extraction.article.marked:
        rows.put("marked", article, start, end)
    for start, label in extraction.article.places:
        rows.put("places", article, start, label)
    credits = {credit: _put_credit(rows, article, credit, listed=True) for credit in extraction.credits}
    for quotation in extraction.quotations:
        number = _put_quotation(rows, article, quotation)
        for credit in quotation.sources:
            if credit not in credits:
                credits[credit] = _put_credit(rows, article, credit, listed=False)
            rows.put("quotation_sources", number, credits[credit])


def _put_quotation(rows: Rows, article: int, quotation: Quotation) -> int:
    return rows.put(
        "quotations",
        article,
        quotation.id,
        quotation.kind.value,
        quotation.start,
        quotation.end,
        quotation.text,
        *_speaker_columns(quotation.speaker),
        *((quotation.cue.text, quotation.cue.start, quotation.cue.end) if quotation.cue else (None,) * 3),
        quotation.parent,
        quotation.group,
        int(quotation.negated),
        quotation.confidence,
        _put_date(rows, article, quotation.when),
    )


def _speaker_columns(speaker: Speaker | None) -> Row:
    if speaker is None:
        return (None,) * 7
    return (
        speaker.name,
        speaker.mention,
        speaker.start,
        speaker.end,
        speaker.kind.value,
        speaker.role,
        speaker.confidence,
    )


def _put_credit(rows: Rows, article: int, credit: SourceCredit, listed: bool) -> int:
    return rows.put(
        "credits",
        article,
        int(listed),
        credit.name,
        credit.relation.value,
        credit.mention,
        credit.start,
        credit.end,
        credit.kind,
        credit.document,
        _put_date(rows, article, credit.when),
        credit.quotation,
    )


def _put_date(rows: Rows, article: int, when: When | None) -> int | None:
    if when is None:
        return None
    days = (day.isoformat() if day else None for day in (when.earliest, when.latest))
    return rows.put("dates", article, when.text, when.start, when.end, *days, when.year, when.month, when.day)


def extractions(connection: sqlite3.Connection, articles: Sequence[int] | None = None) -> Iterator[Extraction]:
    """Every extraction of the archive, or those of the rows `articles`, in the order in which the articles came."""

    def select(table: str, column: str = "article", what: str = "*") -> sqlite3.Cursor:
        if articles is None:
            return connection.execute(f"SELECT {what} FROM {table} ORDER BY id")
        rows = "SELECT value FROM json_each(?)"
        if column == "quotation":
            rows = f"SELECT id FROM quotations WHERE article IN ({rows})"
        where = f"WHERE {column} IN ({rows}) ORDER BY id"
        return connection.execute(f"SELECT {what} FROM {table} {where}", (json.dumps(list(articles)),))

    marked: dict[int, list[Span]] = {}
    for row in select("marked"):
        marked.setdefault(row["article"], []).append((row["start"], row["end"]))
    places: dict[int, list[tuple[int, str]]] = {}
    for row in select("places"):
        places.setdefault(row["article"], []).append((row["start"], row["label"]))
    dates = {row["id"]: _date(row) for row in select("dates")}
    credits: dict[int, SourceCredit] = {}
    listed: dict[int, list[SourceCredit]] = {}
    for row in select("credits"):
        credits[row["id"]] = credit = _credit(row, dates)
        if row["listed"]:
            listed.setdefault(row["article"], []).append(credit)
    sources: dict[int, list[SourceCredit]] = {}
    for row in select("quotation_sources", "quotation"):
        sources.setdefault(row["quotation"], []).append(credits[row["credit"]])
    names = dict(map(tuple, select("articles", "id", "id, article")))
    quotations: dict[int, list[Quotation]] = {}
    for row in select("quotations"):
        quotation = _quotation(row, names[row["article"]], tuple(sources.get(row["id"], ())), dates)
        quotations.setdefault(row["article"], []).append(quotation)
    for row in select("articles", "id"):
        number = row["id"]
        article = article_of(row, tuple(marked.get(number, ())), tuple(places.get(number, ())))
        yield Extraction(article, tuple(quotations.get(number, ())), tuple(listed.get(number, ())))


def quotations(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Quotation]:
    """The quotations of these rows, by row."""
    chosen = json.dumps(sorted(numbers))
    rows = connection.execute(
        "SELECT quotations.*, articles.article AS name"
        " FROM quotations JOIN articles ON articles.id = quotations.article"
        " WHERE quotations.id IN (SELECT value FROM json_each(?))",
        (chosen,),
    ).fetchall()
    links = connection.execute(
        "SELECT quotation, credit FROM quotation_sources"
        " WHERE quotation IN (SELECT value FROM json_each(?)) ORDER BY id",
        (chosen,),
    ).fetchall()
    found = _credits(connection, (row["credit"] for row in links))
    sources: dict[int, list[SourceCredit]] = {}
    for row in links:
        sources.setdefault(row["quotation"], []).append(found[row["credit"]])
    dates = _dates(connection, (row["said"] for row in rows if row["said"]))
    return {row["id"]: _quotation(row, row["name"], tuple(sources.get(row["id"], ())), dates) for row in rows}


def _credits(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, SourceCredit]:
    query = "SELECT * FROM credits WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    rows = connection.execute(query, (json.dumps(sorted(set(numbers))),)).fetchall()
    dates = _dates(connection, (row["dated"] for row in rows if row["dated"]))
    return {row["id"]: _credit(row, dates) for row in rows}


def listed_credits(connection: sqlite3.Connection, articles: Iterable[int]) -> dict[int, tuple[SourceCredit, ...]]:
    """The mentions of sources in the articles of these rows, in order; articles without any are left out."""
    query = "SELECT id, article FROM credits WHERE listed AND article IN (SELECT value FROM json_each(?)) ORDER BY id"
    rows = connection.execute(query, (json.dumps(sorted(articles)),)).fetchall()
    found = _credits(connection, (row["id"] for row in rows))
    listed: dict[int, list[SourceCredit]] = {}
    for row in rows:
        listed.setdefault(row["article"], []).append(found[row["id"]])
    return {article: tuple(those) for article, those in listed.items()}


def _dates(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, When]:
    chosen = json.dumps(sorted(set(numbers)))
    query = "SELECT * FROM dates WHERE id IN (SELECT value FROM json_each(?))"
    return {row["id"]: _date(row) for row in connection.execute(query, (chosen,))}


def article_of(row: sqlite3.Row, marked: tuple[Span, ...] = (), places: tuple[tuple[int, str], ...] = ()) -> Article:
    """The article of a row of `articles`, with what other tables have of it."""
    return Article(
        id=row["article"],
        text=row["text"],
        title=row["title"],
        publisher=row["publisher"],
        published=row["published"],
        url=row["url"],
        byline=row["byline"],
        language=row["language"],
        path=row["path"],
        encoding=row["encoding"],
        digest=row["digest"],
        body=None if row["body_start"] is None else (row["body_start"], row["body_end"]),
        marked=marked,
        modified=row["modified"],
        places=places,
        tier=Tier(row["tier"]) if row["tier"] else None,
        earlier=earlier_of(row),
    )


def earlier_of(row: sqlite3.Row) -> Earlier | None:
    """Whose place was taken, as a row of `articles` says it."""
    return Earlier(row["earlier_of"], row["earlier_number"]) if row["earlier_of"] else None


def _quotation(row: sqlite3.Row, article: str, sources: tuple[SourceCredit, ...], dates: dict[int, When]) -> Quotation:
    return Quotation(
        id=row["record"],
        article=article,
        kind=Kind(row["kind"]),
        start=row["start"],
        end=row["end"],
        text=row["text"],
        speaker=speaker_of(row),
        cue=None if row["cue"] is None else Cue(row["cue"], row["cue_start"], row["cue_end"]),
        sources=sources,
        parent=row["parent"],
        group=row["group"],
        when=dates.get(row["said"]),
        negated=bool(row["negated"]),
        confidence=row["confidence"],
    )


def speaker_of(row: sqlite3.Row) -> Speaker | None:
    """The speaker whom a row with the columns of `quotations` names."""
    if row["speaker"] is None:
        return None
    return Speaker(
        name=row["speaker"],
        mention=row["speaker_mention"],
        start=row["speaker_start"],
        end=row["speaker_end"],
        kind=SpeakerKind(row["speaker_kind"]),
        role=row["speaker_role"],
        confidence=row["speaker_confidence"],
    )


def _credit(row: sqlite3.Row, dates: dict[int, When]) -> SourceCredit:
    return SourceCredit(
        name=row["name"],
        relation=Relation(row["relation"]),
        mention=row["mention"],
        start=row["start"],
        end=row["end"],
        kind=row["kind"],
        document=row["document"],
        when=dates.get(row["dated"]),
        quotation=row["quotation"],
    )


def _date(row: sqlite3.Row) -> When:
    earliest, latest = (date.fromisoformat(row[name]) if row[name] else None for name in ("earliest", "latest"))
    return When(row["text"], row["start"], row["end"], earliest, latest, row["year"], row["month"], row["day"])
