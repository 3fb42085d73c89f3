"""Reported speech without marks: who is said to have said what, and where the words begin and end."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.attribution.indirect import find_indirect, with_parents
from citecheck.models import Article, Kind, Quotation, Relation, SourceCredit, make_id


def in_marks(article: Article) -> tuple[Quotation, ...]:
    """The runs between curly marks: direct where they end with a sign, else fragments."""
    return tuple(
        Quotation(
            make_id(match.start()),
            article.id,
            Kind.DIRECT if match[1][-1] in ".,?!" else Kind.FRAGMENT,
            *match.span(1),
            match[1],
        )
        for match in re.finditer("“([^“”]+)”", article.text)
    )


def told(text: str) -> tuple[Quotation, ...]:
    article = Article("a", text)
    return find_indirect(article, in_marks(article))


# (text, content, cue, speaker); the first record is looked at
CASES = [
    # that-clauses
    ("Maria Lund said that the ferry would stop in May.", "the ferry would stop in May", "said", "Maria Lund"),
    ("She argues that rents are too high.", "rents are too high", "argues", "She"),
    (
        "Omar Haddad, the port’s director, announced on Friday that two berths will close.",
        "two berths will close",
        "announced",
        "Omar Haddad",
    ),
    (
        "The minister told reporters in Lisbon that talks had failed.",
        "talks had failed",
        "told",
        "The minister",
    ),
    ("Lund has repeatedly warned that ice is thinning.", "ice is thinning", "warned", "Lund"),
    # fronted clause inside the content: its comma does not end it
    (
        "Haddad mentioned in June that despite the strike, the port could grow by 2031.",
        "despite the strike, the port could grow by 2031",
        "mentioned",
        "Haddad",
    ),
    # bare complements
    ("The mayor said the bridge would open soon.", "the bridge would open soon", "said", "The mayor"),
    ("Lund told Radio Nord she would not run again.", "she would not run again", "told", "Lund"),
    ("He said about 40 boats sank.", "about 40 boats sank", "said", "He"),
    ("New data from the port show that cod is back.", "cod is back", "show", "New data from the port"),
    ("A survey of skippers found Lund far ahead of Prado.", "Lund far ahead of Prado", "found", "A survey of skippers"),
    # infinitives
    ("The union vowed to fight the ruling.", "to fight the ruling", "vowed", "The union"),
    ("Teachers urged the council to reopen schools.", "the council to reopen schools", "urged", "Teachers"),
    # a subordinate clause ends where the main clause goes on
    ("As Lund warned that ice was thin, they went home.", "ice was thin", "warned", "Lund"),
    # verb after its clause
    ("Cod stocks have halved since 2011, Haddad noted.", "Cod stocks have halved since 2011", "noted", "Haddad"),
    (
        "Cod stocks have halved, the officials said on Monday.",
        "Cod stocks have halved",
        "said",
        "the officials",
    ),
    # inverted
    ("The quota is too high, said Ines Prado.", "The quota is too high", "said", "Ines Prado"),
    # prepositions that open the content
    ("Prado called for a ban on trawling.", "a ban on trawling", "called", "Prado"),
    # noun with a clause
    (
        "Officials expressed confidence that with new nets, catches could recover.",
        "with new nets, catches could recover",
        "expressed",
        "Officials",
    ),
    # nominal content
    (
        "Prado has acknowledged the difficulty of replacing nylon nets.",
        "the difficulty of replacing nylon nets",
        "acknowledged",
        "Prado",
    ),
    # phrases that credit
    (
        "According to Prado, the fleet will shrink by half.",
        "the fleet will shrink by half",
        "According to",
        "Prado",
    ),
    (
        "The fleet will shrink by half, according to the harbour board.",
        "The fleet will shrink by half",
        "according to",
        "the harbour board",
    ),
    (
        "According to Prado, the fleet will shrink, and boats are for sale already.",
        "the fleet will shrink",
        "According to",
        "Prado",
    ),
    # what the writer adds is cut off
    (
        "Lund said the ferry would stop, according to a letter.",
        "the ferry would stop",
        "said",
        "Lund",
    ),
    ("Lund said the ferry was late, adding that fog was to blame.", "the ferry was late", "said", "Lund"),
    ("Lund said the ferry was late and accused the crew of sleeping.", "the ferry was late", "said", "Lund"),
]


@pytest.mark.parametrize(("text", "content", "cue", "speaker"), CASES)
def test_content_cue_and_speaker(text: str, content: str, cue: str, speaker: str) -> None:
    first = told(text)[0]
    assert first.cue is not None
    assert first.speaker is not None
    assert (first.text, first.cue.text, first.speaker.mention) == (content, cue, speaker)


NOTHING = [
    "The United States will vote in November.",  # a name that looks like a verb
    "“We are closed,” said Maria Lund, a baker.",  # all of it stands in marks; what follows is the speaker
    "Ports like Lisbon are full.",  # a preposition
    "The report on cod was long.",  # nouns
    "He was told.",  # nothing is reported
    "Lund spoke quickly.",
    "They had no chance to explain the plan.",  # speech that did not happen
    "Voters who oppose the quota stayed home.",  # a sort of people, not what they said
    "Cheap nets could support the fleet.",  # what is only possible
    "Lund said that “the pier is closed.”",  # nothing stands outside the marks
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_reported(text: str) -> None:
    assert told(text) == ()


def test_words_on_both_sides_of_the_verb_are_one_group() -> None:
    first, second = told("The new pier, Lund said, would hold ten boats.")
    assert (first.text, second.text) == ("The new pier", "would hold ten boats")
    assert first.group == second.group is not None


DENIED = [
    ("Lund denied that the ferry was late.", True),
    ("Lund declined to discuss the ferry.", True),
    ("Lund did not say whether the ferry would sail.", True),
    ("Lund said the ferry would sail.", False),
]


@pytest.mark.parametrize(("text", "negated"), DENIED)
def test_denied_and_declined(text: str, negated: bool) -> None:
    assert told(text)[0].negated is negated


def test_a_participle_speaks_for_the_subject_of_its_sentence() -> None:
    speakers = [r.speaker.mention for r in told("Lund said fog was thick, adding that it would lift.") if r.speaker]
    assert speakers == ["Lund", "Lund"]


def test_a_noun_reports_for_its_owner() -> None:
    _, record = told("The crew mocked Lund’s repeated claim that the pier is safe.")
    assert (record.text, record.cue and record.cue.text) == ("the pier is safe", "claim")
    assert record.speaker is not None
    assert record.speaker.mention == "Lund"


def test_a_participle_finds_the_subject_behind_an_unknown_verb() -> None:
    (record,) = told("Lund posted a long letter to the crew, arguing that fog was no excuse.")
    assert record.speaker is not None
    assert record.speaker.mention == "Lund"


def test_an_outlet_is_a_source_and_no_speaker() -> None:
    text = "The fleet ordered Lund to sail at dawn, according to a Harbour Post report."
    article = Article("a", text)
    start = text.index("Harbour Post")
    credit = SourceCredit("Harbour Post", Relation.ACCORDING_TO, "Harbour Post", start, start + 12)
    ordered, credited = sorted(find_indirect(article, (), (credit,)), key=lambda record: record.end - record.start)
    assert (ordered.speaker and ordered.speaker.mention, credited.speaker) == ("The fleet", None)
    assert credited.text == "The fleet ordered Lund to sail at dawn"


def test_fragments_share_the_indirect_record_of_their_sentence() -> None:
    article = Article("a", "Lund said the pier was “a disgrace” and the crew “half asleep” at noon.")
    quoted = in_marks(article)
    (record,) = find_indirect(article, quoted)
    assert record.text == "the pier was “a disgrace” and the crew “half asleep” at noon"
    assert [q.parent for q in with_parents(quoted, (record,))] == [record.id, record.id]


def test_a_quotation_before_its_verb_is_part_of_mixed_speech() -> None:
    (record,) = told("The pier is “a disgrace,” Lund said.")
    assert record.text.startswith("The pier is “a disgrace")


words_of_news = st.lists(
    st.sampled_from(
        "Lund said that the told Reuters , . “ ” he according to claim of and but who – ; \n has not been asked".split(
            " "
        )
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(words_of_news)
def test_spans_are_what_they_say(parts: list[str]) -> None:
    text = " ".join(parts)
    for record in told(text):
        assert text[record.start : record.end] == record.text != ""
        for part in (record.cue, record.speaker):
            if part is not None:
                assert text[part.start : part.end] == (part.text if part is record.cue else part.mention)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "piece",
    [
        "said ",
        "he said, ",
        "according to ",
        "Lund, who said that ",
        ", ",
        "and said ",
        "to say that ",
        "“",
        "said (",
        "not ",
    ],
)
def test_long_lines_take_linear_time(piece: str) -> None:
    started = time.process_time()
    told(piece * 10_000)
    assert time.process_time() - started < 20


def test_many_fragments_find_their_parents_in_linear_time() -> None:
    article = Article("a", "Lund said the “old” pier was closed.\n" * 5_000)
    quoted = in_marks(article)
    started = time.process_time()
    records = find_indirect(article, quoted)
    parents = [quotation.parent for quotation in with_parents(quoted, records)]
    assert parents == [record.id for record in records]
    assert time.process_time() - started < 20
