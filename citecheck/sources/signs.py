"""Where a source may be named: the words that begin or betray a name, found by one look-up for each piece of a text.

A pattern for names is tried only where its sign stands. What is a sign is asked of each piece once, as long as it is
kept: news has few different pieces for its length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property
from itertools import compress

from citecheck.models import Span
from citecheck.sources.words import branched, words_of
from citecheck.text.segments import ByPiece, pieces


class Sign(StrEnum):
    """What may be named where a word stands."""

    FORM = "form"  # the first word of a form of the table
    BODY = "body"  # a word for a body or a newspaper, with the rest of its name around it
    CALLED = "called"  # the first word of “the polling firm”, before a name
    POLL = "poll"  # “poll” or “survey”, after a name
    BROADCASTER = "broadcaster"  # a word that names of broadcasters begin or end with
    LETTERS = "letters"  # call letters


#: A word and where it begins, in a text or in a piece of it.
Word = tuple[int, str]
#: The signs of a text, each kind in order of place.
Found = Mapping[Sign, Sequence[Word]]


class Signs(ByPiece[tuple[tuple[Sign, Word], ...]]):
    """The signs in each piece of text, for a table of sources.

    first_words: those that its forms begin with; small_forms: the forms that begin with a small letter.
    """

    def __init__(self, first_words: Collection[str], small_forms: Iterable[str]) -> None:
        super().__init__()
        self._first_words = first_words
        self._small_forms = frozenset(form.split(" ")[0] for form in small_forms)

    @cached_property
    def _small(self) -> re.Pattern[str]:
        found = branched(self._small_forms) if self._small_forms else "(?!)"
        return re.compile(rf"(?<![\w@#.])(?={found}(?!\w))\w+".replace("'", "['’]"))

    @cached_property
    def _runs(self) -> frozenset[str]:
        """The letters and digits that words begin with that are signs, call letters aside."""
        begin = (_RUN.match(word) for word in (*_called(), *_bodies(), *_POLLS, *_BROADCASTERS, *self._small_forms))
        return frozenset((*self._first_words, *(match[0] for match in begin if match)))

    @cached_property
    def _small_runs(self) -> frozenset[str]:
        """Those in small letters: a word in small letters alone is a sign where it is one of these few."""
        return frozenset(filter(str.islower, self._runs))

    def made(self, piece: str) -> tuple[tuple[Sign, Word], ...]:
        return tuple(self._signs(piece))

    def _signs(self, piece: str) -> Iterator[tuple[Sign, Word]]:
        if self._runs.isdisjoint(_RUN.findall(piece)) and not _patterns()[Sign.LETTERS].search(piece):
            return
        for match in _CAPITAL.finditer(piece):
            if match[0] in self._first_words:
                yield Sign.FORM, (match.start(), match[0])
        for match in _HYPHENED.finditer(piece):
            if match[0] in _bodies():
                yield Sign.BODY, (match.start(), match[0])
            if match[0] in _called() and _BEFORE_NAME.match(piece, match.end()):
                yield Sign.CALLED, (match.start(), match[0])
        for sign, pattern in ((Sign.FORM, self._small), *_patterns().items()):
            for match in pattern.finditer(piece):
                yield sign, (match.start(), match[0])

    def found(self, text: str, span: Span) -> Found:
        """The signs in `span`."""
        found: dict[Sign, list[Word]] = defaultdict(list)
        parts, places, others = pieces(text, span)
        small = compress(range(len(parts)), map(self._small_runs.__contains__, parts))
        for number in sorted((*others, *small)):
            for sign, (start, word) in self[parts[number]]:
                found[sign].append((places[number] + start, word))
        return found


_RUN = re.compile(r"\w+")
#: Capitals and digits begin nearly all forms.
_CAPITAL = re.compile(r"[A-Z0-9À-ÞĀ-Ž](?<![\w@#.].)\w*")
#: A word with its hyphens: words for bodies and outlets are looked up.
_HYPHENED = re.compile(r"[\w-]+")
_BEFORE_NAME = re.compile(r",?(?:\s|$)")
_POLLS = ("poll", "polls", "survey")
_BROADCASTERS = ("Radio", "Rádio", "Televisión", "Television", "Télé", "Channel", "Canal", "TV", "Tele", "FM")


@cache
def _called() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in words_of("media-called") | words_of("body-called"))


@cache
def _bodies() -> frozenset[str]:
    return words_of("institution") | words_of("press") | words_of("press-word")


@cache
def _patterns() -> Mapping[Sign, re.Pattern[str]]:
    return {
        Sign.POLL: re.compile(rf"(?<!\S){branched(_POLLS)}(?!\w)"),
        Sign.BROADCASTER: re.compile(rf"(?<![\w’'-]){branched(_BROADCASTERS)}(?![\w’'-])"),
        Sign.LETTERS: re.compile(r"[KW](?<![\w-].)[A-Z]{2,3}(?!\w)"),
    }
