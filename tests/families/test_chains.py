"""Who had a statement from whom, and what is one witness."""

from __future__ import annotations

from matching.corpora import Said, article, corpus

from citecheck.families import circles, credit_matrix, group
from citecheck.matching import Index, find_pairs
from citecheck.models import Chain, Corpus

CLAIM = "the ferry had been built for sixty passengers and carried ninety"


def chain(given: Corpus) -> Chain:
    (family,) = group(given, find_pairs(Index(given)))
    return family.chain


def story(id_: str, publisher: str, source: str | None) -> tuple[str, str, Said, str]:
    credit = f", {source} reported" if source else ""
    text = f"The owner, Jon Adeyemi, said that {CLAIM}{credit}."
    return id_, text, Said(CLAIM, "Jon Adeyemi", source=source), publisher


def build(*stories: tuple[str, str, Said, str]) -> Corpus:
    return corpus(*(article(id_, text, said, publisher=publisher) for id_, text, said, publisher in stories))


def test_a_credit_is_a_stated_edge_with_the_words_that_prove_it() -> None:
    given = build(story("a", "Morning Post", "Coast Wire"), story("b", "Evening Star", "Coast Wire"))
    found = chain(given)
    assert [(edge.origin, edge.receiver, edge.stated, edge.text) for edge in found.edges] == [
        ("Coast Wire", "Evening Star", True, "Coast Wire"),
        ("Coast Wire", "Morning Post", True, "Coast Wire"),
    ]
    texts = {item.article.id: item.article.text for item in given.extractions}
    assert all(texts[edge.article][edge.start : edge.end] == edge.text for edge in found.edges)


def test_renderings_of_one_origin_are_one_witness() -> None:
    given = build(
        story("a", "Morning Post", "Coast Wire"),
        story("b", "Evening Star", "Morning Post"),
        story("c", "Coast Wire", None),
    )
    found = chain(given)
    assert next(edge for edge in found.edges if edge.receiver == "Coast Wire").stated is False
    assert found.origins == ("Jon Adeyemi",)


def test_no_credit_is_told_as_inferred_never_as_stated() -> None:
    found = chain(build(story("a", "Morning Post", "Coast Wire"), story("b", "Evening Star", None)))
    assert [(edge.origin, edge.stated) for edge in found.edges if edge.receiver == "Evening Star"] == [
        ("Jon Adeyemi", False)
    ]


def test_outlets_that_credit_each_other_are_a_circle() -> None:
    given = build(story("a", "Morning Post", "Evening Star"), story("b", "Evening Star", "Morning Post"))
    assert circles(given) == (("Evening Star", "Morning Post"),)
    found = chain(given)
    assert found.circular == (("Evening Star", "Morning Post"),)
    assert found.origins == ()


def test_credits_are_counted_by_publisher() -> None:
    given = build(story("a", "Morning Post", "Coast Wire"), story("b", "Morning Post", "Coast Wire"))
    assert credit_matrix(given) == {("Morning Post", "Coast Wire"): 2}


def test_a_ring_of_three_is_found_and_an_origin_outside_it_is_the_only_one() -> None:
    ring = [
        story("a", "Morning Post", "Evening Star"),
        story("b", "Evening Star", "Night Mail"),
        story("c", "Night Mail", "Morning Post"),
    ]
    found = chain(build(*ring))
    assert found.circular == (("Evening Star", "Morning Post", "Night Mail"),)
    assert found.origins == ()
    outside = chain(build(*ring, story("d", "Night Mail", "Coast Wire")))
    assert outside.circular == found.circular
    assert outside.origins == ("Coast Wire",)


def test_outlets_that_credit_each_other_for_two_statements_are_no_circle_in_either() -> None:
    other = "the pier had not been dredged since the flood of the cold spring"
    said = Said(other, "Ines Calder", source="Morning Post")
    given = build(
        story("a", "Morning Post", "Evening Star"),
        story("b", "Evening Star", None),
        ("c", f"Ines Calder said that {other}, Morning Post reported.", said, "Evening Star"),
        ("d", f"Ines Calder said that {other}.", Said(other, "Ines Calder"), "Morning Post"),
    )
    families = group(given, find_pairs(Index(given)))
    assert [family.chain.circular for family in families] == [(), ()]
    assert circles(given) == (("Evening Star", "Morning Post"),)
