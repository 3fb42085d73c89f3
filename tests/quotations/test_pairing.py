"""Which words stand in marks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.models import Article
from citecheck.quotations import find_quotations

PAIRS = [
    ("She said “we go”.", ["we go"]),  # English double
    ("‘We don’t go,’ she said of the ‘80s.", ["We don’t go,"]),  # British single, an apostrophe, a decade
    ("'The players' lounge is \"shut\",' he said.", ['The players\' lounge is "shut",', "shut"]),  # plural possessive
    ("„Wir gehen“, sagte sie.", ["Wir gehen"]),  # German
    ("»Wir gehen«, sagte sie.", ["Wir gehen"]),  # German books
    ("« On y va », dit-elle.", ["On y va"]),  # French, spaces inside
    ("«Vamos», dijo.", ["Vamos"]),  # Spanish
    ("«Andiamo», ha detto lei.", ["Andiamo"]),  # Italian
    ("“Vamos”, disse ela.", ["Vamos"]),  # Portuguese
    ("«Il a dit “oui” hier», écrit-elle.", ["Il a dit “oui” hier", "oui"]),  # French nesting
    ("”Vi går”, sa hon.", ["Vi går"]),  # Swedish: one glyph opens and closes
    ("「行く」と言った。", ["行く"]),  # Japanese
    ("Er sagte: „Sie rief ‚Halt‘ zu uns.“", ["Sie rief ‚Halt‘ zu uns.", "Halt"]),  # German nesting
    ('A door of 6\'2" and a "lintel".', ["lintel"]),  # feet and inches
    ("Rock ’n’ roll, ’tis the dogs’ own.", []),  # apostrophes alone
    ("“One “two” three” four", ["One “two” three", "two"]),  # nested in the same glyph
    ('"It is—" she began—"over."', ["It is—", "over."]),  # straight marks at dashes
    ("''We go,'' he wrote.", ["We go,"]),  # typed as two single marks
    ("“We go, she said. “We stay.”", ["We go,", "We stay."]),  # a lost closing mark ends where the writer speaks
    ("“Lost here\nFine “there”.", ["Lost here", "there"]),  # … and costs one paragraph at most
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_words_in_marks(text: str, expected: list[str]) -> None:
    assert [quotation.text for quotation in find_quotations(Article("a", text))] == expected


def test_paragraphs_of_one_quotation_share_a_group() -> None:
    text = "“We begin.\n“We go on.\n“We end,” she said.\n“Another,” he said."
    groups = [quotation.group for quotation in find_quotations(Article("a", text))]
    assert groups[0] is not None
    assert groups == [groups[0]] * 3 + [None]


def test_nested_quotation_names_its_parent() -> None:
    outer, inner = find_quotations(Article("a", "“He told me ‘go’ twice,” she said."))
    assert inner.parent == outer.id


def test_a_marked_block_without_marks_is_a_quotation() -> None:
    text = "Before.\nThe words of the page.\nAfter."
    found = find_quotations(Article("a", text, marked=((8, 30),)))
    assert [quotation.text for quotation in found] == ["The words of the page."]


def test_the_line_that_signs_a_marked_block_is_no_part_of_it() -> None:
    text = "Before.\nThe words of the page.\n— Ana Ruiz, the mayor\nAfter."
    found = find_quotations(Article("a", text, marked=((8, 52),)))
    assert [quotation.text for quotation in found] == ["The words of the page."]


@pytest.mark.parametrize("mark", ["“", '"', " '", "‘", "„", "«", "“a‘b "])
def test_unclosed_marks_take_linear_time(mark: str) -> None:
    began = time.process_time()
    find_quotations(Article("a", mark * 50_000))
    assert time.process_time() - began < 5


@given(st.text(alphabet="aB ,.\n“”\"'’‘„«»", max_size=120))
def test_spans_are_ordered_and_hold_their_text(text: str) -> None:
    found = find_quotations(Article("a", text))
    ids = {quotation.id for quotation in found}
    for quotation in found:
        assert text[quotation.start : quotation.end] == quotation.text
        assert quotation.parent is None or quotation.parent in ids
    assert [quotation.start for quotation in found] == sorted(quotation.start for quotation in found)


TRANSCRIPTS = [
    # turns of a conversation, with what is no turn between them
    (
        "Talk\nRUIZ: We stay.\nPHOTO: The pier.\nBERG: Nobody does.\nRUIZ: We do.",
        ["We stay.", "Nobody does.", "We do."],
    ),
    # a name that the text has in full; the first line is a headline
    ("Ruiz: Stay\nAna Ruiz met Tom Berg.\nRuiz: I stay.\nBerg: Why?\nRuiz: Oh.", ["I stay.", "Why?", "Oh."]),
    # labels that are nobody
    ("Fair\nWhere: The pier\nWhen: Noon\nWhere: The port\nWhen: Dusk", []),
    ("Race\nWINNER: Ana Ruiz\nLOSER: Tom Berg\nWINNER: Nobody", []),
    # too few turns, and one voice only
    ("Talk\nRUIZ: We stay.\nBERG: Nobody does.", []),
    ("Talk\nRUIZ: We stay.\nRUIZ: We do.\nRUIZ: We must.", []),
]


@pytest.mark.parametrize(("text", "turns"), TRANSCRIPTS)
def test_turns_of_a_transcript(text: str, turns: list[str]) -> None:
    assert [one.text for one in find_quotations(Article("a", text))] == turns


def test_a_quotation_inside_a_turn_has_it_for_parent() -> None:
    text = "Talk\nRUIZ: He said “no help” came.\nBERG: So?\nRUIZ: So we stay."
    turn, inner, *_ = find_quotations(Article("a", text))
    assert inner.parent == turn.id
