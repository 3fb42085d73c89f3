"""The kind of a marked span: somebody's words, a title, or marks that only hold words at a distance.

A ladder: the first rung that fits decides. Its order follows the cost of an error: words that are somebody's are lost
from every comparison when they are called a scare quote, so a found speaker outweighs a guess from the span alone.
"""

from __future__ import annotations

from citecheck.attribution.layouts import Found, Place
from citecheck.attribution.lexicon import words
from citecheck.attribution.tokens import Tokens
from citecheck.models import Kind

#: From this confidence on a cue governs the span although it has the shape of a title.
GOVERNED = 0.8
#: Below it what was found is a verb further off, and nobody is said to call it so: "think of boats, often called “…”".
NAMED = 0.6
_PREPOSITIONS = frozenset(("on", "in", "of", "for", "from", "at", "to", "during", "with", "by", "and", "including"))


def settle(kind: Kind, tokens: Tokens, place: Place, found: Found | None, carried: bool) -> Kind:
    """The settled kind. `kind` is the first guess from the span alone, `found` what was read beside it."""
    own = None if carried else found
    if _nickname(tokens, place) or (own is None and _heading(tokens, place)):
        return Kind.SCARE
    if _work(kind, tokens, place, own):
        return Kind.TITLE
    if kind is Kind.TITLE:
        return Kind.FRAGMENT if own is not None and own.sure > GOVERNED else Kind.TITLE
    if kind is Kind.FRAGMENT and (own is None or _at_distance(tokens, place, own)):
        return Kind.SCARE
    return Kind.DIRECT if kind is Kind.FRAGMENT and _sentence(tokens, place) else kind


def _sentence(tokens: Tokens, place: Place) -> bool:
    """Four words or more that open a sentence with a capital, whatever their language."""
    inside = tokens.words[place.first + 1 : place.last]
    return place.opens and len(inside) > 4 and inside[0][0].isupper()


#: The most words of a heading between the paragraphs.
HEADING = 8


def _heading(tokens: Tokens, place: Place) -> bool:
    """A few words in single marks that are a line by themselves head what follows, as in headlines."""
    if tokens.words[place.first] not in ("'", "‘") or (place.first and tokens.tags[place.first - 1] != "|"):
        return False
    end = place.last
    while end < len(tokens) and tokens.tags[end] == ".":
        end += 1
    return place.last - place.first <= HEADING + 2 and (end >= len(tokens) or tokens.tags[end] == "|")


def _nickname(tokens: Tokens, place: Place) -> bool:
    """Ana “Sandy” Ruiz: a word or two between the words of a name."""
    around = tokens.tags[place.first - 1 : place.first] + tokens.tags[place.last : place.last + 1]
    return around == "NN" and place.last - place.first <= 5 and not place.pause


def _work(kind: Kind, tokens: Tokens, place: Place, found: Found | None) -> bool:
    """The name of a work: after a noun for one, or words in capitals after a preposition or a possessive."""
    before = _word_before(tokens, place)
    if before in ("titled", "entitled"):
        return True
    if before in ("called", "named", "headlined") and tokens.lower[place.first - 2] in words("work_nouns.txt"):
        return True
    if kind is not Kind.TITLE:
        return False
    if before in words("work_nouns.txt"):
        return True
    if tokens.tags[place.last : place.last + 1] in ("N", "R"):  # “Salt Road” star Ana Ruiz
        return True
    adjacent = found is not None and found.cue is not None and 0 <= place.first - found.cue[1] <= 1
    return (before in _PREPOSITIONS or before in ("'s", "’s")) and not adjacent


def _word_before(tokens: Tokens, place: Place) -> str:
    at = place.first - 1
    while at >= 0 and tokens.tags[at] in ",:":
        at -= 1
    return tokens.lower[at] if at >= 0 else ""


def _at_distance(tokens: Tokens, place: Place, found: Found) -> bool:
    """The so-called “…”, known as “…”: a term, unless somebody is named who calls it so."""
    before = _word_before(tokens, place)
    if before == "as" and place.first >= 2:
        before = tokens.lower[place.first - 2]
        if tokens.tags[place.first - 2] == "a" and place.first >= 3:
            before = tokens.lower[place.first - 3]
    return before in words("distance_words.txt") and (
        found.speaker is None or (found.sure < NAMED and before.endswith("ed")) or before in ("so-called", "known")
    )
