"""The chain of credits of a family, drawn: who had the words from whom, left to right.

A layered drawing of our own (after Sugiyama, Tagawa and Toda 1981, without crossing minimisation beyond one barycentre
pass): the graphs have a handful of nodes, and the list beside the drawing says the same in words. Where outlets credit
each other in a circle, the hop that closes it leads back below the boxes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from citecheck.html.addresses import Here, article_page
from citecheck.html.census import Census
from citecheck.html.marks import clip, counted
from citecheck.html.parts import RELATIONS, sentence_around
from citecheck.models import Edge, Family

BOX_WIDTH, BOX_HEIGHT, COLUMN_GAP, ROW_GAP = 190, 46, 110, 18
#: How far below the lowest box a hop leads back.
_BACK = 24
#: A drawing of more nodes than this is a thicket; the list is then all there is.
MOST_NODES = 40


class Node(NamedTuple):
    """A box with its top left corner. `sort` is `article`, `source` or `origin`."""

    x: float
    y: float
    sort: str
    name: str
    below: str
    full: str


class Arrow(NamedTuple):
    """A curve from box to box as an SVG path; `number` stands at `x`, `y`: that of its hop in the list; 0 is not
    drawn."""

    path: str
    stated: bool
    number: int
    x: float
    y: float


class Hop(NamedTuple):
    """One hop in words. `proof` are the article's own words that state it, or that it was inferred from."""

    origin: str
    receiver: str
    relation: str
    stated: bool
    before: str
    proof: str
    after: str
    article: str
    href: str


class Named(NamedTuple):
    """Articles that credit nobody and name the speaker `origin`: `by` are their names, each with address and words of
    the mention."""

    origin: str
    by: tuple[tuple[str, str, str], ...]


class ChainView(NamedTuple):
    """`nodes` and `arrows` are empty where the chain is not drawn; `circles` are outlets that credit each other."""

    hops: tuple[Hop, ...]
    named: tuple[Named, ...]
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float
    circles: tuple[str, ...]
    told: str


def proof_fragment(start: int, end: int) -> str:
    """The fragment, on the article's page, of the words that prove a hop."""
    return f"c-{start}-{end}"


def chain_view(census: Census, here: Here, family: Family) -> ChainView:
    """The chain of `family` as hops in words and, where it is small enough, as a drawing."""
    edges = sorted(family.chain.edges, key=lambda edge: (not edge.stated, edge.article, edge.start, edge.origin))
    credits = [edge for edge in edges if edge.stated or edge.relation]
    bare = [edge for edge in edges if not (edge.stated or edge.relation)]
    places = _layout(edges) if _worth_drawing(edges) else {}
    nodes = tuple(_node(census, here, family, key, place) for key, place in places.items())
    numbered = [*enumerate(credits, 1), *((0, edge) for edge in bare)] if places else []
    arrows = tuple(_arrow(number, edge, places) for number, edge in numbered)
    return ChainView(
        tuple(_hop(census, here, edge) for edge in credits),
        tuple(_named(census, here, bare)),
        nodes,
        arrows,
        *_size(nodes, arrows),
        tuple(" → ".join([*circle, circle[0]]) for circle in family.chain.circular if circle),
        f"Chain of credits: {counted(len(edges), 'hop')}, listed below",
    )


def _worth_drawing(edges: Sequence[Edge]) -> bool:
    """Whether stated hops meet, credits that share no end being a list and no graph, and whether they can be drawn."""
    pairs = {(edge.origin, edge.receiver) for edge in edges if edge.stated}
    meet = max(Counter(end for pair in pairs for end in pair).values(), default=0) > 1
    return meet and len({end for edge in edges for end in (edge.origin, edge.receiver)}) <= MOST_NODES


def _named(census: Census, here: Here, edges: Sequence[Edge]) -> Iterator[Named]:
    """The hops that rest on nothing but the naming of the speaker, by speaker."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for edge in edges:
        found[edge.origin].append((node_name(census, edge.receiver), _proof(census, here, edge), clip(edge.text, 60)))
    for origin, by in found.items():
        yield Named(node_name(census, origin), tuple(by))


def _proof(census: Census, here: Here, edge: Edge) -> str:
    """The address of the words of a hop in their article; empty where there are none."""
    there = edge.text and edge.article in census.articles
    return here.to(article_page(edge.article), proof_fragment(edge.start, edge.end)) if there else ""


def credit_graph(census: Census) -> ChainView:
    """Who credits whom in the whole corpus, by outlet: the sources credited most, as many as can be drawn. The number
    on an arrow is how often, where that is more than once."""
    often: Counter[tuple[str, str]] = Counter()
    for name, credits in census.by_source.items():
        often.update((name, census.publisher(article) or article) for article, _ in credits)
    kept: dict[tuple[str, str], int] = {}
    for name in census.by_source:
        more = kept | {pair: number for pair, number in often.items() if pair[0] == name and pair[1] != name}
        if len({end for pair in more for end in pair}) > MOST_NODES:
            break
        kept = more
    edges = [Edge(origin, receiver, None, True, "", 0, 0, "") for origin, receiver in kept]
    places = _layout(edges)
    sources = {edge.origin for edge in edges}
    nodes = tuple(_outlet(census, key, place, key in sources) for key, place in places.items())
    arrows = tuple(
        _arrow(number if number > 1 else 0, edge, places) for number, edge in zip(kept.values(), edges, strict=True)
    )
    told = (
        f"Who credits whom: {counted(len(sources), 'source')}, {counted(len(edges), 'arrow')}; the table says the same"
    )
    return ChainView((), (), nodes, arrows, *_size(nodes, arrows), (), told)


def _outlet(census: Census, key: str, place: tuple[int, float], credited: bool) -> Node:
    x, y = _corner(place)
    name = node_name(census, key)
    return Node(x, y, "source" if credited else "article", clip(name, 24), "credited" if credited else "credits", name)


def _size(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> tuple[float, float]:
    """Width and height of a drawing."""
    right, low = max((node.x for node in nodes), default=0), max((node.y for node in nodes), default=0)
    lowest = max((arrow.y + 12 for arrow in arrows), default=0)
    return right + BOX_WIDTH + 2, max(low + BOX_HEIGHT + 2, lowest)


def _hop(census: Census, here: Here, edge: Edge) -> Hop:
    article = census.articles.get(edge.article)
    before, after = sentence_around(article.text, edge, 90) if article and edge.text else ("", "")
    return Hop(
        node_name(census, edge.origin),
        node_name(census, edge.receiver),
        RELATIONS[edge.relation] if edge.relation else "",
        edge.stated,
        _one_line(before),
        clip(edge.text, 240),
        _one_line(after),
        census.link(here, edge.article).name,
        _proof(census, here, edge),
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def node_name(census: Census, key: str) -> str:
    """A name for people: the publisher of an article, or its title where it has none; any other name as it is."""
    if key not in census.articles:
        return key
    return census.link(Here("index"), key).name


def _layout(edges: Sequence[Edge]) -> dict[str, tuple[int, float]]:
    """Name → (column, row). Columns by the longest way from an origin; rows by the mean row of those before."""
    names = dict.fromkeys(end for edge in edges for end in (edge.origin, edge.receiver))
    before = _forward(edges)
    columns = _columns(list(names), before)
    rows: dict[str, tuple[int, float]] = {}
    for column in range(max(columns.values(), default=-1) + 1):
        members = [name for name in names if columns[name] == column]
        members.sort(key=lambda name: _mean([rows[one][1] for one in before[name] if one in rows]))
        tallest = max(sum(columns[name] == other for name in names) for other in range(max(columns.values()) + 1))
        offset = (tallest - len(members)) / 2
        rows |= {name: (column, offset + at) for at, name in enumerate(members)}
    return rows


def _forward(edges: Sequence[Edge]) -> dict[str, list[str]]:
    """Each name → those it has the words from, without the hops that close a circle: they lead back."""
    before: dict[str, list[str]] = defaultdict(list)
    for origin, receiver in dict.fromkeys((edge.origin, edge.receiver) for edge in edges):
        if receiver not in _upstream(origin, before):
            before[receiver].append(origin)
    return before


def _upstream(name: str, before: dict[str, list[str]]) -> set[str]:
    """`name` and all that it has the words from, at any distance."""
    found, coming = {name}, [name]
    while coming:
        fresh = [one for one in before[coming.pop()] if one not in found]
        found.update(fresh)
        coming += fresh
    return found


def _columns(names: list[str], before: dict[str, list[str]]) -> dict[str, int]:
    """The longest way to each name. There is no circle in `before`, so this ends."""
    columns = dict.fromkeys(names, 0)
    changed = True
    while changed:
        least = {name: max((columns[one] + 1 for one in before[name]), default=0) for name in names}
        changed, columns = least != columns, least
    return columns


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _corner(place: tuple[int, float]) -> tuple[float, float]:
    return 1 + place[0] * (BOX_WIDTH + COLUMN_GAP), round(1 + place[1] * (BOX_HEIGHT + ROW_GAP), 1)


def _node(census: Census, here: Here, family: Family, key: str, place: tuple[int, float]) -> Node:
    x, y = _corner(place)
    name = node_name(census, key)
    titles = [
        census.link(here, one.article).title
        for one in family.renderings
        if key in (one.article, census.publisher(one.article))
    ]
    if titles:
        below = clip(titles[0], 30) if len(set(titles)) == 1 else f"{len(set(titles))} articles"
        return Node(x, y, "article", clip(name, 24), below, f"{name}: {titles[0]}")
    sort = "origin" if key in family.chain.origins else "source"
    return Node(x, y, sort, clip(name, 24), "origin" if sort == "origin" else "credited", name)


def _arrow(number: int, edge: Edge, places: dict[str, tuple[int, float]]) -> Arrow:
    (x0, y0), (x1, y1) = _corner(places[edge.origin]), _corner(places[edge.receiver])
    if places[edge.receiver][0] <= places[edge.origin][0]:
        return _back(number, edge, (x0, y0), (x1, y1), max(_corner(place)[1] for place in places.values()))
    x0, y0, y1 = x0 + BOX_WIDTH, y0 + BOX_HEIGHT / 2, y1 + BOX_HEIGHT / 2
    bend = (x1 - x0) / 2
    path = f"M{x0:g} {y0:g}C{x0 + bend:g} {y0:g} {x1 - bend:g} {y1:g} {x1:g} {y1:g}"
    return Arrow(path, edge.stated, number, round((x0 + x1) / 2, 1), round((y0 + y1) / 2, 1))


def _back(number: int, edge: Edge, start: tuple[float, float], end: tuple[float, float], lowest: float) -> Arrow:
    """From the foot of a box to that of another, below all that stands between: `lowest` is the last row."""
    (x0, y0), (x1, y1) = start, end
    x0, x1 = x0 + BOX_WIDTH * 0.6, x1 + BOX_WIDTH * 0.4
    y0, y1, low = y0 + BOX_HEIGHT, y1 + BOX_HEIGHT, lowest + BOX_HEIGHT + _BACK
    bend = round((8 * low - y0 - y1) / 6, 1)  # so that the middle of the curve is at `low`
    path = f"M{x0:g} {y0:g}C{x0:g} {bend:g} {x1:g} {bend:g} {x1:g} {y1:g}"
    return Arrow(path, edge.stated, number, round((x0 + x1) / 2, 1), low)
