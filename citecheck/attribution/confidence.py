"""What a found speaker is worth: the share that is right of those found in the same way.

The rules rank what they find by `Found.sure`. What is published is counted on the training part of PolNeAR: the share
of quotations whose kind and speaker are as its annotators have them, for each layout and step of `sure`. The shares are
not monotone in `sure`, since a rule ranks within one sentence and not between articles.
"""

from __future__ import annotations

from citecheck.attribution.layouts import ACCORDING, Found
from citecheck.models import Kind

#: Layout → (from which `sure` on, the share that is right), best first; 32 rows stand for 6,800 quotations.
_SHARES: dict[str, tuple[tuple[float, float], ...]] = {
    "“…,” said X": ((0.9, 0.97), (0.0, 0.57)),
    "“…,” X said": ((0.94, 0.97), (0.895, 0.95), (0.76, 0.7), (0.65, 0.33), (0.0, 0.15)),
    "X said, “…”": ((0.95, 0.88), (0.875, 0.73), (0.825, 0.88), (0.8, 0.7), (0.69, 0.85), (0.0, 0.6)),
    "X's comment: “…”": ((0.0, 0.87),),
    "X: “…”": ((0.0, 0.65),),
    "“…” — X": ((0.0, 0.9),),
    "X's claim that “…”": ((0.7, 0.7), (0.0, 0.39)),
    "X rated it as “…”": ((0.0, 0.3),),
    "X feels “…”": ((0.0, 0.5),),
    "X did. “…”": ((0.0, 0.5),),
}
#: Layouts that are too rare to count by themselves.
_OTHER = ((0.9, 0.85), (0.0, 0.72))
#: What is left of it where the speaker is carried from another quotation: one that stood after its quotation goes on
#: nearly always, one that stood before it in half of the cases.
_CARRIED, _CARRIED_BEFORE = 0.985, 0.6
_BEFORE = frozenset(("X said, “…”", "X: “…”", "X's claim that “…”", ACCORDING[1]))
#: The share that is right where nothing is said of a span: of clauses, and of marks taken for no speech.
_UNSAID = {Kind.SCARE: 0.55, Kind.TITLE: 0.6}
_ALONE = 0.12
#: A quotation inside another one, whose speaker it is given.
NESTED = 0.8


def confidence(kind: Kind, found: Found | None, carried: bool) -> float:
    """The estimated chance, 0 to 1, that the kind and the speaker of a quotation are right."""
    if kind in _UNSAID:
        return _UNSAID[kind]
    if found is None:
        return _ALONE
    shares = _SHARES.get(found.layout, _OTHER)
    share = next(share for least, share in shares if found.sure >= least)
    if not carried:
        return share
    return round(share * (_CARRIED_BEFORE if found.layout in _BEFORE else _CARRIED), 2)
