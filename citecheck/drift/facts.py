"""The facts of two statements told in the writer's own words: figures, dates, names and the way things went.

Where the words run freely an alignment pairs too little, so that the facts of both are compared as sets: what each has
and the other lacks. A fact on one side only is no difference, because either text may tell more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from citecheck.drift.figures import dates, numbers
from citecheck.drift.lexicon import FUNCTION, TITLE, alike, direction, known_name
from citecheck.drift.notes import Found
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.lexicons import rows
from citecheck.text.lexicons import words as listed
from citecheck.text.stems import stem
from citecheck.text.words import NUMBER

#: A run of word indices.
Run = tuple[int, ...]


def facts(a: Prepared, b: Prepared, close: bool) -> Iterator[Found]:
    """The number and date labels between two told statements; entity and polarity too where they are not `close`."""
    figures = [*numbers(a, b), *dates(a, b)]
    yield from figures
    yield from _names(a, b, bool(figures))
    if not close:
        yield from _signs(a, b, bool(figures))


# Names --------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return listed("generic-names.txt")


def distinct(keys: Sequence[str]) -> list[str]:
    """The words of a name that tell it from others, all of them where none does."""
    return [key for key in keys if key not in _generic()] or list(keys)


def _runs(side: Prepared) -> list[Run]:
    """The names of one side, each as a run of words; tickers and codes are none, a list is as many as it has."""
    runs: list[list[int]] = []
    for at in range(len(side.words)):
        if not side.names[at] or _code(side, at):
            continue
        if runs and _continues(side, runs[-1], at):
            runs[-1].append(at)
        else:
            runs.append([at])
    return [tuple(run) for run in runs]


_LINKS = frozenset(("of", "and", "the", "'s", "for"))


def _continues(side: Prepared, run: Run | list[int], at: int) -> bool:
    """Whether word `at` goes on with the name before it: a comma, a bracket or a nationality ends one."""
    if not run[-1] < at <= run[-1] + 2 or any(set(side.gap(place)) & _STOPS for place in range(run[-1] + 1, at + 1)):
        return False
    if side.keys[run[-1]] in _peoples():
        return False
    return run[-1] == at - 1 or side.keys[at - 1] in _LINKS


@lru_cache(maxsize=1)
def _peoples() -> frozenset[str]:
    return listed("demonyms.txt")


_STOPS = frozenset(',;:()[]"“”')


def _code(side: Prepared, at: int) -> bool:
    word = side.words[at]
    before, after = side.text[max(0, word.start - 1) : word.start], side.text[word.end : word.end + 1]
    return before in ("<", ".", "=") or after == "=" or any(char.isdigit() for char in word.key + after)


def _unknown(side: Prepared, other: Prepared) -> list[Run]:
    """The names of one side that the other has under no form: in full, in part, as a people, by initials."""
    theirs = {*other.keys, *other.stems, *(known_name(key) for key in other.keys)} - {None}
    short = {"".join(other.keys[at][0] for at in run if not other.flags[at] & FUNCTION) for run in _runs(other)}
    short = {form for form in short if len(form) > 1}
    return [run for run in _runs(side) if (keys := _own(side, run)) and not _has(theirs, short, keys)]


def _own(side: Prepared, run: Run) -> list[str]:
    """The words of a name without its titles and offices."""
    keys = [side.keys[at] for at in run if not side.flags[at] & (FUNCTION | TITLE)]
    return [key for key in keys if key not in _offices()] or keys


_BODIES = frozenset(
    "company firm carrier maker retailer group union party government agency team club army newspaper network airline "
    "bank court regulator".split()
)


@lru_cache(maxsize=1)
def descriptions() -> frozenset[str]:
    """The nouns that stand for a name: the company, the ministry, the captain."""
    return _offices() | listed("body_heads.txt") | _BODIES


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    """What persons are called by (reporter, ministers)."""
    return frozenset(row[form] for row in rows("roles.tsv") if row["kind"] == "person" for form in ("noun", "plural"))


def _has(theirs: set[str | None], short: set[str], keys: list[str]) -> bool:
    told = distinct(keys)
    if min(map(len, told)) == 1 or "".join(key[0] for key in keys) in theirs:
        return True
    return any(
        key in theirs or known_name(key) in theirs or any(len(key) > 2 and key.startswith(form) for form in short)
        for key in told
    )


#: Of a told sentence's names that many are compared; lists of names are no statements.
_MOST = 24


def _names(a: Prepared, b: Prepared, figures: bool) -> Iterator[Found]:
    """Two names that stand for each other: beside the same words, or beside figures that differ too."""
    left, right = _unknown(a, b)[:_MOST], _unknown(b, a)[:_MOST]
    for one in left:
        for other in right:
            together = figures or one[0] == other[0] == 0 or _beside(a, one) & _beside(b, other)
            if together and _comparable(a, one, b, other):
                yield _runs_at(one, other)
                return
    yield from _branches(a, b)


def _runs_at(one: Run, other: Run) -> Found:
    return Found(Label.ENTITY, Severity.CRITICAL, (one[0], one[-1] + 1), (other[0], other[-1] + 1))


def _comparable(a: Prepared, one: Run, b: Prepared, other: Run) -> bool:
    """Whether two names are of one sort (two places, or none) and not one name in two spellings."""
    mine, theirs = _own(a, one), _own(b, other)
    if all(map(_place, distinct(mine))) != all(map(_place, distinct(theirs))):
        return False
    if _generic() >= {*mine} or _generic() >= {*theirs}:
        return False
    return fuzz.ratio(" ".join(mine), " ".join(theirs)) < _ONE_NAME and not all(map(alike, mine, theirs))


def _place(key: str) -> bool:
    return key in _peoples() or (known_name(key) or key) in _places()


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return listed("places.txt") | listed("geography.txt")


#: Of a hundred, the likeness from which two names are one in two spellings.
_ONE_NAME = 85


def _branches(a: Prepared, b: Prepared) -> Iterator[Found]:
    """Two names that begin alike and go on unlike (Acme Retail / Acme Foods)."""
    for one in _runs(a)[:_MOST]:
        for other in _runs(b)[:_MOST]:
            if a.keys[one[0]] != b.keys[other[0]] or a.flags[one[0]] & TITLE:
                continue
            mine = [key for key in distinct(_own(a, one)) if key not in b.keys and stem(key) not in b.stems]
            theirs = [key for key in distinct(_own(b, other)) if key not in a.keys and stem(key) not in a.stems]
            if mine and theirs and not _generic() & {*mine, *theirs}:
                yield _runs_at(one, other)
                return


def _beside(side: Prepared, run: Run) -> set[str]:
    """The content stems up to three words from a name."""
    near = (*range(max(0, run[0] - 3), run[0]), *range(run[-1] + 1, min(len(side.words), run[-1] + 4)))
    return {side.stems[at] for at in near if not side.flags[at] & FUNCTION}


# Sign ---------------------------------------------------------------------------------------------------------------


def _signs(a: Prepared, b: Prepared, figures: bool) -> Iterator[Found]:
    """Things that went up in one text and down in the other: by all words for it, or by the first, beside figures."""
    left, right = _directions(a), _directions(b)
    if not left or not right:
        return
    ways = {way for _, way in left}, {way for _, way in right}
    whole = len(ways[0]) == len(ways[1]) == 1 and ways[0] != ways[1]
    if whole or (figures and left[0][1] != right[0][1]):
        i, j = left[0][0], right[0][0]
        yield Found(Label.POLARITY, Severity.CRITICAL, (i, i + 1), (j, j + 1))


def _directions(side: Prepared) -> list[tuple[int, int]]:
    """The words for up and down with their way, 1 or -1. `off` is one after a verb only (`was off 3 points`)."""
    found = []
    for at, key in enumerate(side.keys):
        way = direction(key)
        before = side.flags[at - 1] if at else FUNCTION
        if way and not (key == "off" and (at + 1 >= len(side.words) or side.words[at + 1].kind != NUMBER)):
            if key in ("over", "under", "above", "below") and before:
                continue
            found.append((at, way))
    return found
