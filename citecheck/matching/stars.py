"""The candidate stage over columns: which statements of a large corpus are worth comparing.

A pure function, arrays in and arrays out. All pairs that share a word are a square of the corpus; stars are linear.
Each statement is cut into a few stretches, and from each stretch it takes the rarest run of one to three words that
another statement has too. Where that run stands in few statements it meets all of them; where it stands in many, a
viral quotation or a stock phrase, only the longest ones, the centres of the star. So the cost of a statement has a
bound, no run is too frequent to count, and an edit spoils only the stretch that it stands in.

With numpy (the extra `scale`) a million statements take seconds; without it the same pairs take minutes.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from importlib.util import find_spec

#: Stretches of a statement, each with a run of its own. Six leave an edited quotation four or five sound ones.
STRETCHES = 6
#: Words of the longest run.
LONGEST = 3
#: A run that stands in no more statements than this brings them all together …
FEW = 16
#: … and one that stands in more only with the longest of them: an edit in one centre is made good by the next.
CENTRES = 3

#: An odd multiplier whose bits are well mixed (Knuth 1997, 6.4), for the hash of a run; hashes keep their upper bits.
MULTIPLIER = 0x9E3779B97F4A7C15
_WORD = (1 << 64) - 1
HASH_BITS, OWNER_BITS, STRETCH_BITS = 37, 24, 3
_SHIFT = 64 - HASH_BITS
#: Statements that one call can number.
MOST = 1 << OWNER_BITS
#: Sizes of groups from which on one is as rare as the other.
LARGEST_GROUP = (1 << 16) - 1
#: Words from which on importing numpy pays: it takes a tenth of a second.
VECTOR_WORDS = 60_000

Pairs = tuple["array[int]", "array[int]"]


def star_pairs(terms: Sequence[int], bounds: Sequence[int]) -> Pairs:
    """The pairs `(a[i], b[i])`, a < b, ascending, of statements that share a rare run of terms.

    terms: the number of each word's term, statement after statement; bounds: where each statement starts in `terms`,
    with the length of `terms` at the end. Raises ValueError for more than `MOST` statements: cut the corpus first.
    """
    check_count(bounds)
    if len(terms) >= VECTOR_WORDS and find_spec("numpy"):
        from citecheck.matching.stars_numpy import vector_pairs  # noqa: PLC0415 off the path of small corpora

        return vector_pairs(terms, bounds)
    return plain_pairs(terms, bounds)


def check_count(bounds: Sequence[int]) -> None:
    """Raises ValueError for more statements than keys have numbers for."""
    if len(bounds) - 1 > MOST:
        raise ValueError(f"{len(bounds) - 1:,} statements are more than the {MOST:,} that one call can number")


def plain_pairs(terms: Sequence[int], bounds: Sequence[int]) -> Pairs:
    """The same in plain Python: the definition that the vectors are held to."""
    count = len(bounds) - 1
    order = sorted(range(count), key=lambda at: (bounds[at] - bounds[at + 1], at))  # by rank: the longest first
    groups: dict[int, dict[int, int]] = {}  # hash of a run -> rank of each owner -> its stretch
    for rank, at in enumerate(order):
        words = terms[bounds[at] : bounds[at + 1]]
        for place in range(len(words)):
            code = 0
            for word in words[place : place + LONGEST]:
                code = ((code ^ (word + 1)) * MULTIPLIER) & _WORD
                groups.setdefault(code >> _SHIFT, {}).setdefault(rank, place * STRETCHES // len(words))
    best: dict[tuple[int, int], tuple[int, int]] = {}  # (rank, stretch) -> (size, hash) of its rarest run
    for code, owners in groups.items():
        if len(owners) > 1:
            entry = (min(len(owners), LARGEST_GROUP), code)
            for rank, stretch in owners.items():
                cell = (rank, stretch)
                if cell not in best or entry < best[cell]:
                    best[cell] = entry
    members = {code: tuple(groups[code]) for _, code in best.values()}
    found = set()
    for (rank, _), (size, code) in best.items():
        for other in members[code] if size <= FEW else members[code][:CENTRES]:
            if other != rank:
                a, b = order[rank], order[other]
                found.add((a, b) if a < b else (b, a))
    ordered = sorted(found)
    return array("I", [a for a, _ in ordered]), array("I", [b for _, b in ordered])
