"""Where words come from: the place, the status, and the honest answer that they were not found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck import pipeline
from citecheck.matching import Index, trace
from citecheck.models import Article, Corpus, Kind, Status, Trace

from .corpora import Said, article, corpus

LETTER = (
    "The harbour master, Ines Calder, spoke to the council on Monday.\n"
    "“If the wind holds, we will open the lock at dawn. Nobody should be on the quay before six,” she said.\n"
    "The ferry company expects 1,200 passengers, 300 more than last year.\n"
    "Calder said that the old crane was not safe and would be taken down in March.\n"
    "Calder’s deputy, Tom Ferris, said that the pump had hardly shown signs of wear.\n"
    "Old Bertram Voss, 81, a net maker, died in April of a weak heart.\n"
    "The clerk died of heart failure.\n"
    "Dredger Nine hasn’t ever been refitted, and is the first barge with a glass keel to be floated here.\n"
    "The mayor thanked the volunteers and the kitchen staff.\n"
)
FILLER = "".join(
    f"The {noun} of the {place} was {state} when the committee met in room {number} to discuss other business.\n"
    for number, noun in enumerate("budget roof garden library choir bakery museum school chapel orchard".split(), 11)
    for place in "island village county province parish".split()
    for state in "closed repaired painted sold".split()
)
INDEX = Index(
    corpus(
        article(
            "letter",
            LETTER,
            Said(
                "If the wind holds, we will open the lock at dawn. Nobody should be on the quay before six,",
                "Ines Calder",
                Kind.DIRECT,
            ),
        ),
        article("filler", FILLER),
    )
)


def found(text: str, speaker: str | None = None) -> Trace:
    return trace(INDEX, text, speaker, "q")


@pytest.mark.parametrize(
    ("text", "status", "place"),
    [
        # the very words, in and outside of marks
        ("we will open the lock at dawn", Status.VERBATIM, "we will open the lock at dawn"),
        ("The ferry company expects 1,200 passengers", Status.VERBATIM, "The ferry company expects 1,200 passengers"),
        # the comma before the closing mark belongs to the sentence around
        ("we will open the lock at dawn,", Status.VERBATIM, "we will open the lock at dawn"),
        # over the end of a sentence
        (
            "we will open the lock at dawn. Nobody should be on the quay",
            Status.VERBATIM,
            "we will open the lock at dawn. Nobody should be on the quay",
        ),
        # other marks and spaces
        ("we  will open the lock at dawn", Status.TYPOGRAPHIC, "we will open the lock at dawn"),
        # a figure changed
        (
            "The ferry company expects 1,300 passengers, 300 more than last year.",
            Status.ALTERED,
            "The ferry company expects 1,200 passengers, 300 more than last year",
        ),
    ],
)
def test_finds_the_place_and_says_how_it_differs(text: str, status: Status, place: str) -> None:
    answer = found(text)
    assert answer.status is status
    best = answer.hits[0]
    assert (best.article, best.text) == ("letter", place)
    assert LETTER[best.start : best.end] == best.text


def test_a_lost_not_is_altered_and_never_verbatim() -> None:
    answer = found("the old crane was safe and would be taken down in March")
    assert answer.status is Status.ALTERED
    assert answer.hits[0].comparison.severity == 4


def test_an_ellipsis_is_followed_to_the_next_words() -> None:
    answer = found("If the wind holds, we will open the lock … Nobody should be on the quay before six")
    assert answer.hits[0].text.startswith("If the wind holds")
    assert answer.hits[0].text.endswith("before six")
    assert answer.status is not Status.UNVERIFIED


def test_told_in_other_words() -> None:
    answer = found("Calder told them the unsafe old crane will be removed in March")
    assert answer.hits[0].article == "letter"
    assert "crane" in answer.hits[0].text
    assert answer.status in (Status.REWORDED, Status.ALTERED)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # nothing of it stands there
        ("The bridge tolls will double before the regatta, whatever the guilds may think of it.", None),
        # a topic in common
        ("The ferry company has sold its oldest ship to a museum.", None),
        # a phrase of everybody's
        ("in the best interest of", None),
        ("at the end of the day", "Ines Calder"),
        # no word at all
        ("…", None),
        ("", None),
    ],
)
def test_says_honestly_that_it_was_not_found(text: str, speaker: str | None) -> None:
    answer = found(text, speaker)
    assert answer.status is Status.UNVERIFIED
    assert (answer.searched.articles, answer.searched.quotations) == (2, 1)
    assert all(not hit.comparison.same and not hit.comparison.drift for hit in answer.hits)


def test_the_quotation_that_holds_the_words_is_named() -> None:
    record = INDEX.extractions[0].quotations[0]
    assert found("we will open the lock at dawn").hits[0].quotation == record.id
    assert found("The mayor thanked the volunteers and the kitchen staff").hits[0].quotation is None


def test_common_words_link_in_the_mouth_of_the_same_speaker_only() -> None:
    talk = "".join(f"{name}: {line}\n" for name, line in [("MS. ROY", "We had a good day."), ("MR. OKE", "Yes.")] * 4)
    index = Index(corpus(article("talk", talk), article("filler", FILLER)))
    assert trace(index, "We had a good day", "Anna Roy").status is Status.VERBATIM
    assert trace(index, "a good day", "Peter Oke").status is Status.UNVERIFIED


def test_an_empty_corpus_has_nothing() -> None:
    answer = trace(Index(corpus()), "we will open the lock at dawn")
    assert (answer.status, answer.hits, answer.searched.articles) == (Status.UNVERIFIED, (), 0)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(LETTER) - 60), st.integers(60, 160))
def test_any_long_cut_of_a_text_is_found_where_it_was_cut(start: int, length: int) -> None:
    cut = LETTER[start : start + length].partition(" ")[2].rpartition(" ")[0].strip()
    answer = found(cut)
    best = answer.hits[0]
    assert answer.status is Status.VERBATIM
    assert cut.strip("“”\n .,") in best.text
    assert start <= best.start <= best.end <= start + length


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_it_and_every_hit_is_its_span(text: str) -> None:
    for hit in found(text).hits:
        assert (LETTER if hit.article == "letter" else FILLER)[hit.start : hit.end] == hit.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        # the sentence that names who died stands before the one with the common phrase
        ("Mr. Voss died this week of heart failure", "Old Bertram Voss"),
        # the words in another order, the "not" in a contraction
        ("It has not been refitted, the first floated barge with a keel of glass", "Dredger Nine"),
    ],
)
def test_told_in_another_order_or_beside_a_common_phrase(text: str, sentence: str) -> None:
    said = found(text)
    assert said.status in (Status.REWORDED, Status.ALTERED)
    low, high = INDEX.sentence_around(0, said.hits[0].start, said.hits[0].end)
    assert LETTER[low:high].startswith(sentence)


def test_whom_a_report_is_about_can_stand_before_it_without_a_given_name() -> None:
    """The surname in the words that say who speaks, the rest in what is told; the same names alone are no source."""
    said = "Winterbourne lawyer Paul D. Okoye said his client is blameless. The hearing goes on.\n"
    texts = (Article(id="docket", text=said), Article(id="filler", text=FILLER))
    index = Index(Corpus(tuple(pipeline.extract(text) for text in texts)))
    found = trace(index, "Greta Winterbourne is blameless,")
    assert found.status is not Status.UNVERIFIED
    assert found.hits[0].article == "docket"
    assert trace(index, "Greta Winterbourne is a painter of harbours,").status is Status.UNVERIFIED


#: What two people said in turn, five turns and more.
TURNS = "".join(
    f"{name}: {line}\n"
    for name, line in (
        ("MS. ROY", "We sailed at noon. She called it the finest ribbon of the century. Nobody listened."),
        ("MR. OKE", "I like boats and nets."),
        ("MS. ROY", "He praised the Varga Protocol in every harbour of the coast."),
        ("MR. OKE", "There were hundreds and hundreds of herrings."),
        ("MS. ROY", "The weather turned cold, and the cook left."),
        ("MR. OKE", "Yes."),
    )
)


@pytest.mark.parametrize(
    ("text", "speaker", "place"),
    [
        # the writer says what “it” was
        ("She called the Lindholm Charter the finest ribbon", "Anna Roy", "She called it the finest ribbon"),
        ("She called Lindholm the finest ribbon", "Anna Roy", "She called it the finest ribbon"),
        # and the reverse: the text has the name
        ("He praised it in every harbour of the coast", "Anna Roy", "He praised the Varga Protocol in every harbour"),
        # one word of a few is another
        ("hundreds of hundreds of herrings", "Peter Oke", "hundreds and hundreds of herrings"),
        ("the weather was cold", "Anna Roy", "The weather turned cold"),
        # another speaks there
        ("She called the Lindholm Charter the finest ribbon", "Peter Oke", None),
        ("the weather was cold", "Peter Oke", None),
        # what stands for “it” is no name, and can be any words
        ("She called the long and bitter talks the finest ribbon", "Anna Roy", None),
    ],
)
def test_a_few_changed_words_are_found_in_the_mouth_of_their_speaker(
    text: str, speaker: str | None, place: str | None
) -> None:
    index = Index(corpus(article("talk", TURNS), article("filler", FILLER)))
    answer = trace(index, text, speaker)
    assert (answer.status is Status.UNVERIFIED) is (place is None)
    if place is not None:
        assert answer.hits[0].text.startswith(place)
