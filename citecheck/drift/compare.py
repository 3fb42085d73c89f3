"""The comparison that a standards editor would make: align, type each difference, judge."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from citecheck.drift.align import Block, align
from citecheck.drift.attribution import attribution
from citecheck.drift.changes import Kind as Change
from citecheck.drift.changes import changes, repeats
from citecheck.drift.damage import restored
from citecheck.drift.facts import facts
from citecheck.drift.hedges import hedges
from citecheck.drift.meaning import meaning
from citecheck.drift.names import names
from citecheck.drift.notes import Found, drift_of
from citecheck.drift.ops import operations
from citecheck.drift.profiles import DEFAULT, Profile
from citecheck.drift.same import Likeness, bag_likeness, joined, likeness, same_quoted, same_told
from citecheck.drift.surface import surface
from citecheck.drift.swaps import swaps
from citecheck.drift.text import Prepared, prepare
from citecheck.drift.wording import wording
from citecheck.models import Comparison, Drift, Kind, Label, Op, Severity, Side
from citecheck.text.fold import skeleton, ungarbled

_WORDING = frozenset(
    {
        Label.TRUNCATION,
        Label.OMISSION,
        Label.INSERTION,
        Label.EXTENSION,
        Label.SUBSTITUTION,
        Label.REORDER,
        Label.INFLECTION,
        Label.REWORDING,
        Label.INNER_MARKS,
    }
)


#: Pairs of texts whose comparison is kept.
_KEPT = 2_048


def compare(a: Side, b: Side, profile: Profile = DEFAULT, known: bool = False) -> Comparison:
    """How `b` renders `a`, the witness. Spans and ops are code points into `a.text` and `b.text`.

    `known` says that both are one statement, found so by more than their words (speaker, story, figures).
    """
    one, other, _, found = _aligned(a.text, b.text)
    told = _told(a) or _told(b)
    if told and found.contained < 1:
        found = max(found, bag_likeness(one, other))
    score = round(100 * found.overlap, 1)
    if not known and not _same(found, one, other, told):
        return Comparison(False, min(score, 99.0))
    worded, ops = _worded(a.text, b.text, told)
    drift = _guarded(a, b, list(worded))
    drift += attribution(a, b)
    if _told(a) and _told(b) and any(item.label is Label.DATE_CONFLICT for item in drift):
        # The writers' own words date one act differently: both can be right.
        drift = [item for item in drift if item.label is not Label.DATE]
    drift = [_judged(item, b, profile) for item in drift]
    severity = max((item.severity for item in drift), default=Severity.NONE)
    return Comparison(True, score if drift else 100.0, severity, tuple(drift), ops)


@lru_cache(maxsize=_KEPT)
def _aligned(a: str, b: str) -> tuple[Prepared, Prepared, list[Block], Likeness]:
    """Both texts made ready, how they go together and how much they share: a search and the check that it serves ask
    about the same two, and what many papers have is compared with each."""
    one, other = restored(prepare(a), prepare(b))
    blocks = align(one, other)
    return one, other, blocks, likeness(one, other, blocks)


@lru_cache(maxsize=_KEPT)
def _worded(a: str, b: str, told: bool) -> tuple[tuple[Drift, ...], tuple[Op, ...]]:
    """The differences of the words themselves, whoever said them, and the ops that lead from one to the other."""
    one, other, blocks, found = _aligned(a, b)
    differences = _differences(one, other, blocks, told, found.covered >= _CLOSE)
    return tuple(drift_of(item, one, other) for item in differences), operations(one, other, blocks)


def _told(side: Side) -> bool:
    """Whether a side tells the statement in the writer's words."""
    return side.kind in (Kind.INDIRECT, Kind.RESTATED)


def _same(found: Likeness, a: Prepared, b: Prepared, told: bool) -> bool:
    if not a.words or not b.words:
        return a.text == b.text
    return same_told(found) or same_quoted(found, a, b) if told else same_quoted(found, a, b)


_FACTS = frozenset({Label.NUMBER, Label.DATE})
#: From this share of common words a told statement follows the witness word by word.
_CLOSE = 0.85


def _differences(a: Prepared, b: Prepared, blocks: list[Block], told: bool, close: bool) -> Iterable[Found]:
    """All differences of the words themselves, in the order of their places."""
    if a.text == b.text:
        return []
    changed = changes(a, b, blocks)
    sense = [change for change in changed if not repeats(a, b, change)]
    found = [*surface(a, b, blocks), *hedges(a, b, sense, told)]
    if told:
        apart = _FACTS if close else _FACTS | {Label.POLARITY}
        found += [item for item in meaning(a, b, sense) if item.label not in apart]
        found += facts(a, b, close)
    else:
        found += meaning(a, b, sense)
    if not told:
        found += [*names(a, b, changed), *swaps(a, b, blocks, changed)]
    elif close:
        found += [item for item in names(a, b, changed) if item.severity is Severity.CRITICAL and _short(item)]
    if _recast(a, blocks, b) and any(item.kind is not Change.FORM for item in changed):
        found.append(Found(Label.REWORDING, Severity.MAJOR, (0, len(a.words)), (0, len(b.words))))
    else:
        found += wording(a, b, changed)
    if not told:
        found += _fragment(a, b, found)
    order = list(Label)
    return sorted(set(found), key=lambda item: (item.a, item.b, order.index(item.label)))


#: A fragment is a few words, and less than half of what was said.
_FRAGMENT_WORDS, _FRAGMENT_SHARE = 6, 0.4


def _fragment(a: Prepared, b: Prepared, found: list[Found]) -> list[Found]:
    """`fragment` where `b` has a few words of a longer statement; major where what is left out turns its sense."""
    if not any(item.label is Label.TRUNCATION for item in found) or not b.words:
        return []
    if len(b.words) > min(_FRAGMENT_WORDS, _FRAGMENT_SHARE * len(a.words)):
        return []
    turns = any(item.label in (Label.POLARITY, Label.CERTAINTY) for item in found)
    severity = Severity.MAJOR if turns else Severity.COSMETIC
    whole = (0, len(a.words)), (0, len(b.words))
    note = "A few words are quoted out of a longer statement" + (
        " and what is left out turns their sense." if turns else "."
    )
    return [Found(Label.FRAGMENT, severity, *whole, note)]


def _short(item: Found) -> bool:
    """Whether a few words stand against a few: a name for a name, and no clause for another."""
    return max(item.a[1] - item.a[0], item.b[1] - item.b[0]) <= _FEW


_FEW = 4
#: Below this share of the shorter text in equal words a list of changes says less than one word for them all.
_RECAST = 0.4


def _recast(a: Prepared, blocks: list[Block], b: Prepared) -> bool:
    equal = sum(sum(a.weights[block.a0 : block.a1]) for block in blocks if block.equal or joined(a, b, block))
    return equal < _RECAST * min(a.total, b.total)


def _guarded(a: Side, b: Side, drift: list[Drift]) -> list[Drift]:
    """No altered text is ever told as verbatim or typographic: what nothing else named is a spelling at least."""
    if a.text == b.text:
        return drift
    if {item.label for item in drift} <= {Label.TYPOGRAPHIC} and skeleton(a.text) != skeleton(b.text):
        span = (0, len(a.text)), (0, len(b.text))
        garbled = ungarbled(a.text) != a.text or ungarbled(b.text) != b.text
        note = (
            "Characters were damaged on the way (a wrong encoding)." if garbled else "Letters, figures or signs differ."
        )
        drift.append(Drift(Label.SPELLING, Severity.COSMETIC, *span, note))
    return drift


def _judged(item: Drift, b: Side, profile: Profile) -> Drift:
    """The severity by the profile; wording that wears no marks is the writer's own."""
    severity = item.severity
    if item.label in _WORDING and _told(b):
        severity = min(severity, Severity.COSMETIC)
    severity = profile.severity(item.label, severity)
    if severity == item.severity:
        return item
    return Drift(item.label, severity, item.a, item.b, item.note)
