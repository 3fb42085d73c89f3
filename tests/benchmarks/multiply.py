"""An archive made many times as large: its articles again, the words that tell one from another written otherwise.

Generating and adding ten million quotations would take hours. Here each content word becomes another one of the same
length, another in each copy, so that all places stay as they are, rows are copied by SQL, and texts share with those of
another copy what any two texts share: common words and figures. Rows, full text and the search index are complete, by
the archive's own functions; copies and versions are not looked for.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from string import ascii_lowercase

from citecheck.archive import catalogue, connection, search, totals
from citecheck.archive.rows import OWN_TABLES, next_ids
from citecheck.archive.runs import single
from citecheck.archive.writing import full_text_at_once
from citecheck.matching.terms import WORD, term

#: Articles that are written in one transaction.
AT_A_TIME = 10_000
#: Pages that SQLite keeps in memory, in kilobytes.
CACHE = 2_000_000
_PIECES = re.compile(f"({WORD.pattern})")
#: The table that a column's numbers are rows of.
_ROWS = {"article": "articles", "quotation": "quotations", "credit": "credits", "said": "dates", "dated": "dates"}

#: Columns by which quotations name each other.
_NAMES = ("record", "parent", "group")


def multiplied(path: Path, times: int) -> None:
    """Make the archive at `path`, whose rows are numbered from 1 without gaps, `times` as large."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.row_factory = sqlite3.Row
        connection.prepare_writing(database)
        database.execute(f"PRAGMA cache_size = -{CACHE}")
        sizes = {table: number - 1 for table, number in next_ids(database, ("articles", *OWN_TABLES)).items()}
        for turn in range(1, times):
            words = _Otherwise(turn)
            shifts = {table: turn * size for table, size in sizes.items()}
            for first in range(1, sizes["articles"] + 1, AT_A_TIME):
                with connection.transaction(database), full_text_at_once(database, next_ids(database, tuple(sizes))):
                    _again(database, first, shifts, words)
            with connection.transaction(database):
                search.merge(database)
        connection.finish_writing(database)


class _Otherwise(dict[str, str]):
    """Each content word with its letters moved on in the alphabet; other words as they are."""

    def __init__(self, turn: int) -> None:
        super().__init__()
        moved = ascii_lowercase[turn:] + ascii_lowercase[:turn]
        self._letters = str.maketrans(ascii_lowercase + ascii_lowercase.upper(), moved + moved.upper())

    def __missing__(self, word: str) -> str:
        self[word] = found = word.translate(self._letters) if single(term(word)) is not None else word
        return found

    def text(self, text: str) -> str:
        """`text` in other words."""
        pieces = _PIECES.split(text)  # what stands between words, and words, in turn
        pieces[1::2] = map(self.__getitem__, pieces[1::2])
        return "".join(pieces)


def _again(database: sqlite3.Connection, first: int, shifts: Mapping[str, int], words: _Otherwise) -> None:
    """Write some articles once more, the first of them from row `first` on, with all that is theirs."""
    last = first + AT_A_TIME
    rows = list(_articles(database, (first, last), shifts["articles"], words))
    database.executemany(f"INSERT INTO articles VALUES ({', '.join('?' * len(rows[0]))})", rows)
    columns = [row[1] for row in database.execute("PRAGMA table_info(articles)")]
    search.enter(database, ((row[0], row[columns.index("text")]) for row in rows))
    catalogue.enter(database, (row[0] for row in rows))
    quotations = 0
    for table in OWN_TABLES:
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        values = [_value(table, column, shifts) for column in columns]
        query = f"INSERT INTO {table} SELECT {', '.join(values)} FROM {table} AS one WHERE "
        query += "article >= ? AND article < ?" if "article" in columns else _BY_QUOTATION
        added = database.execute(query, (first, last)).rowcount
        quotations = added if table == "quotations" else quotations
    totals.add(database, articles=len(rows), quotations=quotations)


_BY_QUOTATION = "quotation IN (SELECT id FROM quotations WHERE article >= ? AND article < ?)"


def _articles(
    database: sqlite3.Connection, part: tuple[int, int], shift: int, words: _Otherwise
) -> Iterator[Sequence[object]]:
    for row in database.execute("SELECT * FROM articles WHERE id >= ? AND id < ? ORDER BY id", part):
        text = words.text(row["text"])
        number = row["id"] + shift
        digest = hashlib.sha256(text.encode()).hexdigest()
        other = {"id": number, "article": f"{row['article']}/{number}", "text": text, "digest": digest}
        yield [other.get(name, row[name]) for name in row.keys()]  # noqa: SIM118 a row is no mapping


def _value(table: str, column: str, shifts: Mapping[str, int]) -> str:
    """What the copy of a row has in a column."""
    if (table, column) == ("quotations", "text"):
        whole = f"SELECT text FROM articles WHERE id = one.article + {shifts['articles']}"
        return f'substr(({whole}), start + 1, "end" - start)'
    if column in _NAMES or (table, column) == ("credits", "quotation"):
        return f""""{column}" || '/' || {shifts["articles"]}"""
    if column == "id" or column in _ROWS:
        return f"{column} + {shifts[_ROWS.get(column, table)]}"
    return f'"{column}"'
