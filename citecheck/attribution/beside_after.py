"""The cue and the speaker that stand after a quotation, in its sentence or at the end of its line."""

from __future__ import annotations

from collections.abc import Iterator

from citecheck.attribution.layouts import ACCORDING, AFTER, GOES_ON, NOBODY, STOPS, Found, Place, named
from citecheck.attribution.mentions import Form, Mention, phrase_at, subject_after, subject_before
from citecheck.attribution.tokens import Tokens
from citecheck.attribution.verbs import cue_at, is_verb

#: What follows the name of a speaker after its verb; a verb there would make it the subject of another clause.
_CLOSES = ("", ",", ".", "|", "-", ";", "q")


def after(tokens: Tokens, place: Place) -> Iterator[Found]:
    tags = tokens.tags
    at = place.last
    while at < len(tokens) and tags[at] in ",)":
        at += 1
    yield from _signature(tokens, at, place)
    if at < len(tokens) and tags[at] == "-":
        at += 1
    if at < len(tokens) and tags[at] not in "|q.":
        yield from _inverted(tokens, at, bool(place.pause))
        if place.pause != "." or _only_tag(tokens, at):
            yield from _according(tokens, at, place)
            yield from _subject_first(tokens, at, place)


def _signature(tokens: Tokens, at: int, place: Place) -> Iterator[Found]:
    """“…” — Ana Ruiz, at the end of the line or on the next one."""
    dash = at
    while dash < len(tokens) and tokens.tags[dash] in "|.":
        dash += 1
    if tokens.tags[dash : dash + 1] != "-" or (dash > at and tokens.tags[dash - 1] != "|"):
        return
    speaker = phrase_at(tokens, dash + 1)
    if speaker is not None and speaker.form is Form.NAME:
        closes = tokens.tags[speaker.last : speaker.last + 1]
        if closes in ("", ".", "|", ","):
            yield Found((dash, dash + 1), speaker, "“…” — X", 0.9 if place.opens else 0.5)


def _inverted(tokens: Tokens, at: int, pause: bool) -> Iterator[Found]:
    """“…,” said X. `pause`: whether a comma or the like stands before it."""
    while at < len(tokens) and tokens.tags[at] == "a":
        at += 1
    if at >= len(tokens) or tokens.tags[at] != "V" or not pause:
        return
    speaker = subject_after(tokens, at)
    if speaker is None or (speaker.form is Form.PRONOUN and tokens.lower[speaker.first] in ("it", "you", "who")):
        return
    cue = cue_at(tokens, at)
    usual = cue.strength > 1 and "quote" in cue.frames
    yield Found((at, at + 1), speaker, "“…,” said X", 0.97 if usual else 0.75)


def _according(tokens: Tokens, at: int, place: Place) -> Iterator[Found]:
    """“…,” according to X, somewhere after the quotation in its sentence."""
    for word in range(at, min(len(tokens) - 1, at + AFTER)):
        if tokens.tags[word] in STOPS:
            return
        if tokens.lower[word] == "according" and tokens.lower[word + 1] == "to":
            near = word == at and place.pause
            yield Found((word, word + 2), named(tokens, word + 2), ACCORDING[0], 0.93 if near else 0.74)
            return
        if tokens.lower[word] == "as" and tokens.tags[word + 1] == "V" and tokens.lower[word + 2 : word + 3] == ["by"]:
            yield Found((word + 1, word + 2), named(tokens, word + 3), "“…,” as told by X", 0.84)
            return
        if tokens.lower[word] == "per" and word == at:
            yield Found((word, word + 1), named(tokens, word + 1), ACCORDING[2], 0.85)
            return


def _subject_first(tokens: Tokens, at: int, place: Place) -> Iterator[Found]:
    """“…,” X said: verbs of saying after the quotation with their subjects after it too."""
    first = True
    for verb in range(at + 1, min(len(tokens), at + AFTER)):
        tag = tokens.tags[verb]
        if tag in STOPS:
            return
        if tag == "V" and tokens.tags[verb - 1] == "," and _names_speaker(tokens, verb):
            yield from _inverted(tokens, verb, True)
            return
        kept = tag == "G" and tokens.lower[verb - 1] in GOES_ON
        if (tag == "V" or kept) and tokens.lower[verb - 1] != "to" and is_verb(tokens, verb):
            speaker = subject_before(tokens, verb - kept, at)
            if speaker is None and tokens.tags[verb - 1] == ",":
                yield from _inverted(tokens, verb, bool(place.pause))
                return
            if speaker is not None and _somebody(speaker, place, _beside(tokens, at, verb)):
                strength = cue_at(tokens, verb).strength
                near = 0.95 if place.pause == "," else 0.9 if place.pause else 0.68 if strength > 1 else 0.4
                if tokens.lower[speaker.phrase[0] - 1] == "as" and not place.pause:  # a “cold” plan, as X suggested
                    near = max(near, 0.8)
                elif tokens.phrases[speaker.phrase[0] - 1] in "sc":  # “…,” and X vowed more: may be another clause
                    near = min(near, 0.8 if tokens.phrases[speaker.phrase[0] - 1] == "c" else 0.68)
                tail = _tail(tokens, speaker, verb)
                if tail:
                    near = max(near, 0.93)
                if first or tail:
                    yield Found((verb, verb + 1), speaker, "“…,” X said", near - 0.08 * (3 - strength))
                first = False
                if tail:
                    return


def _beside(tokens: Tokens, at: int, verb: int) -> bool:
    """Whether nothing but adverbs parts the verb from its one-word subject at token `at`."""
    return all(tag == "a" for tag in tokens.phrases[at + 1 : verb])


def _somebody(speaker: Mention, place: Place, next_to: bool) -> bool:
    """Whether the subject can speak: "it" does where “…,” it said stands beside the marks, "who" and "which" never."""
    word = speaker.text.lower()
    return word not in NOBODY or (word == "it" and bool(place.pause) and next_to)


def _names_speaker(tokens: Tokens, verb: int) -> bool:
    """Whether ", said Ana Ruiz." follows, which says more than any noun before the comma."""
    cue = cue_at(tokens, verb)
    speaker = subject_after(tokens, verb) if cue.strength == 3 and "listener" not in cue.frames else None
    return speaker is not None and speaker.form is Form.NAME and tokens.tags[speaker.last : speaker.last + 1] in _CLOSES


def _only_tag(tokens: Tokens, at: int) -> bool:
    """Whether the sentence at token `at` is "X said." and no more: a full stop before it was meant for a comma."""
    subject = phrase_at(tokens, at)
    verb = subject.last if subject is not None else len(tokens)
    closes = tokens.tags[verb + 1 : verb + 2]
    return tokens.tags[verb : verb + 1] == "V" and closes in (".", "|") and cue_at(tokens, verb).strength == 3


def _tail(tokens: Tokens, speaker: Mention, verb: int) -> bool:
    """Whether ", X said." ends the sentence: then all of it is X's."""
    start = speaker.phrase[0]
    after = tokens.tags[verb + 1 : verb + 2]
    return tokens.tags[start - 1 : start] == "," and after in ("", ".", "|", ",", "p", "T", "a")
