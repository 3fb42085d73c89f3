"""The sample corpus is what its manifest says: the planted words stand where they should, and nothing is left out.

These tests need no part of the program; what it makes of the corpus is held by others.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
MANIFEST: dict[str, Any] = json.loads((SEEDS / "manifest.json").read_text(encoding="utf-8"))
KINDS = {"direct", "fragment", "indirect", "scare", "title"}


def text_of(article: str) -> str:
    """The words of an article of the corpus; of a page, without its head and tags."""
    raw = (SEEDS / "articles" / article).read_text(encoding="utf-8")
    if article.endswith(".html"):
        body = raw[raw.index("<article>") :]
        return html.unescape(re.sub(r"<[^>]+>", "", body))
    return raw


def test_the_manifest_lists_the_files_that_are_there() -> None:
    assert sorted(MANIFEST["articles"]) == sorted(path.name for path in (SEEDS / "articles").iterdir())
    assert len(MANIFEST["articles"]) == 5


@pytest.mark.parametrize("span", MANIFEST["spans"], ids=lambda span: span["words"][:30])
def test_each_planted_span_stands_once_and_in_marks_where_its_kind_says_so(span: dict[str, Any]) -> None:
    text = text_of(span["article"])
    assert span["kind"] in KINDS
    assert text.count(span["words"]) == 1 or f"‘{span['words']}’" in text
    in_marks = any(f"{left}{span['words']}{right}" in text for left, right in ("“”", "‘’"))
    assert in_marks == (span["kind"] != "indirect")


def test_every_span_in_marks_is_in_the_manifest() -> None:
    """A mark that nobody planned would make each count in the tests and in the README wrong."""
    for article in MANIFEST["articles"]:
        planned = {item["words"] for item in MANIFEST["spans"] + MANIFEST["tails"] if item["article"] == article}
        assert set(re.findall("“([^”]+)”", text_of(article))) <= planned


@pytest.mark.parametrize("credit", MANIFEST["credits"], ids=lambda credit: credit["near"])
def test_each_planted_credit_stands_in_its_sentence(credit: dict[str, Any]) -> None:
    assert text_of(credit["article"]).count(credit["near"]) == 1
    assert credit["mention"] in credit["near"]


@pytest.mark.parametrize("pair", MANIFEST["pairs"], ids=lambda pair: pair["plant"])
def test_both_sides_of_each_planted_pair_stand_in_two_articles(pair: dict[str, Any]) -> None:
    assert pair["a"]["article"] != pair["b"]["article"]
    for side in (pair["a"], pair["b"]):
        assert text_of(side["article"]).count(side["words"]) == 1


def test_each_statement_is_told_where_it_should_be() -> None:
    for statement in MANIFEST["statements"]:
        assert len(statement["told"]) > 1
        for item in statement["told"]:
            assert text_of(item["article"]).count(item["words"]) == 1


def test_the_draft_holds_its_five_quotations_and_no_other() -> None:
    text = (SEEDS / "draft.txt").read_text(encoding="utf-8")
    assert re.findall("“([^”]+)”", text) == [item["words"] for item in MANIFEST["draft"]]


def test_only_the_verbatim_quotation_of_the_draft_stands_in_the_corpus_with_its_speaker() -> None:
    corpus = "\n".join(map(text_of, MANIFEST["articles"]))
    found = [item["plant"] for item in MANIFEST["draft"] if item["words"].rstrip(",.") in corpus]
    assert found == ["another speaker", "verbatim"]
