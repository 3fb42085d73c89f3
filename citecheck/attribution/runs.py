"""Names as runs of capitalised tokens: where each begins and ends, and which titles stand before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from citecheck.attribution.lexicon import words
from citecheck.attribution.tokens import Tokens

_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
#: A row of words with capitals; a line end, which ends each line, ends it too.
_ROW = re.compile("N[Nt]*")


class Run(NamedTuple):
    """A name is the tokens `first:last`; its titles stand from `title` on (`title == first` where it has none)."""

    title: int
    first: int
    last: int


#: A headline in title case: its length in tokens, and the share of its words of four letters or more with a capital.
SHORTEST, LONGEST, CAPITALS = 5, 30, 0.85


def name_runs(tokens: Tokens) -> Iterator[Run]:
    """Every name in the text, in order; none from headlines in title case, where a capital does not tell a name."""
    end, headline = 0, False
    for row in _ROW.finditer(tokens.tags):
        if row.start() >= end:
            line, end = tokens.tags.rfind("|", 0, row.start()) + 1, tokens.tags.find("|", row.start())
            headline = _headline(tokens, line, end)
        if not headline:
            yield from _split(tokens, *row.span())


def _headline(tokens: Tokens, first: int, last: int) -> bool:
    if not SHORTEST <= last - first <= LONGEST:
        return False
    long = [word[0] for word in tokens.words[first:last] if len(word) > 3 and word[0].isalpha()]
    return len(long) > 3 and sum(map(str.isupper, long)) >= CAPITALS * len(long)


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
