"""The cue and the speaker that stand beside one quotation, read from the words around it.

Every word of saying in the sentence around a quotation is a candidate; the layout that it stands in says how sure it is
(“…,” said X; “…,” X said; X said, “…”; words quoted inside X's reported sentence), and the surest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from citecheck.attribution.lexicon import cue_nouns, cue_verbs
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
from citecheck.models import Span

#: How many tokens after a quotation its cue may stand, and before it.
AFTER, BEFORE = 40, 60
_STOPS = ".|q"
#: The layouts of "according to".
_ACCORDING = ("“…,” according to X", "according to X, “…”", "“…,” per X")
#: Verbs before a participle of saying: "X kept repeating".
_GOES_ON = frozenset(("kept", "keeps", "began", "begins", "started", "starts", "continued", "continues", "went"))
#: Verbs whose object does what the infinitive after it says.
_CAUSES = frozenset(("prompting", "prompted", "leading", "led", "causing", "caused", "forcing", "forced", "pushing"))
_NOBODY = frozenset(("who", "it", "which", "that"))
_BE = frozenset(("be", "is", "are", "was", "were", "been", "being", "am"))


class Found(NamedTuple):
    """A cue (tokens `cue[0]` to `cue[1]`, not included) with its speaker. `layout` names where they stand.

    `sure` is the chance that both are right, by the layout alone.
    """

    cue: tuple[int, int] | None
    speaker: Mention | None
    layout: str
    sure: float


class Place(NamedTuple):
    """One quotation among the tokens: `first` is its opening mark, `last` the token after its closing one.

    `pause`: the last sign inside the marks or the first after them (, . ? ! or empty). `opens`: it begins a sentence.
    """

    first: int
    last: int
    pause: str
    opens: bool


def beside(tokens: Tokens, place: Place, outlets: Sequence[Span] = ()) -> Found | None:
    """What the words around a quotation say of its speaker, or None.

    `outlets` are the places in the text where outlets and documents are credited: according to these nobody speaks.
    """
    before = _outermost(tokens, list(_before(tokens, place)))
    found = [_credited(one, outlets) for one in (*before, *_after(tokens, place))]
    return max(found, key=lambda one: one.sure, default=None)


def _credited(found: Found, outlets: Sequence[Span]) -> Found:
    """Without a speaker, and less sure than a person beside it, where "according to" names an outlet."""
    mention = found.speaker
    if mention is None or found.layout not in _ACCORDING:
        return found
    if not any(start < mention.end and mention.start < end for start, end in outlets):
        return found
    return found._replace(speaker=None, sure=min(found.sure, 0.6))


def _outermost(tokens: Tokens, found: list[Found]) -> list[Found]:
    """Without the weaker words inside what a verb of saying reports: in "X said they sought “…”" X speaks."""
    found = _condemned(tokens, found)
    strong = [one for one in found if one.cue and one.layout == "X said, “…”" and _governs(tokens, one)]
    if not strong:
        return found
    outer = min(strong, key=lambda one: one.cue or (0, 0))
    kept = []
    for one in found:
        inside = one.cue is not None and outer.cue is not None and one.cue[0] > outer.cue[0] and one.sure < 0.9
        if inside and one.cue is not None and _beside_it(tokens, one.cue[0]):
            kept.append(one._replace(sure=max(one.sure, outer.sure + 0.01)))
        elif not inside or _new_clause(tokens, outer, one):
            kept.append(one)
    return kept


def _condemned(tokens: Tokens, found: list[Found]) -> list[Found]:
    """In "X condemned what she called “…”" the attribution is the outer verb's: the inner tells whose word it is."""
    inner = max(found, key=lambda one: one.sure, default=None)
    if inner is None or inner.speaker is None or inner.speaker.form is not Form.PRONOUN:
        return found
    what = inner.speaker.first - 1
    if tokens.lower[what : what + 1] != ["what"]:
        return found
    outer = max((one for one in found if one.cue and one.cue[1] <= what), key=_cue_place, default=None)
    if outer is None:
        return found
    return [one._replace(sure=inner.sure + 0.01) if one is outer else one for one in found]


def _cue_place(found: Found) -> int:
    return found.cue[0] if found.cue else 0


def _governs(tokens: Tokens, one: Found) -> bool:
    """Whether it reports a clause, and is not itself inside a relative clause or after "and"."""
    if one.cue is None or one.speaker is None or one.speaker.text.lower() in _NOBODY:
        return False
    cue = cue_verbs().get(tokens.lower[one.cue[0]])
    return cue is not None and cue.strength == 3 and "that" in cue.frames


def _beside_it(tokens: Tokens, verb: int) -> bool:
    """Whether the verb goes on from an earlier one: "…, adding that", "… and claims that"."""
    before = verb - 1
    while before > 0 and tokens.tags[before] == "a":
        before -= 1
    return tokens.phrases[before] == "c" or (tokens.tags[verb] == "G" and tokens.phrases[before] == ",")


def _new_clause(tokens: Tokens, outer: Found, inner: Found) -> bool:
    """Whether a clause with another named subject begins between the two, outside what the first one reports."""
    if inner.speaker is None or outer.cue is None or inner.speaker.form is not Form.NAME:
        return False
    start = inner.speaker.phrase[0]
    return (start > outer.cue[1] + 1 and tokens.phrases[start - 2 : start] in (",c", ",s")) or ";" in tokens.tags[
        outer.cue[1] : start
    ]


# After the quotation -----------------------------------------------------------------------------------------------


def _after(tokens: Tokens, place: Place) -> Iterator[Found]:
    tags = tokens.tags
    at = place.last
    while at < len(tokens) and tags[at] in ",)":
        at += 1
    yield from _signature(tokens, at)
    if at < len(tokens) and tags[at] == "-":
        at += 1
    if at < len(tokens) and tags[at] not in "|q.":
        yield from _inverted(tokens, at, place)
        if place.pause != "." or _only_tag(tokens, at):
            yield from _according(tokens, at, place)
            yield from _subject_first(tokens, at, place)


def _signature(tokens: Tokens, at: int) -> Iterator[Found]:
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
            yield Found((dash, dash + 1), speaker, "“…” — X", 0.9)


def _inverted(tokens: Tokens, at: int, place: Place) -> Iterator[Found]:
    """“…,” said X."""
    while at < len(tokens) and tokens.tags[at] == "a":
        at += 1
    if at >= len(tokens) or tokens.tags[at] != "V" or not place.pause:
        return
    speaker = subject_after(tokens, at)
    if speaker is None or (speaker.form is Form.PRONOUN and tokens.lower[speaker.first] in ("it", "you", "who")):
        return
    yield Found((at, at + 1), speaker, "“…,” said X", 0.97 if cue_at(tokens, at).strength > 1 else 0.75)


def _according(tokens: Tokens, at: int, place: Place) -> Iterator[Found]:
    """“…,” according to X, somewhere after the quotation in its sentence."""
    for word in range(at, min(len(tokens) - 1, at + AFTER)):
        if tokens.tags[word] in _STOPS:
            return
        if tokens.lower[word] == "according" and tokens.lower[word + 1] == "to":
            near = word == at and place.pause
            yield Found((word, word + 2), _named(tokens, word + 2), _ACCORDING[0], 0.93 if near else 0.74)
            return
        if tokens.lower[word] == "per" and word == at:
            yield Found((word, word + 1), _named(tokens, word + 1), _ACCORDING[2], 0.85)
            return


def _named(tokens: Tokens, at: int) -> Mention | None:
    """The phrase at token `at`; where it is a description with a name in apposition, the name."""
    return subject_after(tokens, at - 1)


def _subject_first(tokens: Tokens, at: int, place: Place) -> Iterator[Found]:
    """“…,” X said: verbs of saying after the quotation with their subjects after it too."""
    for verb in range(at + 1, min(len(tokens), at + AFTER)):
        tag = tokens.tags[verb]
        if tag in _STOPS:
            return
        kept = tag == "G" and tokens.lower[verb - 1] in _GOES_ON
        if (tag == "V" or kept) and is_verb(tokens, verb):
            speaker = subject_before(tokens, verb - kept, at)
            if speaker is None and tokens.tags[verb - 1] == ",":
                yield from _inverted(tokens, verb, place)
                return
            if speaker is not None and (speaker.text.lower() not in _NOBODY or (place.pause and verb == at + 1)):
                strength = cue_at(tokens, verb).strength
                near = 0.95 if place.pause == "," else 0.9 if place.pause else 0.68 if strength > 1 else 0.4
                if tokens.phrases[speaker.phrase[0] - 1] in "sc":  # “…,” and X vowed more: may be another clause
                    near = min(near, 0.8)
                if _tail(tokens, speaker, verb):
                    near = max(near, 0.93)
                yield Found((verb, verb + 1), speaker, "“…,” X said", near - 0.08 * (3 - strength))
                return


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


# Before the quotation ----------------------------------------------------------------------------------------------


def _before(tokens: Tokens, place: Place) -> Iterator[Found]:
    at = place.first
    colon = at > 0 and tokens.tags[at - 1] == ":"
    floor = _clause_start(tokens, at - 1 if colon else at)
    for word in range(at - 1, floor - 1, -1):
        tag = tokens.tags[word]
        if tag in "VG" and is_verb(tokens, word):
            yield from _governing(tokens, word, floor, place)
        elif tokens.lower[word] == "according" and tokens.lower[word + 1 : word + 2] == ["to"]:
            yield Found((word, word + 2), _named(tokens, word + 2), _ACCORDING[1], 0.84)
        elif tokens.lower[word] in cue_nouns():
            yield from _noun(tokens, word, floor, place)
    if colon:
        yield from _label(tokens, at - 1, floor)
    yield from _rated(tokens, at, floor)


def _rated(tokens: Tokens, at: int, floor: int) -> Iterator[Found]:
    """X rated it as “…”: any verb with "as" before the marks gives somebody's judgment."""
    as_ = at - 1 - (at > 1 and tokens.tags[at - 1] == "D")
    if as_ <= floor or tokens.lower[as_] != "as":
        return
    for verb in range(as_ - 1, floor, -1):
        if tokens.phrases[verb] == "W" or is_verb(tokens, verb):
            speaker = subject_before(tokens, verb, floor)
            if speaker is not None and not _passive(tokens, verb, floor):
                yield Found((verb, verb + 1), speaker, "X rated it as “…”", 0.6)
            return


def _clause_start(tokens: Tokens, at: int) -> int:
    floor = at
    low = max(0, at - BEFORE)
    while floor > low and tokens.tags[floor - 1] not in _STOPS:
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
    if speaker.text.lower() in _NOBODY:
        sure -= 0.05
    yield Found((verb, verb + 1), speaker, "X said, “…”", sure)


def _agent(tokens: Tokens, verb: int, floor: int, place: Place) -> Mention | None:
    """Who does what the verb says: its subject, by whom a passive is done, the main subject for a participle."""
    if _passive(tokens, verb, floor):
        return _by_whom(tokens, verb, place)
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


def _inserted(tokens: Tokens, verb: int, floor: int, place: Place) -> Mention | None:
    """ "But, said X, “…”": the name after a verb that takes no listener, with a comma or colon and the marks next."""
    if tokens.tags[verb] != "V" or (verb > floor and tokens.tags[verb - 1] != ","):
        return None
    named = subject_after(tokens, verb) if "listener" not in cue_at(tokens, verb).frames else None
    if named is None or named.form is not Form.NAME or place.first - named.last != 1:
        return None
    return named if tokens.tags[named.last] in ",:" else None


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
            return _named(tokens, by + 1)
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
    return at > floor and tokens.lower[at - 1] in _BE and tokens.tags[verb] == "V"


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
    if owner is not None:
        yield Found(
            (noun, noun + 1), owner, "X's claim that “…”", 0.8 if near else 0.35 if owner.form is Form.NAME else 0.3
        )


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


def sentence_speaker(tokens: Tokens, first: int, last: int) -> Found | None:
    """Who speaks in the sentence `first:last` that stands before a quotation: the subject of its word of saying."""
    place = Place(last, last, "", False)
    found = [one for one in _before(tokens, place) if one.speaker is not None]
    if found:
        return max(found, key=lambda one: one.sure)
    subject = main_subject(tokens, first, last)
    if subject is None or subject.form is Form.DESCRIPTION:
        return None
    verb = next((at for at in range(subject.last, last) if tokens.phrases[at] in "VW"), None)
    return Found(None if verb is None else (verb, verb + 1), subject, "X did. “…”", 0.55)
