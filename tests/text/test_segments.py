"""Paragraphs and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.text.segments import paragraphs, sentences

SENTENCES = [
    ("It rained. They left.", ["It rained.", "They left."]),
    ("Mr. Hart of St. Ives left.", ["Mr. Hart of St. Ives left."]),  # abbreviations
    ("He met J. Hart. She left.", ["He met J. Hart.", "She left."]),  # an initial
    ("In the U.S. The Senate met.", ["In the U.S.", "The Senate met."]),  # a function word opens a sentence
    ("The U.S. Senate met.", ["The U.S. Senate met."]),  # no sentence end inside a name
    ("“Go!” she said. “Now.”", ["“Go!” she said.", "“Now.”"]),  # marks belong to their sentence
    ("It cost 3.5 million. Why?", ["It cost 3.5 million.", "Why?"]),  # a decimal point
    ("First line\nSecond line", ["First line", "Second line"]),  # a line is a paragraph
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_paragraphs_are_lines_without_white_space() -> None:
    text = "One.\n\n  Two. \r\n\nThree."
    assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two.", "Three."]


def test_hard_wrapped_text_has_paragraphs_between_blank_lines() -> None:
    line = "the words of a paragraph that was folded at seventy columns for mail\n"
    text = line * 4 + "end.\n\n" + line * 4 + "end."
    assert len(paragraphs(text)) == 2


def test_a_short_draft_may_be_hard_wrapped() -> None:
    text = (
        "The mayor, Ana Ruiz, told the council on Monday: “This old bridge has\n"
        "carried our children to school for a century, and it will carry\n"
        "theirs.”\n\nNobody answered her.\n"
    )
    assert [text[start:end] for start, end in paragraphs(text)] == [text[: text.index("\n\n")], "Nobody answered her."]


def test_one_line_that_goes_on_below_does_not_make_a_text_hard_wrapped() -> None:
    text = "Council votes to keep the old bridge open to pupils\nby Ana Ruiz\n\nThe council voted on Monday.\n"
    assert len(paragraphs(text)) == 3


@given(st.text(alphabet='aB. !?"“”\n’Mr', max_size=200))
def test_segments_are_ordered_and_cover_all_but_white_space(text: str) -> None:
    for segment in (paragraphs, sentences):
        at = 0
        for start, end in segment(text):
            assert at <= start < end
            assert not text[at:start].strip()
            assert text[start:end] == text[start:end].strip()
            at = end
        assert not text[at:].strip()
