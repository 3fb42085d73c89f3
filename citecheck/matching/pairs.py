"""Pairs of statements that render one: quotations, reported speech, and unquoted sentences that restate them.

Candidates come from postings of terms; the ladder of `verdict` decides; a weak pair must be each other's best.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from citecheck.matching.alike import (
    CERTAIN,
    LEAST_CONTENT,
    POSSIBLE,
    QUOTED,
    SAME_ARTICLE,
    Likeness,
    Voices,
    Weights,
    likeness,
    same_words,
)
from citecheck.matching.dated import dated_pairs
from citecheck.matching.index import Index
from citecheck.matching.stars import star_pairs
from citecheck.matching.statements import FRAGMENT_WORDS, Statement, statements
from citecheck.models import Comparison, Match, Rendering
from citecheck.models.values import value

#: Statements up to which nothing that shares a telling word is left out. All pairs are a square: of a larger corpus
#: the stars are compared.
SMALL = 2_000
#: A term in more statements than this share (and this number) of the corpus brings no candidates: it is the topic.
TOPIC_SHARE = 0.1
TOPIC_LEAST = 50


class Verdict(Enum):
    """What the ladder says of a pair."""

    SAME = "same"
    IF_BEST = "same, if no other is more alike"
    NO = "no"


#: Two statements by number, their likeness, and what the ladder says of them.
Looked = tuple[int, int, float, Verdict]


@value
class Compared:
    """The pairs of a corpus that render one statement, `family` empty; and those that were looked at and do not.

    `apart` None: all that is not in `same` was looked at, or shares nothing.
    """

    same: list[Match]
    apart: list[Match] | None


def find_pairs(index: Index) -> list[Match]:
    """All pairs of the corpus that render one statement: at least one of them a record of speech, or both dating one
    document. In order of articles and places, whatever the order of discovery."""
    return compare_pairs(index).same


def compare_pairs(index: Index) -> Compared:
    """`find_pairs`, and what a large corpus was looked through for it."""
    extractions = tuple(sorted(index.extractions, key=lambda item: item.article.id))
    units = statements(extractions)
    weights = Weights(units)
    pairs = list(candidates(units, weights))
    scored = judged(units, weights, pairs)
    found = [_match(units[a].rendering, units[b].rendering, score) for a, b, score in scored]
    apart = None
    if len(units) > SMALL:
        same = {(a, b) for a, b, _ in scored}
        apart = [Match("", units[a].rendering, units[b].rendering, APART) for a, b in pairs if (a, b) not in same]
    return Compared(found + [_match(a, b, 1.0) for a, b in dated_pairs(extractions, found)], apart)


#: What is said of all pairs that were looked at and are apart: there are ten to a statement.
APART = Comparison(same=False, score=0.0)


def _match(a: Rendering, b: Rendering, score: float) -> Match:
    return Match("", a, b, Comparison(same=True, score=round(100 * min(1.0, score), 1)))


def same_pairs(units: Sequence[Statement]) -> list[tuple[int, int, float]]:
    """`(a, b, score)` with a < b for each pair of `units` that is one statement; score is the likeness."""
    weights = Weights(units)
    return judged(units, weights, candidates(units, weights))


def judged(
    units: Sequence[Statement], weights: Weights, pairs: Iterable[tuple[int, int]]
) -> list[tuple[int, int, float]]:
    """Those of `pairs` that are one statement, with their likeness."""
    return settled(units, looked_at(units, weights, pairs))


def looked_at(units: Sequence[Statement], weights: Weights, pairs: Iterable[tuple[int, int]]) -> list[Looked]:
    """What the ladder says of each of `pairs`, those apart that are not one statement."""
    found: list[Looked] = []
    for a, b in pairs:
        like = likeness(units[a], units[b], weights)
        said = verdict(units[a], units[b], like)
        if said is not Verdict.NO:
            found.append((a, b, like.score, said))
    return found


def settled(units: Sequence[Statement], found: Sequence[Looked]) -> list[tuple[int, int, float]]:
    """Of the pairs that may be one statement those that are, with their likeness."""
    best = _best(units, [(a, b, score) for a, b, score, _ in found])
    return [
        (a, b, score)
        for a, b, score, said in found
        if said is Verdict.SAME or (best[a, units[b].text] == b and best[b, units[a].text] == a)
    ]


def candidates(units: Sequence[Statement], weights: Weights) -> Iterator[tuple[int, int]]:
    """Pairs that share enough terms to be looked at, one of them a record, in order.

    A term that is the topic of the corpus brings none. No pair of a small corpus is left out that `verdict` accepts.
    """
    found = _shared(units, weights) if len(units) <= SMALL else _starred(units, weights)
    return (pair for pair in found if can_be_one(units[pair[0]], units[pair[1]]))


def can_be_one(a: Statement, b: Statement) -> bool:
    """Whether one is a record of speech, and they do not overlap."""
    if a.text == b.text and a.rendering.start < b.rendering.end and b.rendering.start < a.rendering.end:
        return False
    return a.anchor or b.anchor


def have_enough(units: Sequence[Statement], weights: Weights, pair: tuple[int, int]) -> bool:
    """Whether two statements have enough in common for a corpus of this size; few words may have little."""
    a, b = units[pair[0]], units[pair[1]]
    few = min(len(a.words), len(b.words)) <= FRAGMENT_WORDS
    return few or weights.of(a.stems.keys() & b.stems.keys()) >= LEAST_CONTENT + weights.chance


def _starred(units: Sequence[Statement], weights: Weights) -> Iterator[tuple[int, int]]:
    """Pairs of the stars that have enough in common for a corpus of this size."""
    numbers: dict[str, int] = {}
    terms, bounds = array("I"), array("I", [0])
    for one in units:
        terms.extend([numbers.setdefault(key, len(numbers)) for key in one.order])
        bounds.append(len(terms))
    pairs = zip(*star_pairs(terms, bounds), strict=True)
    return (pair for pair in pairs if have_enough(units, weights, pair))


def _shared(units: Sequence[Statement], weights: Weights) -> Iterator[tuple[int, int]]:
    """All pairs that share terms of weight, but for the topic."""
    limit = max(TOPIC_LEAST, TOPIC_SHARE * len(units))
    postings: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(units):
        for key in one.stems:
            if weights.frequency[key] <= limit:
                postings[key].append(at)
    few = [len(one.words) <= FRAGMENT_WORDS for one in units]
    for a, one in enumerate(units):
        shared: dict[int, float] = defaultdict(float)
        for key in one.stems:
            for b in reversed(postings.get(key, ())):
                if b <= a:
                    break
                shared[b] += weights[key]
        for b in sorted(shared):
            if shared[b] - weights.chance >= LEAST_CONTENT or few[a] or few[b]:
                yield a, b


def verdict(a: Statement, b: Statement, like: Likeness) -> Verdict:
    """The ladder; each rung says why."""
    speakers = like.speakers
    if min(len(a.words), len(b.words)) <= FRAGMENT_WORDS:  # the very words and a second signal; not the sentence around
        quoted = any(one.rendering.kind.quoted and len(one.words) <= FRAGMENT_WORDS for one in (a, b))
        second = quoted and speakers in (Voices.SAME, Voices.NAMED, Voices.VAGUER) and not (a.holds or b.holds)
        return Verdict.SAME if second and same_words(a, b) else Verdict.NO
    if like.words:
        return Verdict.SAME
    if like.content < LEAST_CONTENT:
        return Verdict.NO  # the topic, and words that everybody uses
    if like.score < QUOTED and a.rendering.kind.quoted and b.rendering.kind.quoted:
        return Verdict.NO  # who quotes keeps the words
    if a.text == b.text:
        return Verdict.SAME if like.score >= SAME_ARTICLE and speakers is not Voices.OTHER else Verdict.NO
    if like.score >= CERTAIN:
        return Verdict.SAME
    return Verdict.IF_BEST if like.score >= POSSIBLE else Verdict.NO


def _best(units: Sequence[Statement], scored: Sequence[tuple[int, int, float]]) -> dict[tuple[int, int], int]:
    """For each statement and each article the statement there that is most like it."""
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for a, b, score in scored:
        for one, other in ((a, b), (b, a)):
            key = (one, units[other].text)
            if key not in best or (score, -other) > (best[key][0], -best[key][1]):
                best[key] = (score, other)
    return {key: other for key, (_, other) in best.items()}
