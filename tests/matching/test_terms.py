"""What counts as the same word in a search, and which stretches of a corpus share most with a query."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.matching.terms import WORD, stem, term
from citecheck.matching.windows import rarest, windows


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("harbours", "harbour"),  # number
        ("paid", "pays"),  # irregular forms
        ("inspected", "inspection"),  # derived words
        ("colour", "color"),  # spellings
        ("Don’t", "dont"),  # apostrophes lost on the way
        ("1,200", "1200"),  # separators
        ("twelve", "12"),  # numerals
        ("Orrin's", "Orrin"),  # possessives
        ("U.N.", "UN"),  # dots
        ("café", "cafe"),  # accents
    ],
)
def test_forms_of_one_word_have_one_stem(a: str, b: str) -> None:
    assert stem(a) == stem(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hard", "challenging"),  # near synonyms
        ("Norwegian", "Norway"),  # a people and its country
    ],
)
def test_words_that_retellings_exchange_have_one_term(a: str, b: str) -> None:
    assert term(a) == term(b)
    assert stem(a) != stem(b)


@pytest.mark.parametrize(("a", "b"), [("US", "us"), ("study", "student"), ("2019", "2020"), ("north", "south")])
def test_other_words_have_other_terms(a: str, b: str) -> None:
    assert term(a) != term(b)


@given(st.text(max_size=60))
def test_every_token_has_a_term(text: str) -> None:
    assert all(term(token) for token in WORD.findall(text))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40), st.integers(1, 12), st.integers(1, 39))
def test_the_best_window_is_the_best_of_all(terms: list[int], width: int, cut: int) -> None:
    """Two texts, cut anywhere; every window of every width inside one of them is the slow oracle."""
    bounds = [0, min(cut, len(terms)), len(terms)]
    bits = {number: 3.0 + number for number in set(terms)}
    postings = {number: [at for at, one in enumerate(terms) if one == number] for number in bits}
    best = max(
        sum(bits[number] for number in set(terms[start : min(start + width, end)]))
        - 0.1 * (min(start + width, end) - 1 - start)
        for low, end in pairwise(bounds)
        for start in range(low, end)
    )
    found = windows(rarest(postings), bits, bounds, width, 5)
    assert found[0].bits - 0.1 * (found[0].last - found[0].first) >= best - 1e-9
    assert all(a.last < b.first or b.last < a.first for a in found for b in found if a is not b)
