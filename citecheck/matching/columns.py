"""The corpus as columns: a term number and a place for each word, and where each term stands.

Columns are flat arrays, so that the candidate stage is a pure function over them and can later run elsewhere.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence, Set
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple, Protocol

from citecheck.matching.terms import WORD, term
from citecheck.matching.windows import MAX_POSITIONS, Place, rarest
from citecheck.models import Searched
from citecheck.text.lexicons import rows
from citecheck.text.patterns import regex

#: How many words of general English stand behind the counts of a small corpus (a Dirichlet prior): with five articles
#: the common words are known to be common, with a hundred thousand words the corpus speaks for itself.
PRIOR_WORDS = 20_000.0
#: Rarity in bits of a word that the table of common words lacks.
UNKNOWN_BITS = 17.0
#: General rarity (bits) of a content word.
CONTENT_BITS = 9.0


@cache
def general_bits() -> dict[str, float]:
    """Rarity of common terms in general English; of the words that share a term the most frequent counts."""
    bits: dict[str, float] = {}
    for row in rows("common_words.tsv"):
        for word in row["words"].split():
            bits.setdefault(term(word), float(row["bits"]))
    return bits


_WORDS = regex(f"({WORD.pattern})")
#: Words of texts that a vocabulary keeps for the next search of an archive.
MOST_KEPT = 4_000_000


class Read(NamedTuple):
    """A text as columns: the numbers of its terms, and where each word starts and ends."""

    terms: array[int]
    starts: array[int]
    ends: array[int]


class Vocabulary:
    """Numbers for terms, and the texts that were read with them: two searches of an archive meet the same articles."""

    def __init__(self, keep: bool = False) -> None:
        self.names: list[str] = []  # number -> term
        self.numbers: dict[str, int] = {}  # term -> its number
        self._known = _Numbered(self)
        self._keep = keep
        self._texts: dict[str, Read] = {}
        self._kept = 0

    def read(self, text: str) -> Read:
        """`text` as columns."""
        if text in self._texts:
            return self._texts[text]
        pieces = _WORDS.split(text)  # what stands between words, and words, in turn
        places = array("I", accumulate(map(len, pieces)))
        numbers = array("I", map(self._known.__getitem__, pieces[1::2]))
        read = Read(numbers, places[:-1:2], places[1::2])
        if self._keep:
            self._kept += len(numbers)
            if self._kept > MOST_KEPT:
                self._texts, self._kept = {}, len(numbers)
            self._texts[text] = read
        return read


class Statistics(Protocol):
    """Counts over a corpus that is larger than the part of it that was loaded."""

    searched: Searched
    words: int
    vocabulary: Vocabulary

    def count(self, name: str) -> int:
        """How often a term stands in the corpus."""

    def count_pair(self, first: str, second: str) -> int:
        """How often the second term stands right after the first."""

    def near(self, text: str) -> Collection[str]:
        """The ids of the articles that a search for `text` looks in."""


class Columns:
    """All words of some texts in order. A *position* counts words over all texts, from 0."""

    def __init__(self, texts: Iterable[str], whole: Statistics | None = None) -> None:
        self.whole = whole
        vocabulary = whole.vocabulary if whole else Vocabulary()
        self.names = vocabulary.names  # number -> term
        self.numbers = vocabulary.numbers  # term -> its number
        self.terms = array("I")  # position -> number of the term
        self.starts = array("I")  # position -> code point where the word starts in its text
        self.ends = array("I")
        self.bounds = array("I", [0])  # text -> first position; one more at the end
        self._pairs: dict[tuple[int, int], int] = {}
        for text in texts:
            read = vocabulary.read(text)
            self.terms.extend(read.terms)
            self.starts.extend(read.starts)
            self.ends.extend(read.ends)
            self.bounds.append(len(self.terms))
        self.words = whole.words if whole else len(self.terms)  # running words, of the whole corpus
        self.bits = _Bits(self)

    @cached_property
    def postings(self) -> list[array[int]]:
        """Number of a term → positions, ascending."""
        found = [array("I") for _ in self.names]
        for position, number in enumerate(self.terms):
            found[number].append(position)
        return found

    def hits(self, wanted: Set[int], texts: Iterable[int] | None) -> list[Place]:
        """Where these terms stand in `texts`, which ascend, None: in all of them; ascending. Of more than a search
        looks at the rarest."""
        if texts is None:
            return rarest({number: self.postings[number] for number in wanted})
        found: list[Place] = []
        for text in texts:
            first = self.bounds[text]
            there = self.terms[first : self.bounds[text + 1]]
            found += [(at, number) for at, number in enumerate(there, first) if number in wanted]
        if len(found) <= MAX_POSITIONS:
            return found
        postings: dict[int, list[int]] = {}
        for at, number in found:
            postings.setdefault(number, []).append(at)
        return rarest(postings)

    def count(self, number: int) -> int:
        """How often the term of this number stands in the corpus."""
        return self.whole.count(self.names[number]) if self.whole else len(self.postings[number])

    def bits_elsewhere(self, name: str) -> float:
        """Bits of a term that none of these texts has: of an archive the others may have it."""
        count = self.whole.count(name) if self.whole else 0
        return self.rarity(count, name) if count else self.rarity(0.5)

    def rarity(self, count: float, name: str = "") -> float:
        """Bits of a term that stands `count` times in the corpus."""
        prior = PRIOR_WORDS * 2.0 ** -general_bits().get(name, UNKNOWN_BITS)
        return math.log2(self.words + PRIOR_WORDS) - math.log2(count + prior)

    def text_at(self, position: int) -> int:
        """The number of the text that `position` stands in."""
        return bisect_right(self.bounds, position) - 1

    def look_up(self, names: Sequence[str]) -> list[int]:
        """The numbers of `names`; -1 for a term that stands nowhere."""
        return [self.numbers.get(name, -1) for name in names]

    def count_pair(self, first: int, second: int) -> int:
        """How often the term `second` stands right after `first`. Cached: common pairs come again and again."""
        key = (first, second)
        if key not in self._pairs and self.whole:
            self._pairs[key] = self.whole.count_pair(self.names[first], self.names[second])
        elif key not in self._pairs:
            terms, last = self.terms, len(self.terms) - 1
            if len(self.postings[first]) <= len(self.postings[second]):
                count = sum(1 for at in self.postings[first] if at < last and terms[at + 1] == second)
            else:
                count = sum(1 for at in self.postings[second] if at and terms[at - 1] == first)
            self._pairs[key] = count
        return self._pairs[key]


class _Numbered(dict[str, int]):
    """The number of each token's term, which is given where the token is met first."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, token: str) -> int:
        vocabulary, name = self._vocabulary, term(token)
        number = vocabulary.numbers.setdefault(name, len(vocabulary.numbers))
        if number == len(vocabulary.names):
            vocabulary.names.append(name)
        self[token] = number
        return number


class _Bits(dict[int, float]):
    """Bits of each term: how surprising one occurrence is (-log2 of its share of the running words). Worked out when it
    is asked for: a search asks for few."""

    def __init__(self, columns: Columns) -> None:
        super().__init__()
        self._columns = columns

    def __missing__(self, number: int) -> float:
        self[number] = bits = self._columns.rarity(self._columns.count(number), self._columns.names[number])
        return bits
