"""The cue and the speaker that stand before a quotation in its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from citecheck.attribution.layouts import ACCORDING, AFTER, BEFORE, GOES_ON, NOBODY, STOPS, Found, Place, named
from citecheck.attribution.lexicon import cue_nouns
from citecheck.attribution.mentions import (
    Form,
    Mention,
    main_subject,
    name_at_end,
    phrase_at,
    subject_after,
    subject_before,
)
from citecheck.attribution.tokens import Tokens
from citecheck.attribution.verbs import cue_at, is_verb

#: Verbs whose object does what the infinitive after it says.
_CAUSES = frozenset(("prompting", "prompted", "leading", "led", "causing", "caused", "forcing", "forced", "pushing"))
#: Participles that give a name, and what parts them from a noun: "weapons, often called “…”".
_NAMED, _APART = frozenset(("called", "named", "dubbed", "termed", "nicknamed", "labeled", "labelled")), (",", ")", "-")
_POSSIBLE = frozenset(("can", "cannot", "can't", "can’t", "couldn't", "couldn’t"))
_BE = frozenset(("be", "is", "are", "was", "were", "been", "being", "am"))


def before(tokens: Tokens, place: Place) -> Iterator[Found]:
    at = place.first
    colon = at > 0 and tokens.tags[at - 1] == ":"
    floor = _clause_start(tokens, at - 1 if colon else at)
    for word in range(at - 1, floor - 1, -1):
        tag = tokens.tags[word]
        if tag in "VG" and is_verb(tokens, word):
            yield from _governing(tokens, word, floor, place)
        elif tokens.lower[word] == "according" and tokens.lower[word + 1 : word + 2] == ["to"]:
            yield Found((word, word + 2), named(tokens, word + 2), ACCORDING[1], 0.84)
        elif tokens.lower[word] in cue_nouns():
            yield from _noun(tokens, word, floor, place)
    if colon:
        yield from _label(tokens, at - 1, floor)
    yield from _rated(tokens, place, floor)
    yield from _felt(tokens, at, floor)


def _rated(tokens: Tokens, place: Place, floor: int) -> Iterator[Found]:
    """X rated it as “…”: any verb with "as" before the marks gives somebody's judgment."""
    at = place.first
    as_ = at - 1 - (at > 1 and tokens.tags[at - 1] == "D")
    if as_ <= floor or tokens.lower[as_] != "as":
        return
    for verb in range(as_ - 1, floor, -1):
        if tokens.phrases[verb] == "W" or (is_verb(tokens, verb) and tokens.lower[verb] not in cue_nouns()):
            passive = tokens.lower[verb + 1] == "by" or _passive(tokens, verb, floor)
            speaker = _by_whom(tokens, verb, place) if passive else subject_before(tokens, verb, floor)
            if speaker is not None:
                yield Found((verb, verb + 1), speaker, "X rated it as “…”", 0.6)
            return


#: Verbs that join a person to a mood, and words that open one.
_MOODS = frozenset("feel feels felt remain remains remained".split())
_DEGREES = frozenset("very so too deeply quite extremely really absolutely utterly completely profoundly truly".split())


def _felt(tokens: Tokens, at: int, floor: int) -> Iterator[Found]:
    """X remains “…”, X is “very …”: how somebody feels is told in words of his own."""
    verb = at - 1
    while verb > floor and tokens.tags[verb] == "a":
        verb -= 1
    mood = tokens.lower[verb] in _MOODS
    if verb > floor and (mood or (tokens.lower[verb] in _BE and tokens.lower[at + 1] in _DEGREES)):
        speaker = subject_before(tokens, verb, floor)
        if speaker is not None and (speaker.form is Form.NAME or speaker.text.lower() in ("he", "she", "they")):
            yield Found((verb, verb + 1) if mood else None, speaker, "X feels “…”", 0.5)


def _clause_start(tokens: Tokens, at: int) -> int:
    floor = at
    low = max(0, at - BEFORE)
    while floor > low and tokens.tags[floor - 1] not in STOPS:
        floor -= 1
    return floor


def _governing(tokens: Tokens, verb: int, floor: int, place: Place) -> Iterator[Found]:
    """X said, “…”: the verb at `verb` with its subject."""
    cue = cue_at(tokens, verb)
    speaker = _agent(tokens, verb, floor, place)
    if speaker is None:
        return
    if _adjacent(tokens, verb, place):
        sure = 0.96 - 0.06 * (3 - cue.strength)
    elif "np" in cue.frames and cue.strength > 1 and not _has_verb(tokens, verb + 1, place.first):
        sure = 0.86
    else:
        sure = (0.0, 0.45, 0.72, 0.85)[cue.strength] - 0.001 * (place.first - verb)
    if speaker.text.lower() in NOBODY:
        sure -= 0.05
    if _only_possible(tokens, verb, floor) or speaker.text.lower() == "you":
        sure -= 0.3
    yield Found((verb, verb + 1), speaker, "X said, “…”", sure)


def _only_possible(tokens: Tokens, verb: int, floor: int) -> bool:
    """Whether the verb tells what could or could not be said: "you cannot shout"."""
    while verb > floor and tokens.phrases[verb - 1] in "aA":
        verb -= 1
        if tokens.lower[verb] in _POSSIBLE:
            return True
    return False


def _agent(tokens: Tokens, verb: int, floor: int, place: Place) -> Mention | None:
    """Who does what the verb says: its subject, by whom a passive is done, the main subject for a participle."""
    if _passive(tokens, verb, floor):
        return _by_whom(tokens, verb, place)
    if tokens.tags[verb] == "G" and tokens.lower[verb - 1] in GOES_ON:
        return subject_before(tokens, verb - 1, floor)
    attendant = _attendant(tokens, verb, floor)
    if attendant is not None:
        return attendant
    if tokens.tags[verb] == "G" and (verb == floor or tokens.phrases[verb - 1] in ",pcTa)F"):
        found = main_subject(tokens, floor, verb) if verb > floor else None
        return found or _after_comma(tokens, place.last)
    found = _inserted(tokens, verb, floor, place)
    if found is not None:
        return found
    if tokens.lower[verb - 1 : verb] == ["to"]:
        found = _caused(tokens, verb - 1, floor) or main_subject(tokens, floor, verb)
    elif tokens.tags[verb] == "G":
        found = name_at_end(tokens, floor, verb)
    return found or subject_before(tokens, verb, floor)


def _attendant(tokens: Tokens, verb: int, floor: int) -> Mention | None:
    """ "with Ana Ruiz again calling it": the name between "with" and a participle."""
    while tokens.tags[verb] in "Ga" and verb > floor and tokens.tags[verb - 1] == "a":
        verb -= 1
    found = name_at_end(tokens, floor, verb)
    return found if found is not None and tokens.lower[found.first - 1] == "with" else None


def _inserted(tokens: Tokens, verb: int, floor: int, place: Place) -> Mention | None:
    """ "But, said X, “…”": the name after a verb that takes no listener, with a comma or colon and the marks next."""
    if tokens.tags[verb] != "V" or (verb > floor and tokens.tags[verb - 1] != ","):
        return None
    named = subject_after(tokens, verb) if "listener" not in cue_at(tokens, verb).frames else None
    if named is None or named.form is not Form.NAME or named.last >= place.first:
        return None
    opens = verb == floor and cue_at(tokens, verb).strength == 3  # “Said Ana Ruiz, who lost her house: …”
    near = tokens.tags[named.last] in ",:" and (opens or place.first - named.last == 1)
    return named if near and tokens.tags[place.first - 1] in ",:" else None


def _caused(tokens: Tokens, to: int, floor: int) -> Mention | None:
    """The ruling led X to say “…”: the name between a verb of causing and the infinitive at token `to`."""
    found = name_at_end(tokens, floor, to)
    return found if found is not None and tokens.lower[found.first - 1] in _CAUSES else None


def _by_whom(tokens: Tokens, verb: int, place: Place) -> Mention | None:
    """Described by X as “…”: the one that "by" names, before or after the quotation."""
    for by in range(verb + 1, min(len(tokens) - 1, verb + AFTER)):
        if tokens.tags[by] in ".|":
            break
        if tokens.lower[by] == "by" and not place.first <= by < place.last:
            return named(tokens, by + 1)
    return None


def _after_comma(tokens: Tokens, at: int) -> Mention | None:
    """Calling it “…,” X left: the subject that follows."""
    while at < len(tokens) and tokens.tags[at] == ",":
        at += 1
    return phrase_at(tokens, at)


def _passive(tokens: Tokens, verb: int, floor: int) -> bool:
    at = verb
    while at > floor and tokens.tags[at - 1] == "a":
        at -= 1
    if tokens.tags[verb] != "V":
        return False
    done_by = tokens.lower[verb + 1 : verb + 2] == ["by"] and tokens.tags[verb + 2 : verb + 3] in tuple("NDSRBtx")
    named = tokens.lower[verb] in _NAMED and tokens.tags[at - 1 : at] in _APART and at < verb
    return (
        named or (at > floor and tokens.lower[at - 1] in _BE) or (done_by and tokens.lower[verb].endswith(("ed", "en")))
    )


def _adjacent(tokens: Tokens, verb: int, place: Place) -> bool:
    """Whether nothing but a listener, a time, "that", a comma or a colon parts the verb from the quotation."""
    gap = place.first - verb - 1
    if gap <= 1:
        return True
    last = tokens.tags[place.first - 1]
    joined = last in ",:" or tokens.lower[place.first - 1] == "that"
    return joined and not _has_verb(tokens, verb + 1, place.first)


def _has_verb(tokens: Tokens, first: int, last: int) -> bool:
    return any(tag in "VGWA" for tag in tokens.phrases[first:last])


def _noun(tokens: Tokens, noun: int, floor: int, place: Place) -> Iterator[Found]:
    """X's claim that “…”: a noun of saying with the one whose it is."""
    cue = cue_nouns()[tokens.lower[noun]]
    near = place.first - noun <= 2 and cue.strength > 1
    that = tokens.lower[place.first - 1] == "that" and not _has_verb(tokens, noun + 1, place.first)
    owner = None
    for at in range(noun - 1, max(floor, noun - 4) - 1, -1):
        if tokens.tags[at] == "^":
            owner = _owner(tokens, at, floor)
            break
        if tokens.tags[at] == "S":
            owner = phrase_at(tokens, at)
            break
        if tokens.tags[at] not in "xaNRBF":
            break
    if owner is None and tokens.lower[noun + 1] in ("from", "by"):
        owner, near = named(tokens, noun + 2), near or that
    if owner is not None:
        clause = tokens.lower[noun + 1] == "that" and "that" in cue.frames
        sure = 0.87 if that else 0.8 if near else 0.72 if clause else 0.35 if owner.form is Form.NAME else 0.3
        yield Found((noun, noun + 1), owner, "X's claim that “…”", sure)


def _owner(tokens: Tokens, mark: int, floor: int) -> Mention | None:
    """The noun phrase before the possessive mark at token `mark`."""
    first = mark
    while first > floor and tokens.phrases[first - 1] in "DNtRBx":
        first -= 1
    found = phrase_at(tokens, first) if first < mark else None
    return found if found is None or found.last <= mark else _cut(tokens, first, mark)


def _cut(tokens: Tokens, first: int, last: int) -> Mention:
    start, end = tokens.slice(first, last)
    form = Form.NAME if tokens.tags[last - 1] == "N" else Form.DESCRIPTION
    return Mention(form, first, last, start, end, tokens.text[start:end], (first, last))


def _label(tokens: Tokens, colon: int, floor: int) -> Iterator[Found]:
    """X: “…”. A label opens its line, or stands after a dash."""
    start = max(floor, tokens.tags.rfind("-", floor, colon) + 1)
    last = colon
    while last > start and tokens.phrases[last - 1] == ")":
        last -= 1
    speaker = name_at_end(tokens, start, last)
    if speaker is not None and not any(tag in "VGWA,." for tag in tokens.phrases[start:last]):
        yield Found((colon, colon + 1), speaker, "X: “…”", 0.93)
        return
    clause = max(tokens.phrases.rfind(",c", floor, colon), tokens.phrases.rfind(",s", floor, colon))
    own = main_subject(tokens, clause + 2, colon) if clause > 0 else None
    speaker = own or main_subject(tokens, floor, colon)
    if speaker is not None:
        noun = next((at for at in range(colon - 1, floor, -1) if tokens.lower[at] in cue_nouns()), colon)
        yield Found((noun, noun + 1), speaker, "X's comment: “…”", 0.7 if own is None else 0.87)
