"""The candidate stage beside its yardstick (hash, runs, one sort) and the peers that find near duplicates."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from citecheck.matching.stars import star_pairs
from citecheck.matching.terms import WORD, term

from .corpus import Made, quotations
from .timing import Contender, Figures

#: Quotations up to which all pairs can be compared at all.
MOST_FOR_ALL_PAIRS = 10_000
#: Quotations up to which each is looked for by its phrases in an index: beyond, frequent phrases take minutes.
MOST_FOR_PHRASES = 10_000
#: Quotations up to which the peers are run: beyond, they take minutes and gigabytes.
MOST_FOR_PEERS = 200_000

#: The ways of a rendering that was changed and is no fragment: a variant.
CHANGED = ("typo", "drop", "insert", "substitute", "truncate")


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """pairs worth comparing, from texts; recall is the share of changed renderings that meet another of their family"""
    made = quotations(size, seed)
    texts = [one.text for one in made]

    def stars() -> Figures:
        return _figures(made, zip(*star_pairs(*term_columns(texts)), strict=True))

    ours = [Contender("hash, runs and one sort", lambda: _yardstick(texts), "numpy"), Contender("citecheck", stars)]
    if size <= MOST_FOR_PEERS:
        ours.append(Contender("datasketch MinHash LSH", lambda: _figures(made, _datasketch(texts)), "datasketch"))
        ours.append(Contender("rensa R-MinHash LSH", lambda: _figures(made, _rensa(texts)), "rensa"))
    if size <= MOST_FOR_PHRASES:
        ours.append(Contender("SQLite FTS5 phrases", lambda: _figures(made, _phrases(texts))))
    if size <= MOST_FOR_ALL_PAIRS:
        ours.append(Contender("RapidFuzz cdist", lambda: _figures(made, _cdist(texts))))
    return ours


def _figures(made: Sequence[Made], pairs: Iterable[tuple[int, int]]) -> Figures:
    """Recall by kind of change, and how many pairs it took. Families of one take no part."""
    met = set()
    count = 0
    for a, b in pairs:
        count += 1
        if made[a].family == made[b].family:
            met.add(a)
            met.add(b)
    changed = [at for at, one in enumerate(made) if one.way in CHANGED]
    cut = [at for at, one in enumerate(made) if one.way == "fragment 6-12"]
    return {
        "variants": len(met.intersection(changed)) / max(1, len(changed)),
        "fragments": len(met.intersection(cut)) / max(1, len(cut)),
        "pairs": count,
    }


def _yardstick(texts: Sequence[str]) -> None:
    """The least that any search by runs of words does: a number for each word, a key for each run, one sort."""
    import numpy as np

    numbers: dict[str, int] = {}
    terms = array("I")
    for text in texts:
        terms.extend([numbers.setdefault(word, len(numbers)) for word in text.lower().split()])
    words = np.frombuffer(terms, dtype=np.uint32).astype(np.uint64)
    one = (words + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    two = (one[:-1] ^ words[1:]) * np.uint64(0x9E3779B97F4A7C15)
    three = (two[:-1] ^ words[2:]) * np.uint64(0x9E3779B97F4A7C15)
    keys = np.concatenate((two, three))
    keys.sort()


def _shingles(text: str) -> set[str]:
    found = text.lower().rstrip(".").split()
    return {f"{first} {second}" for first, second in pairwise(found)} or set(found)


def _datasketch(texts: Sequence[str]) -> Iterable[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=64)
    sketches = MinHash.bulk([[word.encode() for word in _shingles(text)] for text in texts], num_perm=64)
    for at, sketch in enumerate(sketches):
        yield from ((other, at) for other in index.query(sketch))
        index.insert(at, sketch)


def _rensa(texts: Sequence[str]) -> Iterable[tuple[int, int]]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=64, num_bands=16)
    for at, text in enumerate(texts):
        sketch = RMinHash(num_perm=64, seed=1)
        sketch.update(list(_shingles(text)))
        yield from ((other, at) for other in index.query(sketch))
        index.insert(at, sketch)


def _phrases(texts: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Any three words in a row of each text, one phrase after the other, in a full-text index of all."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE said USING fts5(text)")
    database.executemany("INSERT INTO said (rowid, text) VALUES (?, ?)", enumerate(texts))
    for at, text in enumerate(texts):
        words = text.lower().rstrip(".").replace('"', "").split()
        asked = " OR ".join(f'"{" ".join(words[first : first + 3])}"' for first in range(0, len(words), 3))
        for (other,) in database.execute("SELECT rowid FROM said WHERE said MATCH ? AND rowid > ?", (asked, at)):
            yield at, other


def _cdist(texts: Sequence[str]) -> Iterable[tuple[int, int]]:
    """All pairs, a thousand rows at a time."""
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    for start in range(0, len(texts), 1000):
        scores = cdist(texts[start : start + 1000], texts, scorer=Indel.normalized_similarity, score_cutoff=0.7)
        for a, b in zip(*np.nonzero(scores), strict=True):
            if start + a < b:
                yield int(start + a), int(b)


class _Known(dict[str, int]):
    """The number of the term of each piece between spaces; -1 where it holds no word or several."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}
        self.several: dict[str, list[int]] = {}

    def __missing__(self, piece: str) -> int:
        numbers = [self.numbers.setdefault(term(word), len(self.numbers)) for word in WORD.findall(piece)]
        if len(numbers) != 1:
            self.several[piece] = numbers
        self[piece] = number = numbers[0] if len(numbers) == 1 else -1
        return number


def term_columns(texts: Iterable[str]) -> tuple[array[int], array[int]]:
    """The numbers of the terms of all words, text after text, and where each text starts, with the end at the end."""
    terms, bounds = array("I"), array("I", [0])
    for numbers in numbered(texts):
        terms.extend(numbers)
        bounds.append(len(terms))
    return terms, bounds


def numbered(texts: Iterable[str]) -> Iterator[list[int]]:
    """The numbers of the terms of each text.

    No word holds a space, so each piece between spaces is looked at once, however often it comes: a fifth of the time
    of a search for words.
    """
    known = _Known()
    for text in texts:
        pieces = text.split()
        numbers = list(map(known.__getitem__, pieces))
        if -1 in numbers:
            numbers = [
                number
                for piece, first in zip(pieces, numbers, strict=True)
                for number in (known.several[piece] if first < 0 else (first,))
            ]
        yield numbers
