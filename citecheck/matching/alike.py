"""Whether two statements are one: the same words, or the same claim in other words.

Policy: same topic is not same statement. Words inside each other's span decide by themselves when they are many; told
in other words, a pair needs what is rare in this corpus in common and no other speaker against it. Weights are of the
corpus: what every sentence of a story says ("Russia", "AI") identifies no statement of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from itertools import chain
from typing import NamedTuple, Protocol

from rapidfuzz.distance import LCSseq

from citecheck.matching.columns import CONTENT_BITS, UNKNOWN_BITS, general_bits
from citecheck.matching.statements import Statement, source_terms, speaker_terms
from citecheck.text.names import is_generalisation, same_person

#: A near synonym beside the word itself.
SYNONYM_SHARE = 0.7
#: Words from which on the prior counts of a small corpus stop to matter.
PRIOR_STATEMENTS = 10
#: General rarity (bits) from which a word has its full weight; function words have about a third.
FULL_BITS = 12.0


class Voices(Enum):
    """How the speakers of two statements stand to each other."""

    SAME = "same"
    NAMED = "named"  # one has a speaker whom the sentence of the other names
    VAGUER = "vaguer"  # one is a description where the other is a name
    UNKNOWN = "unknown"
    OTHER = "other"


#: What each adds to the likeness of two statements; measured on pairs of five articles about one event, where
#: retellings by one speaker lie between .27 and .70 and other statements below .42 without a signal.
VOICE_BONUS = {Voices.SAME: 0.2, Voices.NAMED: 0.12, Voices.VAGUER: 0.1, Voices.UNKNOWN: -0.04, Voices.OTHER: -0.25}
#: Each figure that both have, the second counting as much as the first, no more.
FIGURE_BONUS = 0.08
#: What it takes away that each of the two names what the other does not.
NAMES_APART = 0.08
#: What a corpus of more than `SMALL` statements asks beyond that, for each doubling of it: among more statements more
#: words come together by chance. At a million it makes 27 bits of the 6, where prototypes were right with 22 to 26.
SMALL, DOUBLING_BITS = 100, 1.6
#: Likeness of one statement told twice; between the two, the pair must also be each other's best.
CERTAIN = 0.6
POSSIBLE = 0.43
#: Weight of common content words without which no likeness counts: two words that are rare in the corpus.
LEAST_CONTENT = 6.0
#: Likeness of two quotations: who quotes keeps the words. Of 622 right pairs among 1,273 quotations of news and debates
#: 4 lie below, of 179 wrong ones 140.
QUOTED = 0.57
#: Weight of common content words from which it is nothing against a pair that nobody is named.
MUCH_CONTENT = 12.0
#: An article seldom says the same thing twice: inside one, told in other words, more is asked.
SAME_ARTICLE = 0.7
#: Share of the shorter one's weight, in close order, from which its words are inside the longer.
CONTAINED = 0.75
#: Weight of words (see `Weights`) that is enough for words alone.
ENOUGH = 14.0


class Counts(Protocol):
    """Counts over an archive of which a part was loaded."""

    statements: int

    def counts(self, names: Collection[str]) -> Mapping[str, int]:
        """In how many statements each of these terms stands."""


class Weights:
    """How much each term says about which statement of the corpus it is."""

    def __init__(self, statements: Sequence[Statement], whole: Counts | None = None) -> None:
        """whole: the counts of an archive of which `statements` are a part."""
        keys = set[str]().union(*(one.stems for one in statements))
        general = {key: general_bits().get(key, UNKNOWN_BITS) for key in keys}
        self.frequency: Mapping[str, int]
        if whole:
            self.count = whole.statements
            self.frequency = whole.counts(general)
        else:
            outer = _outer(statements)
            self.count = len(outer)
            self.frequency = Counter(chain.from_iterable(one.stems for one in outer))
        self.content = frozenset(key for key, bits in general.items() if bits >= CONTENT_BITS)
        self.chance = max(0.0, DOUBLING_BITS * math.log2(max(self.count, 1) / SMALL))
        self._weight = {key: self._rare(key) * min(1.0, bits / FULL_BITS) for key, bits in general.items()}

    def _rare(self, key: str) -> float:
        return max(0.0, math.log2((self.count + PRIOR_STATEMENTS) / (self.frequency[key] + 0.5)))

    def __getitem__(self, key: str) -> float:
        return self._weight[key]

    def of(self, keys: Iterable[str]) -> float:
        """The weight of several terms."""
        return sum(map(self._weight.__getitem__, keys))


def _outer(statements: Sequence[Statement]) -> list[Statement]:
    """The statements that lie in no other: words quoted inside a told sentence are not said twice."""
    found: list[Statement] = []
    for one in sorted(statements, key=lambda one: (one.text, one.rendering.start, -one.rendering.end)):
        if not found or found[-1].text != one.text or one.rendering.end > found[-1].rendering.end:
            found.append(one)
    return found


class Likeness(NamedTuple):
    """How alike two statements are: `score` with the signals, `content` the weight of common terms that are no function
    words, beyond chance, `words` whether the words of one are inside the other."""

    score: float
    content: float
    words: bool
    speakers: Voices


def voices(a: Statement, b: Statement) -> Voices:
    """How the speakers of two statements stand to each other."""
    if a.speaker and b.speaker:
        first, second = a.speaker.name, b.speaker.name
        if same_person(first, second):
            return Voices.SAME
        if is_generalisation(first, second) or is_generalisation(second, first):
            return Voices.VAGUER
        return Voices.OTHER
    for one, other in ((a, b), (b, a)):
        if one.speaker and speaker_terms(one.speaker) & other.around:
            return Voices.NAMED
    return Voices.UNKNOWN


def likeness(a: Statement, b: Statement, weights: Weights) -> Likeness:
    """How alike `a` and `b` are."""
    common = a.stems.keys() & b.stems.keys()
    shared = sum(weights[key] * (1.0 if a.stems[key] & b.stems[key] else SYNONYM_SHARE) for key in common)
    if not shared:
        return Likeness(0.0, 0.0, False, Voices.UNKNOWN)
    cosine = shared / math.sqrt(_own(a, b, weights) * _own(b, a, weights))
    content = weights.of(common & weights.content) - weights.chance
    speakers = voices(a, b)
    signals = VOICE_BONUS[speakers] + FIGURE_BONUS * min(2, len(a.figures & b.figures))
    if speakers is Voices.UNKNOWN and content >= MUCH_CONTENT:
        signals -= VOICE_BONUS[speakers]
    if _names_apart(a, b):
        signals -= NAMES_APART
    return Likeness(cosine + signals, content, _words_inside(a, b, weights), speakers)


def _own(one: Statement, other: Statement, weights: Weights) -> float:
    """The weight of `one`, without what the sentence around `other` says before or after its span: the one who ordered
    and the verb of ordering count neither for nor against "to work with the neighbours"."""
    beside = other.around if one.text != other.text else frozenset[str]()
    return weights.of([key for key in one.stems if key in other.stems or key not in beside])


def _names_apart(a: Statement, b: Statement) -> bool:
    """Whether each names someone or something that the other's sentence does not have, their speakers and sources
    apart: those are attribution, and may differ."""
    apart = speaker_terms(a.speaker) | speaker_terms(b.speaker) | source_terms(a) | source_terms(b)
    return bool(a.names - b.around - apart) and bool(b.names - a.around - apart)


def _words_inside(a: Statement, b: Statement, weights: Weights) -> bool:
    """Whether the words of the shorter one stand in the longer, in order and close together."""
    short, long = sorted((a, b), key=lambda one: (len(one.order), one.text, one.rendering.start))
    blocks = [op for op in LCSseq.opcodes(short.order, long.order) if op.tag == "equal"]
    if not blocks:
        return False
    matched = [key for op in blocks for key in short.order[op.src_start : op.src_end]]
    reach = blocks[-1].dest_end - blocks[0].dest_start
    return (
        weights.of(matched) >= CONTAINED * weights.of(short.order)
        and weights.of(set(matched)) - weights.chance >= ENOUGH
        and len(matched) >= 0.6 * reach
    )


def same_words(a: Statement, b: Statement) -> bool:
    """Whether the words of a fragment stand in the other one, in one run."""
    short, long = sorted((a.words, b.words), key=len)
    return len(short) > 1 and any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
