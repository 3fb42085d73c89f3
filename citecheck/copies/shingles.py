"""A text as a set of shingles, and a small sketch of that set (Broder 1997, On the resemblance and containment of
documents): texts that share most of their shingles are the same text, and have most of their sketches in common.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection
from hashlib import blake2b

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

_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"  # kana and Chinese characters, each a word
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def shingles(text: str) -> frozenset[int]:
    """The 64-bit hashes of all runs of `WORDS` words; case, marks, dashes and spaces make no difference.

    Signed, as SQLite keeps them. Empty only where the text has no word.
    """
    words = _WORD.findall(fold(text[:LONGEST]).text)
    width = WORDS if len(words) >= LEAST_WORDS else len(words)
    if not words:
        return frozenset()
    return frozenset(_hash(" ".join(words[at : at + width])) for at in range(len(words) - width + 1))


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True)


def sketch(shingles: Collection[int]) -> list[int]:
    """The smallest shingles, in order: a sample that is the same for the same text, whatever stands around it."""
    return heapq.nsmallest(SKETCH, shingles)


def are_near(shared: int, size: int) -> bool:
    """Whether a sketch of `size` that shares so many shingles with another calls for a look at the texts."""
    return shared >= min(_NEAR, size)
