"""What stands around a named source inside its sentence: the words that lead to it and the document it names.

A *lead* is the sentence up to the noun phrase of the source, its determiner and adjectives left out: “told” in “told
the French newspaper X”. The *noun* is what of the source is named (“poll” in “the latest X/Y tracking poll”), `after`
the rest of the sentence behind that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from citecheck.models import Span
from citecheck.sources.words import one_of, words_of
from citecheck.text.lexicons import words
from citecheck.text.patterns import regex

#: How far a sentence is looked at to either side; longer ones are cut, so that work stays linear in the text.
REACH = 240
#: Words between an article and the name that it belongs to: “a separate national telephone poll by the”.
MODIFIERS = 6

_TOKEN_BACK = re.compile(r"(?:[\w’'&.%$/-]+|[^\w\s])\s*$")


class Context(NamedTuple):
    """The surroundings of one source or of several joined ones (“a CNN/ORC poll”), all inside `sentence`.

    `last` is the last word of the lead, in lower case.
    """

    text: str
    sentence: Span
    start: int
    end: int
    lead: str
    last: str
    modifiers: str
    noun: str
    after: str
    right: str

    @property
    def whole(self) -> str:
        return self.text[self.sentence[0] : self.sentence[1]]


class Sentences:
    """The sentences of a text, found by offset."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._starts = [start for start, _ in spans]

    def at(self, offset: int) -> Span:
        """The sentence that holds `offset`; an empty span where none does."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and offset < self.spans[i][1]:
            return self.spans[i]
        return offset, offset

    def number(self, offset: int) -> int:
        """The index of the sentence at or before `offset`."""
        return bisect_right(self._starts, offset) - 1


def read_context(text: str, sentence: Span, start: int, end: int) -> Context:
    """The context of the source at `start:end`."""
    first, last = max(sentence[0], start - REACH), min(sentence[1], end + REACH)
    lead, modifiers = _split_lead(text[first:start].rstrip("“\"'‘‚„«"))
    right = text[end:last]
    noun = _noun_in(right)
    own = text[start:end].rpartition(" ")[2].lower()  # “the Field Poll” is its own document
    after = right[noun.end() :] if noun else re.sub(r"^['’]s?\b", "", right)
    return Context(
        text,
        (first, last),
        start,
        end,
        lead,
        _last_word(lead),
        modifiers,
        noun["noun"].lower() if noun else own if own in words_of("poll") else "",
        after,
        right,
    )


def _last_word(lead: str) -> str:
    """The last word of a lead in lower case, its last sign where that is none, nothing where the lead is empty."""
    near = lead[-30:]
    word = near.rpartition(" ")[2]
    if word.isalnum():
        return word.lower()
    found = re.search(r"[\w’'./-]+$", near)
    return found.group().lower() if found else lead[-1:]


def _split_lead(left: str) -> tuple[str, str]:
    """`left` without the determiner and the adjectives at its end, and these (lower case)."""
    cut = len(left)
    for _ in range(MODIFIERS):
        token, start = _token_before(left, cut)
        if not token or not _modifies(token):
            break
        cut = start
        if token.lower() in words_of("determiner"):
            break
    return left[:cut].rstrip(), left[cut:].strip().lower()


def _token_before(left: str, cut: int) -> tuple[str, int]:
    """The word or sign that ends at `cut`, spaces aside, and where it begins; empty where none is near."""
    near = left[max(0, cut - 40) : cut].rstrip()
    word = near.rpartition(" ")[2]
    if word.isalnum():
        return word, max(0, cut - 40) + len(near) - len(word)
    token = _TOKEN_BACK.search(left, max(0, cut - 40), cut)
    return (token.group().strip(), token.start()) if token else ("", cut)


def _modifies(token: str) -> bool:
    """Whether a word can stand between an article and a source's name."""
    low = token.lower()
    if low in words_of("determiner") or low in words_of("describing"):
        return True
    if not token[0].isalnum() or low in words_of("stop"):
        return False
    if token[0].isupper():
        return bool(_capital_modifier().fullmatch(token))
    if "-" in token:
        return True
    return not (low.endswith(("ed", "ing", "ly")) or low in _verbs())


@cache
def _verbs() -> frozenset[str]:
    return (words_of("say") | words_of("report") | words_of("find") | words_of("cite")) - {"report", "poll", "find"}


@cache
def _capital_modifier() -> re.Pattern[str]:
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    days = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    demonyms = "|".join(sorted(re.escape(word.title()) for word in words("demonyms.txt")))
    return re.compile(rf"(?:The|A|An|(?:{months}|{days})(?:['’]s)?|{demonyms}|[\w.]+-based|U\.?S\.?|UK|U\.K\.)")


def _noun_in(right: str) -> re.Match[str] | None:
    """The document named right behind the source: “'s latest national poll”, “ (D) survey”. Its group is `noun`."""
    found = _noun().match(right)
    return None if found and any(map(_halts, _SPACE.split(found["between"])[1:])) else found


_SPACE = re.compile(r"\s")
_BEGINS = regex(r"(\w+)(?:[/-]\w+|(?<=\wn)(?P<not>['’]t\b))?")


def _halts(token: str) -> bool:
    """Whether a token cannot stand between a source and the document that it made."""
    begun = _BEGINS.match(token)
    return begun is not None and (bool(begun["not"]) or not _halting().isdisjoint((begun[0], begun[1])))


@cache
def _halting() -> frozenset[str]:
    halts = words_of("stop") | words_of("determiner") | words_of("say") | words_of("find") | words_of("report")
    return halts - words_of("work") - words_of("poll")


@cache
def _noun() -> re.Pattern[str]:
    # What halts is looked up in a set afterwards: a pattern of all these words took a hundredth of a small report.
    nouns = one_of("poll", "work", "article", "talk", "place", "post", "programme")
    return re.compile(
        rf"(?:['’]s?)?(?:\s\([^)\n]{{1,30}}\))?(?P<between>(?:\s[\w’'&./-]+){{0,4}}?)\s(?P<noun>{nouns})\b(?:['’]s?)?"
    )
