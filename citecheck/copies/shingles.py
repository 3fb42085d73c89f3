"""A text as a set of shingles, and a small sketch of that set (Broder 1997, On the resemblance and containment of
documents): texts that share most of their shingles are the same text, and have most of their sketches in common.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from math import comb

from citecheck.text.fold import fold

#: Words of a shingle. Each word that differs costs so many shingles: of five, a copy-editor's change every forty words
#: leaves seven of eight; of ten, it leaves three quarters, which is what a bulletin has in common with that of the day
#: before.
WORDS = 6
#: A text of fewer words is one shingle: two briefs of one sentence are the same or they are not.
LEAST_WORDS = 30
#: Shingles of a sketch: the smallest hashes of all. Two texts of which one holds 0.7 of the other and that is 0.3 as
#: long have five of them in common on average.
SKETCH = 24
#: How many of them two texts must have in common to be looked at.
_NEAR = 3
#: Articles with one shingle that are looked at, the first that came: what stands in more is the frame of an outlet's
#: pages, or a text whose copies are known by then.
MOST_LOOKED_AT = 200
#: Characters of a text that are looked at: the first 60,000 words say whose text it is.
LONGEST = 400_000

#: How seldom a pair that has just `least` in common may be passed over for its sketches: of 24 shingles that both are
#: known by, 0.65 of the text leaves seven or fewer once in 2,600 pairs. Of 4,290 pairs that news articles make with
#: themselves, cut, edited and with others behind, and that are one text by their shingles, none was passed over.
_CHANCE = 1e-3

#: Words whose hashes are kept, and the letters of the longest of them: ten megabytes at most.
_MOST_KEPT, _LONGEST_KEPT = 30_000, 40
_MASK = (1 << 63) - 1
#: An odd number without pattern: the first digits of the golden ratio, of 63 bits.
_BASE = 0x4F1BBCDCBFA53E0B

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"  # kana and Chinese characters, each a word
_SPACED_WORD = re.compile(r"[^\W_]+")
#: What folding makes more of than lower case, marks and spaces: all beyond Latin letters, marks of punctuation that are
#: no letters, dashes and spaces; soft hyphens; and what may be UTF-8 that was read as Windows-1252.
_FOLDED = re.compile(
    r"[^\x00-\xac\xae-\u012f\u0131-\u0148\u014a-\u017e\u2000-\u200a\u2010-\u2015\u2018-\u201f\u2026\u202f\u20ac]"
    r"|[\xc2-\xc5\xe2\xef][^\x00-\x7f\xc0-\u0151]"
)


def shingles(text: str) -> frozenset[int]:
    """The hashes of all runs of `WORDS` words; case, marks, dashes and spaces make no difference.

    Of 63 bits, as SQLite keeps them. Empty only where the text has no word. The hash of a run follows from that of the
    run before (Karp and Rabin 1987), and those of words from their digests, so that it is the same on all machines.
    """
    words = [_HASHES[word] for word in _words(text[:LONGEST])]
    width = WORDS if len(words) >= LEAST_WORDS else len(words)
    if not words:
        return frozenset()
    run, out = 0, pow(_BASE, width, _MASK + 1)
    for word in words[:width]:
        run = (run * _BASE + word) & _MASK
    found = {run}
    for word, gone in zip(words[width:], words, strict=False):
        run = (run * _BASE + word - gone * out) & _MASK
        found.add(run)
    return frozenset(found)


class _Hashes(dict[str, int]):
    """Words and their hashes: the first that came are kept, which are the frequent ones."""

    def __missing__(self, word: str) -> int:
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = int.from_bytes(digest, "little") & _MASK
        if len(self) < _MOST_KEPT and len(word) <= _LONGEST_KEPT:
            self[word] = value
        return value


_HASHES = _Hashes()


def _words(text: str) -> list[str]:
    """The folded words of a text; most texts need no more than lower case, which costs a tenth."""
    if not _FOLDED.search(text):
        return _SPACED_WORD.findall(text.lower())
    folded = fold(text).text
    return (_word() if re.search(f"[{_UNSPACED}]", folded) else _SPACED_WORD).findall(folded)


@cache
def _word() -> re.Pattern[str]:
    """A word of a text in which some are not parted by spaces; compiling it takes a few hundredths of a start."""
    return re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def sketch(shingles: Collection[int]) -> list[int]:
    """The smallest shingles, in order: a sample that is the same for the same text, whatever stands around it."""
    return sorted(shingles)[:SKETCH]  # of a few hundred, sooner than a heap


def are_near(shared: int, size: int) -> bool:
    """Whether a sketch of `size` that shares so many shingles with another calls for a look at both."""
    return shared >= min(_NEAR, size)


def may_share(least: float, shared: int, mine: Sequence[int], theirs: Sequence[int]) -> bool:
    """Whether texts with these sketches, which have `shared` shingles in common, may share `least` of the shorter one.

    Up to the last shingle of the sketch that ends first, both texts are known whole. Of what the shorter one has there,
    each shingle stands in the other with a chance of `least` or more.
    """
    ends = [sketch[-1] for sketch in (mine, theirs) if len(sketch) == SKETCH]
    known = min(bisect_right(sketch, min(ends)) if ends else len(sketch) for sketch in (mine, theirs))
    return shared >= _fewest(least, known)


@cache
def _fewest(least: float, known: int) -> int:
    """How many of `known` shingles are in the other text at least, but for a chance of `_CHANCE`."""
    chances = (comb(known, n) * least**n * (1 - least) ** (known - n) for n in range(known + 1))
    return sum(chance <= _CHANCE for chance in accumulate(chances))
