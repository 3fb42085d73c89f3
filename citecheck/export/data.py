"""The wire formats in a report's `data/` folder, beside those that `html.data` makes of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.export import records
from citecheck.models import Corpus, Family, Match


def data_files(corpus: Corpus, found: Sequence[Family]) -> Iterator[tuple[str, Iterator[str]]]:
    """File names, each with its lines. Of the matches there are those with the base, which are compared already: a
    statement in four hundred articles has eighty thousand pairs."""
    said = corpus.extractions
    pairs = (
        Match(family.id, family.renderings[family.base], one, compared)
        for family in found
        for one, compared in zip(family.renderings, family.comparisons, strict=True)
        if compared
    )
    yield "quotations.jsonl", (records.line(row) for item in said for row in records.quotations(item))
    yield "sources.jsonl", (records.line(row) for item in said for row in records.source_mentions(item))
    yield "matches.jsonl", (records.line(records.match(pair)) for pair in pairs)
    yield "families.jsonl", (records.line(records.family(family, corpus.copies)) for family in found)
