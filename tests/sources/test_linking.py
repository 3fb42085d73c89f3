"""Which credit is given for which words, and the date of the saying."""

from __future__ import annotations

from citecheck.models import Article, Cue, Kind, Quotation
from citecheck.sources import find_credits, link, load_outlets

OUTLETS = load_outlets()


def quoted(text: str, words: str, cue: str | None = None, kind: Kind = Kind.DIRECT, **more: str) -> Quotation:
    start = text.index(words)
    said = None if cue is None else Cue(cue, text.index(cue), text.index(cue) + len(cue))
    return Quotation(words, "a", kind, start, start + len(words), words, cue=said, **more)


def linked(text: str, *items: Quotation, published: str | None = None) -> list[tuple[list[str], str | None]]:
    article = Article("a", text, published=published)
    found, _ = link(article, items, find_credits(article, OUTLETS))
    return [([source.name for source in item.sources], item.when.text if item.when else None) for item in found]


def test_words_told_to_an_outlet_have_it_as_their_source_and_the_date_beside_the_cue() -> None:
    text = "A former aide told Reuters in May 2021 that “nobody knew” of the plan."
    assert linked(text, quoted(text, "nobody knew", "told")) == [(["Reuters"], "May 2021")]


def test_a_credit_of_another_sentence_is_not_for_these_words() -> None:
    text = "The AP reported a fire. “We are safe,” said the mayor."
    assert linked(text, quoted(text, "We are safe,", "said")) == [([], None)]


def test_a_credit_inside_the_quoted_words_is_not_theirs() -> None:
    text = "“The study by the Brookings Institution shows it all,” said the mayor."
    assert linked(text, quoted(text, "The study by the Brookings Institution shows it all,", "said")) == [([], None)]


def test_what_is_only_cited_is_no_source_of_the_words() -> None:
    text = "“It is wrong,” she told CNN, dismissing the AP report."
    assert linked(text, quoted(text, "It is wrong,", "told"))[0][0] == ["CNN"]


def test_scare_quotes_and_nested_quotations_carry_no_credit() -> None:
    text = "“They call it ‘the wall’ here,” he told CNN at the “summit”."
    outer = quoted(text, "They call it ‘the wall’ here,", "told")
    inner = quoted(text, "the wall", kind=Kind.FRAGMENT, parent=outer.id)
    assert [sources for sources, _ in linked(text, outer, inner, quoted(text, "summit", kind=Kind.SCARE))] == [
        ["CNN"],
        [],
        [],
    ]


def test_the_parts_of_a_split_quotation_share_their_source() -> None:
    text = "“We will stay,” he told CNN. “All of us.”"
    items = (quoted(text, "We will stay,", "told", group="g"), quoted(text, "All of us.", group="g"))
    assert [sources for sources, _ in linked(text, *items)] == [["CNN"], ["CNN"]]


def test_a_relative_date_is_resolved_against_the_day_of_publication() -> None:
    text = "He said on Monday that “all is well”."
    article = Article("a", text, published="2025-01-08T09:00:00Z")
    (item,), _ = link(article, (quoted(text, "all is well", "said"),), ())
    assert item.when is not None
    assert str(item.when.earliest) == "2025-01-06"


def test_a_credit_knows_its_date_and_the_words_it_is_given_for() -> None:
    text = "“Never,” she wrote, according to a March 12 notice on the Kremlin’s website."
    article = Article("a", text)
    item = quoted(text, "Never,", "wrote")
    _, (credit,) = link(article, (item,), find_credits(article, OUTLETS))
    assert (credit.name, credit.quotation, credit.when and credit.when.text) == ("Kremlin", item.id, "March 12")
