"""Noun phrases that can be speakers: names, descriptions and pronouns, found beside a given token.

The rules read the tags of `tokens.Tokens`. They look a bounded number of tokens to each side, so that the cost of one
question does not grow with the article.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from citecheck.attribution.lexicon import words
from citecheck.attribution.tokens import Tokens

#: How many tokens a subject with its appositions may take: longer ones are misreadings more often than not.
REACH = 60


class Form(StrEnum):
    """How a mention refers."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


#: As variables: a member looked up in its class costs Python 3.11 seven times as much.
_NAME, _DESCRIPTION, _PRONOUN = Form


class Mention(NamedTuple):
    """A noun phrase: tokens `first` to `last` (not included), code points `start` to `end`.

    A name is given with its title but without the description before it, which `phrase` includes
    ("Sberbank CEO Gref": the mention is "CEO Gref", the phrase all of it).
    """

    form: Form
    first: int
    last: int
    start: int
    end: int
    text: str
    phrase: tuple[int, int]


def _mention(tokens: Tokens, form: Form, first: int, last: int, phrase: tuple[int, int] | None = None) -> Mention:
    start, end = tokens.slice(first, last)
    return Mention(form, first, last, start, end, tokens.text[start:end], phrase or (first, last))


# One noun phrase ---------------------------------------------------------------------------------------------------

_NP = re.compile(r"(?:[DS][aVGW]*)?(?:[x#RBFNtT]|\^|[aGW](?=[x#RBFNt])(?<=[xD#^]a)|-(?=[xRBFNt]))*[xRBFNt#](?!\^)")
_PP = re.compile(r"p(?:[DS][aVGW]*)?(?:[x#RBFNtT^]|[aG](?=[x#RBFNt]))*[xRBFNt#](?!\^)")
_ATTACH = frozenset(("of", "for", "from", "at", "with", "in", "on", "to", "near", "within", "about"))
#: "Ruiz, D-Hale, said"
_PARTY = re.compile(r"[A-Z]{1,3}-[A-Z]")
#: "an official close to the talks", "a person familiar with the matter"
_CLOSE = frozenset(
    ("close", "familiar", "involved", "briefed", "aware", "present", "based", "working", "knowledgeable")
)
_SOMEBODY = frozenset("NRBFtDS")


def phrase_at(tokens: Tokens, first: int) -> Mention | None:
    """The noun phrase that begins with the token `first`: a pronoun, a name, or a description with what hangs on it."""
    if first >= len(tokens):
        return None
    if tokens.phrases[first] == "P":
        return _mention(tokens, _PRONOUN, first, first + 1)
    if _stands_alone(tokens, first):
        return _mention(tokens, _DESCRIPTION, first, first + 1)
    return _phrase(tokens, first, min(len(tokens), first + REACH))


def _one_of(tokens: Tokens, first: int, limit: int) -> Mention | None:
    """ "one of two witnesses", "some of her aides"."""
    if tokens.lower[first] not in _STANDING or tokens.lower[first + 1 : first + 2] != ["of"]:
        return None
    match = _PP.match(tokens.phrases, first + 1, limit)
    return _mention(tokens, _DESCRIPTION, first, match.end()) if match else None


#: Words that count or point, and are subjects where no noun follows: "another wrote", "many say".
_STANDING = frozenset(("another", "others", "some", "many", "most", "several", "few", "one", "both", "neither", "none"))


_AFTER_ALONE = (*"VWAa.|,q)-", "")


def _stands_alone(tokens: Tokens, at: int) -> bool:
    if at and tokens.phrases[at - 1] in "NRBP":  # “the mayors both said”
        return False
    return tokens.lower[at] in _STANDING and tokens.phrases[at + 1 : at + 2] in _AFTER_ALONE


def _phrase(tokens: Tokens, first: int, limit: int) -> Mention | None:
    """The name or description that begins at `first` and ends before `limit`."""
    match = _NP.match(tokens.phrases, first, limit)
    if not match or match.end() == first:
        return _one_of(tokens, first, limit)
    head = tokens.lower[match.end() - 1]
    if _SOMEBODY.isdisjoint(match[0]) and not head.endswith("s") and head != "percent":
        return None
    return _read_phrase(tokens, first, match.end(), limit)


def _read_phrase(tokens: Tokens, first: int, last: int, limit: int) -> Mention:
    """A phrase whose core is `first:last`: the name at its end, or a description with its prepositional phrases."""
    name = name_at_end(tokens, first, last)
    if name is not None:
        return name
    if last - 1 > first and tokens.phrases[last : last + 1] == "p" and _participle(tokens, last - 1):
        last -= 1  # "a claim filed against the port"
    end = last
    while end < limit:
        at = end + (tokens.lower[end] in _CLOSE)
        match = _PP.match(tokens.phrases, at, limit)
        if not match or tokens.lower[at] not in _ATTACH or "T" in match[0]:
            break
        end = match.end()
    return _mention(tokens, _DESCRIPTION, first, end)


def name_at_end(tokens: Tokens, first: int, last: int) -> Mention | None:
    """The name that ends the tokens `first:last`, with its title; None when the phrase ends with another word."""
    tags = tokens.phrases
    at = last
    while at > first and tags[at - 1] in "Nt":
        at -= 1
    if at == last or "N" not in tags[at:last]:
        return None
    title = tags.rfind("t", at, last - 1)
    start = at if title < 0 else title + 1
    while start < last - 2 and tokens.lower[start] in words("demonyms.txt"):
        start += 1
    if last - start > 1 and tokens.lower[start].rstrip(".") in ("u.s", "u.k", "d.c", "u.n"):
        start += 1
    while start > at and tags[start - 1] == "t":
        start -= 1
    return _mention(tokens, _NAME, start, last, (first, last))


# The subject of a verb ---------------------------------------------------------------------------------------------


def subject_before(tokens: Tokens, verb: int, floor: int = 0) -> Mention | None:
    """The subject of the verb at token `verb`, standing before it; nothing before token `floor` is looked at.

    Appositions, relative clauses and brackets between the two are stepped over ("Gref, who runs the bank, said").
    """
    floor = max(floor, verb - REACH)
    at = _skip_helpers(tokens, verb, floor)
    if at <= floor:
        return None
    tag = tokens.phrases[at - 1]
    if tag == ",":
        return _across_comma(tokens, at - 1, floor)
    if tag == "-" and (opening := tokens.phrases.rfind("-", floor, at - 1)) > floor:
        return _ending(tokens, opening, floor)
    if tag == "c":
        return main_subject(tokens, floor, at - 1)
    return _ending(tokens, at, floor)


def _skip_helpers(tokens: Tokens, at: int, floor: int) -> int:
    """Before auxiliaries, adverbs, "himself" and brackets on the way left."""
    tags = tokens.phrases
    while at > floor:
        tag = tags[at - 1]
        reflexive = tag == "O" and tokens.lower[at - 1].endswith(("self", "selves"))
        if tag not in "AaT)" and not reflexive and not (tag == "p" and tags[at] == "T"):
            break
        at -= 1
    return at


_RELATIVE = frozenset(("who", "which", "that"))
_OPENERS = frozenset(("who", "which", "whose", "whom", "where", "when"))


def _ending(tokens: Tokens, last: int, floor: int) -> Mention | None:
    """The pronoun or noun phrase whose last token is the one before `last`."""
    if last <= floor:
        return None
    if tokens.phrases[last - 1] == "P" or tokens.lower[last - 1] in _RELATIVE:
        return _mention(tokens, _PRONOUN, last - 1, last)
    if _stands_alone(tokens, last - 1):
        return _mention(tokens, _DESCRIPTION, last - 1, last)
    if tokens.lower[last - 1] in ("two", "three", "four") and tokens.lower[last - 2] == "the":
        return _mention(tokens, _DESCRIPTION, last - 2, last)
    return _phrase_ending(tokens, last, floor)


def antecedent(tokens: Tokens, relative: Mention, floor: int = 0) -> Mention | None:
    """What "who", "which" or "that" stands for: the noun phrase before it."""
    if tokens.lower[relative.first] not in _RELATIVE:
        return None
    floor = max(floor, relative.first - REACH)
    at = relative.first
    while at > floor and tokens.phrases[at - 1] in ",)":
        at -= 1
    return _phrase_ending(tokens, at, floor) if at > floor else None


def _phrase_ending(tokens: Tokens, last: int, floor: int) -> Mention | None:
    """The noun phrase, with what hangs on it, whose last token is the one before `last`."""
    tags = tokens.phrases
    while last > floor and tags[last - 1] == ")":
        last -= 1
    first = last
    while first > floor and tags[first - 1] in "DSxRBFN#tT^pOv)" and tokens.lower[first - 1] != "that":
        first -= 1
    start = first
    while first < last and tags[first] in "p^O)":
        first = _after_preposition(tokens, first, last) if tags[first] == "p" else first + 1
    if first < last:
        found = _phrase(tokens, first, last)
        stacked = found is not None and found.last < last and tags[found.last] in "DS"
        if (
            found is not None and stacked and not tokens.lower[found.last - 1].endswith("ing")
        ):  # “the plan the mayor called”
            found = _phrase(tokens, found.last, last) or found
        return _with_first_half(tokens, found, floor)
    if tags[start] == "p" and start - 1 > floor and _participle(tokens, start - 1):
        return _phrase_ending(tokens, start - 1, floor)  # “a letter obtained by Berg warns”: he does not
    name = name_at_end(tokens, start, last)  # “At the summit Ruiz said”: no comma parts the name from the phrase
    if name is None and tokens.lower[start] == "as":  # “As one sailor told us”: no preposition
        return _phrase(tokens, start + 1, last)
    return name


def _participle(tokens: Tokens, at: int) -> bool:
    """Whether a past participle at token `at` hangs on the noun before it."""
    word = tokens.lower[at]
    return word.endswith(("ed", "en")) and tokens.phrases[at] in "VWx" and tokens.phrases[at - 1] in "xRBFN"


def _with_first_half(tokens: Tokens, found: Mention | None, floor: int) -> Mention | None:
    """ "Some sailors and fishers said": the words before "and" too, if both are plurals and begin a clause."""
    if found is None or found.form is not _DESCRIPTION or not tokens.lower[found.last - 1].endswith("s"):
        return found
    link = found.phrase[0] - 1
    if link <= floor or tokens.lower[link] != "and" or not tokens.lower[link - 1].endswith("s"):
        return found
    left = _phrase_ending(tokens, link, floor)
    opens = left is not None and (left.first == floor or tokens.tags[left.first - 1] in ".|q,;sc")
    if left is None or not opens or left.form is not _DESCRIPTION or left.last != link:
        return found
    return _mention(tokens, _DESCRIPTION, left.first, found.last)


def _after_preposition(tokens: Tokens, first: int, last: int) -> int:
    """The token after the prepositional phrase that begins at `first`."""
    match = _PP.match(tokens.phrases, first, last)
    return match.end() if match else first + 1


def _across_comma(tokens: Tokens, comma: int, floor: int) -> Mention | None:
    """The noun phrase before the apposition or clause that the comma at token `comma` closes."""
    tags = tokens.phrases
    inner = comma
    while inner > floor and tags[inner - 1] not in ".|q;:,":
        inner -= 1
    piece = _phrase_ending(tokens, comma, inner)
    if inner <= floor or tags[inner - 1] != ",":
        return piece
    outer = _ending(tokens, inner - 1, floor)
    inside = piece is not None and piece.phrase[0] > inner and tags[piece.phrase[0] - 1] in "GpVW"
    if outer is not None and (piece is None or inside or _adjunct(tokens, inner)):
        return outer
    if piece is not None and piece.form is _NAME and (outer is None or outer.form is not _NAME):
        return piece
    if outer is not None and outer.form is _NAME:
        return outer
    further = _across_comma(tokens, inner - 1, floor) if tags.rfind(",", floor, inner - 1) >= 0 else None
    return further if further is not None and further.form is _NAME else outer or piece


def _adjunct(tokens: Tokens, first: int) -> bool:
    """Whether a participle, a relative or a preposition opens the words at `first`: no noun in them is the subject."""
    first += tokens.tags[first] == "c"
    word = tokens.lower[first]
    if word.endswith(("ed", "en")) and tokens.phrases[first] in "VWx" and tokens.phrases[first + 1] in "px":
        return True
    if _PARTY.match(tokens.words[first]):
        return True
    return tokens.phrases[first] in "Gp" or word in _OPENERS or (word.endswith("ing") and tokens.tags[first] == "x")


def main_clause(tokens: Tokens, first: int, last: int) -> int:
    """The token of `first:last` where the main clause begins after one that opens the sentence, else `first`.

    "Although Berg said it was late, Ruiz …", "Asked why, she …": the comma has a subject with its verb behind it.
    """
    if tokens.phrases[first] not in "spVG":
        return first
    found, at = first, tokens.tags.find(",", first, last)
    while at >= 0:
        subject = phrase_at(tokens, at + 1)
        opens = subject is not None and subject.last < last and tokens.phrases[subject.last] in "AVWa"
        if subject is not None and opens and subject.text.lower() not in _RELATIVE:
            found = at + 1 if found == first or subject.form is _PRONOUN else found
        at = tokens.tags.find(",", at + 1, last)
    return found


def main_subject(tokens: Tokens, first: int, last: int) -> Mention | None:
    """The subject of the first finite verb of the main clause in `first:last`; else the first noun phrase."""
    tags = tokens.phrases
    first = main_clause(tokens, first, last) if first < last else first
    for at in range(first + 1, last):
        if tags[at] in "AVW" and tags[at - 1] not in "AVWp":
            found = subject_before(tokens, at, first) if tags[at - 1] not in "c" else None
            if found is not None:
                return antecedent(tokens, found, first) or found
    at = first
    while at < last:
        if tags[at] == "p":
            at = _after_preposition(tokens, at, last)
            continue
        found = phrase_at(tokens, at)
        if found is not None and found.last <= last:
            return _before_verb(tokens, at, found)
        at += 1
    return None


def _before_verb(tokens: Tokens, first: int, found: Mention) -> Mention:
    """ "Ruiz backs Senator Berg": the first of two names that a word in -s parts, which is a verb of no list."""
    end = first
    while tokens.phrases[end] in "Nt":
        end += 1
    verb = tokens.tags[end] == "x" and tokens.lower[end].endswith("s")
    if first < end and verb and (end < found.first or (found.first == first and tokens.phrases[end + 1] == "p")):
        return name_at_end(tokens, first, end) or found
    return found


def subject_after(tokens: Tokens, verb: int) -> Mention | None:
    """The subject that follows the verb at token `verb` ("said the bank’s chief executive, Ana Ruiz")."""
    at = verb + 1
    while at < len(tokens) and tokens.tags[at] == "a":
        at += 1
    found = phrase_at(tokens, at)
    if found is not None and found.form is _DESCRIPTION:
        return _name_in_apposition(tokens, found) or found
    return found


def _name_in_apposition(tokens: Tokens, found: Mention) -> Mention | None:
    """The name that explains the description `found`: ", Ana Ruiz" after it."""
    after = found.last
    if tokens.tags[after : after + 1] != ",":
        return None
    name = phrase_at(tokens, after + 1)
    if name is None or name.form is not _NAME or name.phrase[0] != after + 1:
        return None
    closes = tokens.tags[name.last : name.last + 1]
    return name if closes in ("", ",", ".", "|", "q", "-", ";") else None
