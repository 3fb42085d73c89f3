"""What is told of two renderings: labels, severities, and what always holds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.drift import compare
from citecheck.drift.ops import replay
from citecheck.models import UNKNOWN, Comparison, Kind, Label, Severity, Side
from citecheck.text.fold import skeleton


def _compare(a: str, b: str) -> Comparison:
    return compare(Side(a, Kind.DIRECT), Side(b, Kind.DIRECT))


# (a, b, labels, severity)
CASES = [
    ("We close the harbour at noon.", "We close the harbour at noon,", "", 0),  # the mark belongs to the sentence
    ("“Yes” – that’s it and it stays", '"Yes" - that\'s it and it stays', "typographic", 0),
    ("The bridge, he says, is safe to use", "the bridge he says is safe to use", "case-punctuation", 1),
    ("We do not sail in winter months", "We don't sail in winter months", "spelling", 1),
    ("The labour party met in our harbour", "The labor party met in our harbor", "spelling", 1),
    ("It took two pilots to land the plane", "It took 2 pilots to land the plane", "spelling", 1),
    ("He told the crew to leave the ship", "He told [the sailors] to leave the ship", "marked-edit", 1),
    ("The old mill by the river burned down", "The old mill … burned down", "marked-edit", 1),
    ("She called the plan a wild dream of youth", 'She called the plan a "wild" dream of youth', "inner-marks", 2),
    ("And we shall rebuild the mill", "We shall rebuild the mill", "case-punctuation truncation", 1),
    ("We shall rebuild the mill because it feeds us", "We shall rebuild the mill", "truncation", 2),
    ("We shall rebuild the mill", "We shall rebuild the mill because it feeds us", "extension", 2),
    ("the old stone mill burned down", "the old mill burned down", "omission", 3),
    ("the old mill also burned down", "the old mill burned down", "omission", 2),
    ("the old mill burned down", "the old stone mill burned down", "insertion", 3),
    ("the workers repaired the mill", "the masons repaired the mill", "substitution", 3),
    ("they walked into the mill together", "they walked to the mill together", "substitution", 2),
    ("bread and cheese were on the table", "cheese and bread were on the table", "reorder", 2),
    ("the team wins every match at home", "the team won every match at home", "inflection", 2),
    ("Our engines failed twelve times", "Our engines failed eleven times", "substitution number", 4),
    ("It cost 1,180 pounds to mend", "It cost about 1,200 pounds to mend", "substitution number certainty", 3),
    ("The vote is on Tuesday in the hall", "The vote is on Friday in the hall", "substitution date", 4),
    ("We sailed for Norway with the tide", "We sailed for Denmark with the tide", "substitution entity", 4),
    ("The ferry is not safe in a storm", "The ferry is safe in a storm", "omission polarity", 4),
    ("Prices rose in the harbour towns", "Prices fell in the harbour towns", "substitution polarity", 4),
    ("It was possible to land there", "It was impossible to land there", "substitution polarity", 4),
    ("It may rain on the parade tonight", "It will rain on the parade tonight", "substitution certainty", 4),
    ("If the tide allows, the ferry sails", "the ferry sails", "truncation certainty", 4),
    ("The crew is tired of waiting here", "The crew is very tired of waiting here", "insertion intensity", 3),
    ("the government banned the march", "the regime banned the march", "substitution loaded", 3),
]


@pytest.mark.parametrize(("a", "b", "labels", "severity"), CASES)
def test_labels(a: str, b: str, labels: str, severity: int) -> None:
    found = _compare(a, b)
    assert found.same
    assert {item.label.value for item in found.drift} == set(labels.split())
    assert found.severity == severity


def test_splice_is_critical() -> None:
    a = "I saw the boat leave and I waved to them. It was cold that day. The harbour was empty when I turned home."
    found = _compare(a, "I saw the boat leave when I turned home.")
    assert Label.SPLICE in {item.label for item in found.drift}
    assert found.severity is Severity.CRITICAL


def test_other_statement_has_no_labels() -> None:
    found = _compare("The ferry sails at dawn from the old pier", "Our choir will sing in the church on Sunday")
    assert (found.same, found.severity, found.drift) == (False, Severity.NONE, ())


def test_retelling_in_other_words_is_the_same() -> None:
    a = Side("cables for lifts were the hardest to buy", Kind.INDIRECT)
    b = Side("lift cables were the most difficult to purchase", Kind.INDIRECT)
    assert compare(a, b).same


# What always holds ----------------------------------------------------------------------------------------------------

_TEXT = st.lists(
    st.sampled_from(
        "the a we They don't not will may 2 two 2.5 million 5% Paris U.S. rose fell very “so” ... [the] - , . é ﬁ"
        " mill’s harbour Harbor on Monday in 1999 and or said that".split(" ")
    ),
    max_size=14,
).map(" ".join)


@given(_TEXT, _TEXT)
@settings(max_examples=300, deadline=None)
def test_ops_rebuild_b_and_spans_lie_inside(a: str, b: str) -> None:
    found = _compare(a, b)
    if found.same:
        assert replay(a, b, found.ops) == b
        assert "".join(a[op[1] : op[2]] for op in found.ops) == a
        assert "".join(b[op[3] : op[4]] for op in found.ops) == b
        assert all(a[a0:a1] == b[b0:b1] for tag, a0, a1, b0, b1 in found.ops if tag == "equal")
    for item in found.drift:
        for span, text in ((item.a, a), (item.b, b)):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)


@given(_TEXT, _TEXT)
@settings(max_examples=300, deadline=None)
def test_altered_is_never_typographic(a: str, b: str) -> None:
    found = _compare(a, b)
    if found.same and skeleton(a) != skeleton(b):
        assert {item.label for item in found.drift} - {Label.TYPOGRAPHIC}


@given(_TEXT)
@settings(max_examples=100, deadline=None)
def test_equal_texts_have_no_label(a: str) -> None:
    found = _compare(a, a)
    assert (found.same, found.severity, found.drift) == (True, Severity.NONE, ())


_MIRROR = {
    Label.TRUNCATION: Label.EXTENSION,
    Label.EXTENSION: Label.TRUNCATION,
    Label.OMISSION: Label.INSERTION,
    Label.INSERTION: Label.OMISSION,
}


@given(st.sampled_from(CASES))
def test_exchanging_the_sides_mirrors_the_wording(case: tuple[str, str, str, int]) -> None:
    there, back = _compare(case[0], case[1]), _compare(case[1], case[0])
    wording = set(_MIRROR)
    told = {_MIRROR[item.label] for item in there.drift if item.label in wording}
    assert told == {item.label for item in back.drift if item.label in wording}


# Attribution ----------------------------------------------------------------------------------------------------------

_WORDS = "The mill will be rebuilt before the winter comes"
ATTRIBUTION = [
    ("Ana Ruiz", "Olaf Lund", "speaker-changed", 4),
    ("Ana Ruiz", "officials", "speaker-generalised", 3),
    ("Ana Ruiz", None, "speaker-lost", 3),
    ("Ana Ruiz", "Ms. Ruiz", "", 0),
    (UNKNOWN, "Ana Ruiz", "", 0),
]


@pytest.mark.parametrize(("one", "other", "label", "severity"), ATTRIBUTION)
def test_speakers(one: str, other: str | None, label: str, severity: int) -> None:
    found = compare(Side(_WORDS, speaker=one), Side(_WORDS, speaker=other))
    assert {item.label.value for item in found.drift} == set(label.split())
    assert found.severity == severity


def test_marks_that_were_added_are_critical() -> None:
    found = compare(Side(_WORDS, Kind.INDIRECT), Side(_WORDS, Kind.DIRECT))
    assert [item.label for item in found.drift] == [Label.INDIRECT_TO_DIRECT]
    assert found.severity is Severity.CRITICAL


def test_marks_that_are_gone_are_none() -> None:
    found = compare(Side(_WORDS, Kind.DIRECT), Side(_WORDS, Kind.INDIRECT))
    assert found.severity is Severity.NONE


def test_sources() -> None:
    a = Side(_WORDS, sources=("Reuters",))
    assert {item.label for item in compare(a, Side(_WORDS, sources=())).drift} == {Label.SOURCE_LOST}
    assert {item.label for item in compare(a, Side(_WORDS, sources=("BBC",))).drift} == {Label.SOURCE_CHANGED}
    assert compare(a, Side(_WORDS)).drift == ()


def test_many_moved_words_end_in_time() -> None:
    words = ["q" + "".join(chr(97 + int(digit)) for digit in str(number)) for number in range(1100)]
    a = " ".join(f"{word}u the goats of {word}m came down to sleep" for word in words)
    b = " ".join(f"the goats of {word}m came down {word}u to sleep" for word in words)
    start = time.process_time()
    assert compare(Side(a), Side(b)).same
    assert time.process_time() - start < 60


def test_a_statement_turned_round_is_the_same() -> None:
    found = _compare(
        "In the history of this old harbor it is, the pilots tell us, a rather remarkable night",
        "The pilots tell us it is a remarkable night in this old harbor's history",
    )
    assert found.same


def test_a_source_that_is_still_named_is_not_lost() -> None:
    """The order is the source of both; where nothing but "according to" goes with what it names, the source is gone."""
    a = Side("according to a letter of March 3 on the website of the council", kind=Kind.RESTATED)
    b = Side("the letter of March 3 stands on the website of the council", kind=Kind.RESTATED)
    assert Label.CERTAINTY not in {item.label for item in compare(a, b).drift}
    lost = compare(Side("according to a letter, the mill will close"), Side("the mill will close"))
    assert Label.CERTAINTY in {item.label for item in lost.drift}
