"""What sketches decide: which texts are read at all, and that the cheap ways come to what the dear ones do."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.copies import find, shingles, sketch
from citecheck.copies.find import _Memory
from citecheck.copies.shelf import SAME, enter
from citecheck.copies.shingles import _word, _words, may_share
from citecheck.models import Article
from citecheck.text.fold import fold

#: Characters that folding treats one by one, and those that it does not.
LETTERS = "aZ1_é¼ßŉİſ\u00ad\u200b\u0301´`'’…-—  \n\t\u00a0\u2003ÂÃÅâï€˜™œžŒ“”\x85\x93¬²ﬁΣςЖд東カﾃ１ʼ\u0378𝒜"


@given(st.text(st.sampled_from(LETTERS), max_size=30) | st.text(max_size=30))
@settings(max_examples=300, deadline=None)
def test_the_words_are_those_of_the_folded_text(text: str) -> None:
    assert _words(text) == _word().findall(fold(text).text)


@pytest.mark.parametrize("words", [1, 5, 6, 29, 30, 31, 500])
def test_a_run_has_one_hash_wherever_it_stands(words: int) -> None:
    text = [f"w{n}" for n in range(words)]
    own = shingles(" ".join(text))
    assert len(own) == (1 if words < 30 else words - 5)
    assert all(0 <= one < 1 << 63 for one in own)  # what an INTEGER of SQLite holds
    around = shingles(" ".join([*("before " * 40).split(), *text, *("behind " * 40).split()]))
    assert (own <= around) == (words == 6 or words >= 30)


def test_hashes_are_those_of_every_machine() -> None:
    """They stand in archives: a change of theirs is a change of the schema."""
    assert sorted(shingles("Nobody said so.")) == [2547803702889367377]


def test_each_text_that_shares_enough_is_looked_at() -> None:
    """Of texts that hold 0.75 of each other or more, none is passed over, however long the longer one is."""
    chance = random.Random(1)
    for _ in range(400):
        size, longer, share = chance.randint(25, 900), chance.uniform(1, 3), chance.uniform(0.75, 1)
        small = [chance.getrandbits(63) for _ in range(size)]
        large = small[: round(size * share)] + [chance.getrandbits(63) for _ in range(round(size * (longer - share)))]
        one, other = sketch(small), sketch(large)
        shared = len({*one} & {*other})
        assert may_share(SAME, shared, one, other)
        assert may_share(SAME, shared, other, one)


def test_articles_that_quote_one_statement_are_not_read() -> None:
    """Forty stories with the same statement of fifty words among 200 of their own."""
    statement = " ".join(f"said{n}" for n in range(50))
    articles = [Article(f"{n}", f"{statement} " + " ".join(f"own{n}x{at}" for at in range(200))) for n in range(40)]
    read = 0

    class Counting(_Memory):
        def text(self, number: int) -> str:
            nonlocal read
            read += 1
            return super().text(number)

    shelf = Counting(articles)
    for number in range(len(articles)):
        found = shingles(articles[number].text)
        shelf.add(number, found)
        enter(shelf, number, shelf.known[number], found)
    assert not shelf.links
    assert read < 40  # of 780 pairs, all of which share some of a sketch
    assert find(articles) == {}
