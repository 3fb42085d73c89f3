"""Grouping by statement: pairs become groups by average linkage, so that no chain of resemblance welds two.

Two groups join only when most of the pairs between them were found to be one statement (average linkage, Sokal and
Michener 1958, over yes and no instead of distances). A few words never join groups: a short common phrase is attached
to one group at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

#: A pair of nodes, the smaller first.
Link = tuple[int, int]
#: Share of the articles of two groups that must be linked, pair by pair: with one missing of two a group still holds,
#: with two missing of three it is two statements.
LINKED = 0.5


def clusters(  # noqa: PLR0917 the fields of one problem
    links: Mapping[Link, float],
    owners: Sequence[Hashable],
    weak: set[int],
    possible: Callable[[int, int], bool],
    apart: Collection[Link] | None = None,
    formed: Sequence[Sequence[int]] = (),
) -> list[list[int]]:
    """Groups of two or more of the nodes 0 to len(`owners`) - 1, each ascending, in order of their first node.

    links: score of each linked pair; owners: the article of each node, which counts once however often it tells the
    statement; weak: nodes too short to join groups; possible: whether a pair could have been linked at all (two
    unquoted sentences are never compared); apart: the pairs that were looked at and not linked, where that is not all
    of the others. Of a large corpus only these count against a group, so that its cost is that of its links; formed:
    groups that are there already.
    """
    order = sorted(links, key=lambda link: (-links[link], link))

    near = _neighbours(links, apart) if apart is not None else None

    def linkage(left: Sequence[int], right: Sequence[int]) -> float:
        if near is not None:
            return _sparse_linkage(left, right, near, owners)
        return _linkage(left, right, links, owners, possible)

    strong = _agglomerate([link for link in order if not weak & set(link)], range(len(owners)), linkage, formed)
    home = {node: group for group in strong for node in group}
    alone = {node for group in strong if weak.issuperset(group) for node in group}
    for a, b in order:
        for one, other in ((a, b), (b, a)):
            if one in alone and other not in weak:
                moved = list(home[one])
                home[one].clear()
                home[other].extend(moved)
                home.update(dict.fromkeys(moved, home[other]))
                alone.difference_update(moved)
    rest = [link for link in order if set(link) <= alone]
    told = [group for group in formed if alone.issuperset(group)]
    groups = [group for group in strong if not alone.issuperset(group)]
    groups += _agglomerate(rest, sorted(alone), linkage, told)
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _neighbours(links: Iterable[Link], apart: Iterable[Link]) -> dict[int, dict[int, bool]]:
    """For each node the nodes that it was compared with, and whether it is linked to them."""
    near: dict[int, dict[int, bool]] = defaultdict(dict)
    for linked, pairs in ((False, apart), (True, links)):
        for a, b in pairs:
            near[a][b] = near[b][a] = linked
    return near


def _sparse_linkage(
    left: Sequence[int], right: Sequence[int], near: Mapping[int, Mapping[int, bool]], owners: Sequence[Hashable]
) -> float:
    """Share of the pairs of articles between two groups that are linked, of those that were compared."""
    small, large = sorted((left, right), key=len)
    there = set(large)
    pairs: dict[tuple[Hashable, Hashable], bool] = {}
    for a in small:
        for b, linked in near[a].items():
            if b in there:
                key = owners[a], owners[b]
                pairs[key] = pairs.get(key, False) or linked
    return sum(pairs.values()) / len(pairs) if pairs else 0.0


def _agglomerate(
    order: Sequence[Link],
    nodes: Iterable[int],
    linkage: Callable[[Sequence[int], Sequence[int]], float],
    formed: Sequence[Sequence[int]],
) -> list[list[int]]:
    group = {node: [node] for node in nodes}
    for those in formed:
        together = list(those)
        group.update(dict.fromkeys(those, together))
    for a, b in order:
        left, right = group[a], group[b]
        if left is not right and linkage(left, right) >= LINKED:
            left += right
            group.update(dict.fromkeys(right, left))
    return list({id(nodes): nodes for nodes in group.values()}.values())


def _linkage(
    left: Sequence[int],
    right: Sequence[int],
    links: Mapping[Link, float],
    owners: Sequence[Hashable],
    possible: Callable[[int, int], bool],
) -> float:
    """Share of the pairs of articles between two groups that are linked. Two renderings of one article count only where
    they are: an article seldom says a thing twice in the same way."""
    pairs: dict[tuple[Hashable, Hashable], bool] = {}
    for a in left:
        for b in right:
            linked = (min(a, b), max(a, b)) in links
            if linked or (possible(a, b) and owners[a] != owners[b]):
                key = owners[a], owners[b]
                pairs[key] = pairs.get(key, False) or linked
    return sum(pairs.values()) / len(pairs) if pairs else 0.0
