"""The people and bodies of one article: every mention of a name is joined to the fullest form of that name.

News gives a name in full once and by its last word afterwards; so a mention is joined to the fullest name that ends
with it (or begins with it), the nearest before it where two persons share a family name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from citecheck.attribution.lexicon import words
from citecheck.attribution.tokens import Tokens
from citecheck.text.names import gender_told, name_words


@dataclass(slots=True)
class Entity:
    """One person or body: `name` is the fullest form, `places` the tokens where it is named, in order."""

    name: str
    words: tuple[str, ...]
    places: list[int] = field(default_factory=list)
    gender: str = "-"


class Cast:
    """The entities of one article, by the first and last words of their names."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._entities: dict[tuple[str, ...], Entity] = {}
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        for first, last in _runs(tokens):
            self._add(first, last)

    def _add(self, first: int, last: int) -> None:
        text = self._tokens.text[self._tokens.starts[first] : self._tokens.ends[last - 1]]
        parts = name_words(text)
        entity = self._entities.get(parts)
        if entity is None:
            entity = self._entities[parts] = Entity(text, parts)
            if len(parts) > 1:
                for word in {parts[0], parts[-1]}:
                    self._by_word[word].append(entity)
        entity.places.append(first)

    def fullest(self, name: str, at: int) -> str:
        """The fullest form in the article of `name`, which stands at token `at`."""
        parts = name_words(name)
        if not parts:
            return name
        candidates = [entity for entity in self._by_word.get(parts[-1], ()) if _covers(entity, parts, name)]
        if not candidates:
            return _bare(name)
        return max(candidates, key=lambda entity: self._rank(entity, parts, at)).name

    def _rank(self, entity: Entity, parts: tuple[str, ...], at: int) -> tuple[bool, int, int, int]:
        before = bisect_right(entity.places, at)
        return (parts[-1] == entity.words[-1], before > 0, len(entity.places), -entity.places[0])


def _covers(entity: Entity, parts: tuple[str, ...], name: str) -> bool:
    if not set(parts) <= set(entity.words):
        return False
    told = gender_told(name)
    return told == "-" or entity.gender in ("-", told)


def _bare(name: str) -> str:
    return name


def _runs(tokens: Tokens) -> list[tuple[int, int]]:
    """Token ranges of names: capitalised words in a row, without the titles and adjectives of nation before them."""
    runs = []
    tags = tokens.tags
    at, size = 0, len(tags)
    while (at := tags.find("N", at)) >= 0:
        end = at
        while end < size and tags[end] in "Nt":
            end += 1
        start = at
        while start < end - 2 and tokens.lower[start] in words("demonyms.txt"):
            start += 1
        runs.append((start, end))
        at = end
    return runs
