"""What a text has spoken of so far, and whom its pronouns mean.

The rule of news prose: a pronoun means the subject of the sentence before it, or who spoke last, and rarely somebody
who was only mentioned; a form of address, a given name or an office tells whether "he" or "she" fits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from citecheck.models import SpeakerKind
from citecheck.text.lexicons import words

#: As variables: a member looked up in its class costs Python 3.11 seven times as much.
_PERSON, _BODY, _DESCRIPTION = SpeakerKind
#: How far back, in tokens, a pronoun looks for what it stands for: about six paragraphs of news.
REACH = 320
#: What each sentence in between costs, against the weights 0.5 (owner), 1 (other), 2 (subject) and 2.5 (speaker):
#: the subject of a sentence outweighs the speaker of the one before, and a speaker of two before a mere mention.
FADE = 0.6
OWNER, MENTIONED, SUBJECT, SPEAKER = 0.5, 1.0, 2.0, 2.5


@dataclass(slots=True, eq=False)
class Entity:
    """One person or body. `name` is the fullest form, `places` the tokens where it is named in full, in order.

    `known` counts what speaks for a person: a title, a given name, an office, being the subject of a verb of saying.
    """

    name: str
    words: tuple[str, ...]
    places: list[int] = field(default_factory=list)
    gender: str = "-"
    kind: SpeakerKind = _PERSON
    roles: set[str] = field(default_factory=set)
    role: str | None = None
    known: int = 0


#: A place (token) outside quotation marks where an entity is named or meant, and what that weighs.
Seen = tuple[int, Entity, float]


#: Nouns for a body that its name need not have; it begins or ends with another one (Commission, Department).
_BODIES = frozenset(("agency", "group", "company", "organization", "organisation", "firm"))


class Memory:
    """All that was spoken of. `ends` are the tokens that end a sentence or paragraph, in order."""

    def __init__(self, ends: list[int]) -> None:
        self._ends = ends
        self._seen: list[Seen] = []
        self._places: list[int] = []

    def note(self, at: int, entity: Entity, weight: float) -> None:
        """Remember that token `at` speaks of `entity`."""
        place = bisect_right(self._places, at)
        self._places.insert(place, at)
        self._seen.insert(place, (at, entity, weight))

    def sentence(self, at: int) -> int:
        """The number of the sentence of token `at`."""
        return bisect_left(self._ends, at)

    def sentence_start(self, at: int) -> int:
        """The first token of the sentence of token `at`."""
        number = self.sentence(at)
        return self._ends[number - 1] + 1 if number else 0

    def person(self, gender: str, at: int) -> Entity | None:
        """Whom "he" (m), "she" (f) or "they" (-) at token `at` means; None where nobody fits."""
        best, score = None, -100.0
        here = self.sentence(at)
        for place, entity, weighs in self._back(at):
            far = FADE * (here - self.sentence(place))
            if SPEAKER - far <= score:
                break  # nobody further back can outweigh the best
            if _fits(entity, gender):
                weight = weighs - far
                if not entity.known:
                    weight -= 2
                if weight > score:
                    best, score = entity, weight
        return best

    def body(self, at: int, word: str) -> Entity | None:
        """The body last named before token `at` that "it" or "the company" (`word`) can mean."""
        for _, entity, weight in self._back(at):
            if entity.kind is _BODY and weight > OWNER and len(entity.words) > 1:
                named = entity.words
                heads = any(part in words("body_heads.txt") for part in (named[0], named[-1]))
                if word in named or word == "it" or (word in _BODIES and heads):
                    return entity
        return None

    def _back(self, at: int) -> Iterator[Seen]:
        place = bisect_left(self._places, at)
        while place > 0 and at - self._places[place - 1] <= REACH:
            place -= 1
            yield self._seen[place]


def _fits(entity: Entity, gender: str) -> bool:
    if entity.kind is _BODY or (len(entity.words) < 2 and not entity.known):
        return False
    if len(entity.words) < 2 and entity.name.isupper():  # FBI, ID
        return False
    return gender == "-" or entity.gender in ("-", gender)
