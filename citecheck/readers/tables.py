"""Tables, CSV and TSV: a row is an article; the first row names the columns.

A column that is named as a field of an article (text, title, publisher, published, modified, url, byline, language,
id), in any case, is that field; others are mapped by the user. Rows are read one at a time, cells decoded each by
itself: such files are pasted together from exports that differ.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from citecheck.models import Article, Skipped
from citecheck.readers.decode import binary_kind, decode
from citecheck.readers.document import Document, UnreadableError, size
from citecheck.readers.jsonl import record_article

FIELDS = ("id", "text", "title", "publisher", "published", "url", "byline", "language", "modified")


def read_csv(document: Document) -> Iterator[Article | Skipped]:
    """The articles of a `.csv` or `.tsv` file. `max_bytes` bounds a row: the file may be of any size."""
    csv.field_size_limit(document.max_bytes)
    lines = _lines(document)
    first = next(lines, "")
    kind = binary_kind(first.encode("latin-1"))
    if kind or not first.strip("\ufeff \r\n"):
        raise UnreadableError(f"{kind}, not text" if kind else "empty")
    delimiter = max("\t;,", key=first.count) if not document.id.lower().endswith(".tsv") else "\t"
    rows = csv.reader(chain([first], lines), delimiter=delimiter)
    try:
        names = [_cell(cell).lstrip("\ufeff").strip() for cell in next(rows)]
        columns = _columns(names, document)
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _article(row, columns, document, names, rows.line_num)
    except csv.Error as error:
        raise UnreadableError(f"no table that can be read: {error} (line {rows.line_num})") from None


def _columns(names: list[str], document: Document) -> dict[str, int]:
    """Field → number of its column. Raises UnreadableError where a mapped column, or one for the text, is missing."""
    lowered = [name.lower() for name in names]
    found = {field: lowered.index(field) for field in FIELDS if field in lowered}
    for field, column in document.columns.items():
        if column.lower() not in lowered:
            raise UnreadableError(f"no column is named “{column}”; there are {_shown(names)}")
        found[field] = lowered.index(column.lower())
    if "text" not in found:
        raise UnreadableError(f"no column is named “text”; say which is, with --map text=COLUMN, of {_shown(names)}")
    return found


def _shown(names: list[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names[:20])


def _article(
    row: list[str], columns: dict[str, int], document: Document, names: list[str], line: int
) -> Article | Skipped:
    place = f"{document.id}:{line}"
    record: dict[str, object] = {
        field: _cell(row[column]) for field, column in columns.items() if column < len(row) and row[column].strip()
    }
    try:
        article = record_article(record, place, document.path)
    except UnreadableError as error:
        return Skipped(place, str(error))
    return replace(article, places=((0, f"line {line}, column {names[columns['text']][:80]}"),))


def _lines(document: Document) -> Iterator[str]:
    """The lines with each byte as one character, which keeps them as they are until a cell is decoded."""
    while line := document.stream.readline(document.max_bytes + 1):
        if len(line) > document.max_bytes:
            raise UnreadableError(f"a line of it is larger than {size(document.max_bytes)}")
        yield line.decode("latin-1")


def _cell(cell: str) -> str:
    return decode(cell.encode("latin-1"))[0]
