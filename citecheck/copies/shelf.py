"""Which earlier article a text is again, decided an article at a time over a shelf of those that are known.

Policy: two stories taken for one cost a witness, a copy that is missed counts twice; the first is worse, so all
thresholds lie where no two different stories were found to meet (docs/quality.md). An article is linked to one that
comes before it by date, else by id, so that links never make a circle, and what is linked depends on the articles
alone, not on the order in which they came. But a text that took the place of another one under the same id is a version
of that one, whatever they have in common: who gave them one id says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from citecheck.copies.facts import Facts, Place, same_outlet, same_page
from citecheck.copies.shingles import are_near, may_share, sketch
from citecheck.models import Again

#: The share of the shorter text that must stand in the longer one. Of 840 news articles the pairs that are one article
#: in two editions have 0.67 to 1, all others of a like length 0.2 at most; bulletins made from a pattern up to 0.6.
SAME = 0.65
#: An address is a strong sign, but a front page or a live page keeps it and tells another story.
SAME_PAGE = 0.3
#: The shorter text has so much of the length of the longer: less is a passage of it, or a brief.
LEAST_LENGTH = 0.3


class Link(NamedTuple):
    """That an article is `other` (a number on the shelf) again; the rest as in `Copied`.

    `shared`: how many shingles their sketches have in common.
    """

    kind: Again
    other: int
    contained: float
    ordered: bool
    shared: int


class Shelf(Protocol):
    """Articles by number, their sketches, and the link of each that is another one again."""

    def shared(self, number: int, sketch: Sequence[int]) -> Mapping[int, int]:
        """How many shingles of a sketch each other article has in its own; those that share none are left out. A
        shingle counts for the first `shingles.MOST_LOOKED_AT` articles that have it."""

    def sketches(self, numbers: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """The sketches of those articles, each in order."""

    def on_page(self, number: int, page: str | None) -> Iterable[int]:
        """The first `shingles.MOST_LOOKED_AT` other articles with that page."""

    def facts(self, numbers: Iterable[int]) -> Mapping[int, Facts]:
        """What those articles are known by."""

    def shingles(self, number: int) -> frozenset[int]:
        """Those of the body of an article."""

    def before(self, number: int) -> int | None:
        """The text whose place an article took under the same id."""

    def link(self, number: int) -> Link | None:
        """Its link, if it has one."""

    def put(self, number: int, link: Link | None) -> None:
        """Keep `link` in the place of the one before."""


class _One(NamedTuple):
    """An article whose link is looked for, and those that may be linked with it, with how many shingles they share."""

    number: int
    facts: Facts
    found: frozenset[int]
    near: Mapping[int, int]
    known: Mapping[int, Facts]


def enter(shelf: Shelf, number: int, facts: Facts, found: frozenset[int]) -> None:
    """Link an article that is new on the shelf, and those to which it is nearer than what they are linked to.

    found: the shingles of its body.
    """
    near = _near(shelf, number, facts, sketch(found))
    known = shelf.facts(near)
    _choose(shelf, _One(number, facts, found, near, known))
    for other, theirs in known.items():
        if theirs.place <= facts.place or shelf.before(other) is not None:
            continue
        if _is_nearer(shelf, other, theirs, facts, near[other]):
            link = _judge(theirs, shelf.shingles(other), facts, found)
            if link:
                shelf.put(other, Link(link[0], number, link[1], facts.known_before(theirs), near[other]))


def link_anew(shelf: Shelf, number: int) -> None:
    """Choose the link of an article again, when the one that it was linked to goes."""
    facts, found = shelf.facts([number])[number], shelf.shingles(number)
    near = _near(shelf, number, facts, sketch(found))
    shelf.put(number, None)
    _choose(shelf, _One(number, facts, found, near, shelf.facts(near)))


def _near(shelf: Shelf, number: int, facts: Facts, mine: Sequence[int]) -> dict[int, int]:
    """The articles that may be the same text, by what their sketches tell, with how many shingles they share.

    Nearly all that share something share a statement or the frame of a page: no text is read to see that.
    """
    shared = shelf.shared(number, mine)
    sketches = shelf.sketches(other for other, count in shared.items() if are_near(count, len(mine)))
    near = {other: shared[other] for other, theirs in sketches.items() if may_share(SAME, shared[other], mine, theirs)}
    return near | {other: shared.get(other, 0) for other in shelf.on_page(number, facts.page)}


def _choose(shelf: Shelf, one: _One) -> None:
    """Link an article to the text whose place it took, else to the nearest of those before it that is the same text."""
    replaced = shelf.before(one.number)
    if replaced is not None:
        shelf.put(one.number, _newer(one.found, replaced, shelf.shingles(replaced)))
        return
    before = [other for other, theirs in one.known.items() if theirs.place < one.facts.place]
    for other in sorted(before, key=lambda other: _rank(one.facts, one.known[other], one.near[other])):
        earlier = one.known[other]
        link = _judge(one.facts, one.found, earlier, shelf.shingles(other))
        if link:
            ordered = earlier.known_before(one.facts)
            shelf.put(one.number, Link(link[0], other, link[1], ordered, one.near[other]))
            return


def _newer(found: frozenset[int], replaced: int, theirs: frozenset[int]) -> Link:
    """The link of a text to the one whose place it took under the same id."""
    small = min(len(found), len(theirs))
    contained = len(found & theirs) / small if small else 0.0
    return Link(Again.VERSION, replaced, contained, True, len({*sketch(found)} & {*sketch(theirs)}))


def _is_nearer(shelf: Shelf, number: int, facts: Facts, new: Facts, shared: int) -> bool:
    """Whether a new article is nearer to `number` than the one that it is linked to."""
    link = shelf.link(number)
    if link is None:
        return True
    return _rank(facts, new, shared) < _rank(facts, shelf.facts([link.other])[link.other], link.shared)


def _rank(facts: Facts, other: Facts, shared: int) -> tuple[int, int, Place]:
    """Nearest first: the same page, the same outlet, most shingles in common; of equals the earliest."""
    kinship = 0 if same_page(facts, other) else 1 if same_outlet(facts, other) else 2
    return kinship, -shared, other.place


def _judge(facts: Facts, found: frozenset[int], earlier: Facts, theirs: frozenset[int]) -> tuple[Again, float] | None:
    """How an article is an earlier one again, and how much of the shorter stands in the longer."""
    if not found or not theirs:
        return None
    if found == theirs:
        return Again.COPY, 1.0
    small, large = sorted((len(found), len(theirs)))
    contained = len(found & theirs) / small
    if same_page(facts, earlier):
        return (Again.VERSION, contained) if contained >= SAME_PAGE else None
    if small < LEAST_LENGTH * large:
        return None
    kind = Again.VERSION if same_outlet(facts, earlier) else Again.COPY
    return (kind, contained) if contained >= SAME else None
