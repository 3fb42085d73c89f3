"""Which pages a report has, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from functools import partial
from typing import NamedTuple

from citecheck.html.addresses import (
    ARTICLES,
    CHAINS,
    CONFLICTS,
    INDEX,
    METHOD,
    SOURCES,
    SPEAKERS,
    Here,
    article_page,
    family_page,
    numbered,
    rows_pages,
    source_page,
    speaker_page,
)
from citecheck.html.census import Census
from citecheck.html.pages import article, family, index, overview, people


class PageSpec(NamedTuple):
    """A page that can be made: its name, its template and how to get its context."""

    name: str
    template: str
    context: Callable[[Here], object]


def pages(census: Census, single: bool = False) -> Iterator[PageSpec]:
    """Every page of the report, the index first. Contexts are made only when asked for."""
    yield PageSpec(INDEX, "index.html", partial(index.index_context, census, number=0))
    for at, one in enumerate(census.families):
        yield PageSpec(family_page(one.id), "family.html", partial(family.family_context, census, index=at))
    for at, item in enumerate(census.corpus.extractions):
        page = article_page(item.article.id)
        yield PageSpec(page, "article.html", partial(article.article_context, census, index=at))
    for name in census.by_speaker:
        yield PageSpec(speaker_page(name), "speaker.html", partial(people.speaker_context, census, name=name))
    for name in census.by_source:
        yield PageSpec(source_page(name), "source.html", partial(people.source_context, census, name=name))
    lists: tuple[tuple[str, Sized, int, Callable[..., object]], ...] = (
        (INDEX, census.families, 1, index.index_context),
        (ARTICLES, census.corpus.extractions, 0, overview.articles_context),
        (SPEAKERS, census.by_speaker, 0, people.speakers_context),
        (SOURCES, census.by_source, 0, people.sources_context),
    )
    for name, rows, first, context in lists:
        for number in range(first, rows_pages(len(rows), single)):
            yield PageSpec(numbered(name, number), f"{name}.html", partial(context, census, number=number))
    yield PageSpec(CHAINS, "chains.html", partial(overview.chains_context, census))
    yield PageSpec(CONFLICTS, "conflicts.html", partial(overview.conflicts_context, census))
    yield PageSpec(METHOD, "method.html", partial(overview.method_context, census))
