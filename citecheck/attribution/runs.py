"""Names as runs of capitalised tokens: where each begins and ends, and which titles stand before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from citecheck.attribution.lexicon import words
from citecheck.attribution.tokens import Tokens

_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Run:
    """A name is the tokens `first:last`; its titles stand from `title` on (`title == first` where it has none)."""

    title: int
    first: int
    last: int


def name_runs(tokens: Tokens) -> Iterator[Run]:
    """Every name in the text, in order."""
    tags = tokens.tags
    at, size = 0, len(tags)
    while (at := tags.find("N", at)) >= 0:
        end = at
        while end < size and tags[end] in "Nt":
            end += 1
        yield from _split(tokens, at, end)
        at = end


def _split(tokens: Tokens, start: int, end: int) -> Iterator[Run]:
    """Cut a row of capitals at its titles: "Sberbank CEO German Gref" holds two names."""
    tags = tokens.tags
    first = start
    for cut in range(start, end - 1):
        if tags[cut] == "t" and tags[cut + 1] in "Nt":
            if cut > first:
                yield _run(tokens, first, cut)
            first = cut + 1
    if first < end:
        yield _run(tokens, first, end)


def _run(tokens: Tokens, first: int, last: int) -> Run:
    """Without the adjectives of nation or party before a name of two words or more, and "U.S." that ends a sentence."""
    lower = tokens.lower
    while first < last - 2 and lower[first] in words("demonyms.txt"):
        first += 1
    if last - first > 1 and lower[first][:3] in ("u.s", "u.k", "u.n") and _INITIALS.fullmatch(tokens.words[first]):
        first += 1
    title = first
    while title > 0 and tokens.tags[title - 1] == "t":
        title -= 1
    return Run(title, first, last)
