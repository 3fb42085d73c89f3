"""In which articles each run stands, as rows of SQLite: rare runs share buckets, frequent ones have rows of their own.

A run is a hash of 48 bits. Those that stand in the archive up to `FREQUENT` times lie in buckets by their upper 16
bits, each a blob of sorted postings, `lower 32 bits << 32 | article`, once for each time. A bucket is read as a whole,
so what is megabytes long is kept apart: how often a frequent run stands there in one row, and its articles in parts,
one for 8,192 rows of `articles` each. So a count costs one short row, and whether an article has a run costs one part.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby

#: A run that stands more often in the articles that were merged is kept apart.
#: At 300,000 quotations these are 1,323 runs of 3.8 million, with a quarter of all postings.
FREQUENT = 1_000
#: An article's part of a run: its row without these bits. `PART_SHIFT` bits are left for the part in the number of its
#: row in `search_parts`, so that there may be 268 million articles.
PART_BITS, PART_SHIFT = 13, 15
#: A run that is kept apart is read at once up to so many postings, 80 KB: a look into each of its parts costs more.
AT_ONCE = 20_000
#: Buckets that are read and written together, 5 KB each in an archive of a million quotations.
BUCKETS_AT_A_TIME = 1_024
LOW = (1 << 32) - 1
_WORD = (1 << 64) - 1
_PUT_BUCKET = "INSERT OR REPLACE INTO search_buckets VALUES (?, ?)"


def packed(numbers: Iterable[int], kind: str = "Q") -> bytes:
    """Numbers of 64 bits ("Q") or 32 ("I") as a blob, little-endian."""
    found = array(kind, numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def unpacked(blob: bytes, kind: str = "Q") -> array[int]:
    """The numbers of a blob."""
    found = array(kind)
    found.frombytes(blob)
    if sys.byteorder == "big":
        found.byteswap()
    return found


# Writing; the caller holds the transaction ------------------------------------------------------------------------


def put(connection: sqlite3.Connection, entries: Sequence[int]) -> None:
    """Put in postings, sorted numbers `run << 32 | article`."""
    at = 0
    while at < len(entries):
        end = bisect_left(entries, ((entries[at] >> 64) + BUCKETS_AT_A_TIME) << 64, at)
        _put(connection, entries[at:end])
        at = end


def _put(connection: sqlite3.Connection, entries: Sequence[int]) -> None:
    """Put in postings of a few buckets, which are read and written together."""
    low, high = entries[0] >> 64, entries[-1] >> 64
    query = "SELECT bucket, postings FROM search_buckets WHERE bucket BETWEEN ? AND ?"
    known = dict(connection.execute(query, (low, high)).fetchall())
    query = "SELECT run FROM search_frequent WHERE run BETWEEN ? AND ? ORDER BY run"
    apart: dict[int, list[int]] = {}
    for (run,) in connection.execute(query, (low << 32, high << 32 | LOW)).fetchall():
        apart.setdefault(run >> 32, []).append(run)
    rows = []
    for bucket, group in groupby(entries, key=lambda entry: entry >> 64):
        added = [entry & _WORD for entry in group]
        for run in apart.get(bucket, ()):
            first, last = _span(added, run & LOW)
            _grow(connection, run, [entry & LOW for entry in added[first:last]])
            del added[first:last]
        if added:
            together = sorted([*unpacked(known[bucket]), *added]) if bucket in known else added
            rows.append((bucket, packed(_rare(connection, bucket, together))))
    connection.executemany(_PUT_BUCKET, rows)


def set_apart(connection: sqlite3.Connection) -> None:
    """Keep the frequent runs of all buckets apart: how they lay before schema 8."""
    for (bucket,) in connection.execute("SELECT bucket FROM search_buckets ORDER BY bucket").fetchall():
        entries = _bucket(connection, bucket)
        if len(entries) > FREQUENT:
            _put_bucket(connection, bucket, entries)


def clear(connection: sqlite3.Connection) -> None:
    """Take everything out."""
    for table in ("search_buckets", "search_frequent", "search_parts"):
        connection.execute(f"DELETE FROM {table}")


def _put_bucket(connection: sqlite3.Connection, bucket: int, entries: Sequence[int]) -> None:
    connection.execute(_PUT_BUCKET, (bucket, packed(_rare(connection, bucket, entries))))


def _rare(connection: sqlite3.Connection, bucket: int, entries: Sequence[int]) -> Sequence[int]:
    """A bucket without its runs that became frequent: these are kept apart from now on."""
    if len(entries) <= FREQUENT:
        return entries
    rest, end = array("Q"), 0
    for first, last in _frequent(entries):
        run = bucket << 32 | entries[first] >> 32
        _grow(connection, run, [entry & LOW for entry in entries[first:last]])
        rest.extend(entries[end:first])
        end = last
    return [*rest, *entries[end:]] if end else entries


def _frequent(entries: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where the runs lie that stand more than `FREQUENT` times in a bucket: such a one covers a multiple of that."""
    done = 0
    for at in range(0, len(entries), FREQUENT):
        if at >= done:
            first, done = _span(entries, entries[at] >> 32)
            if done - first > FREQUENT:
                yield first, done


def _span(entries: Sequence[int], low: int) -> tuple[int, int]:
    """Where the postings of a run begin and end in its bucket."""
    first = bisect_left(entries, low << 32)
    return first, bisect_left(entries, (low + 1) << 32, first)


def _grow(connection: sqlite3.Connection, run: int, articles: Sequence[int]) -> None:
    """Add articles, ascending, to a run that is kept apart."""
    connection.execute(
        "INSERT INTO search_frequent VALUES (?, ?) ON CONFLICT (run) DO UPDATE SET count = count + excluded.count",
        (run, len(articles)),
    )
    for number, group in groupby(articles, key=lambda article: article >> PART_BITS):
        key = run << PART_SHIFT | number
        known = part(connection, key)
        blob = packed(sorted([*known, *group]), "I")
        connection.execute("INSERT OR REPLACE INTO search_parts VALUES (?, ?)", (key, blob))


# Reading ----------------------------------------------------------------------------------------------------------


def count(connection: sqlite3.Connection, run: int) -> int:
    """How often a run stands there that is kept apart; 0 for one that is not."""
    return counts(connection, (run,)).get(run, 0)


def counts(connection: sqlite3.Connection, runs: Iterable[int]) -> dict[int, int]:
    """How often each of these runs stands there that are kept apart; the others are left out."""
    query = "SELECT run, count FROM search_frequent WHERE run IN (SELECT value FROM json_each(?))"
    return dict(map(tuple, connection.execute(query, (json.dumps(sorted(runs)),))))


def in_buckets(connection: sqlite3.Connection, runs: Iterable[int]) -> dict[int, array[int]]:
    """The articles of runs that are not kept apart, ascending, once for each time."""
    buckets: dict[int, list[int]] = {}
    for run in runs:
        buckets.setdefault(run >> 32, []).append(run)
    found = {run: array("I") for run in runs}
    query = "SELECT bucket, postings FROM search_buckets WHERE bucket IN (SELECT value FROM json_each(?))"
    for bucket, blob in connection.execute(query, (json.dumps(sorted(buckets)),)):
        for run in buckets[bucket]:
            found[run] = _of_run(blob, run)
    return found


def _of_run(blob: bytes, run: int) -> array[int]:
    """The articles of a run in its bucket."""
    if sys.byteorder == "big":
        entries = unpacked(blob)
        first, last = _span(entries, run & LOW)
        return array("I", [entry & LOW for entry in entries[first:last]])
    first, last = _span(memoryview(blob).cast("Q"), run & LOW)
    found = array("I")
    found.frombytes(memoryview(blob).cast("I")[2 * first : 2 * last : 2].tobytes())
    return found


def part(connection: sqlite3.Connection, key: int) -> array[int]:
    """The articles of a part, ascending, once for each time."""
    row = connection.execute("SELECT articles FROM search_parts WHERE id = ?", (key,)).fetchone()
    return unpacked(row[0], "I") if row else array("I")


def all_articles(connection: sqlite3.Connection, run: int) -> array[int]:
    """The articles of a run that is kept apart."""
    found = array("I")
    query = "SELECT articles FROM search_parts WHERE id BETWEEN ? AND ? ORDER BY id"
    for (blob,) in connection.execute(query, _parts_of(run)):
        found += unpacked(blob, "I")
    return found


class Apart(Collection[int]):
    """The articles of a run that is kept apart: counted without being read, and looked up a part at a time.

    count: how often it stands there. waiting: more of its articles, ascending, which are not merged yet. keep: is told
    how many postings were read and are kept.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        run: int,
        count: int,
        waiting: Sequence[int],
        keep: Callable[[int], None],
    ) -> None:
        self._connection, self._run, self._waiting, self._keep = connection, run, waiting, keep
        self._count = count + len(waiting)
        self._parts: dict[int, Sequence[int]] = {}
        self._all: Sequence[int] = ()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        return iter(self._whole())

    def _whole(self) -> Sequence[int]:
        if not self._all:
            self._keep(self._count)
            merged = all_articles(self._connection, self._run)
            self._all = array("I", sorted([*merged, *self._waiting])) if self._waiting else merged
        return self._all

    def __contains__(self, article: object) -> bool:
        return isinstance(article, int) and bool(self.among((article,)))

    def among(self, wanted: Iterable[int]) -> list[int]:
        """Those of `wanted` that are here."""
        if self._count <= AT_ONCE:
            return among(self._whole(), wanted)
        found = []
        for article in wanted:
            there = self._parts.get(article >> PART_BITS)
            if there is None:
                there = self._read(article >> PART_BITS)
            at = bisect_left(there, article)
            if at < len(there) and there[at] == article:
                found.append(article)
        return found

    def _read(self, number: int) -> Sequence[int]:
        read = part(self._connection, self._run << PART_SHIFT | number)
        first = bisect_left(self._waiting, number << PART_BITS)
        last = bisect_left(self._waiting, number + 1 << PART_BITS, first)
        self._parts[number] = array("I", sorted([*read, *self._waiting[first:last]])) if first < last else read
        self._keep(len(self._parts[number]))
        return self._parts[number]


#: The articles of a run.
Articles = Sequence[int] | Apart


def among(articles: Articles, wanted: Iterable[int]) -> list[int]:
    """Those of `wanted` that are among `articles`, which ascend."""
    if isinstance(articles, Apart):
        return articles.among(wanted)
    size = len(articles)
    return [one for one in wanted if (at := bisect_left(articles, one)) < size and articles[at] == one]


# Checking ---------------------------------------------------------------------------------------------------------


def entries(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Every run with an article in which it stands, once for each time."""
    for bucket, blob in connection.execute("SELECT bucket, postings FROM search_buckets"):
        for entry in unpacked(blob):
            yield bucket << 32 | entry >> 32, entry & LOW
    for key, blob in connection.execute("SELECT id, articles FROM search_parts"):
        for article in unpacked(blob, "I"):
            yield key >> PART_SHIFT, article


def disagreements(connection: sqlite3.Connection) -> Iterator[str]:
    """Runs whose count is wrong, or that lie where they are not looked for."""
    known = {row[0]: row[1] for row in connection.execute("SELECT run, count FROM search_frequent")}
    found: Counter[int] = Counter()
    for key, size in connection.execute("SELECT id, length(articles) / 4 FROM search_parts"):
        found[key >> PART_SHIFT] += size
    wrong = {run for run in known.keys() | found.keys() if known.get(run) != found[run]}
    for run in known:
        postings = _bucket(connection, run >> 32)
        first, last = _span(postings, run & LOW)
        if first < last:
            wrong.add(run)
    if wrong:
        yield f"the search index has wrong counts of frequent runs: {len(wrong)}"


def _apart(connection: sqlite3.Connection, bucket: int) -> list[int]:
    """The runs of a bucket that are kept apart."""
    query = "SELECT run FROM search_frequent WHERE run BETWEEN ? AND ? ORDER BY run"
    return [row[0] for row in connection.execute(query, (bucket << 32, bucket << 32 | LOW))]


def _bucket(connection: sqlite3.Connection, bucket: int) -> array[int]:
    row = connection.execute("SELECT postings FROM search_buckets WHERE bucket = ?", (bucket,)).fetchone()
    return unpacked(row[0]) if row else array("Q")


def _parts_of(run: int) -> tuple[int, int]:
    """The first and the last number that a part of a run may have."""
    return run << PART_SHIFT, (run + 1 << PART_SHIFT) - 1
