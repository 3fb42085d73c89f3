"""Families grow with the archive: as good as made from scratch, bounded, the same after every interruption."""

from __future__ import annotations

import random
import sqlite3
import tracemalloc
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.corpus import extractions, quotations, statements
from benchmarks.grow import b_cubed, families
from reliability.forked import content, extraction

from citecheck import pipeline
from citecheck.archive import Archive
from citecheck.archive import finish as finishing
from citecheck.archive import grow as growth
from citecheck.archive import statements as statements_table
from citecheck.archive.statements import LISTED, MORE
from citecheck.families import choose
from citecheck.models import Article, Corpus, Extraction

ARTICLES, SAID = 120, 5


@pytest.fixture(scope="module")
def made() -> list[Extraction]:
    return list(extractions(ARTICLES, 1, SAID))


def grown(path: Path, items: Sequence[Extraction], parts: int) -> None:
    size = -(-len(items) // parts)
    with Archive.open(path, create=True) as archive:
        for at in range(0, len(items), size):
            archive.add_all(items[at : at + size])
            assert not archive.grouped
            assert list(archive.grow(choose))[-1].left == 0
            assert archive.grouped


def test_growing_is_as_good_as_from_scratch(tmp_path: Path, made: list[Extraction]) -> None:
    truth = [str(one.family) for one in quotations(ARTICLES * SAID, 1)]
    names = [quotation.id for item in made for quotation in item.quotations]
    grown(tmp_path / "parts.db", made, 10)
    grown(tmp_path / "one.db", made, 1)
    whole = {
        one.quotation: family.id
        for family in pipeline.group(Corpus(tuple(made)))
        for one in family.renderings
        if one.quotation
    }
    parts = families(tmp_path / "parts.db")
    assert b_cubed(parts, families(tmp_path / "one.db"), names) >= 0.98
    assert b_cubed(parts, whole, names) >= 0.98
    assert b_cubed(parts, dict(zip(names, truth, strict=True)), names) >= 0.98
    with Archive.open(tmp_path / "parts.db") as archive:
        assert archive.examine() == []
    with sqlite3.connect(tmp_path / "parts.db") as connection:  # every family has one base, the others a score
        query = (
            "SELECT sum(base), count(*), count(score), max(severity) FROM renderings GROUP BY family ORDER BY family"
        )
        rows = connection.execute(query).fetchall()
        worst = connection.execute("SELECT severity FROM families ORDER BY id").fetchall()
    assert all(base == 1 and size >= 2 and scored == size - 1 for base, size, scored, _ in rows)
    assert [row[3] for row in rows] == [severity for (severity,) in worst]


def test_families_keep_their_ids(tmp_path: Path, made: list[Extraction]) -> None:
    path = tmp_path / "desk.db"
    grown(path, made[: ARTICLES // 2], 1)
    before = families(path)
    grown(path, made[ARTICLES // 2 :], 3)
    after = families(path)
    kept = sum(after[name] == family for name, family in before.items())
    assert kept >= 0.98 * len(before)  # the others stand in two that became one
    assert len(after) > len(before)


def told(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is said of families, without the numbers of rows, in order."""
    queries = {
        "families": "SELECT family, reason, severity, stale FROM families",
        "renderings": (
            "SELECT families.family, article, start, base, score, renderings.severity FROM renderings"
            " JOIN families ON families.id = renderings.family"
        ),
        "drift": (
            "SELECT article, renderings.start, label, drift.severity, base_start, drift.start, note FROM drift"
            " JOIN renderings ON renderings.id = drift.rendering"
        ),
        "edges": (
            "SELECT families.family, origin, receiver, relation, stated, article, start, text FROM edges"
            " JOIN families ON families.id = edges.family"
        ),
        "origins": "SELECT families.family, name FROM origins JOIN families ON families.id = origins.family",
    }
    with sqlite3.connect(path) as connection:
        return {name: sorted(connection.execute(query), key=repr) for name, query in queries.items()}


def test_family_that_gained_renderings_is_what_it_is_when_all_of_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short way and the long way: with credits, outlets that are credited, undated articles and copies."""
    items = list(statements(25, 3)[0].extractions)
    for at, item in enumerate(items):
        outlet = f"Agency {at % 7}" if at % 11 == 0 else item.article.publisher
        dated = None if at % 5 == 0 else item.article.published
        items[at] = replace(item, article=replace(item.article, publisher=outlet, published=dated))
    items += [replace(item, article=replace(item.article, id=f"again-{at}")) for at, item in enumerate(items[:2])]
    short: Counter[bool] = Counter()
    real = finishing._joining

    def counted(*given: Any) -> Any:
        edges = real(*given)
        short[edges is not None] += 1
        return edges

    monkeypatch.setattr(finishing, "_joining", counted)
    for anew in (True, False):
        with Archive.open(tmp_path / f"{anew}.db", create=True) as archive:
            for at in range(0, len(items), 3):
                archive.add_all(items[at : at + 3])
                for _ in archive.grow(choose, anew):
                    pass
    assert told(tmp_path / "True.db") == told(tmp_path / "False.db")
    assert short[True] > 10  # and so it was looked at


@pytest.mark.parametrize("stop", [1, 3, 6])
def test_stopped_and_gone_on_with_it_ends_the_same(
    tmp_path: Path, made: list[Extraction], monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    monkeypatch.setattr(growth, "ARTICLES_AT_A_TIME", 7)
    monkeypatch.setattr(finishing, "FAMILIES_AT_A_TIME", 4)
    for name in ("whole.db", "stopped.db"):
        with Archive.open(tmp_path / name, create=True) as archive:
            archive.add_all(made[:30])
            if name == "stopped.db":
                for _ in zip(range(stop), archive.grow(choose), strict=False):
                    pass
        with Archive.open(tmp_path / name) as archive:
            assert list(archive.grow(choose))[-1].left == 0
    assert content(tmp_path / "stopped.db") == content(tmp_path / "whole.db")


def test_an_earlier_text_stays_in_its_families(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    words = "“We will open the northern bridge to lorries before the summer holidays,” Mayor Ana Ruiz told the Post.\n"
    texts = [words, words.replace("summer", "winter"), words.replace("lorries", "cyclists")]
    read = [replace(Article(f"{number}.txt", text), digest=text) for number, text in enumerate(texts)]
    grown(path, [pipeline.extract(article) for article in read], 1)
    (family,) = set(families(path).values())
    counted = "SELECT renderings, articles FROM families_view"
    with Archive.open(path) as archive:
        archive.add(pipeline.extract(replace(read[0], text="Nothing is said.\n", digest="new")))
        assert list(archive.grow(choose))[-1].left == 0
        with sqlite3.connect(path) as connection:
            assert connection.execute(counted).fetchall() == [(3, 3)]
        archive.add(pipeline.extract(replace(read[1], text=words.replace("before", "after"), digest="newer")))
        assert list(archive.grow(choose))[-1].left == 0
        with sqlite3.connect(path) as connection:  # one more rendering, in an article that was counted before
            assert connection.execute(counted).fetchall() == [(4, 3)]
            rows = connection.execute("SELECT sum(base), count(*), count(score) FROM renderings").fetchone()
        assert rows == (1, 4, 3)
        assert archive.examine() == []
    assert set(families(path).values()) == {family}


def test_statements_that_lost_their_words_are_seen_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    grown(path, [extraction(number) for number in range(6)], 1)
    before = content(path)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "DELETE FROM statement_runs WHERE statement IN (SELECT id FROM statements WHERE article = 2)"
        )
    with Archive.open(path) as archive:
        assert archive.examine() == ["the index of statements does not have the words of 0001.txt"]
        assert archive.examine(rebuild=True) == []
    assert content(path)["statement_runs"] == before["statement_runs"]
    assert content(path)["statements"] == before["statements"]


def test_of_a_frequent_run_the_first_statements_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    said = "“We will open the northern bridge to lorries before number {},” Mayor Ana Ruiz told the Post.\n"
    articles = [Article(f"{at:02}.txt", said.format(at), digest=str(at)) for at in range(30)]
    grown(path, [pipeline.extract(article) for article in articles], 3)
    runs = "SELECT count(*), max(statement) FROM statement_runs GROUP BY run"
    with Archive.open(path) as archive:
        with sqlite3.connect(path) as connection:
            listed = connection.execute(runs).fetchall()
            assert max(count for count, _ in listed) == LISTED + 1
            assert all((count > LISTED) == (last == MORE) for count, last in listed)
            connection.execute("UPDATE articles SET extractor = 0 WHERE id IN (3, 30)")
        for article in (articles[2], articles[29]):  # under another title: their statements are entered again
            archive.add(pipeline.extract(replace(article, title="Another")))
        assert list(archive.grow(choose))[-1].left == 0
        assert archive.examine() == []


def test_memory_does_not_grow_with_what_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are added and grouped some at a time: four times as many take the same memory."""
    monkeypatch.setattr(growth, "ARTICLES_AT_A_TIME", 10)
    monkeypatch.setattr(finishing, "RENDERINGS_AT_A_TIME", 40)
    monkeypatch.setattr(statements_table, "KEPT", 50)
    draw = random.Random(1)
    words = ["harbour", "bridge", "ferry", "night", "council", "winter", "orchard", "signal", "marble", "copper"] * 3

    def peak(articles: int) -> int:
        with Archive.open(tmp_path / f"{articles}.db", create=True) as archive:
            for at in range(0, articles, 10):
                found = []
                for number in range(at, at + 10):
                    said = " ".join(draw.sample(words, 14))
                    text = f"“We say {said},” Mayor Ann Dahl told the Post. " * 3
                    found.append(pipeline.extract(Article(f"{number}.txt", text, digest=str(number))))
                archive.add_all(found)
            tracemalloc.start()
            for _ in archive.grow(choose):
                pass
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    peak(20)  # what is loaded once
    assert peak(120) < 1.5 * peak(30)
