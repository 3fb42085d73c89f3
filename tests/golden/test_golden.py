"""The output over the sample corpus is what it was. A change that is meant: `python tests/golden/make.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import make


@pytest.mark.parametrize("name", make.COMMANDS)
def test_a_command_prints_what_it_did(name: str) -> None:
    assert make.printed(name) == (make.HERE / name).read_text(encoding="utf-8")


def test_the_report_has_the_same_bytes() -> None:
    assert make.digests() == (make.HERE / make.REPORT).read_text(encoding="utf-8")


def test_the_rules_page_has_the_rules() -> None:
    assert make.rules_page() == make.RULES_PAGE.read_text(encoding="utf-8")


def test_no_other_file_is_kept() -> None:
    kept = {path.name for path in make.HERE.iterdir() if path.suffix in (".txt", ".jsonl", ".sha256")}
    assert kept == {*make.COMMANDS, make.REPORT}
