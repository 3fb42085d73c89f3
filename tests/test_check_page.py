"""The HTML page of a check: each finding beside its witness, the draft as a galley, nothing hostile, nothing dead."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from citecheck import pipeline
from citecheck.errors import OutputError
from citecheck.html.check import check_page, write_check
from citecheck.models import Article, Checked, Corpus, Reason, Suppressed, Tally

WITNESS = (
    "The mayor, Ana Ruiz, said: “We will not close four schools in the valley this year.”\n"
    "“We have waited ten years for this bridge to be repaired,” said Paul Okoye, an engineer.\n"
    "“The river has never been as high as in this spring,” Ana Ruiz said.\n"
)
DRAFT = (
    "Schools in the valley\n\n"
    "Ana Ruiz said: “We will close four schools in the valley this year.”\n\n"
    "“We have waited ten years for this bridge to be repaired,” said Paul Okoye, an engineer.\n\n"
    "“Nobody in this valley has ever trusted the engineers from the capital,” said Ana Ruiz.\n"
)
BAD = '<script>alert(1)</script>"><img src=x onerror=alert(2)> \u202e\x00 javascript:alert(3) ' + "W" * 2000


@cache
def checked(draft: str = DRAFT, witness: str = WITNESS, **facts: str) -> Checked:
    against = Article("witness.txt", witness, digest="w", publisher="Valley Post", url="https://post.example/schools")
    mine = Article("draft.txt", draft, digest="d", **facts)
    corpus = Corpus((pipeline.extract(against),))
    return pipeline.check(Corpus((pipeline.extract(mine),)), corpus)[0]


def words(page: str, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in LexborHTMLParser(page).css(selector)]


def test_findings_come_worst_first_each_with_its_witness_and_its_question() -> None:
    page = check_page([checked()])
    assert words(page, "h1") == ["Schools in the valley"]
    assert words(page, ".lede") == ["2 findings to settle. 3 quotations checked, 1 confirmed by the archive."]
    assert words(page, ".finding code") == ["CC101", "CC301"]
    assert words(page, ".finding .place") == ["1 line 3, column 17", "3 line 7, column 2"]
    assert words(page, ".theirs del") == ["not"]
    assert words(page, ".mine del, .mine ins") == []
    assert words(page, ".theirs .side") == ["The witness: Valley Post, undated", "No witness"]
    assert "https://post.example/schools#:~:text=We%20will%20not" in page
    assert all(word.startswith("Ask: ") for word in words(page, ".ask"))


def test_the_draft_is_a_galley_whose_notes_say_how_each_quotation_stands() -> None:
    page = check_page([checked()])
    told = words(page, ".margin li > p:not(.note-head)")
    assert told[:2] == ["critical Meaning changed inside the marks", "Confirmed: word for word in Valley Post, undated"]
    assert told[2].count("“") == 3  # the words in their sentence, and the one on each side
    assert told[3].startswith("witness.txt, characters ")
    assert told[4:] == ["major Not found in what was searched"]
    shown = LexborHTMLParser(page)
    for node in shown.css(".galley .ref"):
        node.decompose()
    assert [node.text() for node in shown.css(".galley .line > p")] == [line for line in DRAFT.split("\n") if line]


def test_a_finding_without_a_quotation_is_numbered_in_the_galley_too() -> None:
    told = "The mayor said the harbour bridge would cost {} million euros, according to Reuters.\n"
    page = check_page([checked(told.format(41), WITNESS + told.format(14))])
    assert words(page, ".finding code") == ["CC402"]
    assert words(page, ".finding .place") == ["1 line 1, column 46"]
    assert words(page, ".margin .kind") == ["the writer’s own words"]


def test_witnesses_are_counted_and_what_was_decided_is_told() -> None:
    item = checked()
    first, second = item.findings
    first = replace(first, tally=Tally(agree=2, differ=1, independent=2))
    kept = (Suppressed(second, Reason.SIGNED_OFF, "heard on tape"),)
    page = check_page([replace(item, findings=(first,), suppressed=kept, hidden=(second,), own=("old.txt",))])
    assert words(page, ".tallied") == ["Of 3 witnesses, 1 differs and 2 agree with the draft; 2 independent origins."]
    assert "heard on tape" in words(page, "section > .notes li")[0]
    assert "1 finding below the level that is shown. Left out of the search" in words(page, ".hint")[1]


@pytest.mark.parametrize(
    "draft,lead",
    [
        ("Nothing is quoted here.\n", "No quotation was found in this draft, so nothing was checked."),
        (WITNESS, "Nothing to settle. 3 quotations checked, 3 confirmed by the archive."),
    ],
)
def test_a_draft_without_findings_says_why(draft: str, lead: str) -> None:
    page = check_page([checked(draft)])
    assert words(page, ".lede") == [lead]
    assert words(page, ".finding") == []


def test_several_drafts_stand_on_one_page_and_every_link_resolves() -> None:
    page = check_page([checked(), checked(WITNESS)])
    parsed = LexborHTMLParser(page)
    ids = [str(node.attributes["id"]) for node in parsed.css("[id]")]
    assert len(ids) == len(set(ids))
    inner = [str(node.attributes["href"]) for node in parsed.css("[href]")]
    assert {href[1:] for href in inner if not href.startswith("https:")} <= set(ids)
    assert words(page, ".drafts li")[1].endswith("nothing to settle")


def test_nothing_hostile_gets_through() -> None:
    page = check_page([checked(DRAFT + BAD, WITNESS + BAD, title=BAD, byline=BAD, publisher=BAD)])
    assert not LexborHTMLParser(page).css("img, iframe, [onerror], [src], link")
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "\x00" not in page
    assert 'href="javascript:' not in page
    assert "default-src 'none'" in page


def test_it_is_written_whole_and_replaces_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "draft.html"
    assert write_check([checked()], file) == file
    before = file.read_bytes()
    assert write_check([checked()], file).read_bytes() == before, "the same input gives the same bytes"
    mine = tmp_path / "mine.html"
    mine.write_text("<p>precious")
    with pytest.raises(OutputError, match="-o"):
        write_check([checked()], mine)
    assert mine.read_text() == "<p>precious"
