"""Dates: what is read from a text, what it means on a given day, and when two of them disagree."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.text import dates
from citecheck.text.dates import conflict, find_dates, told_apart
from citecheck.text.lexicons import rows

#: A Wednesday.
TODAY = date(2025, 1, 8)

READ = [
    # whole dates, in the orders of American, British, German and ISO texts
    ("The order of December 30, 2024 stands.", "December 30, 2024", "2024-12-30", "2024-12-30"),
    ("It was signed on 3 June 2023.", "3 June 2023", "2023-06-03", "2023-06-03"),
    ("updated 2024-02-29 at noon", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("am 7. März 2022 in Bonn", "7. März 2022", "2022-03-07", "2022-03-07"),
    ("vom 07.03.2022 an", "07.03.2022", "2022-03-07", "2022-03-07"),
    ("le 14 juillet 2021 à Lyon", "14 juillet 2021", "2021-07-14", "2021-07-14"),
    ("el 5 de mayo de 2020", "5 de mayo de 2020", "2020-05-05", "2020-05-05"),
    ("Thursday, Aug. 29, 2024", "Thursday, Aug. 29, 2024", "2024-08-29", "2024-08-29"),
    # without a year: the last one up to the day of publication
    ("posted on December 30", "December 30", "2024-12-30", "2024-12-30"),
    ("posted on January 1st", "January 1st", "2025-01-01", "2025-01-01"),
    # parts of dates
    ("told a reporter in September 2022 that", "September 2022", "2022-09-01", "2022-09-30"),
    ("the survey of May found", "May", "2024-05-01", "2024-05-31"),
    ("a report is due by April", "April", "2025-04-01", "2025-04-30"),
    ("she said in 2013, before the vote", "2013", "2013-01-01", "2013-12-31"),
    ("in the second quarter of 2023", "the second quarter of 2023", "2023-04-01", "2023-06-30"),
    ("in the summer of 2022", "summer of 2022", "2022-06-01", "2022-08-31"),
    ("the scandals of the 1990s", "the 1990s", "1990-01-01", "1999-12-31"),
    # relative ones
    ("he said yesterday", "yesterday", "2025-01-07", "2025-01-07"),
    ("he said on Monday", "Monday", "2025-01-06", "2025-01-06"),
    ("he said on Thursday", "Thursday", "2025-01-02", "2025-01-02"),
    ("told the agency last month", "last month", "2024-12-01", "2024-12-31"),
    ("three weeks ago", "three weeks ago", "2024-12-16", "2024-12-22"),
    ("early last year", "early last year", "2024-01-01", "2024-05-01"),
    ("vor zwei Tagen", "vor zwei Tagen", "2025-01-06", "2025-01-06"),
    ("il l’a dit le mois dernier", "mois dernier", "2024-12-01", "2024-12-31"),
]


@pytest.mark.parametrize(("text", "said", "earliest", "latest"), READ)
def test_a_date_is_read_and_resolved(text: str, said: str, earliest: str, latest: str) -> None:
    (when,) = find_dates(text, reference=TODAY)
    assert (when.text, str(when.earliest), str(when.latest)) == (said, earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital in a second.",  # verbs and a measure of time
        "May said the March on Rome came second.",  # a surname and a name of an event
        "August Wilson and April Ryan spoke.",  # given names
        "Nearly 2000 people and 1999 votes.",  # numbers
        "a 31st place of 83",  # an ordinal
        "Room 2024 costs $1,950.",  # a number of a room, an amount
        "the 52% to 48% split",
    ],
)
def test_no_date_is_seen_where_there_is_none(text: str) -> None:
    assert find_dates(text, reference=TODAY) == []


@pytest.mark.parametrize("text", ["last month", "on Monday", "two years ago", "in July"])
def test_without_a_reference_nothing_is_guessed(text: str) -> None:
    (when,) = find_dates(text)
    assert (when.earliest, when.latest) == (None, None)


def test_the_literal_parts_are_kept() -> None:
    first, second = find_dates("between December 30 and January 1st")
    assert (first.month, first.day, second.month, second.day, first.year) == (12, 30, 1, 1, None)


CONFLICTS = [
    ("on December 30", "on January 1", True),  # two days
    ("on December 30", "in December", False),  # less precise
    ("in December 2024", "in December 2023", True),  # two years
    ("in 2023", "in April 2023", False),  # less precise
    ("in April 2023", "in 2022", True),  # a year against a month of another
    ("last month", "in September 2022", True),  # resolved, and apart
    ("last month", "on December 30", False),  # resolved, and inside
    ("on Monday", "on Tuesday", True),  # two days of the week
]


@pytest.mark.parametrize(("one", "other", "expected"), CONFLICTS)
def test_conflict(one: str, other: str, expected: bool) -> None:
    (a,), (b,) = find_dates(one, reference=TODAY), find_dates(other, reference=TODAY)
    assert conflict(a, b) is expected
    assert conflict(b, a) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("on Monday", "on Tuesday", True), ("last month", "in May", False)]
)
def test_conflict_of_dates_that_nothing_resolves(one: str, other: str, expected: bool) -> None:
    (a,), (b,) = find_dates(one), find_dates(other)
    assert conflict(a, b) is expected


WORDS = [
    "May",
    "in",
    "3",
    "2024",
    "last",
    "month",
    "December",
    "30",
    ",",
    "Monday",
    "\n",
    "31",
    "de",
    "mars",
    "ago",
    "two",
    "é",
]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_dates_are_spans_in_order(text: str, reference: date) -> None:
    found = find_dates(text, reference=reference)
    assert all(text[when.start : when.end] == when.text for when in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(when.earliest <= when.latest for when in found if when.earliest and when.latest)


def test_a_long_line_is_read_in_linear_time() -> None:
    assert len(find_dates("on Monday in May " * 20_000, reference=TODAY)) == 40_000


class _Anything(frozenset[str]):
    """What every text has something of."""

    def isdisjoint(self, other: object, /) -> bool:
        return False


_CALENDAR = [row["word"] for row in rows("calendar.tsv")]
_BESIDE = (
    "the of in last next week year quarter Q3 30 2018 1990s ago early Anfang vor Tagen año pasado letzten Jahr".split()
)
_PIECES = st.sampled_from([*_CALENDAR, *_BESIDE]), st.sampled_from([" ", " ", "-", "", ", "])


@given(st.lists(st.tuples(*_PIECES), max_size=7))
def test_a_form_that_is_not_tried_would_find_nothing(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + sign for word, sign in pieces)
    found = dates.find_dates(text)
    forms = tuple(form._replace(needs=_Anything()) for form in dates._forms())
    with patch.object(dates, "_forms", lambda: forms):
        assert dates.find_dates(text) == found


def test_two_dates_in_the_same_words_are_told_apart_by_their_days() -> None:
    (one,) = find_dates("on Monday", reference=date(2024, 3, 6))
    (other,) = find_dates("on Monday", reference=date(2024, 3, 13))
    assert told_apart(one, other) == ("‘Monday’ (2024-03-04)", "‘Monday’ (2024-03-11)")
    (third,) = find_dates("on Tuesday", reference=date(2024, 3, 13))
    assert told_apart(one, third) == ("‘Monday’", "‘Tuesday’")
