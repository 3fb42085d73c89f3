"""One document, two dates."""

from __future__ import annotations

import pytest

from citecheck.families import group
from citecheck.matching import Index, find_pairs
from citecheck.models import Corpus, Extraction, Label
from citecheck.pipeline import extract

from .corpora import article, corpus

QUOTE = "“The ferry line will stop for good after the winter season,” said Marit Oy, who leads the port office."


def read(*texts: str) -> Corpus:
    return corpus(*(extract(article(f"a{at}", f"{text}\n{QUOTE}").article) for at, text in enumerate(texts)))


def dates(given: Corpus) -> list[tuple[str, ...]]:
    families = group(given, find_pairs(Index(given)))
    return [
        tuple(one.when.text for one in family.renderings if one.when)
        for family in families
        if any(d.label is Label.DATE_CONFLICT for compared in family.comparisons if compared for d in compared.drift)
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # two days for one post
        (
            "The plan was announced in an April 29 post on the transport ministry’s website.",
            "It was published on the transport ministry’s website on May 2nd, and the island was surprised.",
            [("April 29", "May 2nd")],
        ),
        # the same day
        (
            "The plan was announced in an April 29 post on the transport ministry’s website.",
            "It was published on the transport ministry’s website on April 29, and the island was surprised.",
            [],
        ),
        # months apart: two posts
        (
            "The plan was announced in an April 29 post on the transport ministry’s website.",
            "It was published on the transport ministry’s website on November 2, and the island was surprised.",
            [],
        ),
    ],
)
def test_a_document_with_two_dates_is_a_conflict(one: str, other: str, expected: list[tuple[str, str]]) -> None:
    assert dates(read(one, other)) == expected


def test_two_stories_are_two_documents() -> None:
    one: Extraction = extract(
        article("a", "It was said in an April 29 post on the transport ministry’s website.").article
    )
    two: Extraction = extract(article("b", "It was published on the transport ministry’s website on May 2nd.").article)
    assert find_pairs(Index(corpus(one, two))) == []
