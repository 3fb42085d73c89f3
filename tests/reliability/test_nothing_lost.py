"""Sudden ends, full disks, others at the same time: the archive opens, is whole, and is completed by running again."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from reliability.forked import content, extraction, forked, killed, succeeded, trouble
from reliability.kills import Siege

from citecheck import pipeline
from citecheck.archive import Archive, search
from citecheck.archive import connection as files
from citecheck.archive import finish as finishing
from citecheck.archive import grow as growth
from citecheck.errors import ArchiveError
from citecheck.html.folder import replacing

#: Kills while articles are added, and articles: every child adds a few before it dies.
KILLS, ARTICLES = 200, 250


def fill(path: Path, progress: int | None = None, articles: range = range(ARTICLES)) -> None:
    """Add what is missing of all articles, and say so with a byte for each."""
    with Archive.open(path, create=True) as archive:
        for number in articles:
            item = extraction(number)
            if not archive.has(item.article.id, item.article.digest):
                archive.add(item)
                if progress is not None:
                    os.write(progress, b".")


def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    path, whole = tmp_path / "desk.db", tmp_path / "whole.db"
    fill(whole)
    chance = random.Random(8)
    before = 0
    for kill in range(KILLS):
        reading, writing = os.pipe()
        child = forked(lambda end=writing: fill(path, end))  # type: ignore[misc]
        os.close(writing)
        if kill % 4:  # while it adds …
            os.read(reading, chance.randint(1, 3))
        time.sleep(chance.random() * 0.004)  # … or while it opens the file
        killed(child)
        os.close(reading)
        if path.exists() and path.stat().st_size:
            with sqlite3.connect(path) as connection:
                made = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            connection.close()
            assert not made or trouble(path) == [], f"after kill {kill}"
            if made:
                with Archive.open(path) as archive:
                    count = len(archive.search("nobody", ARTICLES))
                assert count >= before  # what was there stays there
                before = count
        if before == ARTICLES:  # nothing left to interrupt: once more from the beginning
            assert content(path) == content(whole)
            path.unlink()
            before = 0
    fill(path)
    assert content(path) == content(whole)


def folder_of_articles(folder: Path) -> Path:
    folder.mkdir()
    for number in range(12):
        text = f"“We will open bridge {number // 2} to the whole valley in May,” Mayor Ana Ruiz told Reuters.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("small", [100, 0])
def test_kills_of_a_whole_run_with_its_families(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int) -> None:
    """Of a small archive all families are made anew; of a large one they grow, a few articles in a transaction."""
    monkeypatch.setattr(pipeline, "SMALL", small)
    monkeypatch.setattr(growth, "ARTICLES_AT_A_TIME", 3)
    monkeypatch.setattr(finishing, "FAMILIES_AT_A_TIME", 2)
    articles, path, whole = folder_of_articles(tmp_path / "articles"), tmp_path / "desk.db", tmp_path / "whole.db"
    pipeline.add([articles], whole)
    chance = random.Random(9)
    for _ in range(12):
        child = forked(lambda: pipeline.add([articles], path))
        time.sleep(chance.random() * 0.15)
        killed(child)
        if path.exists() and path.stat().st_size:
            with sqlite3.connect(path) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
            connection.close()
    pipeline.add([articles], path)
    assert content(path) == content(whole)


def test_kills_in_every_phase_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search index is merged when a run ends; with any number of articles by hand (see kills.py)."""
    monkeypatch.setattr(search, "LEFT_WAITING", 5)
    monkeypatch.setattr(pipeline, "SMALL", 10)
    siege = Siege(30, tmp_path)
    while sum(siege.tally.killed.values()) < 8:
        siege.strike()
    siege.finish()
    assert siege.tally.trouble == []


# Disks and folders -------------------------------------------------------------------------------------------------


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.db"
    fill(path, articles=range(5))
    pages = path.stat().st_size // 4096
    real = files.prepare_writing

    def small(connection: sqlite3.Connection) -> None:
        real(connection)
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    monkeypatch.setattr(files, "prepare_writing", small)
    with pytest.raises(ArchiveError, match=r"desk\.db: the disk is full; what was added before is safe"):
        fill(path)
    monkeypatch.undo()
    assert trouble(path) == []
    kept = len(content(path)["articles"])
    assert 5 < kept < ARTICLES
    fill(path, articles=range(kept + 5))
    assert len(content(path)["articles"]) == kept + 5


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    fill(path, articles=range(5))

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        with pytest.raises(ArchiveError, match=r"desk\.db: it could not be written .*; what was added before is safe"):
            fill(path)

    assert succeeded(forked(limited))
    assert trouble(path) == []
    assert 5 <= len(content(path)["articles"]) < ARTICLES


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can reach."""
    folder = Path(tempfile.mkdtemp(prefix="citecheck-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_read_only_folder(open_folder: Path) -> None:
    """The other user may not be able to read this checkout: the first `fill` has read all that is needed of it."""
    path = open_folder / "desk.db"
    fill(path, articles=range(5))
    path.chmod(0o444)
    open_folder.chmod(0o555)
    before = path.read_bytes()

    def somebody_else() -> None:
        if os.geteuid() == 0:  # who may write everywhere
            os.setuid(65534)
        with Archive.open(path) as archive:
            assert len(archive.corpus().extractions) == 5  # reading needs no right to write
        with pytest.raises(ArchiveError, match=r"desk\.db: it cannot be opened or written here"):
            fill(path)
        with pytest.raises(ArchiveError, match=r"new\.db: it cannot be opened or written here"):
            fill(open_folder / "new.db")

    assert succeeded(forked(somebody_else))
    assert path.read_bytes() == before
    assert [file.name for file in open_folder.iterdir()] == ["desk.db"]


# At the same time --------------------------------------------------------------------------------------------------


def test_two_writers_and_ten_readers(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    fill(path, articles=range(5))

    def look() -> None:
        seen = 5
        for _ in range(6):
            with Archive.open(path) as archive:
                count = len(archive.search("nobody", 1_000))
                assert len(archive.corpus().extractions) >= count >= seen
                seen = count

    writers = [forked(lambda part=part: fill(path, articles=part)) for part in (range(5, 65), range(65, 125))]  # type: ignore[misc]
    readers = [forked(look) for _ in range(10)]
    endings = [succeeded(child) for child in writers + readers]
    assert all(endings)
    assert trouble(path) == []
    assert len(content(path)["articles"]) == 125


# The report --------------------------------------------------------------------------------------------------------


def test_a_report_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    report = tmp_path / "report"

    def write(version: int) -> None:
        with replacing(report) as out:
            for number in range(8):
                out.write(f"{number}.html", f"version {version}")

    write(0)
    chance = random.Random(10)
    for _ in range(40):

        def again() -> None:
            for version in range(1, 1_000):
                write(version)

        child = forked(again)
        time.sleep(chance.random() * 0.02)
        killed(child)
        assert len({(report / f"{number}.html").read_text() for number in range(8)}) == 1
    write(1_000)
    assert (report / "7.html").read_text() == "version 1000"
