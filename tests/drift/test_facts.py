"""What is told of two statements in the writer's own words, of profiles, and of the labels themselves."""

from __future__ import annotations

import pytest

from citecheck.drift import DEFAULT, compare, explain, labels, profile, profile_names
from citecheck.drift.ops import replay
from citecheck.models import Comparison, Kind, Label, Severity, Side
from citecheck.text.numbers import Relation, relate
from citecheck.text.stems import stem

_FACTS = {Label.NUMBER, Label.DATE, Label.ENTITY, Label.POLARITY}


def _told(a: str, b: str) -> Comparison:
    return compare(Side(a, Kind.INDIRECT), Side(b, Kind.INDIRECT))


# (a, b, labels among figures, dates, names and sign)
TOLD = [
    ("The mill shares rose 3 percent to 40 kroner", "Shares of the mill were up 5 percent at 40 kroner", "number"),
    ("The ferry sank on Tuesday off the northern coast", "Off the northern coast a ferry sank on Thursday", "date"),
    ("The herring catch rose 4 percent last season", "Herring catches fell 4 percent in the season", "polarity"),
    ("The village lies 10 miles north of the river", "The village, 16 kilometers north of the river", ""),  # converted
    ("Ana Ruiz bought the old mill in the valley", "The valley's old mill was sold to Olaf Lund in May", ""),
    ("Some 1,184 sheep were lost in the storm", "The storm took about 1,200 sheep, farmers said", "number"),
    ("The quarry employs more than 80 masons", "Some masons, 80 in all, work at the quarry", "number"),  # bare / passed
    ("The dyke is about 80 paces long", "The dyke has a length of 80 paces", ""),  # about it is no bound
    ("One in five orchards was lost to frost", "Frost took 34 percent of the orchards", "number"),  # another share
    ("One in five orchards was lost to frost", "Frost took 21 percent of the orchards", ""),  # the same share, rounded
    ("The storm took 12 fishing boats in the bay", "The storm took seven old boats in the bay", "number"),
    ("The bank cut 300 branch workers in spring", "In spring the bank cut 450 people", "number"),  # people / workers
    # two nationalities before one noun, one of them with its minister's name
    (
        "The Danish fisheries ministry closed the fjord",
        "Norwegian Fisheries Minister Liv Dahl closed the fjord",
        "entity",
    ),
    # a single letter of another name is no initial
    ("Last year Veltro put money into Sandvik", "This spring Veltro put money into Kestrel Foods", "entity"),
    # lists of names
    ("Reporter Lena Moss wrote this account", "Reporters Olaf Lund and Petra Quist wrote this account", "entity"),
    # names that begin alike
    ("The race is called the Alpine Velvet Trophy", "The race was called the Alpine Thunder Trophy", "entity"),
    # a place does not stand for a person
    ("The ferries to Denmark carried goats", "The ferries carried goats, Olaf Lund told the harbor", ""),
    (
        "The mill burned down today, police said",
        "Police said the mill burned down yesterday",
        "",
    ),  # another day's paper
]


@pytest.mark.parametrize(("a", "b", "expected"), TOLD)
def test_facts_of_told_statements(a: str, b: str, expected: str) -> None:
    found = _told(a, b)
    assert found.same
    assert {item.label.value for item in found.drift if item.label in _FACTS} == set(expected.split())


def test_rounding_of_a_told_figure_is_major() -> None:
    found = _told("Some 1,184 sheep were lost in the storm", "The storm took about 1,200 sheep, farmers said")
    assert found.severity is Severity.MAJOR


# (a, b, severity): a figure and its rounder form are spoken for, decimals as written are no rounding
GRAVE = [
    ("The mill gained 2.86 percent, a tenth of the 40 percent of May", "The mill gained 2.9 percent", 3),
    ("Mill shares lost $3.49 at the close", "Mill shares lost $3.50 at the close", 4),
    ("Mill shares lost $3.49 at the close", "Mill shares lost $3 at the close", 3),
    ("Mill shares rose to 290-1/2 in the morning", "Mill shares rose to 288-1/4 in the morning", 4),
]


@pytest.mark.parametrize(("a", "b", "severity"), GRAVE)
def test_gravity_of_told_figures(a: str, b: str, severity: int) -> None:
    assert max(item.severity for item in _told(a, b).drift if item.label is Label.NUMBER) == severity


def test_wording_without_marks_is_the_writers_own() -> None:
    found = _told("The crowd was large and loud near the mill", "The crowd was big and loud near the mill")
    assert found.severity <= Severity.COSMETIC


# (a, b, label, severity of that label)
SINGLE = [
    ("Norway beat the team of Denmark in the rain", "Denmark beat the team of Norway in the rain", "entity", 4),
    ("I was tired and cold when they brought the goats down to us", "brought the goats", "fragment", 1),
    ("that would ruin the orchard in spring", "that will ruin the orchard in spring", "certainty", 4),
    ("the orchard will bloom in spring", "the orchard would bloom in spring", "certainty", 3),
    ("they recieved the goats at noon", "they received the goats at noon", "spelling", 1),
    ("the rear view mirror of the truck broke", "the rearview mirror of the truck broke", "typographic", 0),
    ("According to the miller, the dam broke", "the dam broke", "certainty", 4),
    ("I believe the dam broke at noon", "the dam broke at noon", "certainty", 4),
    ("I believe we need a better dam here", "we need a better dam here", "certainty", 3),  # an opinion
    ("Michael Lund built the dam", "Lund built the dam", "entity", 2),
    ("the Water Board sued them in spring", "the Trade Board sued them in spring", "entity", 4),  # the board is shared
    ("we waited ten minutes for the bus", "we waited ten hours for the bus", "number", 4),
]


@pytest.mark.parametrize(("a", "b", "label", "severity"), SINGLE)
def test_single_labels(a: str, b: str, label: str, severity: int) -> None:
    found = compare(Side(a), Side(b))
    assert found.same
    assert max(item.severity for item in found.drift if item.label.value == label) == severity


def test_an_ellipsis_may_hide_a_negation() -> None:
    found = compare(Side("We did all we could not to wake the baby"), Side("We did all we could … to wake the baby"))
    assert {Label.MARKED_EDIT, Label.POLARITY} <= {item.label for item in found.drift}


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (5, 5, Relation.SAME),
        (1184, 1200, Relation.ROUNDED),
        (62, 60, Relation.OTHER),  # two digits against one
        (2.5, 2.7, Relation.OTHER),
        (1184, 1300, Relation.OTHER),
    ],
)
def test_figures_relate(one: float, other: float, relation: Relation) -> None:
    assert relate(one, other) is relation


@pytest.mark.parametrize(
    ("one", "other"),
    [("rose", "rises"), ("stopped", "stopping"), ("cities", "city"), ("agreed", "agree"), ("making", "makes")],
)
def test_forms_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


# Profiles and explanations --------------------------------------------------------------------------------------------


def test_profiles_move_severities_within_their_bounds() -> None:
    a, b = Side("the team wins the match at home"), Side("the team won the match at home")
    assert compare(a, b, DEFAULT).severity is Severity.MINOR
    assert compare(a, b, profile("reuters")).severity is Severity.MAJOR
    assert compare(a, b, profile("guardian")).severity is Severity.COSMETIC


def test_profile_names() -> None:
    assert profile_names() == ("default", "ap", "guardian", "npr", "reuters")
    with pytest.raises(KeyError):
        profile("gazette")


@pytest.mark.parametrize("label", labels())
def test_each_label_is_explained(label: str) -> None:
    text = explain(label)
    assert text is not None
    assert text.startswith(label)
    assert "Source:" in text
    assert "Example:" in text


def test_no_label_no_explanation() -> None:
    assert explain("similarity") is None


@pytest.mark.parametrize(
    "text", ['"' * 20_000, "the " * 10_000, "[a " * 5_000, ". . " * 5_000, "1," * 5_000, "not " * 5_000]
)
def test_hostile_texts_end(text: str) -> None:
    other = text[:-3] + "x"
    found = compare(Side(text), Side(other))
    assert not found.same or replay(text, other, found.ops) == other
