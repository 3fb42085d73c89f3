"""How sure a statement is: hedges, modals, conditions and sources that are lost, added or exchanged (`certainty`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.drift.changes import Change, Edge, Kind
from citecheck.drift.lexicon import (
    ARTICLE,
    ATTEMPT,
    CONDITION,
    DETERMINER,
    DOUBTFUL,
    EVALUATIVE,
    OPINION,
    PRONOUN,
    REPORTING,
    SEEMING,
    SOURCE,
    flags,
    opposed,
)
from citecheck.drift.notes import Found
from citecheck.drift.scope import bearing
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.words import NUMBER

#: A hedge: its category and its words.
Hedge = tuple[str, str]

_CATEGORIES = (
    (CONDITION, "condition"),
    (ATTEMPT, "attempt"),
    (OPINION, "opinion"),
    (SEEMING, "seeming"),
    (DOUBTFUL, "doubt"),
    (SOURCE, "source"),
)
_PHRASES = CONDITION | ATTEMPT | OPINION | SEEMING | DOUBTFUL | SOURCE
#: Categories in which one wording is as good as another (if / as long as; efforts to / attempts to).
_ALIKE = frozenset({"condition", "attempt"})
_APPROXIMATE = frozenset("about around roughly approximately nearly almost some circa".split())
_WEAK = frozenset("may might could".split())
#: How far from a lost "I think" its clause is taken to reach.
_CLAUSE = 12
_CONDITIONS = frozenset("if unless whether".split())
_SUBJECTS = frozenset("i we they he she it people you".split())


def hedges(a: Prepared, b: Prepared, found: Sequence[Change], told: bool = False) -> Iterator[Found]:
    """The `certainty` labels of the changes between two texts; where one is told, its modals shift (will / would)."""
    for change in found:
        if told and _shifted(a, b, change):
            continue
        if change.kind in (Kind.LOST, Kind.GAINED, Kind.EXCHANGED):
            severity = _changed(a, b, change)
        elif change.kind is Kind.FORM:
            severity = _forces(a, b, change)
        else:
            continue
        if severity is not None:
            yield Found(Label.CERTAINTY, severity, change.a, change.b)


def _changed(a: Prepared, b: Prepared, change: Change) -> Severity | None:
    """The severity of what a change does to the hedges, None where it does nothing."""
    mine = _hedged(a, bearing(a, change.left, change.edge), change)
    theirs = _hedged(b, bearing(b, change.right, change.edge), change)
    common = set(mine) & set(theirs)
    mine, theirs = [item for item in mine if item not in common], [item for item in theirs if item not in common]
    kinds = {kind for kind, _ in mine}, {kind for kind, _ in theirs}
    if not mine and not theirs:
        return _forces(a, b, change)
    if kinds[0] == kinds[1] and (
        kinds[0] <= _ALIKE or any(opposed(one, other) for _, one in mine for _, other in theirs)
    ):
        return None
    return _surer(a, change, kinds[0]) if mine and not theirs else Severity.MAJOR


def _hedged(side: Prepared, words: Sequence[int], change: Change) -> list[Hedge]:
    """The hedges among `words`, phrases first."""
    inside, found, skip = set(words), list[Hedge](), -1
    for at in words:
        if at < skip:
            continue
        end, bit = side.phrases.get(at, (0, 0))
        if bit & _PHRASES and all(place in inside for place in range(at, end)):
            kind = next(name for mask, name in _CATEGORIES if bit & mask)
            if kind != "source" or not _still_named(side, end, inside):
                found.append((kind, " ".join(side.keys[at:end])))
            skip = end
            continue
        kind = _kind(side, at, words, change)
        if kind:
            found.append((kind, side.keys[at]))
    return found


def _still_named(side: Prepared, after: int, changed: set[int]) -> bool:
    """Whether the source that a phrase up to `after` credits stands outside the change: "according to an order on the
    site" and "the order appeared on the site" both name it."""
    if side.keys[after - 1] not in ("to", "by"):
        return False
    while after in changed and side.flags[after] & (ARTICLE | DETERMINER):
        after += 1
    return after < len(side.keys) and after not in changed


def _kind(side: Prepared, at: int, words: Sequence[int], change: Change) -> str:
    """The category of a single word that hedges where it stands, or nothing."""
    key, bits = side.keys[at], side.flags[at]
    before = side.keys[at - 1] if at else ""
    after = side.keys[at + 1] if at + 1 < len(side.keys) else ""
    reports = bool(bits & REPORTING) and change.kind is not Kind.EXCHANGED and _credits(side, at, words, change)
    ladder = (
        (key in _CONDITIONS or _inverted(side, at, words, change), "condition"),
        (key in _WEAK, "modal"),
        (bool(bits & DOUBTFUL), "doubt"),
        (bool(bits & OPINION) and (before in _SUBJECTS or _opens(side, at, words, change)), "opinion"),
        (bool(bits & SEEMING) and (after in ("to", "that", "like", "as") or before == "it"), "seeming"),
        (key in _APPROXIMATE and at + 1 < len(side.words) and side.words[at + 1].kind == NUMBER, "approximate"),
        (reports, "source"),
        (change.kind is not Kind.EXCHANGED and at == words[-1] and _tags(side, at), "question"),
    )
    return next((name for fits, name in ladder if fits), "")


def _inverted(side: Prepared, at: int, words: Sequence[int], change: Change) -> bool:
    """Whether a clause at an edge opens with `should` ("should the wind drop")."""
    if side.keys[at] != "should" or at != words[0] or len(words) < 3 or change.edge is Edge.INSIDE:
        return False
    return bool(side.flags[at + 1] & (ARTICLE | DETERMINER | PRONOUN))


#: "Some of the witnesses say" is a source; a longer opening is a sentence of its own.
_LONGEST_OPENING = 5


def _opens(side: Prepared, at: int, words: Sequence[int], change: Change) -> bool:
    """Whether a verb ends the few words that a text begins with, and nobody in particular is its subject ("Experts
    think", "Witnesses say"): who is named there is the speaker, and his verb is no hedge."""
    if change.edge is not Edge.START or at not in words[-2:] or at - 1 not in words or len(words) > _LONGEST_OPENING:
        return False
    if at != words[-1] and side.keys[words[-1]] != "that":
        return False
    named = any(side.names[place] or side.flags[place] & PRONOUN for place in words if place <= at)
    return not named and not side.gap(words[-1] + 1).strip()


def _credits(side: Prepared, at: int, words: Sequence[int], change: Change) -> bool:
    """Whether a verb of saying, its subject with it, gives what follows to somebody else ("the report says that")."""
    subject = side.keys[at - 1] if at else ""
    if subject in ("i", "we", "you", "to") or at - 1 not in words:
        return False
    return _opens(side, at, words, change) or "that" in [side.keys[place] for place in words if at < place <= at + 2]


def _tags(side: Prepared, at: int) -> bool:
    """Whether the text ends here in a question."""
    return at == len(side.words) - 1 and "?" in side.gap(at + 1)


def _surer(a: Prepared, change: Change, lost: set[str]) -> Severity:
    """4 where a hedge on a matter of fact is gone, 3 where it was an opinion, an intention or a rough figure."""
    if "condition" in lost:
        return Severity.CRITICAL
    if lost == {"approximate"}:
        return Severity.MAJOR
    if "opinion" in lost:
        judged = any(_evaluates(key) for key in a.keys[change.a[1] : change.a[1] + _CLAUSE])
        return Severity.MAJOR if judged else Severity.CRITICAL
    near = a.keys[max(0, change.a[0] - 4) : change.a[0]]
    intended = any(key in ("i", "we") or key in _CONDITIONS for key in near)
    return Severity.MAJOR if intended else Severity.CRITICAL


def _evaluates(key: str) -> bool:
    """Whether a word judges or wishes: its clause is an opinion and no matter of fact."""
    stems = (key, key[:-3] if key.endswith("est") else key, key[:-2] if key.endswith("er") else key)
    return any(flags(form) & EVALUATIVE for form in stems)


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
    "must": 5,
}
_FACT = 6
#: `must` demands and tells no fact.
_DUTY = 5
_SHIFTED = ({"will", "would"}, {"can", "could"}, {"shall", "should"}, {"may", "might"})


def _forces(a: Prepared, b: Prepared, change: Change) -> Severity | None:
    """One modal for another of other force: should / must, is / would be, would / will."""
    if change.kind not in (Kind.EXCHANGED, Kind.FORM):
        return None
    mine = [a.keys[at] for at in change.left if a.keys[at] in _FORCE]
    theirs = [b.keys[at] for at in change.right if b.keys[at] in _FORCE]
    one_sided = not mine or not theirs
    if (not mine and not theirs) or (one_sided and change.edge is not Edge.INSIDE):
        return None
    left, right = _FORCE[mine[0]] if mine else _FACT, _FORCE[theirs[0]] if theirs else _FACT
    if left == right:
        return None
    return _surer(a, change, {"modal"}) if left < _DUTY < right else Severity.MAJOR


def _shifted(a: Prepared, b: Prepared, change: Change) -> bool:
    """Whether a modal only follows the tense of the sentence that tells it."""
    return {*(a.keys[at] for at in change.left), *(b.keys[at] for at in change.right)} in _SHIFTED
