"""The floors hold: a fall is seen, a measure that is gone is seen, a lowered floor needs its reason."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def loaded(name: str = "quality_run") -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


run = loaded()

TWO = """
[drift.quotes]
"same F1" = 0.95
[drift.foils]
"false accepts" = { at_most = 0.02 }
"""


@pytest.mark.parametrize(
    "measured,holds",
    [
        ({"quotes.same F1": 0.95, "foils.false accepts": 0.02}, [True, True]),
        ({"quotes.same F1": 0.948, "foils.false accepts": 0.022}, [True, True]),  # within the tolerance
        ({"quotes.same F1": 0.94, "foils.false accepts": 0.03}, [False, False]),
        ({"quotes.same F1": 0.96}, [True, False]),  # the scorer no longer gives the other one
    ],
)
def test_a_fall_below_the_floor_is_seen(measured: dict[str, float], holds: list[bool]) -> None:
    assert [good for _, good in run.judged("drift", measured, run.floors(TWO))] == holds


@pytest.mark.parametrize(
    "part,answer,numbers",
    [
        ("outlets", {"f1": 0.9}, {"dev.f1": 0.9}),
        (
            "attribution",
            {"tasks": {"scu": {"quoted_R": 0.9}}, "runs": {"scu": {"crashed": 1, "bad_cue": 2, "seconds": 9}}},
            {"scu.quoted_R": 0.9, "scu.trouble": 3},
        ),
        (
            "drift",
            {"told": {"numbers": {"R@1": 0.9}, "invariants": {"lines missing": 2, "ops": 1}}},
            {"told.R@1": 0.9, "told.invariants broken": 3},
        ),
    ],
)
def test_the_numbers_of_each_scorer_are_read(part: str, answer: object, numbers: dict[str, float]) -> None:
    assert dict(run.numbers(part, answer)) == numbers


def test_the_floors_of_another_part_are_left_alone() -> None:
    assert list(run.judged("outlets", {}, run.floors(TWO))) == []


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose first commit has the floors of TWO."""
    file = tmp_path / "floors.toml"
    file.write_text(TWO, encoding="utf-8")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "FLOORS", file)
    return file


@pytest.mark.parametrize(
    "old,new,complaints",
    [
        ("0.95", "0.97", 0),  # raised
        ("0.95", "0.94", 1),
        (
            "at_most = 0.02",
            "at_most = 0.05",
            1,
        ),  # for a measure that should be small, a greater bound is the lower floor
        ('"same F1" = 0.95', "", 1),  # taken away
    ],
)
def test_a_floor_is_not_lowered_without_a_word(history: Path, old: str, new: str, complaints: int) -> None:
    history.write_text(TWO.replace(old, new), encoding="utf-8")
    assert len(list(run.lowered_without_a_word())) == complaints
    told = "".join(
        f'[[lowered]]\nmeasure = "{measure}"\nwhy = "the gold was corrected"\n' for measure in run.floors(TWO)
    )
    history.write_text(history.read_text(encoding="utf-8") + told, encoding="utf-8")
    assert list(run.lowered_without_a_word()) == []


def test_every_floor_of_the_project_is_for_a_known_scorer() -> None:
    assert {floor.split(".")[0] for floor in run.floors((HERE / "floors.toml").read_text(encoding="utf-8"))} <= set(
        run.SCORERS
    )
