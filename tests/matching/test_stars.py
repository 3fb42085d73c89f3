"""The candidate stage: the vectors give what the plain definition gives, and what is one statement always meets."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.matching.stars import FEW, plain_pairs, star_pairs

Statements = list[list[int]]
statements = st.lists(st.lists(st.integers(0, 12), max_size=9), max_size=30)


def columns(given: Statements) -> tuple[array[int], array[int]]:
    terms, bounds = array("I"), array("I", [0])
    for one in given:
        terms.extend(one)
        bounds.append(len(terms))
    return terms, bounds


def listed(pairs: tuple[Iterable[int], Iterable[int]]) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in zip(*pairs, strict=True)]


@settings(max_examples=60, deadline=None)
@given(statements, st.integers(5, 400))
def test_the_vectors_find_what_the_plain_definition_finds(given: Statements, at_a_time: int) -> None:
    """In one part and in several: memory is no part of the result."""
    pytest.importorskip("numpy")
    from citecheck.matching.stars_numpy import vector_pairs

    expected = listed(plain_pairs(*columns(given)))
    assert listed(vector_pairs(*columns(given))) == expected
    assert listed(vector_pairs(*columns(given), runs_at_a_time=at_a_time)) == expected


@settings(max_examples=40, deadline=None)
@given(statements, st.integers(5, 400))
def test_in_files_the_pairs_are_the_same(given: Statements, at_a_time: int) -> None:
    """Runs, picks and pairs partitioned into files, which are gone afterwards; blocks of pairs come in order."""
    pytest.importorskip("numpy")
    from citecheck.matching.stars_numpy import pair_blocks

    with TemporaryDirectory() as folder:
        blocks = list(pair_blocks(*columns(given), at_a_time, Path(folder)))
        assert not list(Path(folder).iterdir())
    found = [pair for block in blocks for pair in listed(block)]
    assert found == listed(plain_pairs(*columns(given)))


@settings(max_examples=60, deadline=None)
@given(statements)
def test_pairs_share_a_term_and_equal_statements_meet(given: Statements) -> None:
    """The oracle looks at all pairs: none is given that shares nothing; a few equal statements all meet."""
    found = set(listed(star_pairs(*columns(given))))
    sharing = {(a, b) for a, b in combinations(range(len(given)), 2) if set(given[a]) & set(given[b])}
    assert found <= sharing
    if len(given) <= FEW:
        assert {(a, b) for a, b in sharing if given[a] == given[b]} <= found


def test_a_viral_statement_costs_no_square() -> None:
    given = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10 + at % 2] for at in range(400)]
    found = listed(star_pairs(*columns(given)))
    assert len(found) < 20 * len(given)
    assert {at for pair in found for at in pair} == set(range(400))
