"""The people and bodies of one article: every mention of a name is joined to the fullest form of that name.

News gives a name in full once and by its last word afterwards, so a mention is joined to the full name that ends with
it or begins with it. Where two persons share a family name, a form of address, the sentence and the number of mentions
decide, in this order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from citecheck.attribution.lexicon import role_nouns, words
from citecheck.attribution.tokens import Tokens
from citecheck.models import SpeakerKind
from citecheck.text.lexicons import rows
from citecheck.text.names import gender_told, name_words, title_genders

#: How far back, in tokens, a pronoun looks for what it stands for: about six paragraphs of news.
MEMORY = 320

_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")


@cache
def given_genders() -> dict[str, str]:
    """Given names, folded, to m or f."""
    return {name: row["gender"] for row in rows("given_genders.tsv") for name in row["names"].split()}


@dataclass(slots=True, eq=False)
class Entity:
    """One person or body. `name` is the fullest form, `places` the tokens where it is named in full, in order."""

    name: str
    words: tuple[str, ...]
    places: list[int] = field(default_factory=list)
    gender: str = "-"
    kind: SpeakerKind = SpeakerKind.PERSON
    roles: set[str] = field(default_factory=set)
    role: str | None = None
    told: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A place where an entity is named or spoken of outside quotation marks. `weight`: 2 subject, 1 other, 0 owner."""

    at: int
    entity: Entity
    weight: int


class Cast:
    """The entities of one article. `raw` has its tokens as they are, `tokens` with the inside of quotations masked."""

    def __init__(self, raw: Tokens, tokens: Tokens) -> None:
        self._raw = raw
        self._tokens = tokens
        self._entities: dict[tuple[str, ...], Entity] = {}
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        runs = list(name_runs(raw))
        for title, first, last in runs:
            if last - first > 1:
                self._add(title, first, last)
        self._ends = [at for at, tag in enumerate(tokens.phrases) if tag in ".|q"]
        self._seen: list[Seen] = []
        self._places: list[int] = []
        for title, first, last in runs:
            self._see(title, first, last)

    # Names ---------------------------------------------------------------------------------------------------------

    def _add(self, title: int, first: int, last: int) -> None:
        text = self._text(first, last)
        parts = name_words(text)
        if len(parts) < 2:
            return
        entity = self._entities.get(parts)
        if entity is None:
            entity = self._entities[parts] = Entity(text, parts, kind=_kind(parts, title < first))
            for word in {parts[0], parts[-1]}:
                self._by_word[word].append(entity)
        entity.places.append(first)
        told = gender_told(self._text(title, first)) if title < first else "-"
        if entity.gender == "-":
            entity.gender = told if told != "-" else given_genders().get(parts[0], "-")
        self._add_roles(entity, title, first, last)

    def _add_roles(self, entity: Entity, title: int, first: int, last: int) -> None:
        """What the words right before and after a full name say that it is: "bank chief Ana Ruiz, a former judge"."""
        raw = self._raw
        start = title
        while start > 0 and title - start < 8 and raw.phrases[start - 1] in "xNRBt^#":
            start -= 1
        for at in range(start, first):
            entity.roles.add(_role(raw.lower[at]))
        after = last
        if raw.tags[after : after + 1] == ",":
            end = after + 1
            while end < len(raw) and end - after < 14 and raw.phrases[end] in "DSxNRBt^#pc":
                end += 1
            if any(tag in "Rt" for tag in raw.phrases[after + 1 : end]) and end > after + 1:
                head = next((at for at in range(after + 1, end) if raw.phrases[at] == "p"), end)
                entity.roles.update(_role(raw.lower[at]) for at in range(after + 1, head))
                entity.role = entity.role or self._text(after + 1, end)
        if entity.role is None and any(tag in "Rt" for tag in raw.phrases[start:first]):
            entity.role = self._text(start, first)

    def _text(self, first: int, last: int) -> str:
        return self._raw.text[self._raw.starts[first] : self._raw.ends[last - 1]] if first < last else ""

    def named(self, name: str, at: int) -> Entity:
        """The entity that `name` at token `at` stands for; a new one where the article has no fuller name."""
        parts = name_words(name)
        known = self._entities.get(parts)
        if known is not None and len(parts) > 1:
            return self._fuller(known)
        told = gender_told(name)
        fitting = [one for one in self._by_word.get(parts[-1], ()) if _fits(one, parts, told)] if parts else []
        if not fitting:
            return self._single(name, parts)
        if len(fitting) == 1:
            return self._fuller(fitting[0])
        best = max(fitting, key=lambda one: self._rank(one, parts, at))
        return self._fuller(best)

    def _fuller(self, entity: Entity) -> Entity:
        """The longest name that says all that this one says: "Ana Ruiz" → "Ana Maria Ruiz"."""
        longer = [
            one
            for one in self._by_word.get(entity.words[-1], ())
            if len(one.words) > len(entity.words)
            and set(entity.words) <= set(one.words)
            and one.words[0] == entity.words[0]
        ]
        return max(longer, key=lambda one: len(one.words)) if longer else entity

    def _single(self, name: str, parts: tuple[str, ...]) -> Entity:
        entity = self._entities.get(parts)
        if entity is None:
            plain = _without_title(name)
            entity = self._entities[parts] = Entity(plain, parts, kind=_kind(parts, plain != name))
            entity.gender = gender_told(name)
            if entity.gender == "-" and parts:
                entity.gender = given_genders().get(parts[0], "-")
        return entity

    def _rank(self, entity: Entity, parts: tuple[str, ...], at: int) -> tuple[bool, bool, bool, int, int]:
        start = self._sentence(at)
        near = bisect_right(entity.places, at) - bisect_left(entity.places, start) > 0
        return (
            parts[-1] == entity.words[-1],
            entity.kind is SpeakerKind.PERSON,
            near,
            len(entity.places),
            -entity.places[0],
        )

    def _sentence(self, at: int) -> int:
        """The first token of the sentence of token `at`."""
        end = bisect_left(self._ends, at)
        return self._ends[end - 1] + 1 if end else 0

    # What was spoken of --------------------------------------------------------------------------------------------

    def _see(self, title: int, first: int, last: int) -> None:
        tokens = self._tokens
        if tokens.tags[first] != "N":  # inside somebody's quotation
            return
        entity = self.named(self._text(title, last), first)
        after = tokens.phrases[last : last + 1]
        weight = 0 if after == "^" else 2 if after in tuple("VAWa") else 1
        if weight == 1 and after in (",", ")") and (title == 0 or tokens.phrases[title - 1] in ".|q"):
            weight = 2
        entity.told += 1
        self.note(first, entity, weight)

    def note(self, at: int, entity: Entity, weight: int = 2) -> None:
        """Remember that token `at` speaks of `entity`: a name, or a pronoun that was resolved."""
        place = bisect_right(self._places, at)
        self._places.insert(place, at)
        self._seen.insert(place, Seen(at, entity, weight))

    def pronoun(self, word: str, at: int) -> Entity | None:
        """Who "he" or "she" at token `at` is: the nearest fitting person, subjects of a sentence first."""
        gender = {"he": "m", "she": "f"}.get(word, "-")
        sentence, found = None, None
        for seen in self._back(at):
            if sentence is not None and seen.at < sentence:
                if found is not None:
                    return found.entity
                sentence = self._sentence(seen.at)
            elif sentence is None:
                sentence = self._sentence(seen.at)
            if _can_be(seen.entity, gender) and (found is None or seen.weight >= found.weight):
                found = seen
        return found.entity if found is not None else None

    def _back(self, at: int) -> Iterator[Seen]:
        place = bisect_left(self._places, at)
        while place > 0 and at - self._places[place - 1] <= MEMORY:
            place -= 1
            yield self._seen[place]

    def speaks_as(self, word: str) -> bool:
        """Whether a full name of the article ends with `word` ("King", which is a title elsewhere)."""
        return any(one.words[-1] == word.lower() for one in self._by_word.get(word.lower(), ()))

    def described(self, heads: set[str]) -> Entity | None:
        """The one person of whom the article says one of `heads` ("the senator"), or None if none or several."""
        roles = {_role(head) for head in heads}
        fitting = [
            one
            for one in self._entities.values()
            if one.kind is SpeakerKind.PERSON and one.roles & roles and len(one.words) > 1
        ]
        if len(fitting) > 1:
            fitting = [one for one in fitting if self._fuller(one) is one]
        return fitting[0] if len(fitting) == 1 else None


# Words -------------------------------------------------------------------------------------------------------------

#: Short titles and the role that they say.
_TITLE_ROLES = {
    "sen": "senator", "rep": "representative", "gov": "governor", "dr": "doctor", "prof": "professor",
    "rev": "reverend", "sgt": "sergeant", "lt": "lieutenant", "capt": "captain", "col": "colonel", "gen": "general",
    "adm": "admiral",
    "congressman": "representative", "congresswoman": "representative", "spokeswoman": "spokesperson",
    "spokesman": "spokesperson", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
    "businesswoman": "businessman",
}  # fmt: skip


def _role(word: str) -> str:
    word = word.rstrip(".")
    return _TITLE_ROLES.get(word, word)


def _kind(parts: tuple[str, ...], titled: bool) -> SpeakerKind:
    """Person, unless a word of the name is a noun for bodies, or it is a known place or an abbreviation."""
    if titled or parts[0] in given_genders():
        return SpeakerKind.PERSON
    for part in parts:
        role = role_nouns().get(part)
        if (role is not None and role.kind != "person") or part in words("body_words.txt"):
            return SpeakerKind.BODY
    return SpeakerKind.BODY if parts[-1] in words("places.txt") else SpeakerKind.PERSON


def _fits(entity: Entity, parts: tuple[str, ...], told: str) -> bool:
    return set(parts) <= set(entity.words) and (told == "-" or entity.gender in ("-", told))


def _can_be(entity: Entity, gender: str) -> bool:
    known = len(entity.words) > 1 or entity.gender != "-" or entity.kind is SpeakerKind.DESCRIPTION
    return known and entity.kind is not SpeakerKind.BODY and (gender == "-" or entity.gender in ("-", gender))


def _without_title(name: str) -> str:
    parts = name.split(" ")
    while len(parts) > 1 and parts[0].rstrip(".").lower() in title_genders():
        parts = parts[1:]
    return " ".join(parts)


def name_runs(tokens: Tokens) -> Iterator[tuple[int, int, int]]:
    """`(title, first, last)` of each name: its tokens are `first:last`, its titles stand from `title` on."""
    tags = tokens.tags
    at, size = 0, len(tags)
    while (at := tags.find("N", at)) >= 0:
        end = at
        while end < size and tags[end] in "Nt":
            end += 1
        yield from _split(tokens, at, end)
        at = end


def _split(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Cut a row of capitals at its titles: "Sberbank CEO German Gref" holds two names."""
    tags = tokens.tags
    cuts = [at for at in range(start, end - 1) if tags[at] == "t" and tags[at + 1] in "Nt"]
    first = start
    for cut in cuts:
        if cut > first:
            yield first, _strip(tokens, first, cut), cut
        first = cut + 1
    title = first
    while title > 0 and tags[title - 1] == "t":
        title -= 1
    if first < end:
        yield title, _strip(tokens, first, end), end


def _strip(tokens: Tokens, first: int, last: int) -> int:
    """The first token without the adjectives of nation or party before a name of two words or more."""
    while first < last - 2 and tokens.lower[first] in words("demonyms.txt"):
        first += 1
    if (
        last - first > 1
        and _INITIALS.fullmatch(tokens.words[first])
        and not _INITIALS.fullmatch(tokens.words[first + 1])
    ):
        first += tokens.lower[first] in words("places.txt") or tokens.lower[first].rstrip(".") in words("places.txt")
    return first
