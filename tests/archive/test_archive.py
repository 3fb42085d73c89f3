"""The archive gives back what was put in, keeps whole articles, and says what is wrong with a file."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.archive import Archive, Found, is_archive
from citecheck.archive.connection import APPLICATION_ID, VERSION
from citecheck.errors import ArchiveError
from citecheck.models import (
    Article,
    BaseReason,
    Chain,
    Comparison,
    Corpus,
    Cue,
    Drift,
    Edge,
    Extraction,
    Family,
    Kind,
    Label,
    Quotation,
    Relation,
    Rendering,
    Severity,
    SourceCredit,
    Speaker,
    Waiting,
    When,
)

TEXT = "The ferry will run all night, Mayor Ingrid Dahl told the Osterby Post on Monday: “We leave nobody behind.”"
WHEN = When("on Monday", 61, 70)
CREDIT = SourceCredit(
    "Osterby Post", Relation.TOLD, "the Osterby Post", 44, 60, kind="newspaper", when=WHEN, quotation="q1"
)
SPEAKER = Speaker("Ingrid Dahl", "Mayor Ingrid Dahl", 31, 48, role="mayor of Osterby", confidence=0.9)
QUOTATION = Quotation(
    "q1", "a.txt", Kind.DIRECT, 81, 105, "We leave nobody behind.", SPEAKER, Cue("told", 49, 53), (CREDIT,), when=WHEN
)


def extraction(name: str = "a.txt", text: str = TEXT, digest: str = "1", **fields: object) -> Extraction:
    article = Article(
        name,
        text,
        title="Night ferry",
        digest=digest,
        body=(0, len(text)),
        marked=((1, 2), (3, 4)),
        places=((0, "page 1"), (81, "page 2")),
    )
    return Extraction(replace(article, **fields), (replace(QUOTATION, article=name),), (CREDIT,))  # type: ignore[arg-type]


def family(*names: str) -> Family:
    renderings = tuple(
        Rendering(name, Kind.DIRECT, 81, 105, "We leave nobody behind.", "q1", SPEAKER) for name in names
    )
    lost = Drift(Label.SOURCE_LOST, Severity.MAJOR, None, (0, 2), "the source is not named")
    comparisons = (None, *(Comparison(True, 97.5, Severity.MAJOR, (lost,)) for _ in names[1:]))
    edge = Edge("Osterby Post", names[-1], Relation.TOLD, True, names[0], 44, 60, "the Osterby Post")
    chain = Chain((edge,), ("Osterby Post",))
    return Family("f1", renderings, 0, BaseReason.FULLEST, comparisons, Severity.MAJOR, chain)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def stored(path: Path, *extractions: Extraction) -> None:
    with Archive.open(path, create=True) as archive:
        for item in extractions:
            archive.add(item)


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()


# What goes in comes out --------------------------------------------------------------------------------------------


def test_round_trip(path: Path) -> None:
    extractions = (extraction("b.txt"), extraction("a.txt"), Extraction(Article("bare", "x")))
    stored(path, *extractions)
    with Archive.open(path) as archive:
        assert archive.corpus() == Corpus(extractions)  # in the order in which they came


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
maybe = st.none() | texts
numbers = st.integers(0, 2**31)
chances = st.floats(0, 1)
spans = st.tuples(numbers, numbers)
whens = st.builds(When, texts, numbers, numbers, st.none() | st.dates(), st.none() | st.dates(), st.none() | numbers)
speakers = st.builds(Speaker, texts, texts, numbers, numbers, role=maybe, confidence=chances)
sources = st.builds(
    SourceCredit, texts, st.sampled_from(Relation), texts, numbers, numbers, maybe, maybe, st.none() | whens, maybe
)
articles = st.builds(
    Article,
    texts,
    texts,
    *[maybe] * 8,
    digest=texts,
    body=st.none() | spans,
    marked=st.lists(spans, max_size=2).map(tuple),
    modified=maybe,
    places=st.lists(st.tuples(numbers, texts), max_size=2).map(tuple),
)
quotations = st.builds(
    Quotation,
    texts,
    st.just(""),
    st.sampled_from(Kind),
    numbers,
    numbers,
    texts,
    st.none() | speakers,
    st.none() | st.builds(Cue, texts, numbers, numbers),
    st.lists(sources, max_size=3).map(tuple),
    maybe,
    maybe,
    st.none() | whens,
    st.booleans(),
    chances,
)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    article = draw(articles)
    found = draw(st.lists(quotations, max_size=3, unique_by=lambda item: item.id))
    credits = draw(st.lists(sources, max_size=3)) + [item for one in found for item in one.sources[:1]]
    return Extraction(article, tuple(replace(item, article=article.id) for item in found), tuple(credits))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(extractions(), max_size=3, unique_by=lambda item: item.article.id))
def test_every_value_comes_back_as_it_was(tmp_path: Path, items: list[Extraction]) -> None:
    path = tmp_path / "any.db"
    path.unlink(missing_ok=True)
    with Archive.open(path, create=True) as archive:
        for item in items:
            assert archive.add(item)
        assert archive.corpus() == Corpus(tuple(items))
        check_integrity(path)


def check_integrity(path: Path) -> None:
    if path.exists():
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]
        assert rows(path, "PRAGMA foreign_key_check") == []
        # The index agrees with what it indexes, or this raises.
        for table in ("articles_fts", "quotations_fts"):
            with sqlite3.connect(path) as connection:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


def test_adding_twice_changes_nothing(path: Path) -> None:
    stored(path, extraction())
    before = path.read_bytes()
    with Archive.open(path) as archive:
        assert archive.has("a.txt", "1")
        assert not archive.has("a.txt", "2")
        assert not archive.add(extraction())
    assert path.read_bytes() == before


def test_many_at_once_are_indexed_as_one_by_one(path: Path) -> None:
    """A large batch puts the triggers of the full-text index aside, and back."""
    items = [extraction(f"{number}.txt", f"{TEXT} Boat {number}.", digest=str(number)) for number in range(60)]
    stored(path, extraction("0.txt"), extraction("a.txt"))
    with Archive.open(path) as archive:
        assert archive.add_all([*items, items[3]]) == 60  # the first changed, the last is there already
        earlier, *others = archive.corpus().extractions
        assert (earlier.article.id, earlier.article.text) == ("0.txt@1", TEXT)
        assert others == [extraction("a.txt"), *items]
        assert [found.article for found in archive.search("boat 59")] == ["59.txt"]
        archive.add(extraction("b.txt", "One more boat."))
        assert [found.article for found in archive.search("one more")] == ["b.txt"]
        assert archive.examine() == []
    check_integrity(path)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"path": "one/a.txt"}, "a.txt"),  # the same file, changed
        ({"path": "two/a.txt"}, "two/a.txt"),  # another file of that name
        ({"path": "two/a.txt", "digest": "1"}, "a.txt"),  # the same text
        ({"path": "two/a.txt", "url": "https://post.example/a"}, "a.txt"),  # the same page, saved again
        ({"path": "export.jsonl"}, "a.txt"),  # a JSON line's id is its author's word
        ({"path": None}, "a.txt"),
    ],
)
def test_file_of_the_same_name_is_another_article(path: Path, fields: dict[str, str], expected: str) -> None:
    stored(path, extraction(path="one/a.txt", url="https://post.example/a"))
    with Archive.open(path) as archive:
        article = archive.named(replace(extraction(digest="2").article, **fields))  # type: ignore[arg-type]
        assert article.id == expected
        archive.add(Extraction(article))
        assert archive.named(article) == article
        assert archive.has(article.id, article.digest)


def test_archive_knows_whether_its_families_are_of_its_articles(path: Path) -> None:
    with Archive.open(path, create=True) as archive:
        assert archive.grouped
        archive.add(extraction("a.txt"))
        assert not archive.grouped
        archive.store_families([family("a.txt")])
        assert archive.grouped
        archive.add(extraction("a.txt", digest="2"))
        assert not archive.grouped


def test_same_input_makes_the_same_file(tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        stored(tmp_path / name, extraction("a.txt"), extraction("b.txt"))
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


# Reading with other tools ------------------------------------------------------------------------------------------


def test_views_can_be_read_by_a_person(path: Path) -> None:
    silent = replace(extraction("b.txt"), quotations=(replace(QUOTATION, article="b.txt", speaker=None, sources=()),))
    stored(path, extraction("a.txt", publisher="Osterby Post"), silent)
    with Archive.open(path) as archive:
        archive.store_families([family("a.txt", "b.txt")])
    assert rows(path, "SELECT article, speaker, role, cue, sources, said FROM quotations_view") == [
        ("a.txt", "Ingrid Dahl", "mayor of Osterby", "told", "Osterby Post", "on Monday"),
        ("b.txt", None, None, "told", None, "on Monday"),
    ]
    assert rows(path, "SELECT name, relation, article, speaker, quotation FROM credits_view LIMIT 1") == [
        ("Osterby Post", "told", "a.txt", "Ingrid Dahl", "We leave nobody behind.")
    ]
    assert rows(path, "SELECT article, missing, text FROM unattributed_view") == [
        ("b.txt", "no speaker", "We leave nobody behind."),
        ("b.txt", "source-lost", "We leave nobody behind."),
    ]
    assert rows(
        path, "SELECT family, severity, base_article, renderings, articles, origins, labels FROM families_view"
    ) == [("f1", "major", "a.txt", 2, 1, 1, "source-lost")]  # one text in two articles
    assert rows(path, "SELECT origin, receiver, relation, stated, text FROM edges") == [
        ("Osterby Post", "b.txt", "told", 1, "the Osterby Post")
    ]
    assert rows(path, "SELECT severity, label, base_article, article, score FROM drift_view") == [
        ("major", "source-lost", "a.txt", "b.txt", 97.5)
    ]
    check_integrity(path)


def test_families_are_replaced_as_a_whole(path: Path) -> None:
    stored(path, extraction("a.txt"), extraction("b.txt"))
    with Archive.open(path) as archive:
        archive.store_families([family("a.txt", "b.txt")])
        archive.store_families([family("b.txt")])
        with pytest.raises(ArchiveError, match=r"family f1 tells of c\.txt, which is not in the archive"):
            archive.store_families([family("a.txt", "c.txt")])
    assert rows(path, "SELECT articles.article FROM renderings JOIN articles ON articles.id = renderings.article") == [
        ("b.txt",)
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ferry", True),
        ("FERRY nobody", True),  # all words, in any order and case
        ("ferry aeroplane", False),
        ('"all night"', True),  # together
        ('"night all"', False),
        ("“all night”", True),
        ("article : text", False),
        ('R&D (AI) OR * NEAR("a" b) ^x -y {z} title:', False),  # operators are words like others
        ('"', False),
        ("ferry*", True),
        ("fer*", False),
        ("\x00ferry", True),
        ("", False),
        ("🙂", False),
    ],
)
def test_search(path: Path, words: str, found: bool) -> None:
    stored(path, extraction())
    with Archive.open(path) as archive:
        assert bool(archive.search(words)) == found


def test_search_shows_where(path: Path) -> None:
    stored(path, extraction())
    with Archive.open(path) as archive:
        assert archive.search("ferry") == [Found("a.txt", "Night ferry", TEXT)]


# Files that are not what they should be ----------------------------------------------------------------------------


def test_no_file_is_made_before_something_is_put_in(path: Path) -> None:
    with Archive.open(path, create=True) as archive:
        assert archive.corpus() == Corpus(())
        assert not archive.has("a", "b")
        assert archive.search("a") == []
    assert not path.exists()


def test_only_one_file_is_left(path: Path) -> None:
    stored(path, extraction())
    assert [file.name for file in path.parent.iterdir()] == ["desk.db"]


def test_missing_archive(path: Path) -> None:
    with pytest.raises(
        ArchiveError, match=r"there is no such archive; make it with: citecheck add PATH --db .*desk\.db"
    ):
        Archive.open(path)
    with pytest.raises(ArchiveError, match="does not exist; make it first"):
        Archive.open(path.parent / "nowhere" / "desk.db", create=True)


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\x00 but damaged" * 100])
@pytest.mark.parametrize("create", [True, False])
def test_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes, create: bool) -> None:
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="this is no citecheck archive"):
        Archive.open(path, create=create)
    assert path.read_bytes() == content


def test_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles (id)")
    before = path.read_bytes()
    assert is_archive(path)
    with pytest.raises(ArchiveError, match="this database is no citecheck archive; name another file with --db"):
        Archive.open(path, create=True)
    assert path.read_bytes() == before


def test_newer_database_is_refused_and_left_alone(path: Path) -> None:
    stored(path, extraction())
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(
        ArchiveError, match=rf"made by a newer citecheck \(schema {VERSION + 1}, this one knows {VERSION}\)"
    ):
        Archive.open(path)
    assert path.read_bytes() == before


def schema_of(path: Path) -> list[tuple[object, ...]]:
    """Every table, index, trigger and view with its definition, comments and white space left out."""
    without_comments = re.compile(r"--[^\n]*|\s+")
    return sorted(
        (kind, name, without_comments.sub("", sql or ""))
        for kind, name, sql in rows(path, "SELECT type, name, sql FROM sqlite_master")
    )


def test_there_is_a_file_of_each_earlier_schema() -> None:
    kept = {path.name for path in Path(__file__).parent.glob("schema-*.sql")}
    assert kept == {f"schema-{version}.sql" for version in range(1, VERSION)}


@pytest.mark.parametrize("version", range(1, VERSION))
def test_earlier_schema_is_brought_up_to_date(path: Path, tmp_path: Path, version: int) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript((Path(__file__).parent / f"schema-{version}.sql").read_text("utf-8"))
    seen: list[Waiting] = []
    with Archive.open(path, watch=seen.append) as archive:
        first, second = archive.corpus().extractions
        assert [found.article for found in archive.search("nobody left")] == ["b.txt"]
        assert archive.examine() == []
        assert archive.outdated_count == 2
    assert first.quotations[0].speaker == Speaker("Dahl", "Dahl", 0, 4)
    assert first.quotations[0].sources == first.credits
    assert second.quotations == ()
    last = {item.doing: item.left for item in seen}
    assert not any(
        left for doing, left in last.items() if "statements" not in doing
    )  # which only grouped articles have
    assert ("bringing the archive up to date, finding copies" in last) == (version < 7)
    origins = 0 if version == 1 else 1  # which came with schema 2
    assert rows(path, "SELECT family, base, origins FROM families_view") == [("f1", "We leave nobody.", origins)]
    assert rows(path, "PRAGMA user_version") == [(VERSION,)]
    check_integrity(path)
    stored(tmp_path / "fresh.db", extraction())
    assert schema_of(path) == schema_of(tmp_path / "fresh.db")


def test_pages_are_named_anew(path: Path) -> None:
    """Until schema 8 the parameters of an address stood in the order in which they were given."""
    with sqlite3.connect(path) as connection:
        connection.executescript((Path(__file__).parent / "schema-8.sql").read_text("utf-8"))
        connection.execute("UPDATE articles SET url = 'https://post.example/read?id=2&at_medium=mail&day=1'")
        connection.execute("INSERT INTO pages VALUES (1, 'post.example/read?id=2&at_medium=mail&day=1')")
    with Archive.open(path) as archive:
        assert archive.examine() == []
    assert {page for (page,) in rows(path, "SELECT page FROM pages")} == {"post.example/read?day=1&id=2"}


def test_empty_file_becomes_an_archive(path: Path) -> None:
    path.touch()
    assert not is_archive(path)
    stored(path, extraction())
    assert is_archive(path)
    assert rows(path, "PRAGMA application_id") == [(APPLICATION_ID,)]


def test_database_without_a_table_becomes_an_archive(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE gone (id); DROP TABLE gone")
    stored(path, extraction())
    assert rows(path, "SELECT count(*) FROM articles") == [(1,)]


def test_folder_is_no_archive(tmp_path: Path) -> None:
    assert not is_archive(tmp_path)
    with pytest.raises(ArchiveError, match="cannot be opened or written here"):
        Archive.open(tmp_path)


def test_text_that_cannot_be_stored(path: Path) -> None:
    stored(path, extraction("a.txt"))
    with Archive.open(path) as archive:
        with pytest.raises(ArchiveError, match=r"desk\.db: b\.txt holds characters that no encoding can carry"):
            archive.add(extraction("b.txt", "lone \ud800"))
        assert len(archive.corpus().extractions) == 1


# Others at the same time, and sudden ends --------------------------------------------------------------------------


def test_second_writer_is_told_to_wait(path: Path) -> None:
    stored(path, extraction())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Archive.open(path, patience=0.2) as archive,
        pytest.raises(ArchiveError, match=r"another program has been writing it for more than 0\.2 s; wait for it"),
    ):
        archive.add(extraction("b.txt"))
    other.execute("ROLLBACK")
    with Archive.open(path) as archive:
        assert archive.add(extraction("b.txt"))


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[3]]
from test_archive import extraction
from citecheck.archive import Archive
with Archive.open(Path(sys.argv[1]), create=True) as archive:
    print("ready", flush=True)
    for number in range(int(sys.argv[4])):
        archive.add(extraction(f"{sys.argv[2]}{number}.txt"))
"""


def start_writer(path: Path, prefix: str, count: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(path), prefix, str(Path(__file__).parent), str(count)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def test_two_writers_and_a_reader(path: Path) -> None:
    stored(path, extraction())
    writers = [start_writer(path, prefix, 150) for prefix in "xy"]
    seen = 0
    while any(writer.poll() is None for writer in writers):
        with Archive.open(path) as archive:
            count = len(archive.corpus().extractions)
        assert count >= seen
        seen = count
    assert [writer.wait() for writer in writers] == [0, 0]
    with Archive.open(path) as archive:
        assert len(archive.corpus().extractions) == 301
    check_integrity(path)


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.15])
def test_kill_leaves_whole_articles_and_the_next_run_completes(path: Path, moment: float) -> None:
    writer = start_writer(path, "x", 3_000)
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(moment)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    if path.exists():
        check_integrity(path)
        if rows(path, "PRAGMA application_id") == [(APPLICATION_ID,)]:
            with Archive.open(path) as archive:
                for item in archive.corpus().extractions:
                    assert item == extraction(item.article.id)
    wanted = [extraction(f"x{number}.txt") for number in range(60)]
    stored(path, *wanted)
    with Archive.open(path) as archive:
        assert archive.corpus().extractions[:60] == tuple(wanted)
