"""Whole articles on events of our own, read as the program reads them: every statement told twice, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck import pipeline
from citecheck.models import Label

STORIES = Path(__file__).parent / "stories"
FERRY = {
    # a claim told three times, with figures; the headline is one of them
    ("it would cut 420 jobs", "Ferry operator Norlink to cut", "Norlink will lay off 420"),
    ("the company had lost 31 million", "The firm's losses over two", "losses of 31 million"),
    # words lost inside the marks
    ("We looked at every other option", "We looked at every option"),
    # told twice in other words, the date among them
    ("the new operator would begin", "The new operator is to start"),
    # a fragment whose speaker became vaguer
    ("a betrayal of the crews", "a betrayal of the crews"),
    # a study's figure, told again without the study
    ("ticket prices have risen by", "Ticket prices rose 18 percent"),
    # one document, two dates
    ("The decision was announced in", "The award was published on"),
}
BANK = {
    ("inflation would fall below", "Inflation is to drop under"),
    ("Wages are the risk we watch", "the bank would watch wages", "Wages are the only risk"),
    ("the budget deficit would", "The deficit will widen"),
}


@pytest.mark.parametrize(("story", "expected"), [("ferry", FERRY), ("bank", BANK)])
def test_the_families_of_a_story(story: str, expected: set[tuple[str, ...]]) -> None:
    found = pipeline.group(pipeline.open_corpus([STORIES / story]))
    assert len(found) == len(expected)
    for beginnings in expected:
        assert any(
            len(family.renderings) == len(beginnings)
            and all(any(one.text.startswith(words) for one in family.renderings) for words in beginnings)
            for family in found
        ), beginnings


def test_two_dates_of_one_document_are_a_conflict_and_no_error() -> None:
    found = pipeline.group(pipeline.open_corpus([STORIES / "ferry"]))
    (family,) = [one for one in found if one.renderings[0].text.startswith("The decision was announced")]
    labels = {drift.label for compared in family.comparisons if compared for drift in compared.drift}
    assert Label.DATE_CONFLICT in labels
    assert Label.DATE not in labels
