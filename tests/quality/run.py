"""Measure citecheck on annotated corpora and hold the figures to their floors.

    python tests/quality/run.py EVAL               EVAL: the folder with attribution/ and drift/ and their scorers
    python tests/quality/run.py EVAL --only drift  one part

The corpora are not part of the project (the articles are their publishers'), so this runs where they are at hand. The
floors stand in floors.toml beside this file, a measure a line: the least that it may be, or `{at_most = …}`. A floor
may only be lowered with an entry in `[[lowered]]` that says why: the run reads the history of the file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
#: Two runs of one version agree to the last digit; this leaves room for a single borderline case in the smaller sets.
TOLERANCE = 0.003
SCORERS = {"attribution": "attribution/score.py", "outlets": "attribution/score_outlets.py", "drift": "drift/score.py"}
Numbers = dict[str, float]


@dataclass(frozen=True)
class Floor:
    """The least (or, with `at_most`, the greatest) value of one measure, such as `drift.quotes.label macro F1`."""

    measure: str
    value: float
    at_most: bool = False

    def holds(self, measured: float) -> bool:
        if self.at_most:
            return measured <= self.value + TOLERANCE
        return measured >= self.value - TOLERANCE

    def lower_than(self, other: Floor) -> bool:
        """Whether this floor asks for less than the other."""
        return self.value > other.value if self.at_most else self.value < other.value


def floors(text: str) -> dict[str, Floor]:
    """The floors of a floors.toml, by measure: `part.set.number`."""
    found = {}
    for part, sets in tomllib.loads(text).items():
        for name, numbers in sets.items() if part in SCORERS else ():
            for number, value in numbers.items():
                measure = f"{part}.{name}.{number}"
                most = isinstance(value, Mapping)
                found[measure] = Floor(measure, float(value["at_most"] if most else value), most)
    return found


def lowered_without_a_word() -> Iterator[str]:
    """Floors that ask for less than any committed version of the file did, and have no `[[lowered]]` entry."""
    text = FLOORS.read_text(encoding="utf-8")
    now = floors(text)
    told = {row["measure"] for row in tomllib.loads(text).get("lowered", ())}
    for commit in git("log", "--format=%h", "--", str(FLOORS)).split():
        for measure, before in floors(git("show", f"{commit}:./{FLOORS.name}")).items():
            kept = now.get(measure)
            if measure not in told and (kept is None or kept.lower_than(before)):
                told.add(measure)
                after = "no longer there" if kept is None else f"now {kept.value}"
                yield f"{measure}: was {before.value} in {commit}, is {after}; say why in a [[lowered]] entry"


def git(*words: str) -> str:
    """What git says, or nothing outside a repository."""
    done = subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def measured(part: str, folder: Path, command: str) -> Numbers:
    """All numbers of one scorer, as `set.number`. A scorer that fails ends the run."""
    script = folder / SCORERS[part]
    done = subprocess.run(
        [sys.executable, str(script), "--command", command, "--json"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{script}: ended with {done.returncode}\n{done.stderr[-3000:]}")
    return dict(numbers(part, json.loads(done.stdout)))


def numbers(part: str, answer: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """`(set.number, value)` for each number in a scorer's JSON."""
    if part == "outlets":
        yield from ((f"dev.{name}", value) for name, value in answer.items())
    elif part == "attribution":
        for name, values in answer["tasks"].items():
            yield from ((f"{name}.{number}", value) for number, value in values.items())
        for name, values in answer["runs"].items():
            wrong = ("crashed", "skipped", "bad_", "unknown")
            yield f"{name}.trouble", sum(value for key, value in values.items() if key.startswith(wrong))
    else:
        for name, result in answer.items():
            yield from ((f"{name}.{number}", value) for number, value in result["numbers"].items())
            yield f"{name}.invariants broken", sum(result["invariants"].values())


def judged(part: str, found: Numbers, wanted: Mapping[str, Floor]) -> Iterator[tuple[str, bool]]:
    """A line for each floor of `part`, and whether it holds."""
    for measure, floor in wanted.items():
        owner, _, key = measure.partition(".")
        if owner != part:
            continue
        if key not in found:
            yield f"  MISSING {measure}: the scorer gives no such number", False
            continue
        holds = floor.holds(found[key])
        sign = "<=" if floor.at_most else ">="
        yield f"  {'ok     ' if holds else 'BELOW  '} {measure}: {found[key]:.3f} ({sign} {floor.value:g})", holds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, help="the folder that holds attribution/ and drift/")
    parser.add_argument("--command", default=f"{sys.executable} -m citecheck", help="the program under test")
    parser.add_argument("--only", choices=SCORERS, action="append", help="this part only; may be given again")
    options = parser.parse_args()
    silent = list(lowered_without_a_word())
    for line in silent:
        print(f"  LOWERED {line}")
    wanted = floors(FLOORS.read_text(encoding="utf-8"))
    results = [
        result
        for part in options.only or SCORERS
        for result in judged(part, measured(part, options.eval, options.command), wanted)
    ]
    for line, _ in results:
        print(line)
    good = sum(holds for _, holds in results)
    print(f"{good} of {len(results)} floors hold, {len(silent)} lowered without a word")
    return 0 if results and good == len(results) and not silent else 1


if __name__ == "__main__":
    sys.exit(main())
