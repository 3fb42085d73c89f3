"""Work in several processes gives what work in one gives, in the same order, and ends when it is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.corpus import extractions
from typer.testing import CliRunner

from citecheck.archive import Archive
from citecheck.cli.commands import app
from citecheck.errors import InputError
from citecheck.parallel import ALONE, PORTION, each, ordered


def double(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("count", [0, 1, ALONE, ALONE + 1, 3 * ALONE])
@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(count: int, jobs: int) -> None:
    assert list(ordered(double, iter(range(count)), jobs)) == [2 * number for number in range(count)]


def test_none_waits_for_all_before_it() -> None:
    taken: list[int] = []

    def items() -> Iterator[int | None]:
        for number in range(3 * ALONE):
            if number % 10 == 0:
                yield None
                assert len(taken) == number
            yield number

    for result in ordered(double, items(), 2):
        taken.append(result)
    assert len(taken) == 3 * ALONE


def test_leaving_early_ends_the_processes() -> None:
    found = ordered(double, iter(range(10**9)), 2)
    assert [next(found) for _ in range(2 * ALONE)][-1] == 4 * ALONE - 2
    found.close()  # type: ignore[attr-defined]


FAULTY = 10**6


class Signing:
    """Leaves a file for each number, which says which process it was."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.first = folder, os.getpid()

    def __call__(self, number: int) -> None:
        (self.folder / str(number)).write_text(str(os.getpid()))
        time.sleep(0.002)
        if number < 0 and os.getpid() != self.first:
            os._exit(1)
        if number == FAULTY:
            raise OSError(28, "No space left on device")


@pytest.mark.parametrize("count", [0, 1, ALONE, ALONE + 1, ALONE + 40 * PORTION + 1])
def test_each_is_done_once_by_this_process_or_by_another(tmp_path: Path, count: int) -> None:
    each(Signing(tmp_path), range(count), 2)
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == list(range(count))
    if count > 2 * ALONE:
        assert len({path.read_text() for path in tmp_path.iterdir()} - {str(os.getpid())}) == 1
        assert str(os.getpid()) in {(tmp_path / str(number)).read_text() for number in range(ALONE, count)}


def test_a_process_that_dies_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--jobs 1"):
        each(Signing(tmp_path), [*range(ALONE), *([-1] * 40 * PORTION)], 2)


def test_a_failure_ends_the_work_of_all(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        each(Signing(tmp_path), [*range(ALONE + PORTION), FAULTY, *range(10**5, 2 * 10**5)], 2)
    assert len(list(tmp_path.iterdir())) < 1000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More articles than are read in one process, two folders of which hold files of one name."""
    folder = tmp_path_factory.mktemp("articles")
    for number, item in enumerate(extractions(2 * ALONE)):
        (folder / f"{number:03}.txt").write_text(item.article.text, encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


def run(*words: object) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_two_processes_print_what_one_prints(folder: Path) -> None:
    one = run("extract", folder, "--format", "jsonl", "--jobs", 1)
    assert one.count("\n") > 5 * ALONE
    assert run("extract", folder, "--format", "jsonl", "--jobs", 2) == one


def test_two_processes_fill_an_archive_as_one_does(folder: Path, tmp_path: Path) -> None:
    corpora = []
    for jobs in (1, 2):
        run("add", folder, folder / "001.txt", "--db", tmp_path / f"{jobs}.db", "--jobs", jobs)
        with Archive.open(tmp_path / f"{jobs}.db") as archive:
            corpora.append(archive.corpus())
    assert corpora[0] == corpora[1]
    assert len(corpora[0].extractions) >= 2 * ALONE


def test_stats_name_the_stages(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "citecheck", "--stats", "match", folder / "000.txt", folder / "001.txt"],
        capture_output=True,
        text=True,
        check=True,
    )
    named = [line.partition(":")[0] for line in done.stderr.splitlines() if "processor time" in line]
    assert named == ["reading and extraction", "copies", "matching", "families"]
