"""What a terminal shows of a long run: how many, how fast, and of what can be counted how long it will still take."""

from __future__ import annotations

import sys

import pytest

from citecheck.cli import output
from citecheck.models import Skipped, Waiting


@pytest.mark.parametrize(
    ("items", "last"),
    [
        (["an article"] * 3, "adding: 3 articles, 0 a second "),
        ([Waiting("article", 900)], "grouping: 900 articles left "),  # no pace yet
        ([Waiting("article", 900), Waiting("article", 700)], "grouping: 700 articles left, 100 a second, 7 s to go "),
        (
            [Waiting("article", 0), Waiting("family", 60), Waiting("family", 40)],
            "grouping: 40 families left, 10 a second, 4 s to go ",
        ),
        (
            [
                Waiting("article", 900, "indexing"),
                Waiting("article", 700, "indexing"),
                Waiting("article", 900, "copies"),
            ],
            "copies: 900 articles left ",
        ),
    ],
)
def test_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], items: list[object], last: str
) -> None:
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr(output.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = output.Progress("adding")
    for item in items:
        progress(item)
    assert capsys.readouterr().err.rsplit("\r", 1)[1] == last


def test_nothing_is_shown_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    progress = output.Progress("adding")
    progress(Waiting("article", 3))
    progress(Skipped("a.bin", "no reader for .bin"))
    assert capsys.readouterr().err == "skipped a.bin: no reader for .bin\n"
