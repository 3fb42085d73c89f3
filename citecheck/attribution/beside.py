"""The cue and the speaker that stand beside one quotation, read from the words around it.

A ladder of layouts, surest first: “…,” said X / “…,” X said / according to X / X said, “…” / X: “…” / words quoted
inside X's reported sentence. Each rung gives a `Found` with the confidence that the layout has by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from citecheck.attribution.lexicon import cue_nouns, cue_verbs
from citecheck.attribution.mentions import Form, Mention, phrase_at, subject_after, subject_before
from citecheck.attribution.tokens import Tokens

#: How many tokens after a quotation its cue may stand, and before it.
AFTER, BEFORE = 40, 60
_STOPS = ".|q"


@dataclass(frozen=True, slots=True)
class Found:
    """A cue (tokens `cue[0]` to `cue[1]`, not included) with its speaker. `layout` names the rung of the ladder."""

    cue: tuple[int, int] | None
    speaker: Mention | None
    layout: str
    sure: float


@dataclass(frozen=True, slots=True)
class Place:
    """One quotation among the tokens: `first` is its opening mark, `last` the token after its closing one.

    `pause`: the last sign inside the marks or the first after them (, . ? ! or empty). `opens`: it begins a sentence.
    """

    first: int
    last: int
    pause: str
    opens: bool


def beside(tokens: Tokens, place: Place) -> Found | None:
    """What the words around a quotation say of its speaker, or None."""
    before = _before(tokens, place)
    after = _after(tokens, place)
    if before is not None and after is not None:
        return before if before.sure >= after.sure else after
    return before or after


# After the quotation -----------------------------------------------------------------------------------------------


def _after(tokens: Tokens, place: Place) -> Found | None:
    tags = tokens.tags
    at = place.last
    while at < len(tokens) and tags[at] in ",-)":
        at += 1
    if at >= len(tokens) or tags[at] in "|q":
        return None
    if tags[at] == "." or (place.pause == "." and tags[at] not in "V"):
        return None
    return _inverted(tokens, at, place) or _according(tokens, at) or _subject_first(tokens, at, place)


def _inverted(tokens: Tokens, at: int, place: Place) -> Found | None:
    """“…,” said X."""
    verb = at
    while verb < len(tokens) and tokens.tags[verb] == "a":
        verb += 1
    if not _is_verb(tokens, verb) or not place.pause:
        return None
    speaker = subject_after(tokens, verb)
    if speaker is None or (
        speaker.form is Form.PRONOUN and tokens.lower[speaker.first] not in ("he", "she", "they", "i", "we")
    ):
        return None
    strength = cue_verbs()[tokens.lower[verb]].strength
    return Found((verb, verb + 1), speaker, "said X", 0.97 if strength > 1 else 0.7)


def _according(tokens: Tokens, at: int) -> Found | None:
    """“…,” according to X."""
    if tokens.lower[at : at + 2] != ["according", "to"]:
        return None
    speaker = _named_after(tokens, at + 2)
    return Found((at, at + 2), speaker, "according to X", 0.93)


def _named_after(tokens: Tokens, at: int) -> Mention | None:
    """The phrase at token `at`; where it is a description with a name in apposition, the name."""
    return subject_after(tokens, at - 1)


def _subject_first(tokens: Tokens, at: int, place: Place) -> Found | None:
    """“…,” X said: the first verb of saying after the quotation with its subject after it too."""
    end = min(len(tokens), at + AFTER)
    for verb in range(at, end):
        tag = tokens.tags[verb]
        if tag in _STOPS:
            return None
        if tag == "V" and _is_verb(tokens, verb):
            speaker = subject_before(tokens, verb, at)
            if speaker is not None and not _relative(tokens, speaker):
                strength = cue_verbs()[tokens.lower[verb]].strength
                near = 0.95 if place.pause else 0.72
                return Found((verb, verb + 1), speaker, "X said", near - 0.1 * (3 - strength))
    return None


# Before the quotation ----------------------------------------------------------------------------------------------


def _before(tokens: Tokens, place: Place) -> Found | None:
    tags = tokens.tags
    at = place.first
    colon = at > 0 and tags[at - 1] == ":"
    floor = _clause_start(tokens, at - 1 if colon else at)
    if floor >= at:
        return None
    for verb in range(at - 1, floor - 1, -1):
        if tags[verb] in "VG" and _is_verb(tokens, verb):
            found = _governing(tokens, verb, floor, place)
            if found is not None:
                return found
        elif tokens.lower[verb] == "according" and tokens.lower[verb + 1 : verb + 2] == ["to"]:
            speaker = _named_after(tokens, verb + 2)
            return Found((verb, verb + 2), speaker, "according to X, “…”", 0.85)
    if colon:
        return _label(tokens, at - 1, floor)
    return None


def _clause_start(tokens: Tokens, at: int) -> int:
    floor = at
    low = max(0, at - BEFORE)
    while floor > low and tokens.tags[floor - 1] not in _STOPS:
        floor -= 1
    return floor


def _governing(tokens: Tokens, verb: int, floor: int, place: Place) -> Found | None:
    """X said, “…”: the verb at `verb` with its subject."""
    cue = cue_verbs()[tokens.lower[verb]]
    speaker = subject_before(tokens, verb, floor)
    if speaker is None:
        return None
    gap = place.first - verb - 1
    close = gap <= 1 or tokens.tags[place.first - 1] in ",:" or tokens.lower[place.first - 1] == "that"
    sure = (0.96 if close else 0.86) - 0.08 * (3 - cue.strength) - 0.004 * gap
    return Found((verb, verb + 1), speaker, "X said, “…”", sure)


def _label(tokens: Tokens, colon: int, floor: int) -> Found | None:
    """X: “…”."""
    speaker = phrase_at(tokens, floor)
    if speaker is None or speaker.last != colon or speaker.form is not Form.NAME:
        return None
    return Found((colon, colon + 1), speaker, "X: “…”", 0.8)


# Words -------------------------------------------------------------------------------------------------------------


def _is_verb(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and tokens.tags[at] in "VG" and tokens.lower[at] in cue_verbs()


def _relative(tokens: Tokens, speaker: Mention) -> bool:
    return tokens.lower[speaker.first] in ("who", "it") and speaker.form is Form.PRONOUN


__all__ = ["Found", "Place", "beside", "cue_nouns"]
