"""Names exchanged: the same one under another form, another one, or a description or a pronoun in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.drift.changes import Change, Kind
from citecheck.drift.facts import descriptions, distinct
from citecheck.drift.lexicon import FUNCTION, PRONOUN, TITLE, known_name
from citecheck.drift.notes import Found
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.names import title_genders


def names(a: Prepared, b: Prepared, found: Sequence[Change]) -> Iterator[Found]:
    """The `entity` labels of the changes between two texts."""
    for change in found:
        if change.kind is Kind.EXCHANGED:
            severity = _exchanged(a, b, change)
            if severity is not None:
                yield Found(Label.ENTITY, severity, change.a, change.b)
        elif change.kind in (Kind.LOST, Kind.GAINED) and _part_of_name(a, b, change):
            yield Found(Label.ENTITY, Severity.MINOR, change.a, change.b)
        elif change.kind is Kind.MARKED:
            mine, theirs = _named(a, change.left), _named(b, change.right)
            if mine and theirs and _two_names(a, b, mine, theirs) is Severity.CRITICAL:
                yield Found(Label.ENTITY, Severity.CRITICAL, change.a, change.b)


def _named(side: Prepared, words: Sequence[int]) -> list[int]:
    return [at for at in words if side.names[at] and not side.flags[at] & TITLE]


def _exchanged(a: Prepared, b: Prepared, change: Change) -> Severity | None:
    """How grave an exchange of names is, None where no name is in it."""
    mine, theirs = _named(a, change.left), _named(b, change.right)
    mine, theirs = _opening(a, b, change, mine, theirs)
    if not mine and not theirs:
        if _other_gender(a, change.left, b, change.right):
            return Severity.CRITICAL
        described = _described(a, change.left, b, change.right) or _described(b, change.right, a, change.left)
        return Severity.CRITICAL if described else None
    if mine and theirs:
        return _two_names(a, b, mine, theirs)
    other, words = (b, change.right) if mine else (a, change.left)
    if any(other.flags[at] & PRONOUN for at in words) and all(other.flags[at] & FUNCTION for at in words):
        return Severity.MINOR
    return Severity.CRITICAL if any(not other.flags[at] & FUNCTION for at in words) else None


def _described(side: Prepared, words: Sequence[int], other: Prepared, theirs: Sequence[int]) -> bool:
    """Whether a capital that opens a sentence stands for "the company", "the minister": it is a name then."""
    if len(words) != 1 or not 2 <= len(theirs) <= _LONGEST_DESCRIPTION or not side.words[words[0]].case:
        return False
    return not side.flags[words[0]] and other.keys[theirs[0]] == "the" and other.keys[theirs[-1]] in descriptions()


_LONGEST_DESCRIPTION = 4


def _other_gender(a: Prepared, left: Sequence[int], b: Prepared, right: Sequence[int]) -> bool:
    """Whether a form of address before a name stands for one of the other gender (Mr. Ruiz / Mrs. Ruiz)."""
    if len(left) != 1 or len(right) != 1 or not _joined(a, left[0] + 1):
        return False
    genders = {title_genders().get(side.keys[at], "-") for side, at in ((a, left[0]), (b, right[0]))}
    return genders == {"m", "f"}


def _opening(
    a: Prepared, b: Prepared, change: Change, mine: list[int], theirs: list[int]
) -> tuple[list[int], list[int]]:
    """Where one side has a name and the other a capital that opens its sentence, the latter counts as a name too."""
    if mine and not theirs and change.right:
        theirs = [at for at in change.right[:1] if b.words[at].case and not b.flags[at]]
    if theirs and not mine and change.left:
        mine = [at for at in change.left[:1] if a.words[at].case and not a.flags[at]]
    return mine, theirs


def _two_names(a: Prepared, b: Prepared, mine: list[int], theirs: list[int]) -> Severity | None:
    one, other = {a.keys[at] for at in mine}, {b.keys[at] for at in theirs}
    if one == other:
        return None
    one, other = set(distinct(sorted(one))), set(distinct(sorted(other)))
    if one & other:
        return Severity.MINOR
    known = {known_name(key) for key in one} & {known_name(key) for key in other} - {None}
    if known or _initials(one, other) or _initials(other, one):
        return Severity.MINOR
    return Severity.CRITICAL


def _initials(short: set[str], full: set[str]) -> bool:
    """Whether one word of `short` has the initials of the words of `full`."""
    letters = sorted(key[0] for key in full)
    return len(full) > 1 and any(len(key) == len(letters) and sorted(key) == letters for key in short)


def _part_of_name(a: Prepared, b: Prepared, change: Change) -> bool:
    """Whether what is lost or gained is part of a name that stays (Michael / Michael Jackson)."""
    side, words, ends = (a, change.left, change.a) if change.kind is Kind.LOST else (b, change.right, change.b)
    if not words or not all(side.names[at] or side.flags[at] & TITLE or _hyphened(side, at) for at in words):
        return False
    return any(_joined(side, at) for at in (ends[0] - 1, ends[1]))


def _hyphened(side: Prepared, at: int) -> bool:
    """Whether a particle hangs on the name after it (al-Masri)."""
    return at + 1 < len(side.words) and side.gap(at + 1) == "-" and side.names[at + 1]


def _joined(side: Prepared, at: int) -> bool:
    """Whether a neighbouring word is a name too (a title alone is none)."""
    return 0 <= at < len(side.words) and side.names[at] and not side.flags[at] & TITLE
