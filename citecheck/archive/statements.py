"""The statements of the archive, and an index of them: which statements share a run of one or two words.

An article's statements are entered when its families are looked for, in the same transaction. Runs stand in a table
that is sorted by run, so that what shares a run with a statement is one look-up, however large the archive. Of a run
that is frequent the first statements are listed, and that there are more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice, repeat
from operator import itemgetter
from typing import NamedTuple

from citecheck.archive.countdown import Done, unwatched
from citecheck.archive.rows import extractions, listed_credits, quotations
from citecheck.archive.runs import pairs, single
from citecheck.matching.neighbours import About, Runs
from citecheck.matching.stars import FEW
from citecheck.matching.statements import Statement, of_record, of_sentence, statements_of
from citecheck.matching.terms import terms
from citecheck.models import Article, Extraction

#: Articles that `rebuild` enters at a time.
AT_A_TIME = 200
#: What stands behind the statements of a run that stands in more than the index lists. Nobody would read those, which
#: are a third of all rows at 30,000 statements, and more in a larger archive.
MORE = (1 << 63) - 1
#: Statements that are listed of a run. A look-up reads one more row, which says whether there are others.
LISTED = FEW + 1
#: Statements that are kept for the next articles, which tell much of what those before told; and words, with counts.
KEPT, KEPT_WORDS = 5_000, 50_000

_FIRST = f"""
    SELECT value, (
        SELECT group_concat(statement) FROM (
            SELECT statement FROM statement_runs WHERE run = wanted.value ORDER BY statement LIMIT {LISTED + 1}
        )
    ) FROM json_each(?) AS wanted
"""


def runs_of(names: Sequence[str]) -> Runs:
    """The runs of a statement with these terms: words that are no common ones, and all pairs."""
    ones = [(run, at) for at, run in enumerate(map(single, names)) if run is not None]
    two = pairs(names)
    codes = [run for run, _ in ones] + two
    return Runs(codes, [*(at for _, at in ones), *range(len(two))], [1] * len(ones) + [2] * len(two))


class Entered(NamedTuple):
    """Statements that were entered, by their numbers, which ascend, each with its runs; and for each run that two have
    the first that have it, one more than `FEW` at most."""

    statements: dict[int, tuple[Statement, Runs]]
    postings: dict[int, list[int]]


class Statements:
    """The index, in transactions that the caller holds. It is `matching.Counts` of the archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._counts: dict[str, int] = {}
        self._known: dict[int, Statement] = {}
        self._seen: tuple[int, int] | None = None
        self.statements = 0

    def begin(self) -> None:
        """A transaction has begun. What is known is forgotten where somebody wrote since `done`."""
        if self._seen != self._state():
            self._counts.clear()
            self._known.clear()
        self.statements = int(self._connection.execute("SELECT coalesce(max(id), 0) FROM statements").fetchone()[0])

    def done(self) -> None:
        """A transaction is about to end, and has not changed what is known."""
        self._seen = self._state()

    def _state(self) -> tuple[int, int]:
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return version, self._connection.total_changes

    def counts(self, names: Collection[str]) -> dict[str, int]:
        """How often each term stands in the archive, which is in how many statements, but for a few that have it
        twice."""
        query = "SELECT term, count FROM search_words WHERE term IN (SELECT value FROM json_each(?))"
        if len(self._counts) > KEPT_WORDS:
            self._counts.clear()
        new = sorted(set(names) - self._counts.keys())
        self._counts.update(dict.fromkeys(new, 0))
        self._counts.update(self._connection.execute(query, (json.dumps(new),)).fetchall())
        return {name: min(self.statements, self._counts[name]) for name in names}

    def enter(self, items: Iterable[tuple[int, Extraction]]) -> Entered:
        """Enter the statements of articles, row and extraction of each."""
        entered: dict[int, tuple[Statement, Runs]] = {}
        rows: list[tuple[object, ...]] = []
        having: dict[int, list[int]] = {}
        for article, item in items:
            query = "SELECT record, id FROM quotations WHERE article = ?"
            records = dict(self._connection.execute(query, (article,)).fetchall())
            for one in statements_of(article, item):
                self.statements += 1
                entered[self.statements] = one, (found := runs_of(one.order))
                said = one.rendering
                place = (said.start, said.end, records.get(said.quotation), *one.around_at)
                rows.append((self.statements, article, *place, int(one.holds), len(one.words), None))
                for code in set(found.codes):
                    having.setdefault(code, []).append(self.statements)
        self._connection.executemany(f"INSERT INTO statements VALUES ({', '.join('?' * 10)})", rows)
        self._keep({number: one for number, (one, _) in entered.items()})
        return Entered(entered, self._list(having))

    def _list(self, having: Mapping[int, list[int]]) -> dict[int, list[int]]:
        """List new statements behind those that are listed, by run; returns the postings (see `Entered`)."""
        postings: dict[int, list[int]] = {}
        rows: list[tuple[int, int]] = []
        for code, found in self._connection.execute(_FIRST, (json.dumps(sorted(having)),)):
            listed = list(map(int, found.split(","))) if found else []
            is_full = listed[-1:] == [MORE]
            listed = listed[:-1] if is_full else listed[:LISTED]
            room = 0 if is_full else LISTED - len(listed)
            new = having[code]
            rows += zip(repeat(code), new[:room])
            if len(new) > room and not is_full:
                rows.append((code, MORE))
            listed += new[:room]
            if len(listed) > 1:
                postings[code] = listed
        self._connection.executemany("INSERT OR IGNORE INTO statement_runs VALUES (?, ?)", rows)
        return postings

    def about(self, numbers: Iterable[int]) -> dict[int, About]:
        """What is known of these statements."""
        query = """
            SELECT id, family, words, quotation IS NOT NULL FROM statements
            WHERE id IN (SELECT value FROM json_each(?))
        """
        rows = self._connection.execute(query, (json.dumps(sorted(numbers)),))
        return {number: About(family, words, bool(anchor)) for number, family, words, anchor in rows}

    def load(self, numbers: Collection[int]) -> dict[int, Statement]:
        """These statements, by number; `text` of each is the row of its article."""
        found = {number: self._known[number] for number in numbers if number in self._known}
        found.update(self._read(sorted(set(numbers) - found.keys())))
        self._keep(found)
        return found

    def _keep(self, found: Mapping[int, Statement]) -> None:
        for number in found.keys() & self._known.keys():
            del self._known[number]
        self._known.update(found)  # the last now
        for number in list(islice(self._known, max(0, len(self._known) - KEPT))):
            del self._known[number]

    def _read(self, numbers: Sequence[int]) -> Iterator[tuple[int, Statement]]:
        query = "SELECT * FROM statements WHERE id IN (SELECT value FROM json_each(?)) ORDER BY article, id"
        rows = self._connection.execute(query, (json.dumps(numbers),)).fetchall()
        records = quotations(self._connection, (row["quotation"] for row in rows if row["quotation"]))
        listed = listed_credits(self._connection, {row["article"] for row in rows if not row["quotation"]})
        for at, those in groupby(rows, key=itemgetter("article")):
            query = "SELECT article, text FROM articles WHERE id = ?"
            article = Article(*self._connection.execute(query, (at,)).fetchone())
            for row in those:
                around = (row["around_start"], row["around_end"])
                if row["quotation"]:
                    yield row["id"], of_record(at, article, records[row["quotation"]], [around])
                else:
                    item = Extraction(article, (), listed.get(at, ()))
                    yield row["id"], of_sentence(at, item, (row["start"], row["end"]), bool(row["holds"]))


def leave(connection: sqlite3.Connection, article: int, text: str) -> None:
    """Take out the statements of an article, whose text was `text`."""
    query = 'SELECT id, start, "end" FROM statements WHERE article = ?'
    gone: set[tuple[int, int]] = set()
    for number, start, end in connection.execute(query, (article,)).fetchall():
        gone.update((code, number) for code in _codes(text, start, end))
    connection.executemany("DELETE FROM statement_runs WHERE run = ? AND statement = ?", sorted(gone))
    connection.execute("DELETE FROM statements WHERE article = ?", (article,))


def rebuild(connection: sqlite3.Connection, done: Done = unwatched) -> None:
    """Enter the statements of all articles that were grouped, with the families that they have."""
    connection.execute("DELETE FROM statement_runs")
    connection.execute("DELETE FROM statements")
    numbers = [row[0] for row in connection.execute("SELECT id FROM articles WHERE grouped ORDER BY id")]
    _enter(connection, numbers, done)
    link(connection)


def enter_waiting(connection: sqlite3.Connection) -> None:
    """Enter the statements of the articles that were not grouped yet."""
    numbers = [row[0] for row in connection.execute("SELECT id FROM articles WHERE NOT grouped ORDER BY id")]
    _enter(connection, numbers)


def _enter(connection: sqlite3.Connection, numbers: Sequence[int], done: Done = unwatched) -> None:
    index = Statements(connection)
    index.begin()
    for at in range(0, len(numbers), AT_A_TIME):
        part = numbers[at : at + AT_A_TIME]
        index.enter(zip(part, extractions(connection, part), strict=True))
        done(len(part))


def link(connection: sqlite3.Connection) -> None:
    """Give each statement the family that its rendering stands in."""
    connection.execute("""
        UPDATE statements SET family = (
            SELECT family FROM renderings
            WHERE renderings.article = statements.article AND renderings.start = statements.start
                AND renderings."end" = statements."end" AND (renderings.quotation IS statements.quotation)
        )
    """)


def disagreements(connection: sqlite3.Connection) -> Iterator[str]:
    """Where statements or their runs are not those of the texts: a sentence for each article, in order."""
    for number, name, text in connection.execute("SELECT id, article, text FROM articles WHERE grouped ORDER BY id"):
        query = 'SELECT id, start, "end" FROM statements WHERE article = ?'
        for statement, start, end in connection.execute(query, (number,)):
            codes = _codes(text, start, end)
            there = "SELECT count(*) FROM statement_runs WHERE run = ? AND statement IN (?, ?)"
            if any(not connection.execute(there, (code, statement, MORE)).fetchone()[0] for code in codes):
                yield f"the index of statements does not have the words of {name}"
                break


def _codes(text: str, start: int, end: int) -> set[int]:
    """The runs of the statement at `start:end`."""
    return set(runs_of(terms(text, start, end)).codes)
