"""The wire format: every record obeys its schema, its offsets and its order."""

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from citecheck.export import records

SEEDS = Path(__file__).parent.parent / "seeds"
ARTICLES = str(SEEDS / "articles")


def run(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citecheck", *words],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def validator(name: str) -> Draft202012Validator:
    schema = json.loads(resources.files("citecheck").joinpath("schemas", f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


PAIRS = json.dumps(
    {"id": "p1", "a": "We sold two boats.", "b": "We sold three boats.", "a_speaker": "Ana Ruiz", "b_speaker": None}
)
QUERIES = (
    json.dumps({"id": "q1", "text": "huge resources"}) + "\n" + json.dumps({"id": "q2", "text": "nobody said so ever"})
)

_PIER = "The harbour board voted to close the old coal pier. “We would rather lose a pier than a crew,” said {} Solberg"
_PIER += " after the vote, and promised talks with both unions before the summer, when the tugs are to move north."
VERSIONS = "\n".join(
    json.dumps({"id": name, "text": _PIER.format(who), "title": who, "publisher": "Post", "published": day})
    for name, who, day in (("a", "Marit", "2025-03-04"), ("b", "Jens", "2025-03-05"))
)

#: (schema, command line, standard input)
OUTPUTS = [
    ("quotation", ("extract", ARTICLES, "--format", "jsonl"), ""),
    ("source", ("extract", ARTICLES, "--sources", "--format", "jsonl"), ""),
    ("match", ("match", ARTICLES, "--format", "jsonl"), ""),
    ("version", ("versions", "-", "--format", "jsonl"), VERSIONS),
    ("comparison", ("compare", "--pairs", "-", "--format", "jsonl"), PAIRS),
    ("trace", ("trace", "--queries", "-", "--against", ARTICLES, "--format", "jsonl"), QUERIES),
    ("finding", ("check", str(SEEDS / "draft.txt"), "--against", ARTICLES, "--format", "jsonl"), ""),
]

#: Findings come before what is confirmed.
CONFIRMED = (*OUTPUTS[-1][1][:-2], "--confirmed", "--format", "jsonl")


def test_what_is_confirmed_obeys_its_schema() -> None:
    rows = [json.loads(line) for line in run(*CONFIRMED).stdout.splitlines()]
    confirmed = [row for row in rows if "confirmed" in row]
    assert confirmed and rows[-len(confirmed) :] == confirmed
    for row in confirmed:
        validator("confirmed").validate(row)
        assert row["evidence"][0]["before"] or row["evidence"][0]["after"]
    assert json.loads(run(*CONFIRMED[:-1], "json").stdout) == rows


@pytest.mark.parametrize(("schema", "words", "stdin"), OUTPUTS, ids=[row[0] for row in OUTPUTS])
def test_every_line_obeys_its_schema(schema: str, words: tuple[str, ...], stdin: str) -> None:
    done = run(*words, stdin=stdin)
    assert done.returncode in (0, 1), done.stderr
    lines = done.stdout.splitlines()
    assert lines
    check = validator(schema)
    for line in lines:
        check.validate(json.loads(line))


@pytest.mark.parametrize(("schema", "words", "stdin"), OUTPUTS, ids=[row[0] for row in OUTPUTS])
def test_the_array_holds_the_same_records(schema: str, words: tuple[str, ...], stdin: str) -> None:
    lines = run(*words, stdin=stdin).stdout.splitlines()
    array = json.loads(run(*words[:-1], "json", stdin=stdin).stdout)
    assert array == [json.loads(line) for line in lines]


def test_same_input_same_bytes() -> None:
    words = OUTPUTS[2][1]
    assert run(*words).stdout == run(*words).stdout


def spans(value: Any) -> list[tuple[int, int, str]]:
    """Every `start`, `end` and the words given for them, anywhere inside a record."""
    found = []
    if isinstance(value, dict):
        words = value.get("mention", value.get("text"))
        if "start" in value and isinstance(words, str):
            found.append((value["start"], value["end"], words))
        for inner in value.values():
            found += spans(inner)
    elif isinstance(value, list):
        for inner in value:
            found += spans(inner)
    return found


@pytest.mark.parametrize("words", [OUTPUTS[0][1], OUTPUTS[1][1]], ids=["quotations", "sources"])
def test_offsets_are_code_points_into_the_text(words: tuple[str, ...], tmp_path: Path) -> None:
    text = "A 🎉 day.\r\n“We 😀 won the cup,” said Ana Ruiz, the captain, according to a Reuters report on Monday.\n"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8"))
    lines = run(words[0], str(tmp_path), *words[2:]).stdout.splitlines()
    assert lines
    for line in lines:
        for start, end, given in spans(json.loads(line)):
            assert text[start:end] == given


def test_a_lone_surrogate_is_written_as_an_escape() -> None:
    assert records.line({"text": "a\ud800"}) == '{"text": "a\\ud800"}'
    assert json.loads(records.document([])) == []


def test_an_unknown_key_changes_nothing_and_a_missing_one_is_named() -> None:
    done = run("compare", "--pairs", "-", "--format", "jsonl", stdin='{"id": 1, "a": "x"}\nnot json\n' + PAIRS)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "skipped standard input:1: “b” is missing" in done.stderr
    assert "skipped standard input:2: broken JSON at column 1" in done.stderr
