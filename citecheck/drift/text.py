"""One side of a comparison made ready once: its words with their classes, stems, weights and names."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from citecheck.drift.lexicon import FILLER, FUNCTION, NEGATION, known_name, phrase_flags
from citecheck.drift.lexicon import flags as classes_of
from citecheck.models import Span
from citecheck.text.stems import stem
from citecheck.text.words import CAPITAL, CAPITALS, NUMBER, STARTS, WORD, Word, words

#: How much a word counts when two texts are weighed against each other: function words hardly, names and figures most.
FUNCTION_WEIGHT, CONTENT_WEIGHT, STRONG_WEIGHT = 0.15, 1.0, 1.3
#: The share of capitalised words above which capitals say nothing about names (headlines, titles).
_HEADLINE = 0.6
#: After the first word of a sentence these tell that it is a name: a common noun would have its article.
_AFTER_NAMES = frozenset(
    (
        "'s is was has had will would could can may does did says said told asked added wrote called urged "
        "vowed warned noted replied reported announced denied declined won lost beat met led became began "
        "joined left went came took made gave plans wants expects faces remains"
    ).split()
)
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
_BRACKETS = re.compile(r"\[[^\[\]]{1,80}\]|\([^()]{1,80}\)")
_LONGEST_BRACKET = 6


class Prepared:
    """The words of one text and what is known of each. All lists run parallel to `words`."""

    def __init__(self, text: str, read: tuple[Word, ...] | None = None, damaged: frozenset[int] = frozenset()) -> None:
        self.text = text
        self.words: tuple[Word, ...] = words(text) if read is None else read
        self.damaged = damaged  # the words whose key was restored from the other side
        self.keys: list[str] = [word.key for word in self.words]
        self.flags: list[int] = [classes_of(key) for key in self.keys]
        self.weights: list[float] = list(map(_weight, self.words, self.flags))
        self.total: float = sum(self.weights)

    @cached_property
    def stems(self) -> list[str]:
        return [stem(key) for key in self.keys]

    @cached_property
    def phrases(self) -> dict[int, tuple[int, int]]:
        return phrase_flags(self.keys)

    @cached_property
    def bracketed(self) -> frozenset[int]:
        """The words that stand in short brackets: an editor's own words inside a quotation."""
        found: set[int] = set()
        for match in _BRACKETS.finditer(self.text):
            inside = [
                at for at, word in enumerate(self.words) if match.start() <= word.start and word.end <= match.end()
            ]
            if len(inside) <= _LONGEST_BRACKET:
                found.update(inside)
        return frozenset(found)

    @cached_property
    def names(self) -> list[bool]:
        """Whether each word is (part of) a name, as far as its writing and the table of names tell."""
        plain = [word for word in self.words if word.kind == WORD]
        capitals = sum(word.case >= CAPITAL for word in plain)
        headline = len(plain) > 4 and capitals > _HEADLINE * len(plain)
        return [self._name(at, headline) for at in range(len(self.words))]

    def _name(self, at: int, headline: bool) -> bool:
        word, bits = self.words[at], self.flags[at]
        if word.kind != WORD or bits & FUNCTION or word.key == "i":
            return False
        if word.case and known_name(word.key):
            return True
        if word.case == CAPITALS:
            return len(word.key) > 1
        if word.case == CAPITAL:
            return not headline
        return word.case == STARTS and self._opens_as_name(at)

    def _opens_as_name(self, at: int) -> bool:
        """A capital that opens a sentence is a name where another one follows, or a possessive or finite verb."""
        if at + 1 >= len(self.words) or self.flags[at]:
            return False
        after = self.words[at + 1]
        return after.case == CAPITAL or after.key in _AFTER_NAMES or self._title_after(at)

    def _title_after(self, at: int) -> bool:
        """Whether an age or a title in apposition follows ("Ruiz, 34," / "Ruiz, a nurse,")."""
        return self.gap(at + 1).startswith(",") and self.words[at + 1].kind == NUMBER

    def span(self, start: int, end: int) -> Span:
        """The code points of the words `start:end`; an empty range is the place after the word before it."""
        if start < end:
            return self.words[start].start, self.words[end - 1].end
        if start > 0:
            return self.words[start - 1].end, self.words[start - 1].end
        return (self.words[0].start, self.words[0].start) if self.words else (0, 0)

    def surface(self, start: int, end: int) -> str:
        """The words `start:end` as written."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def gap(self, at: int) -> str:
        """What stands before word `at` (after the last word where `at` is their number)."""
        start = self.words[at - 1].end if at else 0
        end = self.words[at].start if at < len(self.words) else len(self.text)
        return self.text[start:end]


def _weight(word: Word, bits: int) -> float:
    if word.kind != WORD:
        return STRONG_WEIGHT
    if bits & (FUNCTION | FILLER) and not bits & NEGATION:
        return FUNCTION_WEIGHT
    return STRONG_WEIGHT if word.case >= CAPITAL else CONTENT_WEIGHT


@lru_cache(maxsize=16384)
def prepare(text: str) -> Prepared:
    """`text` made ready; the last some thousand texts are kept, so that one text is read once against many."""
    return Prepared(text)
