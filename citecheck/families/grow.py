"""How families grow: new statements join the families of earlier ones, or found families with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from citecheck.families.cluster import clusters
from citecheck.matching.alike import Weights
from citecheck.matching.pairs import Looked, can_be_one, have_enough, looked_at, settled
from citecheck.matching.statements import Statement, is_few_words
from citecheck.models import Kind

Link = tuple[int, int]


def grown(
    units: Sequence[Statement], families: Sequence[int | None], weights: Weights, near: Collection[Link]
) -> tuple[list[list[int]], dict[Link, float]]:
    """Groups of two or more of `units`, and the likeness of those that are linked.

    families: the family that a unit stands in already, all of whose loaded members stay together; near: `(a, b)`,
    a < b, that are worth comparing, one of them new. Earlier ones that meet in a new one are compared as well: two
    families become one only where most of their pairs are linked.
    """
    pairs = sorted(pair for pair in near if can_be_one(units[pair[0]], units[pair[1]]))
    pairs = [pair for pair in pairs if have_enough(units, weights, pair)]
    found = looked_at(units, weights, pairs)
    between = sorted(set(_between(found, families)) - set(pairs))
    between = [pair for pair in between if can_be_one(units[pair[0]], units[pair[1]])]
    found += looked_at(units, weights, between)
    links = {(a, b): score for a, b, score in settled(units, found)}
    apart = [pair for pair in (*pairs, *between) if pair not in links]
    weak = {at for at, one in enumerate(units) if is_few_words(one.rendering.text)}
    told = [one.rendering.kind is Kind.RESTATED for one in units]
    owners = [one.text for one in units]
    groups = clusters(links, owners, weak, lambda a, b: not (told[a] and told[b]), apart, formed(families))
    return groups, links


def formed(families: Sequence[int | None]) -> list[list[int]]:
    """The units that stand in one family already, family by family; `families` has that of each unit."""
    found: dict[int, list[int]] = {}
    for at, family in enumerate(families):
        if family is not None:
            found.setdefault(family, []).append(at)
    return list(found.values())


def _between(found: Sequence[Looked], families: Sequence[int | None]) -> Iterator[Link]:
    """The pairs of units that are linked to one unit, and of which no two stand in one family."""
    linked: dict[int, list[int]] = {}
    for a, b, _, _ in found:
        linked.setdefault(b, []).append(a)
    for those in linked.values():
        of_family: dict[object, list[int]] = {}
        for at in those:
            family = families[at]
            of_family.setdefault(("alone", at) if family is None else family, []).append(at)
        for left, right in combinations(of_family.values(), 2):
            yield from ((min(pair), max(pair)) for pair in product(left, right))
