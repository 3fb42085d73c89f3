"""What the program finds in the sample corpus and its draft is what seeds/manifest.json says was planted."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from citecheck import pipeline
from citecheck.checks.decisions import Decisions, decide
from citecheck.models import Checked, Corpus, Extraction, Finding, Kind, Match, Quotation, Rendering

SEEDS = Path(__file__).parent.parent / "seeds"
MANIFEST: dict[str, Any] = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))
#: What is not found yet, by what is missed, and why. Take an entry out when its test passes.
KNOWN: dict[str, dict[str, str]] = {
    "kind": {},
    "speaker": {},
    "credit": {},
    "pair": {"the publisher of the index lost": "the index is a source too, so its publisher is changed and not lost"},
}


def cases(items: list[dict[str, Any]], key: str, missed: str) -> list[Any]:
    """A parameter for each item, named by its `key`; a known miss must fail."""
    return [
        pytest.param(
            item,
            id=f"{item.get('article', '')} {item[key][:30]}".strip(),
            marks=[pytest.mark.xfail(reason=reason, strict=True)] if (reason := KNOWN[missed].get(item[key])) else [],
        )
        for item in items
    ]


#: A passage told without marks may begin or end a word or two from where the manifest has it.
OVERLAP = 0.7


@cache
def corpus() -> Corpus:
    return pipeline.open_corpus([SEEDS / "articles"])


@cache
def matches() -> tuple[Match, ...]:
    return tuple(pipeline.match(corpus()))


@cache
def checked() -> Checked:
    drafts = pipeline.gather(pipeline.extract_all([SEEDS / "draft.txt"]))
    (found,) = pipeline.check(drafts, corpus())
    return decide(found, Decisions())


def extraction(article: str) -> Extraction:
    return next(item for item in corpus().extractions if item.article.id == article)


def place(article: str, words: str) -> tuple[int, int]:
    """Where the words stand in the article as it was read."""
    text = extraction(article).article.text
    marked = text.find(f"‘{words}’")
    start = marked + 1 if marked >= 0 else text.index(words)
    return start, start + len(words)


def meets(span: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether both spans cover mostly the same characters."""
    shared = min(span[1], other[1]) - max(span[0], other[0])
    return shared >= OVERLAP * (max(span[1], other[1]) - min(span[0], other[0]))


def found(span: dict[str, Any]) -> Quotation:
    """The record of a planted span: exact where it stands in marks."""
    where = place(span["article"], span["words"])
    records = [
        item
        for item in extraction(span["article"]).quotations
        if (item.start, item.end) == where or (span["kind"] == "indirect" and meets((item.start, item.end), where))
    ]
    assert records, "not found"
    return records[0]


def names(words: str | None) -> str | None:
    """A speaker without the article before it."""
    return None if words is None else re.sub(r"^(the|an?) ", "", words, flags=re.I)


@pytest.mark.parametrize("span", cases(MANIFEST["spans"], "words", "kind"))
def test_each_planted_span_is_found_with_its_kind(span: dict[str, Any]) -> None:
    assert found(span).kind.value in {span["kind"], *span.get("also", ())}


@pytest.mark.parametrize("span", cases(MANIFEST["spans"], "words", "speaker"))
def test_each_planted_span_has_its_speaker_and_sources(span: dict[str, Any]) -> None:
    record = found(span)
    if record.kind.speech:
        assert names(record.speaker.name if record.speaker else None) == names(span["speaker"])
        assert sorted({source.name for source in record.sources}) == sorted(span["sources"])


def test_nothing_else_in_marks_is_found() -> None:
    planted = {(span["article"], *place(span["article"], span["words"])) for span in MANIFEST["spans"]}
    records = [item for each in corpus().extractions for item in each.quotations if item.kind is not Kind.INDIRECT]
    assert {(item.article, item.start, item.end) for item in records} <= planted


def test_the_parts_of_a_split_quotation_share_a_group() -> None:
    groups = {found(span).group for span in MANIFEST["spans"] if span.get("group")}
    assert len(groups) == 1
    assert groups != {None}


def test_a_nested_quotation_has_its_outer_one_for_parent() -> None:
    for span in MANIFEST["spans"]:
        if "inside" in span:
            outer = next(other for other in MANIFEST["spans"] if other["words"] == span["inside"])
            assert found(span).parent == found(outer).id


@pytest.mark.parametrize("credit", cases(MANIFEST["credits"], "near", "credit"))
def test_each_planted_credit_is_found(credit: dict[str, Any]) -> None:
    start, end = place(credit["article"], credit["near"])
    here = [item for item in extraction(credit["article"]).credits if start <= item.start and item.end <= end]
    assert credit["name"] in {item.name for item in here}
    assert credit["relation"] in {None, *(item.relation.value for item in here)}


def test_the_publisher_is_known_where_the_text_or_the_page_tells() -> None:
    for article, known in MANIFEST["articles"].items():
        value = extraction(article).article
        assert {key: getattr(value, key) for key in known} == known


def test_the_tails_yield_nothing() -> None:
    for tail in MANIFEST["tails"]:
        article = extraction(tail["article"])
        start = article.article.text.find(tail["words"])
        if start >= 0:
            assert not [item for item in (*article.quotations, *article.credits) if item.start >= start]


@pytest.mark.parametrize("pair", cases(MANIFEST["pairs"], "plant", "pair"))
def test_each_planted_pair_is_lined_up_with_its_labels(pair: dict[str, Any]) -> None:
    wanted = [(side["article"], place(side["article"], side["words"])) for side in (pair["a"], pair["b"])]

    def covers(side: Rendering, article: str, where: tuple[int, int]) -> bool:
        return side.article == article and max(side.start, where[0]) < min(side.end, where[1])

    def is_the_pair(match: Match) -> bool:
        return any(
            covers(one, *wanted[0]) and covers(other, *wanted[1])
            for one, other in ((match.a, match.b), (match.b, match.a))
        )

    lined_up = [match for match in matches() if is_the_pair(match)]
    assert lined_up, "not lined up"
    assert {item.label.value for match in lined_up for item in match.comparison.drift} >= set(pair["labels"])
    if pair["severity"] is not None:
        assert pair["severity"] in {int(match.comparison.severity) for match in lined_up}


def test_only_renderings_of_one_statement_are_lined_up() -> None:
    """A false pair sends an editor on a wild goose chase."""

    def tells(side: Rendering, told: Sequence[dict[str, str]]) -> bool:
        places = [place(item["article"], item["words"]) for item in told if item["article"] == side.article]
        return any(max(side.start, start) < min(side.end, end) for start, end in places)

    strays = [
        (match.a.text, match.b.text)
        for match in matches()
        if not any(tells(match.a, item["told"]) and tells(match.b, item["told"]) for item in MANIFEST["statements"])
    ]
    assert strays == []


# The draft ---------------------------------------------------------------------------------------------------------


def findings(words: str) -> Sequence[Finding]:
    return [item for item in checked().findings if item.text == words]


def test_four_findings_and_one_silent_pass() -> None:
    assert len(checked().findings) == 4
    assert [trace.text for trace in checked().confirmed] == [MANIFEST["draft"][-1]["words"]]


@pytest.mark.parametrize("plant", MANIFEST["draft"][:-1], ids=lambda plant: plant["plant"])
def test_each_planted_problem_is_found_with_evidence_and_severity(plant: dict[str, Any]) -> None:
    (finding,) = findings(plant["words"])
    assert finding.severity >= 3
    assert plant["severity"] in (None, finding.severity)
    if plant["witness"]:
        assert plant["witness"] in {item.article for item in finding.evidence}
        assert {item.label.value for each in finding.evidence for item in each.drift} >= set(plant["labels"])
    else:
        assert finding.searched == corpus().searched
