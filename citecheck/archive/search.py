"""The archive's own search index: which articles share rare words, or runs of two words, with a text.

A run is a hash of 48 bits: the upper 16 name a bucket, the lower 32 stand in its blob of sorted postings, `hash << 32 |
article`, once for each time that the run stands there. So a query reads a few kilobytes for each of its runs, however
large the archive. An article that is added costs one row of the delta; when that has grown, it is merged into the
buckets. All of it happens in the transaction that adds the article.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from citecheck.matching.columns import CONTENT_BITS, UNKNOWN_BITS, Vocabulary, general_bits
from citecheck.matching.terms import TOKENS, WORD, term
from citecheck.models import Searched

#: Articles that wait in the delta while articles are added: merging rewrites the buckets, so the delta may grow with
#: them, and each posting is written a few times in all …
WAITING, WAITING_SHARE = 2_000, 0.25
#: … and that stay there when the run is done: a search reads all of them.
LEFT_WAITING = 200
#: Articles that `rebuild` enters at a time.
AT_A_TIME = 500
#: Runs of the delta that are sorted at a time.
RUNS_AT_A_TIME = 400_000
#: Postings that one query opens, the rarest first.
MOST_POSTINGS = 20_000
#: Postings that are kept in memory for the next query, and answers.
MOST_KEPT, MOST_ANSWERS = 20_000_000, 10_000
#: Articles that one query brings.
BEST_ARTICLES = 10
#: An article with less than this share of the best one's bits is no candidate beside it (as in `matching.windows`).
LEAST_SHARE = 0.4
#: What a run of two words is worth beside its words.
PAIR_SHARE = 0.5
_MULTIPLIER = 0x9E3779B97F4A7C15
_WORD = (1 << 64) - 1
_LOW = (1 << 32) - 1


@lru_cache(maxsize=TOKENS)
def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def single(name: str) -> int:
    return _hash(name) >> 16


def pair(first: str, second: str) -> int:
    return (((_hash(first) * _MULTIPLIER & _WORD) ^ _hash(second)) * _MULTIPLIER & _WORD) >> 16


def is_content(name: str) -> bool:
    """Whether a word alone brings candidates. Those that every text has are found by the runs that they stand in."""
    return general_bits().get(name, UNKNOWN_BITS) >= CONTENT_BITS


def _runs(names: Sequence[str]) -> list[int]:
    """The hashes of all runs of a text, sorted, as often as they stand there."""
    runs = [single(name) for name in names if is_content(name)]
    runs += [pair(first, second) for first, second in pairwise(names)]
    runs.sort()
    return runs


def _names(text: str) -> list[str]:
    return [term(token) for token in WORD.findall(text)]


def _packed(numbers: Sequence[int]) -> bytes:
    found = array("Q", numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def _unpacked(blob: bytes) -> array[int]:
    found = array("Q")
    found.frombytes(blob)
    if sys.byteorder == "big":
        found.byteswap()
    return found


# Writing ----------------------------------------------------------------------------------------------------------


def enter(connection: sqlite3.Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Put the words of articles, row and text of each, into the index. The caller holds the transaction.

    The counts of words, half of the cost, are written once for all of them.
    """
    counts: Counter[str] = Counter()
    for article, text in texts:
        names = _names(text)
        runs = _runs(names)
        row = (article, len(names), sum(runs) & (_WORD >> 1))
        connection.execute("INSERT INTO search_articles (article, words, checksum) VALUES (?, ?, ?)", row)
        connection.execute("INSERT INTO search_delta (article, runs) VALUES (?, ?)", (article, _packed(runs)))
        counts.update(names)
    connection.executemany(
        "INSERT INTO search_words (term, count) VALUES (?, ?)"
        " ON CONFLICT (term) DO UPDATE SET count = count + excluded.count",
        sorted(counts.items()),
    )


def leave(connection: sqlite3.Connection, article: int, text: str) -> None:
    """Take an article, whose text was `text`, out of the index."""
    waiting = connection.execute("DELETE FROM search_delta WHERE article = ?", (article,)).rowcount
    there = connection.execute("DELETE FROM search_articles WHERE article = ?", (article,)).rowcount
    if not there:
        return
    names = _names(text)
    connection.executemany(
        "UPDATE search_words SET count = count - ? WHERE term = ?",
        [(count, name) for name, count in sorted(Counter(names).items())],
    )
    if not waiting:
        for bucket in sorted({run >> 32 for run in _runs(names)}):
            kept = [entry for entry in _bucket(connection, bucket) if entry & _LOW != article]
            _put_bucket(connection, bucket, kept)


def room(connection: sqlite3.Connection) -> int:
    """How many more articles may be added before the delta should be merged."""
    (waiting,) = connection.execute("SELECT count(*) FROM search_delta").fetchone()
    (known,) = connection.execute("SELECT count(*) FROM search_articles").fetchone()
    return int(max(WAITING, WAITING_SHARE * (known - waiting)) - waiting)


def should_settle(connection: sqlite3.Connection) -> bool:
    """Whether more articles wait in the delta than should when nothing more is added."""
    (waiting,) = connection.execute("SELECT count(*) FROM search_delta").fetchone()
    return int(waiting) > LEFT_WAITING


def merge(connection: sqlite3.Connection) -> None:
    """Move all that waits in the delta into the buckets. The caller holds the transaction."""
    (size,) = connection.execute("SELECT coalesce(sum(length(runs)), 0) / 8 FROM search_delta").fetchone()
    parts = max(1, -(-size // RUNS_AT_A_TIME))
    edges = [(part << 48) // parts for part in range(parts + 1)]
    for low, high in pairwise(edges):
        entries: list[int] = []
        for article, blob in connection.execute("SELECT article, runs FROM search_delta"):
            runs = _unpacked(blob)
            entries += [run << 32 | article for run in runs[bisect_left(runs, low) : bisect_left(runs, high)]]
        entries.sort()
        _merge_sorted(connection, entries)
    connection.execute("DELETE FROM search_delta")


def _merge_sorted(connection: sqlite3.Connection, entries: Sequence[int]) -> None:
    """Put sorted numbers `run << 32 | article` into their buckets."""
    at = 0
    while at < len(entries):
        bucket = entries[at] >> 64
        end = bisect_left(entries, (bucket + 1) << 64, at)
        added = [entry & _WORD for entry in entries[at:end]]
        known = _bucket(connection, bucket)
        _put_bucket(connection, bucket, sorted([*known, *added]) if known else added)
        at = end


def _bucket(connection: sqlite3.Connection, bucket: int) -> array[int]:
    row = connection.execute("SELECT postings FROM search_buckets WHERE bucket = ?", (bucket,)).fetchone()
    return _unpacked(row[0]) if row else array("Q")


def _put_bucket(connection: sqlite3.Connection, bucket: int, entries: Sequence[int]) -> None:
    connection.execute("INSERT OR REPLACE INTO search_buckets VALUES (?, ?)", (bucket, _packed(entries)))


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the texts. The caller holds the transaction."""
    for table in ("search_words", "search_buckets", "search_delta", "search_articles"):
        connection.execute(f"DELETE FROM {table}")
    last = 0
    while True:  # not one long read: the delta is merged in between
        texts = connection.execute(
            "SELECT id, text FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, AT_A_TIME)
        ).fetchall()
        if not texts:
            break
        enter(connection, texts)
        last = texts[-1][0]
        if room(connection) <= 0:
            merge(connection)
    merge(connection)


def disagreements(connection: sqlite3.Connection) -> Iterator[str]:
    """Where the index says another thing than the texts: a sentence for each article, in order."""
    sums: Counter[int] = Counter()
    for bucket, blob in connection.execute("SELECT bucket, postings FROM search_buckets"):
        for entry in _unpacked(blob):
            sums[entry & _LOW] += bucket << 32 | entry >> 32
    for article, blob in connection.execute("SELECT article, runs FROM search_delta"):
        sums[article] += sum(_unpacked(blob))
    known = {row[0]: row[2] for row in connection.execute("SELECT article, words, checksum FROM search_articles")}
    for article, name, text in connection.execute("SELECT id, article, text FROM articles ORDER BY id"):
        wanted = sum(_runs(_names(text)))
        if known.get(article) != wanted & (_WORD >> 1) or sums[article] != wanted:
            yield f"the search index does not have the words of {name}"


# Reading ----------------------------------------------------------------------------------------------------------


class SearchIndex:
    """The index for reading: counts of words and runs over the whole archive, and the articles for a query.

    It is `matching.Statistics` for the part of an archive that a search loads. Articles whose rows are `left_out` are
    never brought: a draft that is in the archive shares most with itself, and would hide the others.
    """

    def __init__(
        self, connection: sqlite3.Connection, searched: Searched, left_out: frozenset[int] = frozenset()
    ) -> None:
        self.searched = searched
        self._connection = connection
        self._left_out = left_out
        self.vocabulary = Vocabulary(keep=True)
        self._runs: dict[int, Sequence[int]] = {}
        self._kept = 0
        self._counts: dict[str, int] = {}
        self._best: dict[str, list[int]] = {}
        self._delta = sorted(
            (run, article)
            for article, blob in connection.execute("SELECT article, runs FROM search_delta")
            for run in _unpacked(blob)
        )
        (self.words,) = connection.execute("SELECT coalesce(sum(words), 0) FROM search_articles").fetchone()

    def count(self, name: str) -> int:
        """How often a term stands in the archive."""
        if name not in self._counts:
            row = self._connection.execute("SELECT count FROM search_words WHERE term = ?", (name,)).fetchone()
            self._counts[name] = row[0] if row else 0
        return self._counts[name]

    def count_pair(self, first: str, second: str) -> int:
        """How often the second term stands right after the first."""
        return len(self._postings(pair(first, second)))

    def near(self, text: str) -> Sequence[str]:
        """The ids of the articles that share most with `text`."""
        query = "SELECT article FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        return [row[0] for row in self._connection.execute(query, (json.dumps(self.best(text)),))]

    def best(self, text: str) -> list[int]:
        """The rows of the articles that share most with `text`, best first."""
        if text not in self._best:
            if len(self._best) >= MOST_ANSWERS:
                self._best.clear()
            self._best[text] = self._search(text)
        return self._best[text]

    def _search(self, text: str) -> list[int]:
        """`best`. Runs are opened rarest first. As soon as what is left is worth less than what the last of the best
        must have, no other article can come in, and the frequent runs are only looked up for those that still can be
        among them (MaxScore: Turtle and Flood, 1995)."""
        runs = self._by_rarity(text)
        left = [*accumulate((value for value, _ in reversed(runs)), initial=0.0)][::-1]
        bits: dict[int, float] = {}
        floor, pruned, room, closed = 0.0, math.inf, MOST_POSTINGS, False
        for at, (value, articles) in enumerate(runs):
            rest = left[at + 1]
            room -= len(articles)
            if not closed and bits and (room < 0 or rest < LEAST_SHARE * left[0]):  # before, nothing can be ruled out
                floor = max(floor, _floor(bits, runs[at:]))
                closed = room < 0 or value + rest < floor
            for article in _both(bits, articles) if closed else set(articles) - self._left_out:
                bits[article] = bits.get(article, 0.0) + value
            if closed and pruned - rest >= _PRUNED:
                pruned = rest
                bits = {article: known for article, known in bits.items() if known + rest >= floor}
        if not bits:
            return []
        order = sorted(bits, key=lambda article: (-bits[article], article))[:BEST_ARTICLES]
        return [article for article in order if bits[article] >= LEAST_SHARE * bits[order[0]]]

    def _by_rarity(self, text: str) -> list[tuple[float, Sequence[int]]]:
        """What each run of a text is worth in bits, and the articles in which it stands; the rarest first."""
        names = _names(text)
        worth = {single(name): 1.0 for name in names if is_content(name)}
        worth |= {pair(first, second): PAIR_SHARE for first, second in pairwise(names)}
        found = sorted((len(articles), run) for run in worth if (articles := self._postings(run)))
        return [(worth[run] * math.log2((self.words + 1) / count), self._postings(run)) for count, run in found]

    def _postings(self, run: int) -> Sequence[int]:
        """The articles in which a run stands, ascending, once for each time."""
        if run not in self._runs:
            found = self._read(run)
            self._kept += len(found)
            if self._kept > MOST_KEPT:
                self._runs, self._kept = {}, len(found)
            self._runs[run] = found
        return self._runs[run]

    def _read(self, run: int) -> Sequence[int]:
        bucket, low = run >> 32, (run & _LOW) << 32
        row = self._connection.execute("SELECT postings FROM search_buckets WHERE bucket = ?", (bucket,)).fetchone()
        found = _articles(row[0], low) if row else array("I")
        at = bisect_left(self._delta, (run, 0))
        if at == len(self._delta) or self._delta[at][0] != run:
            return found
        last = bisect_left(self._delta, (run + 1, 0), at)
        return array("I", sorted([*found, *(article for _, article in self._delta[at:last])]))


def _articles(blob: bytes, low: int) -> Sequence[int]:
    """The articles of one run of a bucket, whose postings begin at `low`. Those of a run that every text has stay where
    they are: they are counted and looked up, and seldom read."""
    entries = memoryview(blob).cast("Q") if sys.byteorder == "little" else _unpacked(blob)
    first = bisect_left(entries, low)
    last = bisect_left(entries, low + _LOW + 1, first)
    if sys.byteorder == "big":
        return array("I", [entry & _LOW for entry in entries[first:last]])
    found = memoryview(blob).cast("I")[2 * first : 2 * last : 2]
    if last - first > MOST_POSTINGS:
        return found
    copied = array("I")
    copied.frombytes(found.tobytes())
    return copied


def _floor(bits: Mapping[int, float], unread: Sequence[tuple[float, Sequence[int]]]) -> float:
    """What an article must reach to be among the best: all that those share with the text that are the first so far."""
    ahead = sorted(bits, key=bits.__getitem__)[-BEST_ARTICLES:]
    most = sorted(bits[one] + sum(value for value, articles in unread if _has(articles, one)) for one in ahead)
    least = max(LEAST_SHARE * most[-1], most[0] if len(most) == BEST_ARTICLES else 0.0)
    return least - _ROUNDING


#: Sums of the same bits in another order differ by less.
_ROUNDING = 1e-6
#: Bits that the bound must fall by before candidates are looked through once more.
_PRUNED = 5.0
#: Looking an article up among others that ascend costs as much as putting so many into a set.
_LOOK_UP = 8


def _both(wanted: Mapping[int, object], articles: Sequence[int]) -> Collection[int]:
    """Those of `wanted` that `articles` has."""
    if len(articles) <= _LOOK_UP * len(wanted):
        return set(articles).intersection(wanted)
    return [article for article in wanted if _has(articles, article)]


def _has(articles: Sequence[int], article: int) -> bool:
    """Whether `article` is one of `articles`, which ascend."""
    at = bisect_left(articles, article)
    return at < len(articles) and articles[at] == article
