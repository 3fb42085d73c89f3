"""The figures and dates of two told statements, compared as sets: one unit, one thing counted, another value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from citecheck.drift.lexicon import FUNCTION, UNIT, alike
from citecheck.drift.notes import Found
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.lexicons import rows
from citecheck.text.numbers import Relation, decimals, relate
from citecheck.text.words import DATE, NUMBER, TIME, WORD, YEAR


def numbers(a: Prepared, b: Prepared) -> Iterator[Found]:
    """The gravest of the figures that differ; else a share told as a fraction, else a bound on one side only."""
    found = list(_pairs(a, b)) or list(_fractions(a, b)) or list(_bounds(a, b))
    if found:
        yield max(found, key=lambda item: item.severity)


def _at(label: Label, severity: Severity, i: int, j: int) -> Found:
    return Found(label, severity, (i, i + 1), (j, j + 1))


def _alone(side: Prepared, other: Prepared, kinds: Sequence[str]) -> list[int]:
    """The words of these kinds whose key the other side lacks."""
    known = set(other.keys)
    return [
        at
        for at, word in enumerate(side.words)
        if word.kind in kinds and word.key not in known and side.text[word.start : word.end].lower() != "one"
    ]


#: Of a told sentence's figures that many are compared; tables and lists of results are no statements.
_MOST = 24


def _pairs(a: Prepared, b: Prepared) -> Iterator[Found]:
    """Figures of one unit, counting one thing, that differ; one and its rounder form are spoken for by each other."""
    left, right = _alone(a, b, (NUMBER, TIME))[:_MOST], _alone(b, a, (NUMBER, TIME))[:_MOST]
    found = [
        _at(Label.NUMBER, _severity(a, i, b, j), i, j)
        for i in left
        for j in right
        if _unit(a, i) == _unit(b, j) and (_unit(a, i) or _counts(a, i, b, j))
    ]
    rounded = [item for item in found if item.severity is Severity.MAJOR]
    mine, theirs = {item.a for item in rounded}, {item.b for item in rounded}
    yield from rounded
    yield from (item for item in found if item.a not in mine and item.b not in theirs)


def _severity(a: Prepared, i: int, b: Prepared, j: int) -> Severity:
    one, other = a.words[i].value, b.words[j].value
    if one is None or other is None or equally_exact(a, i, b, j):
        return Severity.CRITICAL
    return Severity.MAJOR if relate(one, other) is Relation.ROUNDED else Severity.CRITICAL


def equally_exact(a: Prepared, i: int, b: Prepared, j: int) -> bool:
    """Whether two figures are written to as many decimals, so that none is the other one rounded (1.49 / 1.50)."""
    one, other = a.words[i], b.words[j]
    return decimals(a.text, one.start, one.end) == decimals(b.text, other.start, other.end) > 0


def _unit(side: Prepared, at: int) -> str:
    word = side.words[at]
    return "time" if word.kind == TIME else word.key.lstrip("#0123456789.")


#: Measures by the stem of their name: what they measure, and their size.
_MEASURES = {
    "mil": ("length", 1609.3),
    "kilometer": ("length", 1000.0),
    "meter": ("length", 1.0),
    "foot": ("length", 0.3048),
    "yard": ("length", 0.9144),
    "pound": ("weight", 0.4536),
    "kilogram": ("weight", 1.0),
    "ounc": ("weight", 0.02835),
    "acr": ("area", 0.4047),
    "hectar": ("area", 1.0),
}
#: News desks round when they convert.
_CONVERTED = 0.06


def _counts(a: Prepared, i: int, b: Prepared, j: int) -> bool:
    """Whether two bare figures count one thing: a noun after them is the same, or one has none."""
    mine, theirs = _nouns(a, i), _nouns(b, j)
    if not mine or not theirs or alike(a.keys[mine[0]], b.keys[theirs[0]]):
        return True
    one, other = a.stems[mine[0]], b.stems[theirs[0]]
    if one in _MEASURES and other in _MEASURES and _MEASURES[one][0] == _MEASURES[other][0]:
        size, theirs_size = (a.words[i].value or 0) * _MEASURES[one][1], (b.words[j].value or 0) * _MEASURES[other][1]
        return abs(size - theirs_size) > _CONVERTED * max(size, theirs_size)
    if {a.stems[at] for at in mine} & {b.stems[at] for at in theirs}:
        return True
    if a.flags[mine[0]] & UNIT and b.flags[theirs[0]] & UNIT:
        return True
    return _all_people(a.keys[mine[-1]], b.keys[theirs[-1]])


#: The words of a noun phrase that are looked at behind a figure.
_PHRASE = 4


def _nouns(side: Prepared, at: int) -> list[int]:
    """The words of the phrase that a figure counts, up to the next function word, figure or stop."""
    found: list[int] = []
    for after in range(at + 1, min(len(side.words), at + 2 + _PHRASE)):
        if side.flags[after] & FUNCTION and not found and after <= at + 2:
            continue
        if side.flags[after] & FUNCTION or side.words[after].kind != WORD or (found and side.gap(after).strip("- ")):
            break
        found.append(after)
    return found[:_PHRASE]


def _all_people(one: str, other: str) -> bool:
    """Whether one noun is the word for all persons and the other one for some (people / workers)."""
    return (one in _PEOPLE and other in _persons()) or (other in _PEOPLE and one in _persons())


_PEOPLE = frozenset(("people", "persons"))


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return frozenset(row["plural"] for row in rows("roles.tsv") if row["kind"] == "person") | _PEOPLE


# Fractions ----------------------------------------------------------------------------------------------------------

_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_PARTS |= {"sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10}
_FRACTION = re.compile(
    r"\b(?:(?P<top>one|two|three|four|five|six|seven|eight|nine|a|an)[ -](?P<part>" + "|".join(_PARTS) + r")\s+of\b"
    r"|(?P<of>one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<all>\w+)\b)",
    re.IGNORECASE,
)
#: Points between a fraction and a percentage that tell the same share (one in seven / 15 percent).
_SAME_SHARE = 2.5


def _shares(side: Prepared) -> list[tuple[int, float]]:
    """The shares told as fractions: the place of the first word, and the percentage."""
    starts = {word.start: at for at, word in enumerate(side.words)}
    small = {"a": 1.0, "an": 1.0}
    found = []
    for match in _FRACTION.finditer(side.text):
        at = starts.get(match.start())
        if at is None:
            continue
        top, whole = side.words[at].value or small.get(side.keys[at], 0.0), 0.0
        if match["part"]:
            whole = float(_PARTS[match["part"].lower()])
        elif (last := starts.get(match.start("all"))) is not None:
            whole = side.words[last].value or 0.0
        if 0 < top < whole:
            found.append((at, 100 * top / whole))
    return found


def _fractions(a: Prepared, b: Prepared) -> Iterator[Found]:
    """A percentage on one side against another share told as a fraction."""
    for one, other, turned in ((a, b, False), (b, a, True)):
        shares = _shares(other)
        percentages = _alone(one, other, (NUMBER,))[:_MOST] if shares else []
        for j, share in shares[:_MOST]:
            for i in percentages:
                value = one.words[i].value
                if _unit(one, i) == "%" and value is not None and abs(value - share) > _SAME_SHARE:
                    yield _at(Label.NUMBER, Severity.CRITICAL, *((j, i) if turned else (i, j)))


# Bounds -------------------------------------------------------------------------------------------------------------

_BEFORE = {"more than": 1, "over": 1, "above": 1, "exceeding": 1, "less than": -1, "fewer than": -1}
_BEFORE |= {"under": -1, "below": -1}
_AFTER = {"or more": 1, "or less": -1, "or fewer": -1, "or higher": 1, "or lower": -1}
_NEARLY = frozenset("about around almost nearly roughly some approximately least most".split())


def _bound(side: Prepared, at: int) -> int | None:
    """1 where a figure is told to be passed, -1 where it is not reached, 0 where it stands bare, None for about it."""
    before, after = " ".join(side.keys[max(0, at - 2) : at]), " ".join(side.keys[at + 1 : at + 3])
    last = side.keys[at - 1] if at else ""
    way = _BEFORE.get(before) or _BEFORE.get(last) or _AFTER.get(after, 0)
    return None if not way and (last in _NEARLY or before == "up to") else way


def _bounds(a: Prepared, b: Prepared) -> Iterator[Found]:
    """One figure, told to be passed or not reached on one side only: less precise, as rounding is."""
    mine, theirs = _once(a), _once(b)
    for key, i in mine.items():
        j = theirs.get(key)
        if j is not None:
            ways = _bound(a, i), _bound(b, j)
            if None not in ways and ways[0] != ways[1]:
                yield _at(Label.NUMBER, Severity.CRITICAL if 0 not in ways else Severity.MAJOR, i, j)


def _once(side: Prepared) -> dict[str, int]:
    """The figures that a text has once, and their places."""
    seen = Counter(side.keys)
    return {key: at for at, key in enumerate(side.keys) if seen[key] == 1 and side.words[at].kind == NUMBER}


# Dates --------------------------------------------------------------------------------------------------------------


def dates(a: Prepared, b: Prepared) -> Iterator[Found]:
    """The first dates of one precision that differ: two weekdays, two years, two days of the year."""
    for i in _alone(a, b, (DATE, YEAR)):
        for j in _alone(b, a, (DATE, YEAR)):
            if _precision(a.keys[i]) == _precision(b.keys[j]) != "relative":  # "today" is another day in another paper
                yield _at(Label.DATE, Severity.CRITICAL, i, j)
                return


def _precision(key: str) -> str:
    if key in ("@today", "@yesterday", "@tomorrow", "@tonight"):
        return "relative"
    if key.startswith(("@last", "@next")):
        return "period"
    return re.sub(r"\d", "0", key) if key[1:2].isdigit() else "weekday"
