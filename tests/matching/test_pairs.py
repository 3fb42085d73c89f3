"""Which renderings are of one statement, and which only share a topic."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.matching import Index, find_pairs
from citecheck.matching.alike import Weights
from citecheck.matching.pairs import _starred, judged, same_pairs
from citecheck.matching.statements import statements
from citecheck.models import Corpus, Kind, Match

from .corpora import BANK, DAM, Said, article, corpus


def words(matches: list[Match]) -> set[frozenset[str]]:
    return {frozenset((match.a.text[:24], match.b.text[:24])) for match in matches}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # the same quotation, a word lost inside the marks
        ("We heard a crack like a rifle and then", "We heard a crack like a rifle and the wall"),
        # told twice, the speaker generalised
        ("the spillway had not been", "nobody had inspected the"),
        # a claim with a figure, restated without its speaker
        ("Repairs would cost 38 million", "Rebuilding the wall will"),
        # a claim with a figure, told in other words by a sentence that names nobody
        ("Repairs would cost 38 million", "The governor put the price"),
    ],
)
def test_finds_renderings_of_one_statement(a: str, b: str) -> None:
    assert frozenset((a[:24], b[:24])) in words(find_pairs(Index(DAM)))


def test_finds_nothing_else_in_the_dam_story() -> None:
    assert len(find_pairs(Index(DAM))) == 4


def test_same_speaker_on_the_same_topic_is_not_the_same_statement() -> None:
    assert find_pairs(Index(BANK)) == []


def test_order_of_articles_does_not_matter() -> None:
    seen = {tuple(find_pairs(Index(Corpus(order)))) for order in permutations(DAM.extractions)}
    assert len(seen) == 1


def test_boilerplate_takes_no_part() -> None:
    one, two = DAM.extractions[0], DAM.extractions[1]
    tail = "Recent Stories\nRepairs would cost 38 million crowns, the governor said."
    text = two.article.text + tail
    cut = article("dam-4", text)
    from dataclasses import replace

    cut = replace(cut, article=replace(cut.article, body=(0, len(two.article.text))))
    found = find_pairs(Index(corpus(one, cut)))
    assert all(match.b.end <= len(two.article.text) for match in found)


def test_a_restated_sentence_is_given_as_such() -> None:
    found = [match for match in find_pairs(Index(DAM)) if match.b.article == "dam-3"]
    assert [match.b.kind for match in found] == [Kind.RESTATED]
    assert found[0].b.quotation is None


def test_a_fragment_needs_a_second_signal() -> None:
    quoted = Said("a dark day", "Mira Holt", Kind.FRAGMENT)
    one = article("one", "Mira Holt called it “a dark day” for the island and its fishermen.", quoted)
    same = article("two", "It was “a dark day”, Holt said on the pier.", Said("a dark day", "Mira Holt", Kind.FRAGMENT))
    other = article(
        "three",
        "Losing the cup was “a dark day”, the coach Ben Ogun said.",
        Said("a dark day", "Ben Ogun", Kind.FRAGMENT),
    )
    assert words(find_pairs(Index(corpus(one, same, other)))) == {frozenset(("a dark day",))}
    assert len(find_pairs(Index(corpus(one, other)))) == 0


vocabulary = st.sampled_from(
    "harbour gale mast tide rope sailor storm deck anchor 40 knots captain crew said sank north".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(vocabulary, min_size=3, max_size=9), min_size=2, max_size=7))
def test_the_fast_path_finds_what_the_slow_oracle_finds(sentences: list[list[str]]) -> None:
    """The oracle looks at all pairs; the postings leave out none that is one statement."""
    extractions = tuple(
        article(f"a{at}", " ".join(tokens), Said(" ".join(tokens), "Ana Ruiz", Kind.DIRECT))
        for at, tokens in enumerate(sentences)
    )
    units = statements(extractions)
    oracle = judged(units, Weights(units), combinations(range(len(units)), 2))
    assert same_pairs(units) == oracle


def test_the_stars_of_a_large_corpus_find_the_same_in_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = find_pairs(Index(DAM))
    monkeypatch.setattr("citecheck.matching.pairs.SMALL", 0)
    assert set(find_pairs(Index(DAM))) <= set(expected)
    assert words(find_pairs(Index(DAM))) >= {frozenset(("We heard a crack like a ",))}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(vocabulary, min_size=6, max_size=9), min_size=2, max_size=7), st.integers(0, 6))
def test_the_stars_bring_a_statement_together_with_its_copy(sentences: list[list[str]], at: int) -> None:
    copied = [*sentences, sentences[at % len(sentences)]]
    extractions = tuple(
        article(f"a{number}", " ".join(tokens), Said(" ".join(tokens), "Ana Ruiz", Kind.DIRECT))
        for number, tokens in enumerate(copied)
    )
    units = statements(extractions)
    found = set(_starred(units, Weights(units)))
    oracle = judged(units, Weights(units), combinations(range(len(units)), 2))
    assert {(a, b) for a, b, _ in oracle if units[a].order == units[b].order} <= found


TOPIC = [
    "We will rebuild the old ferry terminal and pay every harbour worker in full",
    "I was against the old ferry terminal when my brother was a harbour worker here",
    "Nobody has ever asked a harbour worker what the ferry terminal is good for",
]


def test_quotations_of_one_topic_are_not_one_statement_however_large_the_corpus() -> None:
    others = [f"The council of district {number} bought {number * 3} lamps for its square" for number in range(60)]
    said = [article(f"a{at}", words, Said(words, None, Kind.DIRECT)) for at, words in enumerate([*TOPIC, *others])]
    again = "We will rebuild the ferry terminal and pay every harbour worker in full"
    units = statements((*said, article("again", again, Said(again, None, Kind.DIRECT))))
    by_text = {one.rendering.text: at for at, one in enumerate(units)}
    assert [pair[:2] for pair in same_pairs(units) if pair[0] < len(TOPIC)] == [(0, by_text[again])]


def test_a_larger_corpus_asks_for_more_in_common() -> None:
    small = Weights(statements(tuple(article(f"a{at}", words, Said(words)) for at, words in enumerate(TOPIC))))
    many = [f"Lamp {number} of street {number % 7} was lit by guard {number % 11}" for number in range(800)]
    large = Weights(statements(tuple(article(f"b{at}", words, Said(words)) for at, words in enumerate(many))))
    assert small.chance == 0 < large.chance
