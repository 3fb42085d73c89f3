"""Where reported words begin after their verb, and where they end."""

from __future__ import annotations

import re

from citecheck.attribution.clauses import Sentence, VerbGroup, finite_ahead, fused_subject
from citecheck.attribution.clauses_lexicon import Frames, Shape, frames

#: Prepositions of the time, the place and the channel of speaking.
_ADJUNCT = frozenset(
    "in on at during to via from after before of about through by for with over since until amid".split()
)
WH = frozenset("how why what whether where who whom which when if".split())
_TIME_OPENERS = frozenset("last this next earlier later".split())
#: Before a number these are no prepositions: "said about 20 people".
_ROUGHLY = frozenset(("about", "around", "over", "under", "between", "like"))
#: Verbs that give the report to a noun: "expressed confidence that".
_LIGHT_VERBS = frozenset("express voice issue raise repeat reiterate reject dismiss deny dispute refute".split())
#: Adverbs that belong to what is said, not to the saying.
_INNER_ADVERBS = frozenset("not even just only no".split())
#: How far the hearer, and the noun of "expressed confidence that", may reach.
_HEARER, _NOUN = 24, 5


# The beginning -----------------------------------------------------------------------------------------------------


def content_start(sentence: Sentence, group: VerbGroup) -> int | None:
    """The token where what the verb reports begins after it; None where nothing that it takes follows."""
    known, at = group.frames, group.verb + 1
    if known.particle and sentence.word(at) == known.particle:
        at += 1
    at = _skip_adverbs(sentence, at)
    if sentence.tag(at) in ".|;":
        return None
    found = _opening(sentence, at, known) or _noun_clause(sentence, at, known)
    if found is not None:
        return found
    if sentence.word(at) in known.prepositions:
        return at + 1 if at + 1 < sentence.hi else None
    if known.takes("hear") and sentence.tag(at) in "ODSNRBxt#P":
        return _after_hearer(sentence, at, known)
    return _unmarked(sentence, at, known)


def _unmarked(sentence: Sentence, at: int, known: Frames) -> int | None:
    """The start of content that no word announces, after phrases of time and place."""
    word, tag = sentence.word(at), sentence.tag(at)
    if word in _ROUGHLY and sentence.tag(at + 1) == "#" and known.takes("any"):
        return at
    if tag in "pTa" or word in _TIME_OPENERS:
        later = skip_adjuncts(sentence, at)
        if later is not None and later > at:
            found = _opening(sentence, later, known)
            if found is not None:
                return found
            if known.takes("any", "clause") and finite_ahead(sentence, later):
                return later
        return at if tag != "p" and known.takes("any") and finite_ahead(sentence, at) else None
    if tag in ",-)c":
        return None
    return at if known.takes("any") or (known.takes("clause") and finite_ahead(sentence, at)) else None


def _opening(sentence: Sentence, at: int, known: Frames) -> int | None:
    """The content that a clear opening at token `at` starts: that, whether, to, a colon."""
    if at + 1 >= sentence.hi:
        return None
    word = sentence.word(at)
    if word == "that" and known.takes("that"):
        return at + 1
    if (word == ":" and known.takes("that", "clause")) or (word == "that" and known.takes("any")):
        return at + (word == ":")
    if (word in WH and known.takes("wh", "any")) or (word == "to" and known.takes("to")):
        return at
    return None


def _noun_clause(sentence: Sentence, at: int, known: Frames) -> int | None:
    """The clause in "expressed confidence that …": the content starts after that."""
    if known.lemma not in _LIGHT_VERBS:
        return None
    for i in range(at, at + _NOUN):
        if sentence.word(i) == "that" and i > at:
            return i + 1
        if sentence.tag(i) not in "DSxVRBFa":
            return None
    return None


def _skip_adverbs(sentence: Sentence, at: int) -> int:
    while sentence.tag(at) == "a" and sentence.word(at) not in _INNER_ADVERBS:
        at += 1
    if sentence.tag(at) == "," and sentence.tag(at + 1) == "a" and sentence.tag(at + 2) == ",":
        at += 3
    return at


def _after_hearer(sentence: Sentence, at: int, known: Frames) -> int | None:
    """Where the content begins behind the hearer at token `at` ("told reporters in Lisbon that")."""
    later = _hearer_end(sentence, at)
    if later is None:
        return at if known.takes("any") and known.lemma != "tell" else None
    return _opening(sentence, later, known) or (later if finite_ahead(sentence, later) else None)


def _hearer_end(sentence: Sentence, at: int) -> int | None:
    """The token after the hearer at token `at` and what hangs on it, where a content opens; None if none does."""
    if sentence.tag(at) in "OP":
        return skip_adjuncts(sentence, at + 1) or at + 1
    tags, lower = sentence.tokens.tags, sentence.tokens.lower
    for i in range(at + 1, min(sentence.hi, at + _HEARER)):
        word, tag = lower[i], tags[i]
        if word == "to":
            return None if sentence.tag(i + 1) in "NDS" else i
        if word == "that" or word in WH or tag == ":":
            return i
        if tag in "q.|;,":
            return None
        if tag == "P" or fused_subject(word) or (tag in "DS" and sentence.tag(i - 1) in "RNBTx"):
            return i
    return None


def skip_adjuncts(sentence: Sentence, at: int) -> int | None:
    """The first token after phrases of time, place and channel that start at token `at`; None if they fill the rest."""
    i, tags, lower = at, sentence.tokens.tags, sentence.tokens.lower
    while i < sentence.hi:
        word, tag = lower[i], tags[i]
        if tag in "Ta" or word in _TIME_OPENERS:
            i += 1
        elif tag == "p" and word in _ADJUNCT:
            i = _phrase_end(sentence, i + 1)
        elif tag == "," and (sentence.word(i + 1) == "that" or sentence.tag(i + 1) in "pT"):
            i += 1
        else:
            return i
    return None


def _phrase_end(sentence: Sentence, at: int) -> int:
    """The token after the noun phrase that starts at token `at`."""
    i, headed, tags = at, False, sentence.tokens.tags
    while i < sentence.hi:
        tag = tags[i]
        if tag in "xRBFNT#":
            headed = True
        elif (tag not in "DS^tVG" and (headed or tag != "a")) or (headed and tag in "DSV"):
            break
        i += 1
    return i


# The end -----------------------------------------------------------------------------------------------------------

#: After a comma these open the writer's own addition more often than they carry the reported words on.
_OWN_VOICE = frozenset("but which while though although whereas compared so whose where".split())
#: After "but" these go on with what is reported: "not a wall but rather a pier".
_CORRECTS = frozenset("rather instead only not also simply merely".split())
_CREDIT = (("according", "to"), ("as", "reported"), ("as", "noted"), ("per", ""))


def content_end(sentence: Sentence, at: int, subordinate: bool = False) -> int:
    """The token before which what is reported from token `at` on ends: mostly the end of the sentence.

    `subordinate`: the reporting verb stands in a clause of its own, which ends where the main clause goes on.
    """
    fronted, credit = _fronted(sentence, at), _credit(sentence, at + 1)
    for match in _PARTING.finditer(sentence.tokens.tags, at + 1, credit):
        i, tag = match.start(), match[0]
        if sentence.quoted[i]:
            continue
        if tag in ";|":
            return i
        if tag in ",-" and i + 1 < sentence.hi:
            if _credited(sentence, i + 1) or _speech_goes_on(sentence, i + 1):
                return i
            if not fronted and _ends_report(sentence, i + 1, tag == "-"):
                return i
            if subordinate and (sentence.tag(i + 1) in "AV" or finite_ahead(sentence, i + 1)):
                return i
            fronted = False
        elif tag == "c" and _resumes(sentence, i + 1):
            return i
    end = credit
    while end > at and end == sentence.hi and sentence.tag(end - 1) in ".|" and not sentence.quoted[end - 1]:
        end -= 1
    return end


#: Where what is reported may end, but at a credit.
_PARTING = re.compile("[;|,c-]")


def _credit(sentence: Sentence, at: int) -> int:
    """The first token from `at` on that opens "according to" outside quotation marks; the end where none does."""
    if "according" in sentence.tokens.lower[at : sentence.hi]:
        for i in range(at, sentence.hi):
            if sentence.word(i) == "according" and sentence.word(i + 1) == "to" and not sentence.quoted[i]:
                return i
    return sentence.hi


def _fronted(sentence: Sentence, at: int) -> bool:
    """Whether the content opens with a clause or phrase before its subject: "when prices rose, the bank would act"."""
    word, tag = sentence.word(at), sentence.tag(at)
    return (tag in "pTa" and word != "to") or (tag == "s" and word not in WH) or word in ("if", "when")


def _credited(sentence: Sentence, at: int) -> bool:
    first = sentence.word(at)
    return any(first == word and (not then or sentence.word(at + 1) == then) for word, then in _CREDIT)


def _speech_goes_on(sentence: Sentence, at: int) -> bool:
    """Whether a comma is followed by another reporting verb: ", adding that …", ", said the minister"."""
    known = frames().get(sentence.word(at))
    if known is None or sentence.tag(at) not in "VGx":
        return False
    if known.shape is Shape.ING:
        return known.takes("that", "any", "clause") or bool(known.prepositions)
    return known.shape in (Shape.PAST, Shape.THIRD) and known.takes("tail")


def _ends_report(sentence: Sentence, at: int, dash: bool) -> bool:
    """Whether the words after a comma or dash, from token `at`, are no part of what is reported before it.

    What opens the writer's own addition more often than not was counted on the training part of PolNeAR.
    """
    word, tag = sentence.word(at), sentence.tag(at)
    if word == "but" and sentence.word(at + 1) in _CORRECTS:
        return False
    if word in _OWN_VOICE:
        return True
    if tag == "c":
        if _resumes(sentence, at + 1) or _own_clause(sentence, at + 1):
            return True
        return finite_ahead(sentence, at + 1) and (dash or (word == "but" and sentence.tag(at + 1) == "P"))
    return finite_ahead(sentence, at) if tag in "Nt" else _own_clause(sentence, at)


def _resumes(sentence: Sentence, at: int) -> bool:
    """Whether a reporting verb of the outer speaker follows "and"."""
    while sentence.tag(at) == "a":
        at += 1
    known = frames().get(sentence.word(at)) if sentence.tag(at) in "Vx" else None
    return known is not None and known.shape is Shape.PAST


def _own_clause(sentence: Sentence, at: int) -> bool:
    """Whether a new subject with a reporting verb of its own follows: ", the spokesman said"."""
    tags, lower = sentence.tokens.tags, sentence.tokens.lower
    for i in range(at, min(sentence.hi, at + 12)):
        if tags[i] in ",;:.-|qs" or lower[i] == "that":
            return False
        known = frames().get(lower[i])
        if known is not None and i > at and known.takes("tail") and known.shape in (Shape.PAST, Shape.THIRD):
            return sentence.tag(i - 1) in "PNRBFxa"
    return False
