"""The table of outlets, whose article it is, and sources that no table knows."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from citecheck.models import Article
from citecheck.sources import find_credits, load_outlets, publisher_of

OUTLETS = load_outlets()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("FT", "Financial Times"),
        ("businessinsider", "Business Insider"),  # run together
        ("The Washington Post", "Washington Post"),
        ("edition.cnn.com", "CNN"),  # a domain, and a part of one
        ("Nobody’s Gazette", "Nobody’s Gazette"),  # not in the table
    ],
)
def test_a_name_has_one_canonical_form(written: str, name: str) -> None:
    assert OUTLETS.canonical(written) == name


@dataclass(frozen=True)
class Row:
    name: str
    kind: str
    aliases: tuple[str, ...]
    short_forms: tuple[str, ...]
    domain: str | None


def test_an_outlet_of_the_configuration_is_known_like_the_others() -> None:
    table = load_outlets((Row("Elko Example", "newspaper", ("ElkoEx",), (), "elko.example"),))
    (credit,) = find_credits(Article("a", "The dam will hold, ElkoEx reported."), table)
    assert credit.name == "Elko Example"


@pytest.mark.parametrize(
    ("article", "publisher"),
    [
        (Article("a", "The dam held.", url="https://www.lemonde.fr/a/b"), "Le Monde"),
        (Article("a", "The dam held.", publisher="FT"), "Financial Times"),
        (Article("a", "Headline: A dam\nPublisher: NPR\n\nThe dam held."), "NPR"),
        (Article("a", "The dam held.\nbusinessinsider"), "Business Insider"),
        (Article("a", "Credited from: SCMP\nThe dam held."), None),  # an origin is no publisher
        (Article("a", "The dam held."), None),
    ],
)
def test_whose_article_it_is(article: Article, publisher: str | None) -> None:
    assert publisher_of(article, OUTLETS) == publisher


UNKNOWN = [
    ("About 30 percent voted, according to the Ohio Department of Elections.", "Ohio Department of Elections"),
    ("“No,” she told the Elko County Gazette.", "Elko County Gazette"),
    # Broadcasters by their shape, and names without the day behind them.
    ("“No,” she told Radio Ejemplo.", "Radio Ejemplo"),
    ("“No,” she told Harbour FM on Thursday.", "Harbour FM"),
    ("“No,” she told Channel 12 in March.", "Channel 12"),
    ("“No,” she told the radio station Kite Harbour on Thursday.", "Kite Harbour"),
    ("“No,” she told the newspaper Sunday Example in May.", "Sunday Example"),
    ("The news site Nordlicht Heute reported a spill.", "Nordlicht Heute"),
    ("A Blue Ridge Research poll found him ahead by 4 points.", "Blue Ridge Research"),
    ("It is a record. [Lakeside Almanac]", "Lakeside Almanac"),  # a list of links
    ("A memo by the FAA’s inspector general found 12 gaps.", "FAA Office of Inspector General"),  # not the FAA
]


@pytest.mark.parametrize(("text", "name"), UNKNOWN)
def test_a_source_is_known_by_the_shape_of_its_name(text: str, name: str) -> None:
    assert [credit.name for credit in find_credits(Article("a", text), OUTLETS)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "A March poll found him ahead by 4 points.",  # when
        "A New Hampshire poll found him ahead by 4 points.",  # where
        "Democratic pollster Ann Brown said it was early.",  # a person
        "The Ohio Department of Elections said it would wait.",  # a body that only speaks
        "According to Pentagon officials, 12 were hurt.",  # people, not a document
    ],
)
def test_no_source_is_made_up(text: str) -> None:
    assert find_credits(Article("a", text), OUTLETS) == ()
