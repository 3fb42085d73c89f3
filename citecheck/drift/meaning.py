"""Whether a change touches the sense: figures, dates, negation, hedges, degree words, charged terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.drift.changes import Change, Edge, Kind
from citecheck.drift.figures import equally_exact
from citecheck.drift.lexicon import (
    BOUND,
    CHARGED,
    DEGREE,
    FILLER,
    HEDGE,
    NEGATION,
    PERIOD,
    QUANTIFIER,
    UNIT,
    VAGUE,
    opposed,
)
from citecheck.drift.notes import Found
from citecheck.drift.scope import COORDINATORS, bearing
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.numbers import Relation, relate
from citecheck.text.stems import root
from citecheck.text.words import DATE, NUMBER, ORDINAL, TIME, YEAR

_CHANGING = (Kind.LOST, Kind.GAINED, Kind.EXCHANGED)
_DATES = (DATE, YEAR)


def meaning(a: Prepared, b: Prepared, found: Sequence[Change]) -> Iterator[Found]:
    """The meaning labels of each change."""
    for change in found:
        if change.kind in _CHANGING:
            yield from _figures(a, b, change)
            yield from _roughly(a, b, change)
            yield from _days(a, b, change)
            yield from _degrees(a, b, change)
            yield from _charges(a, b, change)
        elif change.kind is Kind.MARKED and change.left and change.right:
            yield from (item for item in _figures(a, b, change) if item.severity is Severity.CRITICAL)
    yield from _signs(a, b, found)


def _found(label: Label, severity: Severity, change: Change) -> Found:
    return Found(label, severity, change.a, change.b)


# Figures ------------------------------------------------------------------------------------------------------------


def _numbers(side: Prepared, words: Sequence[int]) -> list[int]:
    return [
        at
        for at in words
        if side.words[at].kind in (NUMBER, ORDINAL, TIME)
        and side.text[side.words[at].start : side.words[at].end].lower() not in ("one", "first")
    ]


def _figures(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    """A figure, a rank or a unit exchanged, or one that is gone or new inside."""
    mine, theirs = _numbers(a, change.left), _numbers(b, change.right)
    roughly = _rough(a, change.left) or _rough(b, change.right)
    for i, j in zip(mine, theirs, strict=False):
        one, other = a.words[i], b.words[j]
        if one.key != other.key:
            yield Found(Label.NUMBER, _figure_severity(a, i, b, j, roughly), (i, i + 1), (j, j + 1))
    if mine and theirs:
        return
    units = [_units(a, change.left), _units(b, change.right)]
    if change.kind is Kind.EXCHANGED:
        vague = (units[0] | units[1]) - _EXACT or _few(a, change.left) or _few(b, change.right)
        if (mine or theirs) and vague:
            yield _found(Label.NUMBER, Severity.MAJOR, change)
        elif mine or theirs or (units[0] and units[1] and units[0] != units[1]):
            yield _found(Label.NUMBER, Severity.CRITICAL, change)
    elif change.edge is Edge.INSIDE and (_below_zero(a, change.left) or _below_zero(b, change.right)):
        yield _found(Label.NUMBER, Severity.CRITICAL, change)
    elif change.edge is Edge.INSIDE and (mine or theirs or _rounds(a, change.left) or _rounds(b, change.right)):
        yield _found(Label.NUMBER, Severity.MAJOR if mine or theirs else Severity.CRITICAL, change)


def _below_zero(side: Prepared, words: Sequence[int]) -> bool:
    """Whether the last of the words is the sign of the figure behind them (minus 5)."""
    last = words[-1] if words else -1
    figure = 0 <= last < len(side.words) - 1 and side.words[last + 1].kind == NUMBER
    return figure and side.keys[last] in ("minus", "negative")


_ROUND = frozenset("tens dozens scores hundreds thousands millions billions trillions".split())


def _rounds(side: Prepared, words: Sequence[int]) -> bool:
    """Whether one of the words counts the round number behind it (tens of thousands)."""
    return any(
        side.keys[at] in _ROUND
        and side.keys[at + 1 : at + 2] == ["of"]
        and side.keys[at + 2 : at + 3] != []
        and side.keys[at + 2] in _ROUND | {"thousand", "million"}
        for at in words
    )


#: Stems of words that are figures in themselves.
_EXACT = frozenset(
    ("onc", "twic", "thric", "doubl", "tripl", "trebl", "quadrupl", "halv", "half", "pair", "singl", "tim")
)


def _roughly(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    """A figure that becomes, or stops being, approximate (70 / about 70)."""
    if _rough(a, change.left) != _rough(b, change.right) and not _numbers(a, change.left) + _numbers(b, change.right):
        yield _found(Label.NUMBER, Severity.MAJOR, change)


def _rough(side: Prepared, words: Sequence[int]) -> bool:
    return any(
        side.keys[at] in ("about", "around", "roughly", "approximately")
        and at + 1 < len(side.words)
        and side.words[at + 1].kind == NUMBER
        for at in words
    )


def _figure_severity(a: Prepared, i: int, b: Prepared, j: int, roughly: bool) -> Severity:
    one, other = a.words[i], b.words[j]
    if one.value is None or other.value is None or one.key.lstrip("#0123456789.") != other.key.lstrip("#0123456789."):
        return Severity.CRITICAL
    if not roughly and equally_exact(a, i, b, j):
        return Severity.CRITICAL
    return Severity.MAJOR if relate(one.value, other.value, roughly) is Relation.ROUNDED else Severity.CRITICAL


def _units(side: Prepared, words: Sequence[int]) -> set[str]:
    return {side.stems[at] for at in words if side.flags[at] & (UNIT | VAGUE)}


def _few(side: Prepared, words: Sequence[int]) -> bool:
    return any(side.flags[at] & QUANTIFIER for at in words)


# Dates --------------------------------------------------------------------------------------------------------------


def _dates(side: Prepared, words: Sequence[int]) -> list[int]:
    return [at for at in words if side.words[at].kind in _DATES]


def _this(side: Prepared, words: Sequence[int]) -> list[int]:
    """`this year`, a date where the other side has one."""
    last = len(side.words) - 1
    return [at for at in words if side.keys[at] == "this" and at < last and side.flags[at + 1] & PERIOD]


def _days(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    """A date exchanged, lost or added; at an edge, or where one is only less precise, it is major."""
    mine, theirs = _dates(a, change.left), _dates(b, change.right)
    if not mine and not theirs:
        if change.kind is Kind.EXCHANGED and _other_part(a, b, change):
            yield _found(Label.DATE, Severity.CRITICAL, change)
        return
    mine, theirs = mine or _this(a, change.left), theirs or _this(b, change.right)
    if mine and theirs:
        keys = {a.keys[at] for at in mine}, {b.keys[at] for at in theirs}
        if keys[0] == keys[1]:
            return
        vague = any(one.startswith(other) or other.startswith(one) for one in keys[0] for other in keys[1])
        spans = (mine[0], mine[-1] + 1), (theirs[0], theirs[-1] + 1)
        yield Found(Label.DATE, Severity.MAJOR if vague else Severity.CRITICAL, *spans)
    else:
        outside = change.edge is not Edge.INSIDE
        yield _found(Label.DATE, Severity.MAJOR if outside else Severity.CRITICAL, change)


_PARTS = (
    {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4},
    {"dawn": 1, "morning": 1, "noon": 2, "midday": 2, "afternoon": 2, "evening": 3, "night": 3, "midnight": 3},
)


def _other_part(a: Prepared, b: Prepared, change: Change) -> bool:
    """Whether one season or part of the day stands for another (this morning / this evening)."""
    for part in _PARTS:
        mine = {part[a.keys[at]] for at in change.left if a.keys[at] in part}
        theirs = {part[b.keys[at]] for at in change.right if b.keys[at] in part}
        if mine and theirs and not mine & theirs:
            return True
    return False


# Degree and tone ----------------------------------------------------------------------------------------------------

_NO_DEGREE = frozenset("so no none such like right quite now such half over under up one".split())
_DEGREE_PHRASES = DEGREE | BOUND


def _degree_words(side: Prepared, words: Sequence[int]) -> list[str]:
    """The degree words among `words`, phrases first."""
    inside, found, skip = set(words), [], -1
    for at in words:
        if at < skip:
            continue
        end, bit = side.phrases.get(at, (0, 0))
        if end and all(place in inside for place in range(at, end)):
            skip = end
            if bit & _DEGREE_PHRASES:
                found.append(" ".join(side.keys[at:end]))
            if not bit & HEDGE:
                continue
        if side.flags[at] & DEGREE and side.keys[at] not in _NO_DEGREE:
            found.append(side.keys[at])
    return found


def _degrees(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    left, right = _scope(a, change.left, change.edge), _scope(b, change.right, change.edge)
    mine, theirs = _degree_words(a, left), _degree_words(b, right)
    if sorted(mine) == sorted(theirs):
        if change.kind is Kind.EXCHANGED and _all_or_some(a, b, change):
            yield _found(Label.INTENSITY, Severity.MAJOR, change)
        return
    if change.kind is Kind.EXCHANGED and (_has_opposites(a, b, change) or _compared(a, b, change)):
        return
    yield _found(Label.INTENSITY, Severity.MAJOR, change)


_ALL = frozenset("everyone everybody everything everywhere".split())
_SOME = frozenset("someone somebody something somewhere anyone anybody anything anywhere".split())


def _all_or_some(a: Prepared, b: Prepared, change: Change) -> bool:
    mine, theirs = {a.keys[at] for at in change.left}, {b.keys[at] for at in change.right}
    return bool((mine & _ALL and theirs & _SOME) or (mine & _SOME and theirs & _ALL))


_COMPARATIVES = frozenset("more less better worse fewer further farther".split())


def _compared(a: Prepared, b: Prepared, change: Change) -> bool:
    """Whether a degree word only stands for a comparative (more likely / likelier) or for a figure (few / four)."""
    mine, theirs = (
        [_comparative(side.keys[at]) for at in words] for side, words in ((a, change.left), (b, change.right))
    )
    return (any(mine) and any(theirs)) or bool(_numbers(a, change.left)) != bool(_numbers(b, change.right))


def _comparative(key: str) -> bool:
    return key in _COMPARATIVES or (len(key) > 4 and key.endswith(("er", "est")))


def _has_opposites(a: Prepared, b: Prepared, change: Change) -> bool:
    return any(opposed(a.keys[i], b.keys[j]) for i in change.left for j in change.right)


def _scope(side: Prepared, words: Sequence[int], edge: Edge) -> Sequence[int]:
    """Of words at an edge, the degree words that bear on what is kept: a booster alone, or the word next to it."""
    kept = bearing(side, words, edge)
    if edge is not Edge.START or len(kept) <= 2 or _all_degree(side, kept):
        return kept
    return kept[-1:]


def _all_degree(side: Prepared, words: Sequence[int]) -> bool:
    end, bit = side.phrases.get(words[0], (0, 0))
    if end > words[-1] and bit & _DEGREE_PHRASES:
        return True
    return all(side.flags[at] & (DEGREE | FILLER) or side.keys[at] in COORDINATORS for at in words)


def _charges(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    """A neutral term exchanged for a charged one, or the reverse."""
    if change.kind is not Kind.EXCHANGED:
        return
    mine, theirs = _charged(a, change.left), _charged(b, change.right)
    roots = {root(a.keys[at]) for at in change.left} & {root(b.keys[at]) for at in change.right}
    if (
        mine != theirs
        and not _has_opposites(a, b, change)
        and not any(root(key) in roots for key in _charged_keys(a, b, change))
    ):
        yield _found(Label.LOADED, Severity.MAJOR, change)


def _charged_keys(a: Prepared, b: Prepared, change: Change) -> list[str]:
    return [
        side.keys[at]
        for side, words in ((a, change.left), (b, change.right))
        for at in words
        if side.flags[at] & CHARGED
    ]


def _charged(side: Prepared, words: Sequence[int]) -> bool:
    phrases = (side.phrases.get(at, (0, 0))[1] & CHARGED for at in words)
    return any(side.flags[at] & CHARGED for at in words) or any(phrases)


# Sign ---------------------------------------------------------------------------------------------------------------


#: Stems of verbs that deny the verb behind their `to` (Karttunen 1971: negative implicatives).
_DENYING = frozenset(("fail", "refus", "declin", "neglect", "forget", "omit"))


def _denies(side: Prepared, at: int) -> bool:
    """Whether a word is a negation, or a verb that denies another (failed to pay)."""
    if side.flags[at] & NEGATION:
        return True
    return side.stems[at] in _DENYING and side.keys[at + 1 : at + 2] == ["to"]


def _negations(side: Prepared, words: Sequence[int]) -> list[int]:
    return [at for at in words if _denies(side, at)]


def _signs(a: Prepared, b: Prepared, found: Sequence[Change]) -> Iterator[Found]:
    """A negation or an opposite on one side only; two of them cancel (not easy / difficult)."""
    for change in found:
        if change.kind not in _CHANGING and change.kind is not Kind.MARKED:
            continue
        mine = _reaching(a, change.left, change.edge)
        theirs = _reaching(b, change.right, change.edge)
        turns = len(mine) + len(theirs)
        if change.kind is Kind.EXCHANGED:
            turns += _opposites(a, b, change) + _rather(a, change.left) + _rather(b, change.right)
        if turns % 2:
            yield _found(Label.POLARITY, Severity.CRITICAL, change)


_RELATIVES = frozenset("who whom whose which that because although though while".split())


def _in_relative(side: Prepared, words: Sequence[int], at: int) -> bool:
    """Whether a negation belongs to a clause that comes and goes as a whole ("[, who did not know him,]")."""
    return any(side.keys[before] in _RELATIVES for before in words if before < at)


def _rather(side: Prepared, words: Sequence[int]) -> int:
    """How often something is told of another thing "rather than" this, which denies this."""
    return sum(side.keys[at : at + 2] == ["rather", "than"] for at in words)


def _reaching(side: Prepared, words: Sequence[int], edge: Edge) -> list[int]:
    """The negations among changed words that reach what is kept: inside any, at the start the very last word."""
    negations = _negations(side, words)
    if edge is Edge.INSIDE:
        return [at for at in negations if not _in_relative(side, words, at)]
    if edge is Edge.START:
        return [at for at in negations if at >= words[-1] - 1]
    return []


def _opposites(a: Prepared, b: Prepared, change: Change) -> int:
    """How many pairs of opposites a change holds; a word is used once."""
    count = 0
    free = list(change.right)
    for i in change.left:
        for j in free:
            if opposed(a.keys[i], b.keys[j]) and not _denies(a, i) and not _denies(b, j):
                count += 1
                free.remove(j)
                break
    return count
