"""The people and bodies of one article: every mention of a name is joined to the fullest form of that name.

News gives a name in full once and by its last word afterwards, so a mention is joined to the full name that ends with
it or begins with it. Where two persons share a family name, a form of address, the sentence and the number of mentions
decide, in this order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache
from itertools import accumulate

from citecheck.attribution.lexicon import role_nouns, words
from citecheck.attribution.memory import MENTIONED, OWNER, SPEAKER, SUBJECT, Entity, Memory
from citecheck.attribution.runs import Run, name_runs
from citecheck.attribution.tokens import Tokens
from citecheck.models import SpeakerKind
from citecheck.text.lexicons import rows
from citecheck.text.names import gender_told, name_words, title_genders

#: As variables: a member looked up in its class costs Python 3.11 seven times as much.
_PERSON, _BODY, _DESCRIPTION = SpeakerKind


@cache
def given_genders() -> dict[str, str]:
    """Given names, folded, to m or f."""
    return {name: row["gender"] for row in rows("given_genders.tsv") for name in row["names"].split()}


class Cast:
    """The entities of one article. `raw` has its tokens as they are, `tokens` with the inside of quotations masked."""

    def __init__(self, raw: Tokens, tokens: Tokens) -> None:
        self._raw = raw
        self._tokens = tokens
        self._entities: dict[tuple[str, ...], Entity] = {}
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._short: dict[str, Entity] = {}
        self._meant: dict[str, list[Entity]] = {}  # name -> the entities it may stand for
        runs = list(name_runs(raw))
        for run in runs:
            if run.last - run.first > 1:
                self._add(run)
        self.memory = Memory(_sentence_ends(tokens.phrases))
        for run in runs:
            if tokens.tags[run.first] == "N":  # not inside somebody's quotation
                self._see(run)

    # Full names ----------------------------------------------------------------------------------------------------

    def _add(self, run: Run) -> None:
        text = self._text(run.first, run.last)
        parts = name_words(text)
        if len(parts) < 2:
            return
        entity = self._entities.get(parts)
        if entity is None:
            entity = self._entities[parts] = Entity(text, parts, kind=_kind(parts, run.title < run.first))
            for word in {parts[0], parts[-1]}:
                self._by_word[word].append(entity)
        entity.places.append(run.first)
        told = gender_told(self._text(run.title, run.first)) if run.title < run.first else "-"
        if entity.gender == "-":
            entity.gender = told if told != "-" else given_genders().get(parts[0], "-")
        entity.known += (run.title < run.first) + (parts[0] in given_genders())
        if run.title == run.first and parts[0] not in given_genders() and self._raw.tags[run.first - 1] == "B":
            entity.kind = _BODY  # "the advocacy group Harbour Watch"
        self._add_roles(entity, run)
        self._add_short(entity, run.last)

    def _add_roles(self, entity: Entity, run: Run) -> None:
        """What the words around a full name say that it is: "bank chief Ana Ruiz, a former judge"."""
        raw, start = self._raw, run.title
        while start > 0 and run.title - start < 8 and raw.phrases[start - 1] in "xNRBt^#":
            start -= 1
        entity.roles.update(_role(raw.lower[at]) for at in range(start, run.first) if raw.tags[at] in "Rt")
        end = after = run.last
        if raw.tags[after : after + 1] == ",":
            end = after = run.last + 1
            while end < len(raw) and end - after < 14 and raw.phrases[end] in "DSxNRBt^#pc":
                end += 1
        head = next((at for at in range(after, end) if raw.phrases[at] == "p"), end)
        if any(tag in "Rt" for tag in raw.phrases[after:head]):
            entity.roles.update(_role(raw.lower[at]) for at in range(after, head) if raw.tags[at] in "Rt")
            entity.role = entity.role or self._text(after, end)
            entity.known += 1
        elif any(tag in "Rt" for tag in raw.phrases[start : run.first]):
            entity.role = entity.role or self._text(start, run.first)
            entity.known += 1
        elif (apposed := self._apposed(run)) is not None:
            entity.roles.update(_role(raw.lower[at]) for at in range(apposed, run.title) if raw.tags[at] in "Rt")
            entity.role = entity.role or self._text(apposed, run.title - 1)
            entity.known += 1

    def _apposed(self, run: Run) -> int | None:
        """Where “the governor of the province” begins in “the governor of the province, Ana Ruiz, …”; None where no
        such words stand before a name between commas."""
        raw, comma = self._raw, run.title - 1
        if comma < 1 or raw.tags[comma] != "," or raw.tags[run.last : run.last + 1] not in (",", ".", "q", "|", ")"):
            return None
        head: str = ""
        for at in range(comma - 1, max(-1, comma - _LONGEST_ROLE), -1):
            tag = raw.phrases[at]
            if tag in "DS":
                if any(one in "Rt" for one in head):
                    return at
                head = ""
            elif tag == "p":
                head = ""
            elif tag in "xNRBt^#":
                head += tag
            else:
                return None
        return None

    def _add_short(self, entity: Entity, after: int) -> None:
        """ "Harbour Rescue Service (HRS)": the letters in brackets are this name from now on."""
        raw = self._raw
        after += raw.tags[after : after + 1] == "^"
        if raw.tags[after : after + 1] == "(" and raw.tags[after + 2 : after + 3] == ")":
            letters = raw.words[after + 1]
            initials = {word[0] for word in entity.words}
            if letters.isupper() and (letters.lower()[0] == entity.words[0][0] or set(letters.lower()) <= initials):
                self._short[letters.lower()] = entity

    def _text(self, first: int, last: int) -> str:
        return self._raw.text[slice(*self._raw.slice(first, last))] if first < last else ""

    # Mentions ------------------------------------------------------------------------------------------------------

    def named(self, name: str, at: int) -> Entity:
        """The entity that `name` at token `at` stands for; a new one where the article has no fuller name."""
        fitting = self._meant.get(name)
        if fitting is None:
            fitting = self._meant[name] = self._fitting(name)
        if len(fitting) == 1:
            return fitting[0]
        parts = name_words(name)
        return self._fuller(max(fitting, key=lambda one: self._rank(one, parts, at)))

    def _fitting(self, name: str) -> list[Entity]:
        """The entities that `name` may stand for; a single one in its fullest form. All full names are known by now."""
        parts = name_words(name)
        known = self._entities.get(parts)
        if known is not None and len(parts) > 1:
            return [self._fuller(known)]
        if len(parts) == 1 and (short := self._short.get(parts[0])) is not None:
            return [short]
        told = gender_told(name)
        fitting = [one for one in self._by_word.get(parts[-1], ()) if _fits(one, parts, told)] if parts else []
        if len(parts) == 1 and name.isupper() and len(name) < 6:
            fitting = [one for one in fitting if one.words[-1] == parts[0]]
        if len(fitting) == 1:
            return [self._fuller(fitting[0])]
        return fitting or [self._single(name, parts)]

    def _fuller(self, entity: Entity) -> Entity:
        """The longest name that says all that this one says: "Ana Ruiz" → "Ana Maria Ruiz"."""
        longer = [
            one
            for one in self._by_word.get(entity.words[-1], ())
            if one.words[0] == entity.words[0] and set(entity.words) < set(one.words)
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
            entity.known = int(plain != name)
        return entity

    def _rank(self, entity: Entity, parts: tuple[str, ...], at: int) -> tuple[bool, bool, bool, int, int]:
        start = self.memory.sentence_start(at)
        near = bisect_right(entity.places, at) > bisect_left(entity.places, start)
        person = entity.kind is _PERSON
        return parts[-1] == entity.words[-1], person, near, len(entity.places), -entity.places[0]

    def _see(self, run: Run) -> None:
        """Note a name in the text, and what its place in the sentence says of it."""
        tags = self._tokens.phrases
        entity = self.named(self._text(run.title, run.last), run.first)
        after, weight = tags[run.last : run.last + 1], MENTIONED
        if after == "^":
            weight = OWNER
        elif after in _VERBAL or (after == "a" and tags[run.title - 1] != "p") or self._opens(run, after):
            weight = SUBJECT
        elif after in ("p", "x") and len(entity.words) > 1 and entity.known and self._begins(run):
            weight = SUBJECT  # a full name that a sentence begins with, its verb further on or in no list
        if after == "V":
            entity.known += 1
        self.memory.note(run.first, entity, weight)

    def _opens(self, run: Run, after: str) -> bool:
        """Whether a name opens its sentence, with a comma or bracket behind it."""
        return after in _COMMAS and (run.title == 0 or self._tokens.phrases[run.title - 1] in ".|q")

    def _begins(self, run: Run) -> bool:
        """Whether a sentence begins with a name, or with what it calls the one who bears it."""
        start = self.memory.sentence_start(run.first)
        near = run.title - start <= _NEAR
        return near and bool(_OPENING.fullmatch(self._tokens.phrases, start, run.title))

    def spoke(self, at: int, entity: Entity) -> None:
        """Remember that who is meant at token `at` was found to speak."""
        entity.known += 1
        self.memory.note(at, entity, SPEAKER)

    def speaks_as(self, word: str) -> bool:
        """Whether a full name of the article ends with `word` ("King", which is a title elsewhere)."""
        return any(one.words[-1] == word.lower() for one in self._by_word.get(word.lower(), ()))

    def described(self, heads: set[str]) -> Entity | None:
        """The one person of whom the article says one of `heads` ("the senator"), or None if none or several."""
        roles = {_role(head) for head in heads}
        fitting = {
            id(full): full
            for one in self._entities.values()
            if one.kind is _PERSON and one.roles & roles and len(one.words) > 1
            for full in (self._fuller(one),)
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None


#: After a name these say that it is the subject; of the second ones where the name opens the sentence.
_VERBAL, _COMMAS = frozenset("VAW"), frozenset(",)")
#: What may stand before the name that is the subject of a sentence: “The baker”, “Former minister”.
_OPENING = re.compile("[.|q]*D?[axRtNB]*")
_NEAR = 5
#: Tokens of “the first deputy minister of foreign trade of the Republic”.
_LONGEST_ROLE = 14


def _sentence_ends(tags: str) -> list[int]:
    """The tokens that end a sentence, by their tags: full stops, paragraph ends and quotation marks."""
    parts = tags.replace("|", ".").replace("q", ".").split(".")
    return [number + length for number, length in enumerate(accumulate(map(len, parts[:-1])))]


# Words -------------------------------------------------------------------------------------------------------------

#: Short titles and the role that they say.
_TITLE_ROLES = {
    "sen": "senator", "rep": "representative", "gov": "governor", "dr": "doctor", "prof": "professor",
    "rev": "reverend", "sgt": "sergeant", "lt": "lieutenant", "capt": "captain", "col": "colonel", "gen": "general",
    "adm": "admiral", "congressman": "representative", "congresswoman": "representative",
    "spokeswoman": "spokesperson", "spokesman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
    "chairperson": "chair", "businesswoman": "businessman",
}  # fmt: skip


def _role(word: str) -> str:
    word = word.rstrip(".")
    return _TITLE_ROLES.get(word, word)


def _kind(parts: tuple[str, ...], titled: bool) -> SpeakerKind:
    """Person, unless a word of the name is a noun for bodies, or it is a known place or an abbreviation."""
    if titled or not parts or (len(parts) > 1 and parts[0] in given_genders()):
        return _PERSON
    for part in parts:
        role = role_nouns().get(part)
        if (role is not None and role.kind != "person") or part in words("body_words.txt"):
            return _BODY
    return _BODY if parts[-1] in words("places.txt") else _PERSON


def _fits(entity: Entity, parts: tuple[str, ...], told: str) -> bool:
    return set(parts).issubset(entity.words) and (told == "-" or entity.gender in ("-", told))


def _without_title(name: str) -> str:
    parts = name.split(" ")
    while len(parts) > 1 and parts[0].rstrip(".").lower() in title_genders():
        parts = parts[1:]
    return " ".join(parts)
