"""What is searched is opened once and asked many times; each call sees what is there when it begins."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from citecheck import pipeline, search
from citecheck.archive import Archive
from citecheck.errors import CitecheckError, UsageError
from citecheck.models import Article, Corpus, Status
from citecheck.search import Search

GALE = "“The pier will close for the whole of winter,” the harbour master Ana Ruiz told reporters on Tuesday."
TIDE = "“Nobody warned the fishing fleet about the tide,” the skipper Tom Hale said in a statement."
WORDS = "The pier will close for the whole of winter"
LATER = "Nobody warned the fishing fleet about the tide"


def add(path: Path, *texts: str) -> Path:
    with Archive.open(path, create=True) as archive:
        for text in texts:
            archive.add(pipeline.extract(Article(f"{hash(text):x}", text, digest=text)))
    return path


def draft(text: str, digest: str = "draft") -> Corpus:
    return Corpus((pipeline.extract(Article("draft", text, digest=digest)),))


@pytest.fixture(params=["loaded", "by its index"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Search]:
    """One article in a database, which counts as small or as large."""
    monkeypatch.setattr(search, "LARGE", 500 if request.param == "loaded" else 0)
    with pipeline.searching([add(tmp_path / "desk.db", GALE)]) as found:
        yield found


def status(found: Search, words: str) -> Status:
    return found.trace(words).status


def test_what_is_added_meanwhile_is_found_by_the_next_call(opened: Search, tmp_path: Path) -> None:
    assert (status(opened, WORDS), status(opened, LATER)) == (Status.VERBATIM, Status.UNVERIFIED)
    add(tmp_path / "desk.db", TIDE)
    assert (status(opened, WORDS), status(opened, LATER)) == (Status.VERBATIM, Status.VERBATIM)
    assert opened.check(draft(TIDE))[0].searched.articles == 2


def test_a_database_in_the_place_of_the_other_is_opened(opened: Search, tmp_path: Path) -> None:
    add(tmp_path / "new.db", TIDE).replace(tmp_path / "desk.db")
    assert (status(opened, WORDS), status(opened, LATER)) == (Status.UNVERIFIED, Status.VERBATIM)


def test_a_database_that_is_gone_is_named_and_found_again(opened: Search, tmp_path: Path) -> None:
    (tmp_path / "desk.db").rename(tmp_path / "away.db")
    with pytest.raises(CitecheckError, match=r"desk\.db: there is no such"):
        opened.trace(WORDS)
    (tmp_path / "away.db").rename(tmp_path / "desk.db")
    assert status(opened, WORDS) is Status.VERBATIM


def test_a_draft_is_no_witness_for_itself_in_any_call(opened: Search, tmp_path: Path) -> None:
    add(tmp_path / "desk.db", TIDE)
    for _ in range(2):
        (own,) = opened.check(draft(GALE, digest=GALE))
        assert (len(own.own), own.searched.articles, len(own.confirmed)) == (1, 1, 0)
        (other,) = opened.check(draft(GALE))
        assert (other.own, other.searched.articles, len(other.confirmed)) == ((), 2, 1)


def test_nobody_has_to_wait_between_two_calls(opened: Search, tmp_path: Path) -> None:
    assert status(opened, WORDS) is Status.VERBATIM
    with sqlite3.connect(tmp_path / "desk.db", timeout=0) as connection:
        connection.execute("UPDATE articles SET title = 'Storm'")
    connection.close()


def test_one_plain_file_is_left_whoever_closes_last(opened: Search, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "desk.db") as archive:
        archive.add(pipeline.extract(Article("b", TIDE, digest=TIDE)))
        assert status(opened, LATER) is Status.VERBATIM
    opened.close()
    assert [file.name for file in tmp_path.iterdir()] == ["desk.db"]
    assert (tmp_path / "desk.db").read_bytes()[18:20] == b"\x01\x01"  # the header's word for: no journal of its own


def test_articles_of_a_folder_are_read_again_when_one_changes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GALE, encoding="utf-8")
    read = []
    with pipeline.searching([tmp_path], None, read.append) as found:
        assert (status(found, WORDS), status(found, LATER)) == (Status.VERBATIM, Status.UNVERIFIED)
        assert len(read) == 1
        (tmp_path / "b.txt").write_text(TIDE, encoding="utf-8")
        assert (status(found, WORDS), status(found, LATER)) == (Status.VERBATIM, Status.VERBATIM)
        assert len(read) == 3


def test_nothing_to_search_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError), pipeline.searching([tmp_path / "none"]):
        pytest.fail("it was opened")


def test_an_archive_that_grows_large_is_searched_by_its_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LARGE", 1)
    with pipeline.searching([add(tmp_path / "desk.db", GALE)]) as found:
        add(tmp_path / "desk.db", TIDE)
        monkeypatch.setattr(pipeline, "open_corpus", None)  # nothing is loaded as a whole any more
        assert status(found, LATER) is Status.VERBATIM


def test_calls_beside_a_writer_see_whole_articles(opened: Search, tmp_path: Path) -> None:
    texts = [f"{GALE} Number {number}." for number in range(5)]
    writer = threading.Thread(target=add, args=(tmp_path / "desk.db", *texts))
    writer.start()
    seen = [opened.trace(WORDS).searched for _ in range(10)]
    writer.join()
    assert all(one.articles <= one.quotations for one in seen)
    assert opened.trace(WORDS).searched.articles == 6


@pytest.mark.parametrize("large", [0, 500])
@pytest.mark.parametrize("named", ["folder", "folder/pier.txt", "absolute"])
def test_an_older_state_of_a_file_is_no_witness_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, large: int
) -> None:
    """The draft was added to the archive, and then a line was put before its quotation."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(search, "LARGE", large)
    file = tmp_path / "folder" / "pier.txt"
    file.parent.mkdir()
    file.write_text(GALE, encoding="utf-8")
    (tmp_path / "folder" / "tide.txt").write_text(TIDE, encoding="utf-8")
    pipeline.add([file if named == "absolute" else named, "folder/tide.txt"], Path("desk.db"))
    file.write_text(f"A storm came.\n\n{GALE}", encoding="utf-8")
    drafts = pipeline.gather(pipeline.extract_all(["folder/pier.txt"]))
    with pipeline.searching(["desk.db"]) as found:
        (checked,) = found.check(drafts)
    assert (len(checked.own), checked.searched.articles, len(checked.confirmed)) == (1, 1, 0)


def test_articles_of_one_file_are_not_taken_for_its_older_state(tmp_path: Path) -> None:
    """Two lines of a file of JSON lines have one path, and are two articles."""
    lines = [f'{{"id": "{number}", "text": "{text}"}}\n' for number, text in ((1, GALE), (2, f"{TIDE} {GALE}"))]
    (tmp_path / "wire.jsonl").write_text("".join(lines), encoding="utf-8")
    both = pipeline.open_corpus([tmp_path / "wire.jsonl"])
    (checked,) = pipeline.check(Corpus(both.extractions[:1]), both)
    assert (checked.own, len(checked.confirmed)) == (("1",), 1)
