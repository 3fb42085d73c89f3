"""Where in the corpus the words of a query stand, best place first, with what speaks for each place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from citecheck.matching.align import Pair, align, gap_cost
from citecheck.matching.columns import Columns
from citecheck.matching.phrases import phrase_bits
from citecheck.matching.terms import WORD, stem, term
from citecheck.matching.windows import Window, windows
from citecheck.text.patterns import regex

#: Stretches that are aligned for one query. The right one is among the first five on all development queries.
CANDIDATES = 24
#: What a near synonym is worth beside the word itself.
SYNONYM_SHARE = 0.7
#: What another form of a word is worth: enough less to tell two places apart that differ in it.
STEM_SHARE = 0.98
_BREAK = regex(r"\n|[.!?…][\"”’')\]]*\s")
_ELLIPSIS = regex(r"…|\.\s?\.\s?\.")
#: Numbers of words that stand nowhere in the corpus: each its own, above all others.
_NOWHERE = 1 << 31


class Query:
    """The words of a query as terms of `columns`, with their bits."""

    def __init__(self, columns: Columns, text: str) -> None:
        self.text = text
        found = list(WORD.finditer(text))
        self.spans = [match.span() for match in found]
        self.words = [match.group().casefold().replace("’", "'") for match in found]
        self.stems = [stem(match.group()) for match in found]
        self.terms = [term(match.group()) for match in found]
        self.numbers = columns.look_up(self.terms)
        self.bits = [
            columns.bits[number] if number >= 0 else columns.bits_elsewhere(name)
            for name, number in zip(self.terms, self.numbers, strict=True)
        ]
        self.codes = [number if number >= 0 else _NOWHERE + at for at, number in enumerate(self.numbers)]
        self.total = sum(self.bits)
        gaps = [text[a.end() : b.start()] for a, b in pairwise(found)]
        self.breaks = _running([bool(_BREAK.search(gap)) for gap in gaps])
        self.after_ellipsis = frozenset(at for at, gap in enumerate(gaps, 1) if _ELLIPSIS.search(gap))

    def __len__(self) -> int:
        return len(self.numbers)


class Place(NamedTuple):
    """A stretch of one text that shares words with the query.

    `bits` is what the aligned words are worth, gaps paid; `surprise` how much more that is than what a corpus of this
    size gives by chance, `evidence` the same with stock phrases and the corpus's own phrases counted for little;
    `cover` the share of the query's bits that is aligned; `density` the share of the words from the first to the last
    aligned one that are aligned.
    """

    text: int
    first: int
    last: int
    pairs: tuple[Pair, ...]
    bits: float
    surprise: float
    evidence: float
    cover: float
    density: float

    @property
    def rank(self) -> tuple[bool, float]:
        """What places are sorted by: the very words first, then all that the words are worth and what of it is no
        phrase of everybody's. By the former alone "died of heart failure" stands before the sentence that names who."""
        return self.cover > STEM_SHARE and self.density == 1.0, self.bits + self.evidence

    @property
    def closeness(self) -> float:
        """The same for words that must stand close together."""
        return self.evidence * self.cover * self.density


def places(columns: Columns, texts: Sequence[str], query: Query, where: Sequence[int] | None = None) -> list[Place]:
    """The stretches that share most with `query`, best first. `where`: the numbers of the texts that are looked in,
    ascending; None: all."""
    wanted = {number for number in query.numbers if number >= 0}
    if not wanted:
        return []
    width = int(len(query) * 1.5) + 12 + 30 * len(query.after_ellipsis)
    candidates = windows(
        columns.hits(wanted, where),
        {number: columns.bits[number] for number in wanted},
        columns.bounds,
        width,
        CANDIDATES,
    )
    found = [place for window in candidates if (place := _place(columns, texts, query, window))]
    found.sort(key=lambda place: (len(texts[place.text]), place.first))
    found.sort(key=lambda place: place.rank, reverse=True)
    return found


def _place(columns: Columns, texts: Sequence[str], query: Query, window: Window) -> Place | None:
    text = columns.text_at(window.first)
    margin = len(query) // 2 + 4
    low = max(columns.bounds[text], window.first - margin)
    high = min(columns.bounds[text + 1], window.last + 1 + margin)

    @cache
    def worth(pair: Pair) -> float:
        token = texts[text][columns.starts[low + pair[1]] : columns.ends[low + pair[1]]]
        if stem(token) != query.stems[pair[0]]:
            return query.bits[pair[0]] * SYNONYM_SHARE
        return query.bits[pair[0]] * (1.0 if token.casefold() == query.words[pair[0]] else STEM_SHARE)

    def cost(a: Pair, b: Pair) -> float:
        between = b[1] - a[1] - 1
        if query.after_ellipsis and any(a[0] < at <= b[0] for at in query.after_ellipsis):
            return gap_cost(between // 2, 0)
        ends = _ends(columns, texts[text], low + a[1], low + b[1])
        return gap_cost(between, ends - query.breaks[b[0]] + query.breaks[a[0]]) if between or ends else 0.0

    chain = align(query.codes, columns.terms[low:high], worth, cost)
    if not chain.pairs:
        return None
    pairs = tuple((at, low + there) for at, there in chain.pairs)
    matched = sum(worth(pair) for pair in chain.pairs)
    chance = math.log2(columns.words + 1)
    phrase = sum(
        bits * worth(pair) / query.bits[pair[0]]
        for bits, pair in zip(
            phrase_bits(columns, [at for _, at in pairs], [query.terms[at] for at, _ in pairs]),
            chain.pairs,
            strict=True,
        )
    )
    return Place(
        text=text,
        first=pairs[0][1],
        last=pairs[-1][1],
        pairs=pairs,
        bits=chain.bits,
        surprise=chain.bits - chance,
        evidence=phrase - (matched - chain.bits) - chance,
        cover=matched / query.total,
        density=len(pairs) / (pairs[-1][1] - pairs[0][1] + 1),
    )


def _ends(columns: Columns, text: str, first: int, last: int) -> int:
    """How many ends of sentences stand between two words of a text. Most gaps are one space."""
    found = 0
    for end, start in zip(columns.ends[first:last], columns.starts[first + 1 : last + 1], strict=True):
        if text[end:start] != " " and _BREAK.search(text, end, start + 1):
            found += 1
    return found


def _running(flags: Sequence[bool]) -> list[int]:
    """How many of `flags` were true before each place: one more number than flags."""
    counts = [0]
    for flag in flags:
        counts.append(counts[-1] + flag)
    return counts
