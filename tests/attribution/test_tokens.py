"""Tokens: where a text is cut, and that each keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.attribution.tokens import Tokens

CUT = [
    ("the hill vs. the town.", "the hill vs. the town ."),  # an abbreviation in small letters
    ("we left. they stayed", "we left . they stayed"),  # a word before a full stop
    ("see example.org now", "see example.org now"),  # a full stop inside a word
    ("Mr. Hart’s co-op didn’t pay", "Mr. Hart ’s co-op didn’t pay"),  # possessive, hyphen, contraction
    ("At 9 a.m. in the U.S., 2,500 came", "At 9 a.m. in the U.S. , 2,500 came"),
    ("a  double _ space", "a double space"),  # what is no token is left out
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_a_text_is_cut_into_tokens(text: str, expected: str) -> None:
    assert Tokens(text).words == [*expected.split(" "), "\n"]


@given(st.text(alphabet="aBvs. ’'_-&1,\n\u00a0é", max_size=60), st.integers(0, 3))
def test_a_token_keeps_its_place(text: str, start: int) -> None:
    tokens = Tokens(text, (min(start, len(text)), len(text)))
    at = 0
    for word, first, last in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert at <= first <= last
        assert word == "\n" or text[first:last] == word
        at = last
