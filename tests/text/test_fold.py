"""Folding keeps the place: every folded character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.text.fold import fold, skeleton
from citecheck.text.words import words

CASES = [
    ("Plain Words", "plain words"),  # case only
    ("“Quoted” ‘so’", "\"quoted\" 'so'"),  # one kind of mark
    ("a – b—c−d", "a - b-c-d"),  # one kind of dash
    ("a -- b", "a - b"),  # typed dashes
    ("wait . . . what...", "wait … what…"),  # one ellipsis
    ("hard\u00a0space,  two", "hard space, two"),  # one kind of space
    ("soft\u00adhyphen", "softhyphen"),  # what is not seen is gone
    ("ﬁne eﬀect", "fine effect"),  # ligatures
    ("cafe\u0301", "café"),  # composed
    ("``typed''", '"typed"'),  # typed marks
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_folds(text: str, expected: str) -> None:
    assert fold(text).text == expected


@given(st.text(max_size=60))
def test_origins_rise_and_stay_inside(text: str) -> None:
    folded = fold(text)
    origin = list(folded.origin)
    assert len(origin) == len(folded.text)
    assert origin == sorted(origin)
    assert all(0 <= place < len(text) for place in origin)


@given(st.text(max_size=60))
def test_spans_of_single_characters_cover_their_source(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="ab 1.,'’“\"-–…\u00adﬁ$%éI\n", max_size=60))
def test_words_lie_in_order_inside_the_text(text: str) -> None:
    last = 0
    for word in words(text):
        assert last <= word.start < word.end <= len(text)
        last = word.end


KEYS = [
    ("We don't", ["we", "do", "not"]),  # contraction opened
    ("they’re", ["they", "are"]),
    ("the harbour's walls", ["the", "harbor", "'s", "walls"]),  # spelling, possessive
    ("organised programmes", ["organized", "programs"]),
    ("we advise and promise", ["we", "advise", "and", "promise"]),  # no z in these
    ("twenty-five per cent", ["#25%"]),
    ("25% of it", ["#25%", "of", "it"]),
    ("£3m", ["#3000000£"]),
    ("3 million dollars", ["#3000000$"]),
    ("two and a half million", ["#2500000"]),
    ("one hundred and five", ["#105"]),
    ("1,000 and 1k", ["#1000", "and", "#1000"]),
    ("the 2nd and second", ["the", "#2th", "and", "#2th"]),
    ("Oct. 3, 1999", ["@10-03", "@1999"]),
    ("the 3rd of October", ["the", "@10-03"]),
    ("it may rain in May", ["it", "may", "rain", "in", "@05"]),
    ("march in March", ["march", "in", "@03"]),
    ("at 5:30 p.m.", ["at", "@5:30pm"]),
    ("the U.K. and the UK", ["the", "united kingdom", "and", "the", "united kingdom"]),
    ("give it to us", ["give", "it", "to", "us"]),  # the pronoun stays
    ("Sen. Brandt", ["senator", "brandt"]),
    ("last month", ["@last month"]),
]


@pytest.mark.parametrize(("text", "keys"), KEYS)
def test_keys(text: str, keys: list[str]) -> None:
    assert [word.key for word in words(text)] == keys


def test_skeleton_keeps_what_carries_sense() -> None:
    assert skeleton("Well-known, “so”") == skeleton('well known so"')
    assert skeleton("2.5") != skeleton("25")
    assert skeleton("up 3%") != skeleton("up 3")


def test_long_lines_take_linear_time() -> None:
    text = '"word ' * 100_000
    assert len(words.__wrapped__(text)) == 100_000
