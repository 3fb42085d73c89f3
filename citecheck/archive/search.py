"""The archive's own search index: which articles share rare words, or runs of two words, with a text.

A run is a hash of 48 bits, and `postings` has the articles in which it stands. An article that is added costs one row
of the delta; when that has grown, it is merged into the postings. All of it happens in the transaction that adds the
article.
"""

from __future__ import annotations

import heapq
import json
import math
import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from citecheck.archive import postings, totals
from citecheck.archive.countdown import Done, unwatched
from citecheck.archive.postings import Articles
from citecheck.archive.rows import extractions
from citecheck.archive.runs import pairs, runs, single
from citecheck.matching.columns import Vocabulary
from citecheck.matching.terms import terms
from citecheck.models import Extraction, Searched

#: Articles that wait in the delta while articles are added: merging rewrites the buckets, so the delta may grow with
#: them, and each posting is written a few times in all …
WAITING, WAITING_SHARE = 2_000, 0.25
#: … and that stay there when the run is done: a search reads all of them.
LEFT_WAITING = 200
#: Articles that `rebuild` enters at a time.
AT_A_TIME = 500
#: Runs of the delta that are sorted at a time, and the parts of it at most: for each the delta is read once.
RUNS_AT_A_TIME, MOST_PARTS = 400_000, 64
#: Postings that one query opens, the rarest first.
MOST_POSTINGS = 20_000
#: Postings that are kept in memory for the next query, and answers.
MOST_KEPT, MOST_ANSWERS = 20_000_000, 10_000
#: Code points of the articles that are kept in memory.
MOST_LOADED = 5_000_000
#: Texts that one query brings, and articles that are one of them again.
BEST_ARTICLES, MOST_OF_ONE = 10, 2
#: Articles among which these nearly always are.
_FIRST = 40
#: An article with less than this share of the best one's bits is no candidate beside it (as in `matching.windows`).
LEAST_SHARE = 0.4
#: What a run of two words is worth beside its words.
PAIR_SHARE = 0.5
_WORD = (1 << 64) - 1


# Writing ----------------------------------------------------------------------------------------------------------


def enter(connection: sqlite3.Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Put the words of articles, row and text of each, into the index. The caller holds the transaction.

    The counts of words, half of the cost, are written once for all of them.
    """
    counts: Counter[str] = Counter()
    for article, text in texts:
        names = terms(text)
        found = runs(names)
        row = (article, len(names), sum(found) & (_WORD >> 1))
        connection.execute("INSERT INTO search_articles (article, words, checksum) VALUES (?, ?, ?)", row)
        connection.execute("INSERT INTO search_delta (article, runs) VALUES (?, ?)", (article, postings.packed(found)))
        counts.update(names)
    totals.add(connection, words=counts.total())
    connection.executemany(
        "INSERT INTO search_words (term, count) VALUES (?, ?)"
        " ON CONFLICT (term) DO UPDATE SET count = count + excluded.count",
        sorted(counts.items()),
    )


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
    """Move all that waits in the delta into the postings. The caller holds the transaction."""
    (size,) = connection.execute("SELECT coalesce(sum(length(runs)), 0) / 8 FROM search_delta").fetchone()
    parts = min(max(1, -(-size // RUNS_AT_A_TIME)), MOST_PARTS)
    edges = [(part << 48) // parts for part in range(parts + 1)]
    for low, high in pairwise(edges):
        entries: list[int] = []
        for article, blob in connection.execute("SELECT article, runs FROM search_delta"):
            there = postings.unpacked(blob)
            entries += [run << 32 | article for run in there[bisect_left(there, low) : bisect_left(there, high)]]
        entries.sort()
        postings.put(connection, entries)
    connection.execute("DELETE FROM search_delta")


def rebuild(connection: sqlite3.Connection, done: Done = unwatched) -> None:
    """Make the index anew from the texts. The caller holds the transaction."""
    for table in ("search_words", "search_delta", "search_articles"):
        connection.execute(f"DELETE FROM {table}")
    postings.clear(connection)
    connection.execute("UPDATE totals SET words = 0")
    last = 0
    while True:  # not one long read: the delta is merged in between
        texts = connection.execute(
            "SELECT id, text FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, AT_A_TIME)
        ).fetchall()
        if not texts:
            break
        enter(connection, texts)
        last = texts[-1][0]
        done(len(texts))
        if room(connection) <= 0:
            merge(connection)
    merge(connection)


def disagreements(connection: sqlite3.Connection) -> Iterator[str]:
    """Where the index says another thing than the texts: a sentence for each article, in order."""
    sums: Counter[int] = Counter()
    for run, article in postings.entries(connection):
        sums[article] += run
    for article, blob in connection.execute("SELECT article, runs FROM search_delta"):
        sums[article] += sum(postings.unpacked(blob))
    known = {row[0]: row[2] for row in connection.execute("SELECT article, words, checksum FROM search_articles")}
    for article, name, text in connection.execute("SELECT id, article, text FROM articles ORDER BY id"):
        wanted = sum(runs(terms(text)))
        if known.get(article) != wanted & (_WORD >> 1) or sums[article] != wanted:
            yield f"the search index does not have the words of {name}"
    yield from postings.disagreements(connection)


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
        self._runs: dict[int, Articles] = {}
        self._kept = 0
        self._counts: dict[str, int] = {}
        self._best: dict[str, list[int]] = {}
        self._names: dict[int, str] = {}
        self.loaded: dict[int, Extraction] = {}
        self._delta = sorted(
            (run, article)
            for article, blob in connection.execute("SELECT article, runs FROM search_delta")
            for run in postings.unpacked(blob)
        )
        self.words = totals.read(connection).words

    def expect(self, texts: Iterable[str]) -> None:
        """Read at once what searches for these texts will ask for, in the order in which it lies in the file."""
        names = [terms(text) for text in texts]
        if unknown := {name for those in names for name in those} - self._counts.keys():
            self._count(unknown)
        if unread := {run for those in names for run in _worth(those)} - self._runs.keys():
            self._read(unread)

    def count(self, name: str) -> int:
        """How often a term stands in the archive."""
        if name not in self._counts:
            self._count([name])
        return self._counts[name]

    def _count(self, names: Collection[str]) -> None:
        self._counts |= dict.fromkeys(names, 0)
        query = "SELECT term, count FROM search_words WHERE term IN (SELECT value FROM json_each(?))"
        self._counts |= dict(map(tuple, self._connection.execute(query, (json.dumps(sorted(names)),))))

    def count_pair(self, first: str, second: str) -> int:
        """How often the second term stands right after the first."""
        return len(self._postings(*pairs((first, second))))

    def near(self, text: str) -> Sequence[str]:
        """The ids of the articles that share most with `text`."""
        return self.names(self.best(text))

    def names(self, rows: Sequence[int]) -> list[str]:
        """The ids of the articles of these rows."""
        unknown = json.dumps([row for row in rows if row not in self._names])
        if unknown != "[]":
            query = "SELECT id, article FROM articles WHERE id IN (SELECT value FROM json_each(?))"
            self._names |= dict(map(tuple, self._connection.execute(query, (unknown,))))
        return [self._names[row] for row in rows]

    def load(self, rows: Sequence[int]) -> None:
        """Have the articles of these rows in `loaded`: a draft that is checked again asks for the same ones."""
        if sum(len(item.article.text) for item in self.loaded.values()) > MOST_LOADED:
            self.loaded = {}
        if missing := [row for row in rows if row not in self.loaded]:
            self.loaded |= zip(missing, extractions(self._connection, missing), strict=True)

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
        bits: defaultdict[int, float] = defaultdict(float)
        floor, pruned, room, closed = 0.0, math.inf, MOST_POSTINGS, False
        for at, (value, articles) in enumerate(runs):
            rest = left[at + 1]
            room -= len(articles)
            if not closed and bits and (room < 0 or rest < LEAST_SHARE * left[0]):  # before, nothing can be ruled out
                floor = max(floor, _floor(bits, *self._ahead(bits), runs[at:]))
                closed = room < 0 or value + rest < floor
            for article in _both(bits, articles) if closed else set(articles) - self._left_out:
                bits[article] += value
            if closed and pruned - rest >= _PRUNED:
                pruned = rest
                for article in [article for article, known in bits.items() if known + rest < floor]:
                    del bits[article]
        if not bits:
            return []
        order, _ = self._ahead(bits)
        return [article for article in order if bits[article] >= LEAST_SHARE * bits[order[0]]]

    def _ahead(self, bits: Mapping[int, float]) -> tuple[list[int], bool]:
        """The articles with most bits, ten texts of them, and whether there are ten. Copies and versions of one text
        count once, and few of them are there: what thirty papers print would leave no room for others."""
        chosen: list[int] = []
        texts: Counter[int] = Counter()
        names: set[int] = set()
        for article in self._in_order(bits):
            name, text = self._newest.get(article, article), self._originals.get(article, article)
            if name not in names and texts[text] < MOST_OF_ONE:
                names.add(name)
                texts[text] += 1
                chosen.append(article)
                if len(texts) == BEST_ARTICLES:
                    return chosen, True
        return chosen, False

    def _in_order(self, bits: Mapping[int, float]) -> Iterator[int]:
        """Articles by their bits, most first; of an article that changed the newest text before the others."""

        def key(article: int) -> tuple[float, bool, int]:
            return -bits[article], article in self._newest, article

        first = heapq.nsmallest(_FIRST, bits, key=key)
        yield from first
        if len(first) < len(bits):
            yield from sorted(bits, key=key)[len(first) :]

    @cached_property
    def _newest(self) -> dict[int, int]:
        """Earlier texts, each with the newest of its id."""
        query = "SELECT old.id, new.id FROM articles AS old JOIN articles AS new ON new.article = old.earlier_of"
        return dict(self._connection.execute(f"{query} WHERE old.earlier_of IS NOT NULL").fetchall())

    @cached_property
    def _originals(self) -> dict[int, int]:
        """Articles that are copies or versions, each with the one whose text it is: where its links end."""
        links = dict(self._connection.execute("SELECT article, other FROM copies").fetchall())

        def end(article: int) -> int:
            while article in links:
                article = links[article]
            return article

        return {article: end(article) for article in links}

    def _by_rarity(self, text: str) -> list[tuple[float, Articles]]:
        """What each run of a text is worth in bits, and the articles in which it stands; the rarest first."""
        worth = _worth(terms(text))
        found = sorted((len(articles), run) for run in worth if (articles := self._postings(run)))
        return [(worth[run] * math.log2((self.words + 1) / count), self._postings(run)) for count, run in found]

    def _postings(self, run: int) -> Articles:
        """The articles in which a run stands, once for each time."""
        if run not in self._runs:
            self._read({run})
        return self._runs[run]

    def _read(self, runs: Collection[int]) -> None:
        counts = postings.counts(self._connection, runs)
        rare = postings.in_buckets(self._connection, [run for run in runs if run not in counts])
        self._keep(sum(map(len, rare.values())))
        for run in runs:
            waiting: Sequence[int] = ()
            at = bisect_left(self._delta, (run, 0))
            if at < len(self._delta) and self._delta[at][0] == run:
                last = bisect_left(self._delta, (run + 1, 0), at)
                waiting = array("I", [article for _, article in self._delta[at:last]])
            if run in counts:
                self._runs[run] = postings.Apart(self._connection, run, counts[run], waiting, self._keep)
            else:
                self._runs[run] = array("I", sorted([*rare[run], *waiting])) if waiting else rare[run]

    def _keep(self, count: int) -> None:
        """Forget all that was read, before too much is kept."""
        self._kept += count
        if self._kept > MOST_KEPT:
            self._runs, self._kept = {}, count


def _worth(names: Sequence[str]) -> dict[int, float]:
    """What each run of a text is worth beside its rarity."""
    worth = {run: 1.0 for run in map(single, names) if run is not None}
    return worth | dict.fromkeys(pairs(names), PAIR_SHARE)


def _floor(
    bits: Mapping[int, float], ahead: Sequence[int], full: bool, unread: Sequence[tuple[float, Articles]]
) -> float:
    """What an article must reach to be among the best: all that those share with the text that are ahead so far, where
    they are as many as will be brought."""
    more = dict.fromkeys(ahead, 0.0)
    for value, articles in unread:
        for one in postings.among(articles, ahead):
            more[one] += value
    most = sorted(bits[one] + more[one] for one in ahead)
    least = max(LEAST_SHARE * most[-1], most[0] if full else 0.0)
    return least - _ROUNDING


#: Sums of the same bits in another order differ by less.
_ROUNDING = 1e-6
#: Bits that the bound must fall by before candidates are looked through once more.
_PRUNED = 5.0
#: Looking an article up among others that ascend costs as much as putting so many into a set.
_LOOK_UP = 8


def _both(wanted: Mapping[int, object], articles: Articles) -> Collection[int]:
    """Those of `wanted` that `articles` has."""
    if len(articles) <= _LOOK_UP * len(wanted):
        return set(articles).intersection(wanted)
    return postings.among(articles, wanted)
