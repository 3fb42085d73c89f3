"""Whether a change touches the sense: figures, dates, negation, hedges, degree words, charged terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.drift.changes import Change, Edge, Kind
from citecheck.drift.lexicon import (
    ATTEMPT,
    BOUND,
    CHARGED,
    CONDITION,
    DEGREE,
    DOUBTFUL,
    EVALUATIVE,
    FILLER,
    HEDGE,
    MODAL,
    NEGATION,
    OPINION,
    QUANTIFIER,
    REPORTING,
    SEEMING,
    UNIT,
    VAGUE,
    opposed,
)
from citecheck.drift.notes import Found
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.numbers import Relation, relate
from citecheck.text.words import DATE, NUMBER, ORDINAL, TIME, YEAR, Word

_CHANGING = (Kind.LOST, Kind.GAINED, Kind.EXCHANGED)
_DATES = (DATE, YEAR)


def meaning(a: Prepared, b: Prepared, found: Sequence[Change]) -> Iterator[Found]:
    """The meaning labels of each change."""
    for change in found:
        if change.kind in _CHANGING:
            yield from _figures(a, b, change)
            yield from _days(a, b, change)
            yield from _degrees(a, b, change)
            yield from _charges(a, b, change)
            yield from _hedges(a, b, change)
        elif change.kind is Kind.FORM:
            yield from _modals(a, b, change)
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
    for i, j in zip(mine, theirs, strict=False):
        one, other = a.words[i], b.words[j]
        if one.key != other.key:
            yield Found(Label.NUMBER, _figure_severity(one, other), (i, i + 1), (j, j + 1))
    if mine and theirs:
        return
    units = [_units(a, change.left), _units(b, change.right)]
    if change.kind is Kind.EXCHANGED:
        if (mine or theirs) and (_few(a, change.left) or _few(b, change.right) or units[0] or units[1]):
            yield _found(Label.NUMBER, Severity.MAJOR, change)
        elif mine or theirs or (units[0] and units[1] and units[0] != units[1]):
            yield _found(Label.NUMBER, Severity.CRITICAL, change)
    elif (mine or theirs) and change.edge is Edge.INSIDE:
        yield _found(Label.NUMBER, Severity.MAJOR, change)


def _figure_severity(one: Word, other: Word) -> Severity:
    if one.value is None or other.value is None or one.key.lstrip("#0123456789.") != other.key.lstrip("#0123456789."):
        return Severity.CRITICAL
    return Severity.MAJOR if relate(one.value, other.value) is Relation.ROUNDED else Severity.CRITICAL


def _units(side: Prepared, words: Sequence[int]) -> set[str]:
    return {side.stems[at] for at in words if side.flags[at] & (UNIT | VAGUE)}


def _few(side: Prepared, words: Sequence[int]) -> bool:
    return any(side.flags[at] & QUANTIFIER for at in words)


# Dates --------------------------------------------------------------------------------------------------------------


def _dates(side: Prepared, words: Sequence[int]) -> list[int]:
    return [at for at in words if side.words[at].kind in _DATES]


def _days(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    """A date exchanged, lost or added; at an edge, or where one is only less precise, it is major."""
    mine, theirs = _dates(a, change.left), _dates(b, change.right)
    if not mine and not theirs:
        return
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
        return
    if change.kind is Kind.EXCHANGED and _has_opposites(a, b, change):
        return
    yield _found(Label.INTENSITY, Severity.MAJOR, change)


def _has_opposites(a: Prepared, b: Prepared, change: Change) -> bool:
    return any(opposed(a.keys[i], b.keys[j]) for i in change.left for j in change.right)


def _scope(side: Prepared, words: Sequence[int], edge: Edge) -> Sequence[int]:
    """Of words at an edge, those that bear on what is kept: not those of another clause."""
    if edge is Edge.INSIDE or not words:
        return words
    if edge is Edge.START:
        if side.keys[words[-1]] in _COORDINATORS:
            return ()
        cut = max((at for at in words if _clause_mark(side, at)), default=words[0])
        kept = [at for at in words if at >= cut]
        return kept if len(kept) <= 2 or _all_degree(side, kept) else kept[-1:]
    if side.keys[words[0]] in _COORDINATORS or side.keys[words[0]] in _SUBORDINATORS:
        return ()
    return words if len(words) <= 4 else ()


_COORDINATORS = frozenset("and but so or nor yet".split())
_SUBORDINATORS = frozenset("because which who while when where as that since although though if unless".split())


def _clause_mark(side: Prepared, at: int) -> bool:
    gap = side.gap(at)
    return any(mark in gap for mark in ".;:!?—–…") or " - " in gap or "--" in gap


def _all_degree(side: Prepared, words: Sequence[int]) -> bool:
    end, bit = side.phrases.get(words[0], (0, 0))
    if end > words[-1] and bit & _DEGREE_PHRASES:
        return True
    return all(side.flags[at] & (DEGREE | FILLER) or side.keys[at] in _COORDINATORS for at in words)


def _charges(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    """A neutral term exchanged for a charged one, or the reverse."""
    if change.kind is not Kind.EXCHANGED:
        return
    mine, theirs = _charged(a, change.left), _charged(b, change.right)
    if mine != theirs:
        yield _found(Label.LOADED, Severity.MAJOR, change)


def _charged(side: Prepared, words: Sequence[int]) -> bool:
    phrases = (side.phrases.get(at, (0, 0))[1] & CHARGED for at in words)
    return any(side.flags[at] & CHARGED for at in words) or any(phrases)


# Sign ---------------------------------------------------------------------------------------------------------------


def _negations(side: Prepared, words: Sequence[int]) -> list[int]:
    return [at for at in words if side.flags[at] & NEGATION]


def _signs(a: Prepared, b: Prepared, found: Sequence[Change]) -> Iterator[Found]:
    """A negation or an opposite on one side only; two of them cancel (not easy / difficult)."""
    for change in found:
        if change.kind not in _CHANGING and change.kind is not Kind.MARKED:
            continue
        mine = _reaching(a, change.left, change.edge)
        theirs = _reaching(b, change.right, change.edge)
        turns = len(mine) + len(theirs)
        if change.kind is Kind.EXCHANGED:
            turns += _opposites(a, b, change)
        if turns % 2:
            yield _found(Label.POLARITY, Severity.CRITICAL, change)


def _reaching(side: Prepared, words: Sequence[int], edge: Edge) -> list[int]:
    """The negations among changed words that reach what is kept: inside any, at the start the very last word."""
    negations = _negations(side, words)
    if edge is Edge.INSIDE:
        return negations
    if edge is Edge.START:
        return [at for at in negations if at >= words[-1] - 1]
    return []


def _opposites(a: Prepared, b: Prepared, change: Change) -> int:
    """How many pairs of opposites a change holds; a word is used once."""
    count = 0
    free = list(change.right)
    for i in change.left:
        for j in free:
            if opposed(a.keys[i], b.keys[j]) and not a.flags[i] & NEGATION and not b.flags[j] & NEGATION:
                count += 1
                free.remove(j)
                break
    return count


# Hedges -------------------------------------------------------------------------------------------------------------

_FORCE = {
    "might": 1,
    "may": 2,
    "could": 2,
    "can": 3,
    "would": 3,
    "should": 4,
    "ought": 4,
    "will": 6,
    "shall": 6,
    "must": 6,
}
_FACT = 6
_FIRST_PERSON = frozenset("i we us our my let".split())


def _hedged(side: Prepared, words: Sequence[int]) -> list[str]:
    """The hedges among `words`: doubt, seeming, belief, attempt, condition, weak modals."""
    inside, found, skip = set(words), [], -1
    for at in words:
        if at < skip:
            continue
        end, bit = side.phrases.get(at, (0, 0))
        if end and bit & (HEDGE | CONDITION) and all(place in inside for place in range(at, end)):
            found.append(" ".join(side.keys[at:end]))
            skip = end
        elif _is_hedge(side, at):
            found.append(side.keys[at])
    return found


def _is_hedge(side: Prepared, at: int) -> bool:
    key, bits = side.keys[at], side.flags[at]
    before = side.keys[at - 1] if at else ""
    after = side.keys[at + 1] if at + 1 < len(side.keys) else ""
    if bits & DOUBTFUL or key in ("may", "might", "could", "if", "unless"):
        return True
    if bits & OPINION:
        return before in ("i", "we", "they", "he", "she", "people") or after == "that"
    if bits & SEEMING:
        return after in ("to", "that", "like", "as") or before == "it"
    if bits & ATTEMPT:
        return after in ("to", "at")
    if key in ("about", "around", "roughly", "approximately", "nearly", "almost"):
        return at + 1 < len(side.words) and side.words[at + 1].kind == NUMBER
    return bool(bits & REPORTING) and after == "that" and before not in _FIRST_PERSON and before != "you"


def _hedges(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    left, right = _hedge_scope(a, change.left, change.edge), _hedge_scope(b, change.right, change.edge)
    mine, theirs = _hedged(a, left), _hedged(b, right)
    if sorted(mine) == sorted(theirs):
        yield from _modals(a, b, change)
        return
    if mine and theirs:
        yield _found(Label.CERTAINTY, Severity.MAJOR, change)
    elif mine:
        yield _found(Label.CERTAINTY, _surer(a, change, mine), change)
    else:
        yield _found(Label.CERTAINTY, Severity.MAJOR, change)


def _hedge_scope(side: Prepared, words: Sequence[int], edge: Edge) -> Sequence[int]:
    """Of words at an edge, those whose doubt bears on what is kept."""
    if edge is Edge.INSIDE or not words:
        return words
    if edge is Edge.START:
        if side.keys[words[-1]] in _COORDINATORS:
            return ()
        cut = max((at for at in words if _clause_mark(side, at)), default=words[0])
        kept = [at for at in words if at >= cut]
        return [at for at in kept if side.keys[at] not in ("may", "might", "could") or at == kept[-1]]
    first = side.keys[words[0]]
    if first in ("if", "unless") or len(words) <= 4:
        return words
    return ()


def _surer(a: Prepared, change: Change, lost: Sequence[str]) -> Severity:
    """4 where a hedge on a matter of fact is gone, 3 where it is an opinion or an intention."""
    if any(hedge.split()[0] in ("if", "unless", "provided", "as", "so", "in", "subject") for hedge in lost):
        return Severity.CRITICAL
    near = a.keys[max(0, change.a[0] - 4) : change.a[0]]
    if any(key in _FIRST_PERSON for key in near):
        return Severity.MAJOR
    if any(bits & EVALUATIVE and not bits & (OPINION | MODAL) for bits in a.flags):
        return Severity.MAJOR
    return Severity.CRITICAL


def _modals(a: Prepared, b: Prepared, change: Change) -> Iterator[Found]:
    """One modal for another of other force: should / must, would for is."""
    mine = [_FORCE[a.keys[at]] for at in change.left if a.keys[at] in _FORCE]
    theirs = [_FORCE[b.keys[at]] for at in change.right if b.keys[at] in _FORCE]
    if change.kind is Kind.FORM or not (mine or theirs) or change.kind is not Kind.EXCHANGED:
        return
    left, right = mine[0] if mine else _FACT, theirs[0] if theirs else _FACT
    if left != right:
        yield _found(Label.CERTAINTY, Severity.MAJOR, change)
