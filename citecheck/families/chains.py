"""Who had a statement from whom: an edge for each credit that a text states, and the origins where the chain ends.

An edge `origin → receiver` is stated when the words of the receiver's article say so; it is inferred when nothing but
the lack of any credit stands between two renderings. Renderings that end at one origin are one witness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from citecheck.models import Article, Chain, Corpus, Edge, Extraction, Relation, Rendering, SourceCredit


def chain_of(
    corpus: Corpus,
    extractions: Mapping[str, Extraction],
    renderings: Sequence[Rendering],
    others: Collection[str] = (),
) -> Chain:
    """The chain of one family. Nodes are canonical names of outlets and documents, ids of unpublished articles.

    Only the credits for this statement make a circle of it: that two outlets cite each other on other days is none. A
    circle in which nobody credits anyone outside has no origin. A copy that credits nobody has the words from the
    outlet whose text it is.

    extractions: by article id, at least those of the renderings; others: names that further renderings credit.
    """
    edges: set[Edge] = set()
    for one in renderings:
        edges.update(_stated(one, extractions[one.article].article))
    credited, credit = {edge.origin for edge in edges}.union(others), {edge.article for edge in edges}
    hops = {(edge.origin, edge.receiver) for edge in edges}
    for one in renderings:
        if one.article not in credit:
            found = _copied(corpus, extractions, one, hops) or list(_inferred(one, extractions[one.article], credited))
            edges.update(found)
            hops.update((edge.origin, edge.receiver) for edge in found)
    names = {publisher(extractions[one.article].article) for one in renderings}
    origins = (credited | names | {edge.origin for edge in edges}) - {edge.receiver for edge in edges}
    return Chain(
        edges=tuple(sorted(edges, key=lambda edge: (edge.origin, edge.receiver, edge.article, edge.start))),
        origins=tuple(sorted(origins)),
        circular=_rings((edge.receiver, edge.origin) for edge in edges),
    )


def publisher(article: Article) -> str:
    """The name under which an article stands in a chain."""
    return article.publisher or article.name


def _stated(one: Rendering, article: Article) -> Iterator[Edge]:
    """An edge for each source that the text credits for this rendering."""
    for source in one.sources:
        if source.relation is not Relation.PUBLISHER and source.name != publisher(article):
            yield _edge(source, article, stated=True)


def _copied(
    corpus: Corpus, extractions: Mapping[str, Extraction], one: Rendering, hops: Collection[tuple[str, str]]
) -> list[Edge]:
    """From the outlet whose text an article is a copy of; not from one that credits the outlet of the copy itself."""
    first = extractions.get(corpus.original(one.article))
    if first is None or first.article.id == one.article:
        return []
    origin, receiver = publisher(first.article), publisher(extractions[one.article].article)
    if origin == receiver or (receiver, origin) in hops:
        return []
    return [Edge(origin, receiver, None, False, one.article, one.start, one.end, one.text)]


def _inferred(one: Rendering, item: Extraction, credited: set[str]) -> Iterator[Edge]:
    """Without a credit of its own a rendering may come from a source of the other renderings that its article credits
    elsewhere (the nearest mention), else from the speaker himself."""
    elsewhere = [
        source for source in item.credits if source.name in credited and source.relation is not Relation.PUBLISHER
    ]
    if elsewhere:
        nearest = min(elsewhere, key=lambda source: (abs(source.start - one.start), source.start))
        yield _edge(nearest, item.article, stated=False)
    elif one.speaker:
        said = one.speaker
        yield Edge(said.name, publisher(item.article), None, False, one.article, said.start, said.end, said.mention)


def _edge(source: SourceCredit, article: Article, stated: bool) -> Edge:
    words = article.text[source.start : source.end]
    return Edge(source.name, publisher(article), source.relation, stated, article.id, source.start, source.end, words)


def credit_matrix(corpus: Corpus) -> dict[tuple[str, str], int]:
    """(publisher, source) → how many mentions in its articles credit that source; its own name left out."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for item in corpus.extractions:
        name = publisher(item.article)
        for credit in item.credits:
            if credit.relation is not Relation.PUBLISHER and credit.name != name:
                counts[name, credit.name] += 1
    return dict(sorted(counts.items()))


def circles(corpus: Corpus) -> tuple[tuple[str, ...], ...]:
    """Publishers that credit each other in a ring, for whatever statements, each from its smallest name, in order."""
    return _rings(credit_matrix(corpus))


def _rings(credits: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The rings among `(who credits, who is credited)`: strongly connected parts of two nodes or more (Tarjan 1972)."""
    follows: dict[str, set[str]] = defaultdict(set)
    for name, source in credits:
        follows[name].add(source)
    if all(follows.keys().isdisjoint(sources) for sources in follows.values()):
        return ()  # whoever is credited credits nobody, as in nearly all families
    return tuple(sorted(tuple(sorted(part)) for part in _connected(follows) if len(part) > 1))


def _connected(follows: Mapping[str, set[str]]) -> list[set[str]]:
    """Strongly connected parts: nodes that reach each other (Kosaraju and Sharir 1981), without recursion."""
    back: dict[str, set[str]] = defaultdict(set)
    for name, others in follows.items():
        for other in others:
            back[other].add(name)
    seen: set[str] = set()
    finished = [name for start in sorted(follows) for name in _left_in_order(start, follows, seen)]
    placed: set[str] = set()
    return [part for name in reversed(finished) if (part := set(_left_in_order(name, back, placed)))]


def _left_in_order(start: str, follows: Mapping[str, set[str]], seen: set[str]) -> list[str]:
    """The unseen nodes that `start` reaches, each after those that it leads to; they are seen then."""
    if start in seen:
        return []
    seen.add(start)
    left: list[str] = []
    stack = [(start, iter(sorted(follows.get(start, ()))))]
    while stack:
        name, others = stack[-1]
        for other in others:
            if other not in seen:
                seen.add(other)
                stack.append((other, iter(sorted(follows.get(other, ())))))
                break
        else:
            left.append(name)
            stack.pop()
    return left
