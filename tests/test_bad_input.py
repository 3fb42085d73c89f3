"""Bad input, end to end over the command line: a clear message, the exit status of docs/wire.md, nothing half-written.

Each case runs the program as a user would. Status 0: something could be read, the rest is named. Status 2: nothing
could, or the call makes no sense. Status 3 and a traceback are never right.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

GOOD = "“We will open the bridge in May,” Ana Ruiz told Reuters. The river was high that week.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder to work in, with one good article in `articles/`."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "citecheck", *words],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    assert done.returncode in (0, 1, 2), err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """Status 2, the reason on standard error, and not a byte of results."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    for part in parts:
        assert part in done.stderr


def written(name: str, content: str | bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / "articles" / name).write_bytes(data)

    return write


def large(folder: Path) -> None:
    with (folder / "articles" / "large.txt").open("wb") as stream:
        stream.write(b"A line of an article.\n")
        stream.truncate(200_000_000)


# What cannot be read beside what can: (how it is made, the id that is named, a word of the reason).
UNREADABLE = [
    pytest.param(written("empty.txt", ""), "empty.txt", "", id="an empty file"),
    pytest.param(written("blank.txt", " \n\t\n"), "blank.txt", "", id="a file of spaces"),
    pytest.param(written("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 90), "picture.txt", "", id="binary"),
    pytest.param(large, "large.txt", "larger than 50 MB", id="a file of 200 MB"),
    pytest.param(written("a.jsonl", '{"id": "x", \n'), "a.jsonl:1", "", id="a broken line"),
    pytest.param(written("a.jsonl", '{"id": "x"}\n'), "a.jsonl:1", "text", id="a line without text"),
    pytest.param(written("a.jsonl", '{"id": "x", "text": 7}\n'), "a.jsonl:1", "text", id="a text that is a number"),
    pytest.param(written("a.jsonl", "[1, 2]\n"), "a.jsonl:1", "", id="a line that is a list"),
    pytest.param(written("a.jsonl", "[" * 200_000 + "\n"), "a.jsonl:1", "", id="a line nested without end"),
]


@pytest.mark.parametrize("make,named,reason", UNREADABLE)
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(
    desk: Path, make: Callable[[Path], None], named: str, reason: str
) -> None:
    make(desk)
    done = run(desk, "extract", "articles", "--format", "jsonl")
    assert done.returncode == 0
    assert any(json.loads(line)["article"] == "good.txt" for line in done.stdout.splitlines())
    skipped = [line for line in done.stderr.splitlines() if line.startswith("skipped ")]
    assert len(skipped) == 1
    assert skipped[0].startswith(f"skipped {named}: ")
    assert reason in skipped[0]


@pytest.mark.parametrize("make,named,reason", UNREADABLE)
def test_nothing_but_what_cannot_be_read_is_refused(
    desk: Path, make: Callable[[Path], None], named: str, reason: str
) -> None:
    make(desk)
    (desk / "articles" / "good.txt").unlink()
    for command in (["extract", "articles"], ["report", "articles", "-o", "out"], ["add", "articles", "--db", "a.db"]):
        refused(run(desk, *command), f"skipped {named}: ", "no article")
    assert not (desk / "out").exists()


def test_one_broken_line_leaves_the_lines_around_it(desk: Path) -> None:
    lines = [json.dumps({"id": name, "text": GOOD}) for name in ("one", "two", "three")]
    lines[1] = lines[1][:-9]
    (desk / "wire.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(desk, "extract", "wire.jsonl", "--format", "jsonl")
    assert done.returncode == 0
    assert {json.loads(line)["article"] for line in done.stdout.splitlines()} == {"one", "three"}
    assert "skipped wire.jsonl:2: " in done.stderr


def test_bytes_that_are_no_utf_8_are_read_in_the_windows_code_page(desk: Path) -> None:
    """0x93 and 0x94 are the curly marks there, and 0xE9 an é."""
    (desk / "old.txt").write_bytes(GOOD.replace("Ruiz", "Rénard").encode("cp1252"))
    done = run(desk, "extract", "old.txt", "--format", "jsonl")
    assert done.returncode == 0
    found = json.loads(done.stdout.splitlines()[0])
    assert (found["kind"], found["text"]) == ("direct", "We will open the bridge in May,")
    assert found["speaker"]["name"] == "Ana Rénard"


def test_a_lone_surrogate_in_a_text_is_no_crash(desk: Path) -> None:
    (desk / "odd.jsonl").write_text('{"id": "odd", "text": "“We said \\ud800 no,” Ana Ruiz said."}\n', encoding="utf-8")
    done = run(desk, "extract", "odd.jsonl", "--format", "jsonl")
    assert all(json.loads(line)["article"] == "odd" for line in done.stdout.splitlines())


# Calls that make no sense: (the words of the call, a part of the message).
CALLS: list[tuple[Sequence[str], str]] = [
    (["extract", "nowhere"], "nowhere"),
    (["extract", "articles", "nowhere.txt"], "nowhere.txt"),
    (["report", "nowhere", "-o", "out"], "nowhere"),
    (["report"], "PATH"),
    (["match", "nowhere"], "nowhere"),
    (["check", "articles/good.txt"], "--against"),
    (["check", "nowhere.txt", "--against", "articles"], "nowhere.txt"),
    (["check", "articles/good.txt", "--against", "nowhere"], "nowhere"),
    (["trace", "some words"], "--against"),
    (["trace", "--against", "articles"], "TEXT"),
    (["trace", "--queries", "nowhere.jsonl", "--against", "articles"], "nowhere.jsonl"),
    (["compare", "only one"], "two texts"),
    (["compare", "--pairs", "nowhere.jsonl"], "nowhere.jsonl"),
    (["extract", "articles", "--format", "yaml"], "yaml"),
    (["extract", "articles", "--config", "nowhere.toml"], "nowhere.toml"),
    (["explain", "polarityy"], "polarity"),
    (["extract", "-"], "no article"),
    (["extract", "empty-folder"], "no article"),
    (["report", "empty-folder", "-o", "out"], "no article"),
]


@pytest.mark.parametrize("words,message", CALLS, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_call_that_makes_no_sense_is_refused(desk: Path, words: Sequence[str], message: str) -> None:
    (desk / "empty-folder").mkdir()
    refused(run(desk, *words), message)
    assert not (desk / "out").exists()


@pytest.mark.parametrize(
    "toml,message",
    [
        ('profil = "ap"', "did you mean “profile”"),
        ("profile = 3", "profile"),
        ('[[outlets]]\nkind = "newspaper"', "name is missing"),
        ("profile = ", "TOML"),
    ],
)
def test_a_configuration_never_silently_does_nothing(desk: Path, toml: str, message: str) -> None:
    (desk / "citecheck.toml").write_text(toml, encoding="utf-8")
    refused(run(desk, "extract", "articles"), "citecheck.toml", message)


# Places that cannot be written -------------------------------------------------------------------------------------


@pytest.mark.parametrize("output", ["articles/good.txt", "articles/good.txt/report"])
def test_a_report_that_cannot_be_written_leaves_what_is_there(desk: Path, output: str) -> None:
    refused(run(desk, "report", "articles", "-o", output), output)
    assert (desk / "articles" / "good.txt").read_text(encoding="utf-8") == GOOD
    assert [path.name for path in desk.rglob("*")] == ["articles", "good.txt"]


@pytest.mark.parametrize("database", ["nowhere/a.db", "articles", "articles/good.txt/a.db"])
def test_an_archive_that_cannot_be_made_is_refused(desk: Path, database: str) -> None:
    refused(run(desk, "add", "articles", "--db", database), database)


def test_a_database_that_is_not_ours_is_left_as_it_is(desk: Path) -> None:
    with sqlite3.connect(desk / "shop.db") as other:
        other.execute("create table orders (id integer primary key, what text)")
        other.execute("insert into orders (what) values ('ink')")
    other.close()
    before = (desk / "shop.db").read_bytes()
    refused(run(desk, "add", "articles", "--db", "shop.db"), "shop.db")
    refused(run(desk, "report", "--db", "shop.db", "-o", "out"), "shop.db")
    assert (desk / "shop.db").read_bytes() == before
    assert not (desk / "out").exists()


def test_a_text_is_no_database(desk: Path) -> None:
    (desk / "notes.db").write_text("These are notes.", encoding="utf-8")
    refused(run(desk, "add", "articles", "--db", "notes.db"), "notes.db")
    assert (desk / "notes.db").read_text(encoding="utf-8") == "These are notes."


def test_a_newer_database_is_refused(desk: Path) -> None:
    assert run(desk, "add", "articles", "--db", "desk.db").returncode == 0
    with sqlite3.connect(desk / "desk.db") as archive:
        (version,) = archive.execute("pragma user_version").fetchone()
        archive.execute(f"pragma user_version = {version + 1}")
    archive.close()
    for words in (["add", "articles", "--db", "desk.db"], ["report", "--db", "desk.db", "-o", "out"]):
        refused(run(desk, *words), "desk.db", "newer")
    assert not (desk / "out").exists()


# Size and time -----------------------------------------------------------------------------------------------------

HOSTILE = [
    pytest.param("“" * 100_000, id="100,000 unclosed curly marks"),
    pytest.param('"' * 100_001, id="100,001 straight marks"),
    pytest.param("‘ " * 100_000, id="100,000 single marks"),
    pytest.param("He said “no " * 100_000, id="100,000 quotations that never end"),
    pytest.param("a" * 1_000_000, id="a line of a million letters"),
    pytest.param("Ruiz said, " * 100_000, id="100,000 cues"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_takes_linear_time(desk: Path, text: str) -> None:
    (desk / "hostile.txt").write_text(text + "\n" + GOOD, encoding="utf-8")
    began = os.times().children_user
    done = run(desk, "extract", "hostile.txt", "--format", "jsonl")
    assert done.returncode == 0
    assert os.times().children_user - began < 30  # a quadratic step over 100,000 marks takes many minutes


def test_a_reader_that_goes_away_is_no_error(desk: Path) -> None:
    text = "".join(f"“We will open bridge {number} in May,” Ana Ruiz said.\n" for number in range(5_000))
    (desk / "long.txt").write_text(text, encoding="utf-8")
    root = Path(__file__).parent.parent
    command = f"{sys.executable} -m citecheck extract long.txt --format jsonl | head -1"
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, shell=True, cwd=desk, capture_output=True, env=environment, timeout=120, check=True)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
