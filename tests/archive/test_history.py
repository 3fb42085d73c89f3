"""An article that changed keeps what it said: earlier texts stay, linked, counted once, under ids of their own."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fuzz.targets import SEEDS
from reliability.forked import content
from typer.testing import CliRunner

from citecheck import pipeline
from citecheck.archive import Archive
from citecheck.archive.copies import renew_pages
from citecheck.archive.countdown import unwatched
from citecheck.archive.history import State
from citecheck.cli.commands import app
from citecheck.models import Added, Again, Article, Corpus, Earlier, Kind, Status, Waiting
from citecheck.readers.registry import READERS

FIRST = (
    "The pier will be shut in May, harbour master Ana Ruiz told Reuters. “We found nine cracks in the pier, and we "
    "will not wait for a tenth,” she said on Tuesday. The council meets next week.\n"
)
SECOND = FIRST.replace("nine", "six").replace("The council", "“Nobody has to move,” she added. The council")
THIRD = FIRST.replace("in May", "in June")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def earlier_id(text: str, name: str = "pier.txt") -> str:
    return f"{name}@{digest(text)[:8]}"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def add_feeds(desk: Path, *lines: dict[str, str | None]) -> list[Added]:
    """Add files of one line each, one a day."""
    found = []
    for number, line in enumerate(lines):
        feed = desk.parent / f"{number}.jsonl"
        feed.write_text(json.dumps(line) + "\n", encoding="utf-8")
        found.append(pipeline.add([feed], desk))
    return found


def add(desk: Path, text: str, name: str = "pier.txt") -> None:
    folder = desk.parent / "articles"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    pipeline.add([folder], desk)


def corpus(desk: Path) -> Corpus:
    with Archive.open(desk) as archive:
        assert archive.examine() == []
        return archive.corpus()


def texts(desk: Path) -> dict[str, str]:
    return {item.article.id: item.article.text for item in corpus(desk).extractions}


def test_the_older_text_and_all_that_it_says_is_kept(desk: Path) -> None:
    add(desk, FIRST)
    (before,) = corpus(desk).extractions
    add(desk, SECOND)
    found = corpus(desk)
    older, newer = found.extractions
    assert (newer.article.id, newer.article.text, newer.article.earlier) == ("pier.txt", SECOND, None)
    assert (older.article.id, older.article.text) == (earlier_id(FIRST), FIRST)
    assert (older.article.earlier, older.article.name) == (Earlier("pier.txt", 1), "pier.txt")
    assert [one.text for one in older.quotations] == [one.text for one in before.quotations]
    assert older.credits[0].name == before.credits[0].name == "Reuters"
    ids = [one.id for item in found.extractions for one in item.quotations]
    assert len(ids) == len(set(ids))
    parents = {one.parent for one in older.quotations if one.parent}
    assert parents <= {one.id for one in older.quotations}
    assert found.searched.articles == 1
    with Archive.open(desk) as archive:
        assert [hit.article for hit in archive.search("“nine cracks”")] == [older.article.id]
        assert archive.state("pier.txt", digest(FIRST)) is State.EARLIER
        assert archive.state("pier.txt", digest(SECOND)) is State.NEWEST
        assert archive.state("pier.txt", digest(THIRD)) is None


def test_what_changed_is_told_from_the_older_to_the_newer(desk: Path) -> None:
    for text in (FIRST, SECOND, THIRD):
        add(desk, text)
    told = [(one.link.article, one.link.kind, one.link.of, one.link.ordered) for one in pipeline.versions(corpus(desk))]
    assert told == [
        (earlier_id(SECOND), Again.VERSION, earlier_id(FIRST), True),
        ("pier.txt", Again.VERSION, earlier_id(SECOND), True),
    ]
    change = next(iter(pipeline.versions(corpus(desk))))
    assert [after.text[:20] for _, after, _ in change.changed] == ["We found six cracks "]
    assert [one.text for one in change.added if one.kind is Kind.DIRECT] == ["Nobody has to move,"]


def test_undated_and_wrongly_dated_texts_keep_their_order(desk: Path) -> None:
    """The archive had this one first, whatever day it gives; and what is linked is found anew in a joined corpus."""
    days = (("2025-03-09", FIRST), ("2025-03-02", SECOND), (None, THIRD))
    add_feeds(desk, *({"id": "pier", "text": text, "published": day} for day, text in days))
    found = corpus(desk)
    newest = earlier_id(SECOND, "pier")
    assert {name: link.of for name, link in found.copies.items()} == {
        newest: earlier_id(FIRST, "pier"),
        "pier": newest,
    }
    (desk.parent / "other.txt").write_text("Nothing is said here about anything.\n", encoding="utf-8")
    assert pipeline.open_corpus([desk, desk.parent / "other.txt"]).copies == found.copies


def test_the_same_files_again_change_nothing(desk: Path) -> None:
    lines = [{"id": "pier", "text": text} for text in (FIRST, SECOND)]
    add_feeds(desk, *lines)
    before = content(desk)
    assert add_feeds(desk, lines[1]) == [Added(0, 1)]
    assert content(desk) == before
    assert add_feeds(desk, *lines) == [Added(1, 0), Added(1, 0)]  # back, and forth again
    assert content(desk) == before


def test_an_older_text_that_comes_back_is_the_newest_again(desk: Path) -> None:
    add(desk, FIRST)
    before = corpus(desk).extractions
    add(desk, SECOND)
    add(desk, FIRST)
    assert texts(desk) == {"pier.txt": FIRST, earlier_id(SECOND): SECOND}
    assert corpus(desk).extractions[0] == before[0]  # the records have their ids again
    assert {name: link.of for name, link in corpus(desk).copies.items()} == {"pier.txt": earlier_id(SECOND)}
    for text in (SECOND, FIRST, THIRD, SECOND):
        add(desk, text)
    assert texts(desk) == {"pier.txt": SECOND, earlier_id(FIRST): FIRST, earlier_id(THIRD): THIRD}
    links = {name: link.of for name, link in corpus(desk).copies.items()}
    assert links == {"pier.txt": earlier_id(THIRD), earlier_id(THIRD): earlier_id(FIRST)}


def test_nothing_is_lost_whatever_comes_in_whatever_order(desk: Path) -> None:
    chance, names, said = random.Random(4), ("a", "b"), (FIRST, SECOND, THIRD, "“No,” said Ana Ruiz.\n", "Empty.\n")
    items = {text: pipeline.extract(Article("a", text, digest=digest(text))) for text in said}
    last, given = {}, set()
    with Archive.open(desk, create=True) as archive:
        for _ in range(40):
            name, text = chance.choice(names), chance.choice(said)
            archive.add(pipeline.extract(replace(items[text].article, id=name)))
            last[name] = text
            given.add((name, text))
        found = archive.corpus()
        assert archive.examine() == []
    assert {(item.article.name, item.article.text) for item in found.extractions} == given
    assert {name: found.articles[name].text for name in last} == last
    assert len(found.extractions) == len(given)


def test_an_id_that_an_earlier_text_has_is_free_for_an_article(desk: Path) -> None:
    """Whoever names an article as an earlier text of another one keeps nothing out, and takes nothing over."""
    add(desk, FIRST)
    add(desk, SECOND)
    add_feeds(desk, {"id": earlier_id(FIRST), "text": "Another story altogether.\n"})
    found = texts(desk)
    assert found.pop(earlier_id(FIRST)) == "Another story altogether.\n"
    assert found == {"pier.txt": SECOND, f"pier.txt@{digest(FIRST)}": FIRST}
    with Archive.open(desk) as archive:  # both in one batch
        items = [Article("b", FIRST, digest=digest(FIRST)), Article(earlier_id(FIRST, "b"), "Other.\n", digest="o")]
        archive.add_all([pipeline.extract(item) for item in (*items, Article("b", SECOND, digest=digest(SECOND)))])
        assert archive.examine() == []
        assert {item.article.id for item in archive.corpus().extractions} >= {
            "b",
            earlier_id(FIRST, "b"),
            f"b@{digest(FIRST)}",
        }


@pytest.mark.parametrize("small", [0, 100])
def test_families_hold_the_words_of_both_and_count_them_once(
    desk: Path, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(pipeline, "SMALL", small)
    for name, text in (("pier.txt", FIRST), ("other.txt", THIRD.replace("nine", "seven")), ("pier.txt", SECOND)):
        add(desk, text, name)
    query = "SELECT renderings, articles, origins FROM families_view WHERE base LIKE '%cracks in the pier%'"
    with closing(sqlite3.connect(desk)) as connection:
        ((renderings, articles, origins),) = connection.execute(query).fetchall()
        assert (renderings, origins) == (3, 1)
        assert articles <= 2
        assert connection.execute("SELECT count(*) FROM families WHERE stale").fetchone() == (0,)


@pytest.mark.parametrize("large", [0, 500])
def test_a_witness_that_only_an_earlier_text_has(desk: Path, monkeypatch: pytest.MonkeyPatch, large: int) -> None:
    monkeypatch.setattr("citecheck.search.LARGE", large)
    add(desk, FIRST)
    add(desk, SECOND)
    draft = desk.parent / "draft.txt"
    draft.write_text("“We found nine cracks in the pier, and we will not wait for a tenth,” Ana Ruiz said.\n", "utf-8")
    with pipeline.searching([desk]) as search:
        found = search.trace("We found nine cracks in the pier")
        (checked,) = search.check(pipeline.gather(pipeline.extract_all([draft])))
    assert (found.status, found.hits[0].article) == (Status.VERBATIM, earlier_id(FIRST))
    evidence = [item for one in checked.standings for item in one.evidence]
    assert (evidence[0].article, evidence[0].earlier_of) == (earlier_id(FIRST), "pier.txt")
    from citecheck.export.findings import witness_lines
    from citecheck.export.records import evidence as record

    assert "an earlier text of pier.txt" in witness_lines(evidence[0], "nine")[0]
    assert record(evidence[0])["earlier_of"] == "pier.txt"


def test_texts_of_one_article_leave_room_for_others(desk: Path) -> None:
    """A search brings ten articles: of one that changed fifteen times the newest, where no other text has more."""
    with Archive.open(desk, create=True) as archive:
        for number in range(15):
            text = FIRST.replace("in May", f"in {number} days")
            archive.add(pipeline.extract(Article("pier.txt", text, digest=digest(text))))
        other = FIRST.replace("shut", "mended").replace("Reuters", "the Post")
        archive.add(pipeline.extract(Article("other.txt", other, digest=digest(other))))
        index = archive.index()
        assert list(index.near("We found nine cracks in the pier")) == ["pier.txt", "other.txt"]
        assert set(index.near("The pier will be shut in 3 days")) >= {earlier_id(FIRST.replace("in May", "in 3 days"))}


@pytest.mark.parametrize("large", [0, 500])
def test_no_text_of_a_draft_is_a_witness_for_it(desk: Path, monkeypatch: pytest.MonkeyPatch, large: int) -> None:
    monkeypatch.setattr("citecheck.search.LARGE", large)
    for text in (FIRST, SECOND):
        add(desk, text)
    add(desk, "Other words.\n", "other.txt")
    draft = desk.parent / "articles" / "pier.txt"
    draft.write_text(THIRD, encoding="utf-8")
    with pipeline.searching([desk]) as search:
        (checked,) = search.check(pipeline.gather(pipeline.extract_all([draft])))
    assert sorted(checked.own) == ["pier.txt", earlier_id(FIRST)]
    assert checked.searched.articles == 1


# Extracted by an older program -------------------------------------------------------------------------------------


def age(desk: Path, change: str = "") -> None:
    """Make all articles those of an older program, which found what is left after `change`."""
    with closing(sqlite3.connect(desk)) as connection:
        connection.executescript(f"UPDATE articles SET extractor = 0; {change}")


@pytest.mark.parametrize("small", [0, 100])
def test_articles_of_an_older_program_are_extracted_again(
    desk: Path, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    """By adding their files, or all that is stored, earlier texts too; what is found as before is left as it is."""
    monkeypatch.setattr(pipeline, "SMALL", small)
    for name, text in (("pier.txt", FIRST), ("other.txt", THIRD.replace("nine", "seven")), ("pier.txt", SECOND)):
        add(desk, text, name)
    before, wanted = content(desk), corpus(desk)
    lost = "DELETE FROM quotation_sources; UPDATE quotations SET speaker = 'Nobody'"
    age(desk, lost)
    assert pipeline.outdated(desk) == 3
    assert pipeline.add([desk.parent / "articles"], desk) == Added(0, 2, (), 2)
    assert corpus(desk).extractions[1:] == wanted.extractions[1:]
    assert corpus(desk).extractions[0] != wanted.extractions[0]  # which no file has any more
    assert pipeline.outdated(desk) == 1
    seen: list[object] = []
    assert pipeline.examine(desk, rebuild=True, watch=seen.append) == []
    assert next((item.doing, item.left) for item in seen if isinstance(item, Waiting)) == ("extracting again", 1)
    assert corpus(desk) == wanted
    assert content(desk)["families"][0][3] == before["families"][0][3]  # as grave as it was
    age(desk)
    same = content(desk)
    assert pipeline.add([desk.parent / "articles"], desk).again == 2
    assert pipeline.examine(desk, rebuild=True) == []
    kept = ("quotations", "renderings", "drift", "statements", "copies")
    assert {name: content(desk)[name] for name in kept} == {name: same[name] for name in kept}


def test_what_is_stored_is_enough_to_extract_from(tmp_path: Path) -> None:
    """Of every kind of file: links and footnotes of Markdown are no words, though the archive does not keep where."""
    folder, desk = tmp_path / "desk", tmp_path / "desk.db"
    folder.mkdir()
    for name, data in SEEDS.items():
        if f".{name}" in READERS:
            (folder / f"seed-{name}.{name}").write_bytes(data)
    link = "“We [leave](https://post.example/“no”) nobody behind,” said Ingrid Dahl.[^1]\n\n[^1]: “Never,” said she.\n"
    (folder / "linked.md").write_text(f"---\ntitle: “x”\n---\n{link}", encoding="utf-8")
    pipeline.add([folder], desk)
    wanted = corpus(desk)
    age(desk, "DELETE FROM quotation_sources; DELETE FROM quotations; DELETE FROM credits; DELETE FROM dates")
    pipeline.examine(desk, rebuild=True)
    assert pipeline.outdated(desk) == 0
    assert corpus(desk) == wanted


def test_doctor_says_what_is_from_an_older_program(desk: Path) -> None:
    add(desk, FIRST)
    age(desk)
    asked = CliRunner().invoke(app, ["doctor", "--db", str(desk)])
    assert asked.exit_code == 0
    assert "an older citecheck extracted 1 article; add their files again, or extract" in asked.output
    asked = CliRunner().invoke(app, ["doctor", "--db", str(desk), "--rebuild"])
    assert asked.exit_code == 0
    assert "older" not in asked.output


def test_pages_that_an_older_schema_named_otherwise_are_linked_anew(desk: Path) -> None:
    """Two systems give the parameters of one page in another order; a part of the text is enough on one page."""
    half = FIRST + "Ferries will call at the northern quay until then, at the times that they have now. " * 2
    urls = ("https://post.example/read?a=1&b=2", "https://post.example/read?b=2&a=1&at_medium=mail")
    with Archive.open(desk, create=True) as archive:
        for name, text, url in zip("ab", (FIRST * 2, half), urls, strict=True):
            archive.add(pipeline.extract(Article(name, text, url=url, digest=digest(text))))
        wanted = archive.corpus().copies
    assert [link.kind for link in wanted.values()] == [Again.VERSION]
    before = content(desk)
    with closing(sqlite3.connect(desk)) as connection:
        connection.executescript("""
            UPDATE pages SET page = 'post.example/read?b=2&a=1&at_medium=mail' WHERE article = 2;
            DELETE FROM copies;
        """)
    with Archive.open(desk) as archive:
        assert archive.examine() == ["the copies of b were looked for with another address"]
    with closing(sqlite3.connect(desk)) as connection:
        connection.row_factory = sqlite3.Row
        with connection:
            renew_pages(connection, unwatched)
    with Archive.open(desk) as archive:
        assert archive.corpus().copies == wanted
        assert archive.examine() == []
    assert {name: content(desk)[name] for name in ("pages", "copies", "shingles")} == {
        name: before[name] for name in ("pages", "copies", "shingles")
    }
