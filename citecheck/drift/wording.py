"""The wording label of each change, with its severity by what kind of words it touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.drift.changes import Change, Edge, Kind
from citecheck.drift.lexicon import (
    ADVERB,
    ARTICLE,
    AUXILIARY,
    BOOSTER,
    DEGREE,
    DETERMINER,
    FILLER,
    FUNCTION,
    HEDGE,
    MODAL,
    NEGATION,
    PREPOSITION,
    PRONOUN,
)
from citecheck.drift.notes import Found
from citecheck.drift.surface import SEVERITIES
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.fold import skeleton
from citecheck.text.words import WORD


def wording(a: Prepared, b: Prepared, found: Sequence[Change]) -> Iterator[Found]:
    """The surface and wording labels of the changes."""
    for change in found:
        label, severity = _LADDER[change.kind](a, b, change)
        yield Found(label, severity, change.a, change.b)


def _lost(a: Prepared, b: Prepared, change: Change) -> tuple[Label, Severity]:
    if a.keys[change.a[0] : change.a[1]] == ["'s"]:
        return _possessive(b, change.b[0])
    if _helper(a, change.left) and change.edge is Edge.INSIDE:
        return Label.INFLECTION, Severity.MINOR
    if _name_particle(a, change.left):
        return Label.SPELLING, Severity.COSMETIC
    if change.edge is Edge.INSIDE:
        return Label.OMISSION, Severity.MINOR if _light(a, change.left) else Severity.MAJOR
    return Label.TRUNCATION, Severity.MINOR if _clause(a, change.left) else Severity.COSMETIC


def _gained(a: Prepared, b: Prepared, change: Change) -> tuple[Label, Severity]:
    if b.keys[change.b[0] : change.b[1]] == ["'s"]:
        return _possessive(a, change.a[0])
    if _helper(b, change.right) and change.edge is Edge.INSIDE:
        return Label.INFLECTION, Severity.MINOR
    if _name_particle(b, change.right):
        return Label.SPELLING, Severity.COSMETIC
    if change.edge is Edge.INSIDE:
        return Label.INSERTION, Severity.MINOR if _light(b, change.right) else Severity.MAJOR
    return Label.EXTENSION, Severity.COSMETIC if _function(b, change.right) else Severity.MINOR


def _possessive(other: Prepared, at: int) -> tuple[Label, Severity]:
    """`Jones's` and `Jones'` are spellings of one; a possessive lost is a form."""
    spelled = other.gap(at)[:1] in ("'", "’")
    return (Label.SPELLING, Severity.COSMETIC) if spelled else (Label.INFLECTION, Severity.MINOR)


def _helper(side: Prepared, words: Sequence[int]) -> bool:
    """Whether a lone `have` before a participle comes or goes: another tense."""
    if len(words) != 1 or side.keys[words[0]] not in ("have", "has", "had") or words[0] + 1 >= len(side.words):
        return False
    after = side.keys[words[0] + 1]
    return after.endswith("ed") or (side.stems[words[0] + 1] != after and not after.endswith(("s", "ing")))


_PARTICLES = frozenset("al el ad as an bin ibn abu van von der den de da di du la le los mac st".split())


def _name_particle(side: Prepared, words: Sequence[int]) -> bool:
    """Whether a lone particle of a name comes or goes (al-Masri / Masri)."""
    if len(words) != 1 or side.keys[words[0]] not in _PARTICLES or words[0] + 1 >= len(side.words):
        return False
    return side.names[words[0] + 1] and (side.gap(words[0] + 1) == "-" or side.names[words[0]])


def _mended(one: str, other: str) -> bool:
    """Whether two words differ by a common slip: ie for ei, or one letter of a pair."""
    if one[0] != other[0] or one.replace("ei", "ie") == other.replace("ei", "ie"):
        return one[0] == other[0] and len(one) > 3
    short, long = sorted((one, other), key=len)
    if len(long) < 7 or len(long) != len(short) + 1:
        return False
    return any(long[at] == long[at - 1] and long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


def _exchanged(a: Prepared, b: Prepared, change: Change) -> tuple[Label, Severity]:
    if len(change.left) == len(change.right) == 1 and _mended(a.keys[change.left[0]], b.keys[change.right[0]]):
        return Label.SPELLING, Severity.COSMETIC
    light = _function(a, change.left) and _function(b, change.right)
    return Label.SUBSTITUTION, Severity.MINOR if light else Severity.MAJOR


def _form(a: Prepared, b: Prepared, change: Change) -> tuple[Label, Severity]:
    i, j = change.a[0], change.b[0]
    if {a.keys[i], b.keys[j]} == {"'s", "is"}:
        return Label.SPELLING, Severity.COSMETIC
    return Label.INFLECTION, Severity.MINOR


def _compound(a: Prepared, b: Prepared, change: Change) -> tuple[Label, Severity]:
    same = skeleton(a.surface(*change.a)) == skeleton(b.surface(*change.b))
    label = Label.TYPOGRAPHIC if same else Label.SPELLING
    return label, SEVERITIES[label]


def _moved(a: Prepared, b: Prepared, change: Change) -> tuple[Label, Severity]:
    return Label.REORDER, Severity.MINOR


def _marked(a: Prepared, b: Prepared, change: Change) -> tuple[Label, Severity]:
    return Label.MARKED_EDIT, Severity.COSMETIC


def _spliced(a: Prepared, b: Prepared, change: Change) -> tuple[Label, Severity]:
    return Label.SPLICE, Severity.CRITICAL


_LADDER = {
    Kind.LOST: _lost,
    Kind.GAINED: _gained,
    Kind.EXCHANGED: _exchanged,
    Kind.FORM: _form,
    Kind.COMPOUND: _compound,
    Kind.MOVED: _moved,
    Kind.MARKED: _marked,
    Kind.SPLICE: _spliced,
}


def _function(side: Prepared, words: Sequence[int]) -> bool:
    """Whether words are function words and fillers only."""
    fillers = _fillers(side, words)
    return all(
        at in fillers or (side.words[at].kind == WORD and side.flags[at] & (FUNCTION | FILLER) and not _sense(side, at))
        for at in words
    )


def _sense(side: Prepared, at: int) -> int:
    return side.flags[at] & NEGATION


def _light(side: Prepared, words: Sequence[int]) -> bool:
    """Function words, fillers and adverbs that neither hedge nor intensify."""
    fillers = _fillers(side, words)
    for at in words:
        bits = side.flags[at]
        if at in fillers or (side.words[at].kind == WORD and bits & (FUNCTION | FILLER) and not bits & NEGATION):
            continue
        if bits & ADVERB and not bits & (BOOSTER | DEGREE | HEDGE):
            continue
        return False
    return True


def _fillers(side: Prepared, words: Sequence[int]) -> set[int]:
    """The words of filler phrases among `words`."""
    found: set[int] = set()
    for at in words:
        for start, (end, bit) in side.phrases.items():
            if bit & FILLER and start <= at < end:
                found.add(at)
    return found


_NOUN_PHRASE = ARTICLE | DETERMINER | PREPOSITION
_SUBORDINATORS = frozenset("because but which who while when where since although though if unless as so".split())


def _clause(side: Prepared, words: Sequence[int]) -> bool:
    """Whether a stretch is a clause of content: a subject with its verb, or what a subordinator opens."""
    if len(words) >= 4 and side.keys[words[0]] in _SUBORDINATORS:
        return True
    if len(words) >= 4 and side.keys[words[0]] == "and" and not side.flags[words[1]] & _NOUN_PHRASE:
        return True
    if len(words) < 3 or _function(side, words):
        return False
    verbs = [at for at in words if side.flags[at] & (AUXILIARY | MODAL)]
    subject = any(side.flags[at] & PRONOUN and at + 1 in words for at in words)
    return subject or bool(verbs and verbs[0] != words[0])
