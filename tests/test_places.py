"""Where a person finds an offset: the label of the last place that begins at or before it."""

from __future__ import annotations

import pytest

from citecheck.export import records, terminal
from citecheck.models import Article, Kind, Quotation

ARTICLE = Article("a.pdf", "Front. “We will stay.” Back.", places=((5, "page 1"), (9, "page 2"), (23, "page 4")))


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, None),  # before the first place
        (5, "page 1"),
        (8, "page 1"),
        (9, "page 2"),
        (22, "page 2"),
        (1_000, "page 4"),
    ],
)
def test_place_of_an_offset(offset: int, expected: str | None) -> None:
    assert ARTICLE.place(offset) == expected
    assert Article("a.txt", "x").place(offset) is None


def test_a_quotation_says_its_place_where_there_is_one() -> None:
    quotation = Quotation("q", "a.pdf", Kind.DIRECT, 8, 21, "We will stay.")
    assert records.quotation(quotation, ARTICLE.place(9))["place"] == "page 2"
    assert "place" not in records.quotation(quotation)
    assert terminal.quotation(quotation, "page 2").startswith("a.pdf:8-21 (page 2) direct")
