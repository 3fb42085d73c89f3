"""Noun phrases that can be speakers: names, descriptions and pronouns, found beside a given token.

The rules read the tags of `tokens.Tokens`. They look a bounded number of tokens to each side, so that the cost of one
question does not grow with the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from citecheck.attribution.lexicon import words
from citecheck.attribution.tokens import Tokens

#: How many tokens a subject with its appositions may take: longer ones are misreadings more often than not.
REACH = 60


class Form(StrEnum):
    """How a mention refers."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
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

_NP = re.compile(r"(?:[DS][p]?)?(?:[x#RBFNtT]|\^|[aVG](?=[x#RBFNt])|-(?=[xRBFNt]))*[xRBFNt#](?!\^)")
_NAME_TAIL = re.compile(r"t*(?:N(?:q N+q)?)+$|tN*$")
_PP = re.compile(r"p(?:[DS])?(?:[x#RBFNtT^]|[aVG](?=[x#RBFNt]))*[xRBFNt#](?!\^)")
_ATTACH = frozenset(("of", "for", "from", "at", "with", "in", "on", "to", "close", "near", "within", "familiar"))


def phrase_at(tokens: Tokens, first: int) -> Mention | None:
    """The noun phrase that begins with the token `first`: a pronoun, a name, or a description with what hangs on it."""
    if first >= len(tokens):
        return None
    tags = tokens.tags
    if tags[first] == "P":
        return _mention(tokens, Form.PRONOUN, first, first + 1)
    match = _NP.match(tags, first, min(len(tags), first + REACH))
    if not match or match.end() == first:
        return None
    return _read_phrase(tokens, first, match.end())


def _read_phrase(tokens: Tokens, first: int, last: int) -> Mention:
    """A phrase whose core is `first:last`: the name at its end, or a description with its prepositional phrases."""
    name = name_at_end(tokens, first, last)
    if name is not None:
        return name
    end = last
    while (match := _PP.match(tokens.tags, end, min(len(tokens), end + REACH))) and tokens.lower[end] in _ATTACH:
        if "T" in match[0]:
            break
        end = match.end()
    return _mention(tokens, Form.DESCRIPTION, first, end)


def name_at_end(tokens: Tokens, first: int, last: int) -> Mention | None:
    """The name that ends the tokens `first:last`, with its title; None when the phrase ends with another word."""
    tags = tokens.tags
    at = last
    while at > first and tags[at - 1] in "Nt":
        at -= 1
    if at == last or not any(tag == "N" for tag in tags[at:last]):
        return None
    title = max((i for i in range(at, last - 1) if tags[i] == "t"), default=at - 1)
    start = title + 1
    while start < last - 2 and tokens.lower[start] in words("demonyms.txt"):
        start += 1
    while start > at and tags[start - 1] == "t":
        start -= 1
    return _mention(tokens, Form.NAME, start, last, (first, last))


# The subject of a verb ---------------------------------------------------------------------------------------------

_BREAKS = frozenset(".|q;:")


def subject_before(tokens: Tokens, verb: int, floor: int = 0) -> Mention | None:
    """The subject of the verb at token `verb`, standing before it; nothing before token `floor` is looked at.

    Appositions, relative clauses and brackets between the two are stepped over ("Gref, who runs the bank, said").
    """
    floor = max(floor, verb - REACH)
    at = _skip_helpers(tokens, verb, floor)
    if at <= floor:
        return None
    tag = tokens.tags[at - 1]
    if tag == "P":
        return _mention(tokens, Form.PRONOUN, at - 1, at)
    if tag == ",":
        return _across_comma(tokens, at - 1, floor)
    if tag == "c":
        return _first_subject(tokens, at - 1, floor)
    return _phrase_ending(tokens, at, floor)


def _skip_helpers(tokens: Tokens, at: int, floor: int) -> int:
    """Before auxiliaries, adverbs, "himself" and brackets on the way left."""
    while at > floor:
        tag = tokens.tags[at - 1]
        reflexive = tag == "O" and tokens.lower[at - 1].endswith(("self", "selves"))
        if tag in "AaT" or reflexive or (tag == "p" and tokens.tags[at] == "T"):
            at -= 1
        elif tag == ")":
            opening = tokens.tags.rfind("(", floor, at)
            if opening < 0:
                break
            at = opening
        else:
            break
    return at


def _phrase_ending(tokens: Tokens, last: int, floor: int) -> Mention | None:
    """The noun phrase, with what hangs on it, whose last token is the one before `last`."""
    tags = tokens.tags
    first = last
    while first > floor and tags[first - 1] in "DSxRBFN#tT^pOv-" and not (tags[first - 1] == "-" and first == last):
        first -= 1
    while first < last and tags[first] in "p^-O":
        first = _after_preposition(tokens, first, last)
    if first >= last:
        return None
    match = _NP.match(tags, first, last)
    if not match or match.end() == first:
        return None
    return _read_phrase(tokens, first, match.end())


def _after_preposition(tokens: Tokens, first: int, last: int) -> int:
    """The token after the prepositional phrase that begins at `first`."""
    match = _PP.match(tokens.tags, first, last)
    return match.end() if match else first + 1


def _across_comma(tokens: Tokens, comma: int, floor: int) -> Mention | None:
    """The noun phrase before the apposition or clause that the comma at token `comma` closes."""
    tags = tokens.tags
    inner = comma
    while inner > floor and tags[inner - 1] not in ".|q;:,":
        inner -= 1
    piece = _phrase_ending(tokens, comma, inner)
    if inner <= floor or tags[inner - 1] != ",":
        return piece
    outer = _phrase_ending(tokens, inner - 1, floor)
    if piece is not None and piece.form is Form.NAME and (outer is None or outer.form is not Form.NAME):
        return piece
    if outer is not None and outer.form is Form.NAME:
        return outer
    further = _across_comma(tokens, inner - 1, floor) if tags.rfind(",", floor, inner - 1) >= 0 else None
    return further if further is not None and further.form is Form.NAME else outer or piece


def _first_subject(tokens: Tokens, end: int, floor: int) -> Mention | None:
    """The subject of the clause that the tokens up to `end` belong to: its first noun phrase outside a preposition."""
    tags = tokens.tags
    start = end
    while start > floor and tags[start - 1] not in ".|q;:":
        start -= 1
    at = start
    while at < end:
        if tags[at] == "P":
            return _mention(tokens, Form.PRONOUN, at, at + 1)
        if tags[at] == "p":
            at = _after_preposition(tokens, at, end)
            continue
        match = _NP.match(tags, at, end)
        if match and match.end() > at:
            return _read_phrase(tokens, at, match.end())
        at += 1
    return None


def subject_after(tokens: Tokens, verb: int) -> Mention | None:
    """The subject that follows the verb at token `verb` ("said the bank’s chief executive, Ana Ruiz")."""
    at = verb + 1
    while at < len(tokens) and tokens.tags[at] == "a":
        at += 1
    found = phrase_at(tokens, at)
    if found is not None and found.form is Form.DESCRIPTION:
        return _name_in_apposition(tokens, found) or found
    return found


def _name_in_apposition(tokens: Tokens, found: Mention) -> Mention | None:
    """The name that explains the description `found`: ", Ana Ruiz" after it."""
    after = found.last
    if tokens.tags[after : after + 1] != ",":
        return None
    name = phrase_at(tokens, after + 1)
    if name is None or name.form is not Form.NAME or name.phrase[0] != after + 1:
        return None
    closes = tokens.tags[name.last : name.last + 1]
    return name if closes in ("", ",", ".", "|", "q", "-", ";") else None
