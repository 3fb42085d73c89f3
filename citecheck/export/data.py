"""The wire formats in a report's `data/` folder, beside those that `html.data` makes of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from citecheck.export import records
from citecheck.models import Corpus, Family, Match


def data_files(corpus: Corpus, found: Sequence[Family]) -> dict[str, Callable[[], Iterable[str]]]:
    """File names, each with what makes its lines."""
    return {
        "quotations.jsonl": partial(_quotations, corpus),
        "sources.jsonl": partial(_sources, corpus),
        "matches.jsonl": partial(_matches, found),
        "families.jsonl": partial(_families, corpus, found),
    }


def _quotations(corpus: Corpus) -> Iterator[str]:
    return (records.line(row) for item in corpus.extractions for row in records.quotations(item))


def _sources(corpus: Corpus) -> Iterator[str]:
    return (records.line(row) for item in corpus.extractions for row in records.source_mentions(item))


def _matches(found: Sequence[Family]) -> Iterator[str]:
    """Those with the base, which are compared already: a statement in four hundred articles has eighty thousand
    pairs."""
    for family in found:
        for one, compared in zip(family.renderings, family.comparisons, strict=True):
            if compared:
                yield records.line(records.match(Match(family.id, family.renderings[family.base], one, compared)))


def _families(corpus: Corpus, found: Sequence[Family]) -> Iterator[str]:
    return (records.line(records.family(family, corpus.copies)) for family in found)
