"""The README keeps its word: its commands exist, its numbers are those of the sample corpus, its example runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", README, re.M)


def test_two_commands_set_everything_up_by_themselves() -> None:
    """`.ci/run` runs both in a fresh clone."""
    alone = [block.strip() for block in BLOCKS if block.lstrip().startswith("python3 -m venv")]
    assert len(alone) == 2
    assert all(command.startswith("python3 -m venv .venv && .venv/bin/pip install ") for command in alone)
    assert "report seeds/articles" in alone[0]
    assert alone[1].endswith("pytest")


def test_the_paths_in_its_commands_are_there() -> None:
    for word in shlex.split(" ".join(block for block in BLOCKS if ".venv/bin/" in block), comments=True):
        if word.startswith("seeds/"):
            assert (ROOT / word).exists()


def test_the_python_example_runs_and_prints_what_it_should(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = [block for block in BLOCKS if block.lstrip().startswith("import citecheck")]
    exec(re.sub("^    ", "", example, flags=re.M), {})
    assert capsys.readouterr().out == "We will appeal to the highest court, Ana Ruiz ['Reuters']\n"
