"""Whole drafts against small archives: twelve planted problems each, and a clean draft that stays silent.

A folder is a case that anybody can add: `archive/` are the witnesses, `draft.md` has the problems that `expected.tsv`
lists (the beginning of a code, words of the finding, what was planted), `clean.md` says the same rightly, with scare
quotes, terms, fragments, trimmed and differently set quotations.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from citecheck import pipeline
from citecheck.checks.decisions import Decisions, decide
from citecheck.models import Checked

HERE = Path(__file__).parent
CASES = sorted(folder.parent for folder in HERE.glob("*/archive"))


def checked(folder: Path, name: str) -> Checked:
    drafts = pipeline.gather(pipeline.extract_all([folder / name]))
    (found,) = pipeline.check(drafts, pipeline.open_corpus([folder / "archive"]))
    return decide(found, Decisions())


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_every_planted_problem_is_pointed_at_and_nothing_else(folder: Path) -> None:
    with (folder / "expected.tsv").open(encoding="utf-8") as stream:
        planted = list(csv.DictReader(stream, delimiter="\t"))
    assert len(planted) >= 12
    found = checked(folder, "draft.md")
    findings = found.findings

    def hits(row: dict[str, str]) -> list[str]:
        every = (*findings, *found.hidden)  # how well the origins bear (CC303) is only counted
        return [item.code for item in every if item.code.startswith(row["code"]) and row["words"] in item.text]

    assert [row["planted"] for row in planted if not hits(row)] == []
    seen = [(item.code, item.text) for item in findings]
    known = [(row["code"], row["words"]) for row in planted]
    assert [one for one in seen if not any(one[0].startswith(code) and words in one[1] for code, words in known)] == []


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_a_clean_draft_is_silent(folder: Path) -> None:
    found = checked(folder, "clean.md")
    assert [(item.code, item.text) for item in found.findings] == []
    assert len(found.confirmed) >= 5
