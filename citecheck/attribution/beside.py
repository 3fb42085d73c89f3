"""The cue and the speaker that stand beside one quotation, read from the words around it.

Every word of saying in the sentence around a quotation is a candidate; the layout that it stands in says how sure it is
(“…,” said X; “…,” X said; X said, “…”; words quoted inside X's reported sentence), and the surest is taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from citecheck.attribution.beside_after import after
from citecheck.attribution.beside_before import before
from citecheck.attribution.layouts import ACCORDING, NOBODY, STOPS, Found, Place
from citecheck.attribution.lexicon import cue_verbs
from citecheck.attribution.mentions import Form, main_clause, main_subject
from citecheck.attribution.tokens import Tokens
from citecheck.models import Span


def beside(tokens: Tokens, place: Place, outlets: Sequence[Span] = ()) -> Found | None:
    """What the words around a quotation say of its speaker, or None.

    `outlets` are the places in the text where outlets and documents are credited: according to these nobody speaks.
    """
    earlier = _outermost(tokens, list(before(tokens, place)))
    found = [_credited(tokens, place, one, outlets) for one in (*earlier, *after(tokens, place))]
    return max(found, key=lambda one: one.sure, default=None)


def _credited(tokens: Tokens, place: Place, found: Found, outlets: Sequence[Span]) -> Found:
    """Without a speaker, and less sure than a person beside it, where an outlet is whom the words are credited to."""
    mention = found.speaker
    if mention is None or not (found.layout in ACCORDING or _passed_on(tokens, place, found)):
        return found
    if not any(start < mention.end and mention.start < end for start, end in outlets):
        return found
    return found._replace(speaker=None, sure=min(found.sure, 0.6))


#: A term with its marks, in tokens; more words than that are the outlet's own text.
TERM = 7


def _passed_on(tokens: Tokens, place: Place, found: Found) -> bool:
    """Whether they are words of somebody unnamed that an outlet passes on: "it has “no money,” Reuters reported"."""
    if found.cue is None or found.layout != "“…,” X said" or place.opens:
        return False
    return place.last - place.first <= TERM and tokens.lower[found.cue[0]] in ("reported", "reports")


def _outermost(tokens: Tokens, found: list[Found]) -> list[Found]:
    """Without the weaker words inside what a verb of saying reports: in "X said they sought “…”" X speaks."""
    found = _condemned(tokens, found)
    strong = [one for one in found if one.cue and one.layout == "X said, “…”" and _governs(tokens, one)]
    if not strong:
        return found
    outer = min(strong, key=lambda one: one.cue or (0, 0))
    kept = []
    for one in found:
        inside = one.cue is not None and outer.cue is not None and one.cue[0] > outer.cue[0]
        inside = inside and (one.sure < 0.9 or _future(tokens, one))
        if inside and one.cue is not None and _beside_it(tokens, one.cue[0]):
            kept.append(one._replace(sure=max(one.sure, outer.sure + 0.01)))
        elif not inside or _new_clause(tokens, outer, one):
            kept.append(one)
    return kept


def _condemned(tokens: Tokens, found: list[Found]) -> list[Found]:
    """In "X condemned what she called “…”" the attribution is the outer verb's: the inner tells whose word it is."""
    inner = max(found, key=lambda one: one.sure, default=None)
    if inner is None or inner.speaker is None:
        return found
    what = inner.speaker.phrase[0] - 1
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
    if one.cue is None or one.speaker is None or one.speaker.text.lower() in NOBODY:
        return False
    cue = cue_verbs().get(tokens.lower[one.cue[0]])
    if cue is None or "that" not in cue.frames:
        return False
    return cue.strength == 3 or tokens.lower[one.cue[1]] == "that"


def _beside_it(tokens: Tokens, verb: int) -> bool:
    """Whether the verb goes on from an earlier one: "…, adding that", "… and claims that"."""
    earlier = verb - 1
    while earlier > 0 and tokens.tags[earlier] == "a":
        earlier -= 1
    return tokens.phrases[earlier] == "c" or (tokens.tags[verb] == "G" and tokens.phrases[earlier] == ",")


#: After a comma these open a clause that stands beside what was reported: "…, although he tweeted".
_CONCESSIONS = frozenset(("although", "though", "while", "but"))


#: The same for the time: "…, after Berg said".
_TIMES = frozenset(("after", "before", "since", "until", "as"))
_FUTURE = frozenset(("will", "would", "won't", "won’t", "wouldn't", "wouldn’t", "might", "may"))


def _future(tokens: Tokens, one: Found) -> bool:
    """Whether nobody has said it yet: in "X said the union would call it “…”" X speaks."""
    return one.cue is not None and not {*tokens.lower[max(0, one.cue[0] - 3) : one.cue[0]]}.isdisjoint(_FUTURE)


def _new_clause(tokens: Tokens, outer: Found, inner: Found) -> bool:
    """Whether a clause with another subject begins between the two, outside what the first one reports."""
    if inner.speaker is None or outer.cue is None or inner.cue is None:
        return False
    start, first = inner.speaker.phrase[0], outer.cue[0]
    while first > 0 and tokens.tags[first - 1] not in STOPS:
        first -= 1
    if outer.cue[0] < main_clause(tokens, first, inner.cue[1]) <= start:
        return True
    link = tokens.phrases[start - 2 : start]
    if inner.speaker.form is Form.NAME:
        joins = link in (",c", ",s") or tokens.lower[start - 1] in _TIMES
        return (start > outer.cue[1] + 1 and joins) or ";" in tokens.tags[outer.cue[1] : start]
    known = cue_verbs().get(tokens.lower[inner.cue[0]])
    concedes = link[:1] == "," and tokens.lower[start - 1] in _CONCESSIONS and inner.speaker.form is Form.PRONOUN
    return concedes and known is not None and known.strength == 3


#: Subjects of a sentence without a word of saying that rarely are who speaks next.
_NO_LEAD = NOBODY | {"they", "we", "you"}


def sentence_speaker(tokens: Tokens, first: int, last: int) -> Found | None:
    """Who speaks in the sentence `first:last` that stands before a quotation: the subject of its word of saying."""
    place = Place(last, last, "", False)
    found = [one for one in before(tokens, place) if one.speaker is not None]
    if found:
        return max(found, key=lambda one: one.sure)
    subject = main_subject(tokens, first, last)
    if subject is None or subject.form is Form.DESCRIPTION or subject.text.lower() in _NO_LEAD:
        return None
    verb = next((at for at in range(subject.last, last) if tokens.phrases[at] in "VW"), None)
    return Found(None if verb is None else (verb, verb + 1), subject, "X did. “…”", 0.55)
