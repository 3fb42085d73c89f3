"""Copies and versions among articles in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from citecheck.copies.facts import Facts, in_order
from citecheck.copies.shelf import Link, enter
from citecheck.copies.shingles import MOST_LOOKED_AT, shingles, sketch
from citecheck.models import Article, Copied


def find(articles: Iterable[Article]) -> dict[str, Copied]:
    """For each article that is another one again, by id: which, and how. Time grows with the number of articles.

    A text that stands in more than `MOST_LOOKED_AT` articles is compared with the first of them.
    """
    shelf = _Memory(list(articles))
    for number, article in enumerate(shelf.articles):
        found = shingles(body(article))
        shelf.add(number, found)
        enter(shelf, number, shelf.known[number], found)
    return {
        shelf.known[number].id: copied(shelf.known[number].id, shelf.known[link.other].id, link)
        for number, link in sorted(shelf.links.items())
    }


def copied(article: str, other: str, link: Link) -> Copied:
    """A link between the numbers of a shelf as one between ids."""
    return Copied(article, link.kind, other, link.contained, link.ordered)


def body(article: Article) -> str:
    """What is compared of an article."""
    start, end = article.body_span
    return article.text[start:end]


class _Memory:
    """A shelf in memory."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self._texts: dict[str, list[Article]] = defaultdict(list)  # by the id under which they came
        self._numbers = {article.id: number for number, article in enumerate(articles)}
        for article in articles:
            self._texts[article.name].append(article)
        self._texts = {name: in_order(texts) for name, texts in self._texts.items()}
        self.known = [Facts.of(article, self._texts[article.name][0]) for article in articles]
        self.links: dict[int, Link] = {}
        self._sketches: dict[int, list[int]] = {}
        self._sketched: dict[int, list[int]] = defaultdict(list)
        self._pages: dict[str, list[int]] = defaultdict(list)

    def add(self, number: int, found: frozenset[int]) -> None:
        self._sketches[number] = sketch(found)
        for shingle in self._sketches[number]:
            self._sketched[shingle].append(number)
        page = self.known[number].page
        if page:
            self._pages[page].append(number)

    def shared(self, number: int, sketch: Sequence[int]) -> Mapping[int, int]:
        shared: Counter[int] = Counter()
        for shingle in sketch:
            shared.update(self._sketched[shingle][:MOST_LOOKED_AT])
        del shared[number]
        return shared

    def sketches(self, numbers: Iterable[int]) -> Mapping[int, Sequence[int]]:
        return {number: self._sketches[number] for number in numbers}

    def on_page(self, number: int, page: str | None) -> Iterable[int]:
        return [other for other in self._pages.get(page or "", ())[:MOST_LOOKED_AT] if other != number]

    def facts(self, numbers: Iterable[int]) -> Mapping[int, Facts]:
        return {number: self.known[number] for number in numbers}

    def shingles(self, number: int) -> frozenset[int]:
        return shingles(body(self.articles[number]))

    def before(self, number: int) -> int | None:
        texts = self._texts[self.articles[number].name]
        at = texts.index(self.articles[number]) if len(texts) > 1 else 0
        return self._numbers[texts[at - 1].id] if at else None

    def link(self, number: int) -> Link | None:
        return self.links.get(number)

    def put(self, number: int, link: Link | None) -> None:
        if link:
            self.links[number] = link
        else:
            self.links.pop(number, None)
