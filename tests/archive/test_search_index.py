"""The search index of an archive: it agrees with the texts whatever is added, and a search by it finds what one of the
whole corpus finds."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from benchmarks.corpus import extractions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck import pipeline
from citecheck import search as searches
from citecheck.archive import Archive, postings, runs, search
from citecheck.matching import Index, trace
from citecheck.matching.terms import terms
from citecheck.models import Article, Corpus, Extraction, Status

WORDS = st.lists(st.sampled_from("harbour gale the of mast tide rope 40 sailor storm said".split()), max_size=12)
STEPS = st.lists(st.tuples(st.integers(0, 4), WORDS), max_size=12)


def article(number: int, words: list[str]) -> Extraction:
    text = " ".join(words)
    return Extraction(Article(f"a{number}", text, digest=text))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(1, 3), st.integers(1, 4))
def test_the_index_agrees_with_the_texts_after_any_changes(
    tmp_path: Path, steps: list[tuple[int, list[str]]], waiting: int, frequent: int
) -> None:
    """Articles come and change; the delta is merged after one, two or three of them, and a run that stands more often
    than one to four times is kept apart."""
    path = tmp_path / "any.db"
    path.unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch, Archive.open(path, create=True) as archive:
        patch.setattr(search, "WAITING", waiting)
        patch.setattr(search, "WAITING_SHARE", 0.0)
        patch.setattr(postings, "FREQUENT", frequent)
        patch.setattr(postings, "AT_ONCE", 2 * frequent)
        for number, words in steps:
            archive.add(article(number, words))
        said = list({(number, " ".join(words)): words for number, words in steps}.values())  # every text is kept
        if steps:
            assert archive.examine() == []
        index = archive.index()
        texts = [terms(" ".join(words)) for words in said]
        for name in {name for names in texts for name in names}:
            assert index.count(name) == sum(names.count(name) for names in texts)
        for first, second in {pair for names in texts for pair in pairwise(names)}:
            count = sum(list(pairwise(names)).count((first, second)) for names in texts)
            assert index.count_pair(first, second) == count
            stands = {at for at, names in enumerate(texts) if (first, second) in pairwise(names)}
            assert len(set(index._postings(*runs.pairs((first, second))))) == len(stands)
        if steps:
            assert (index.words, archive.size) == (sum(map(len, texts)), len(texts))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(tuple(extractions(120)))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Path:
    path = tmp_path_factory.mktemp("archive") / "desk.db"
    with pytest.MonkeyPatch.context() as patch, Archive.open(path, create=True) as archive:
        patch.setattr(search, "WAITING", 50)
        patch.setattr(postings, "FREQUENT", 20)
        patch.setattr(postings, "AT_ONCE", 40)
        for item in corpus.extractions:
            archive.add(item)
    return path


def test_a_search_by_the_index_finds_what_one_of_everything_finds(corpus: Corpus, path: Path) -> None:
    whole = Index(corpus)
    with Archive.open(path) as archive:
        index = archive.index()
        for item in corpus.extractions[::6]:
            for quotation in item.quotations:
                expected = trace(whole, quotation.text)
                found = trace(Index(archive.part(index, [quotation.text]), index), quotation.text)
                assert (found.status, found.searched) == (expected.status, expected.searched)
                if expected.status is not Status.UNVERIFIED:
                    assert found.hits[0].comparison.score == expected.hits[0].comparison.score


def test_check_and_trace_search_a_large_archive_by_its_index(
    monkeypatch: pytest.MonkeyPatch, corpus: Corpus, path: Path
) -> None:
    drafts = Corpus((corpus.extractions[3],))  # it is in the archive, and no witness for itself
    words = corpus.extractions[5].quotations[0].text
    with pipeline.searching([path]) as whole:
        expected, traced = whole.check(drafts), whole.trace(words)
    monkeypatch.setattr(searches, "LARGE", 10)
    with pipeline.searching([path]) as by_index:
        (found,) = by_index.check(drafts)
        assert by_index.trace(words).hits[0] == traced.hits[0]
    assert found.own == expected[0].own == ("story-0000003",)
    assert found.searched == expected[0].searched
    assert [item.code for item in found.findings] == [item.code for item in expected[0].findings]


def test_doctor_sees_an_index_that_does_not_agree_and_mends_it(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Archive.open(path, create=True) as archive:
        archive.add(article(1, "the harbour master saw the storm".split()))
        archive.add(article(2, "nobody saw the tide".split()))
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM search_delta WHERE article = 2")
    assert pipeline.examine(path) == ["the search index does not have the words of a2"]
    assert pipeline.examine(path, rebuild=True) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        # a count that says another thing than the articles
        ("UPDATE search_frequent SET count = 9", "the search index has wrong counts of frequent runs: 2"),
        # articles of a run that is counted nowhere
        ("DELETE FROM search_frequent", "the search index has wrong counts of frequent runs: 2"),
        ("UPDATE totals SET quotations = 7", "the archive counts 7 quotations and has 0"),
        ("UPDATE totals SET articles = 1", "the archive counts 1 articles and has 2"),
    ],
)
def test_doctor_sees_a_wrong_count_and_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, said: str
) -> None:
    path = tmp_path / "desk.db"
    monkeypatch.setattr(postings, "FREQUENT", 1)
    monkeypatch.setattr(search, "LEFT_WAITING", 0)
    with Archive.open(path, create=True) as archive:
        archive.add(article(1, "the harbour master saw the storm".split()))
        archive.add(article(2, "nobody saw the tide".split()))
        archive.settle()
    assert pipeline.examine(path) == []
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    assert said in pipeline.examine(path)
    assert pipeline.examine(path, rebuild=True) == []


def test_an_archive_of_before_gets_its_frequent_runs_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.db"
    monkeypatch.setattr(postings, "FREQUENT", 1)
    with sqlite3.connect(path) as connection:
        connection.executescript((Path(__file__).parent / "schema-7.sql").read_text("utf-8"))
    with Archive.open(path) as archive:
        index = archive.index()
        counts = {names: index.count_pair(*names) for names in (("dahl", "=say"), ("we", "=leave"), ("we", "be"))}
        assert counts == {("dahl", "=say"): 2, ("we", "=leave"): 1, ("we", "be"): 0}
        assert (index.words, archive.size, index.searched.quotations) == (12, 2, 1)
        assert index.best("Dahl said nobody") == [1, 2]
    assert pipeline.examine(path) == []
    with sqlite3.connect(path) as connection:
        apart = connection.execute("SELECT count(*), min(count), max(count) FROM search_frequent").fetchone()
    assert apart == (4, 2, 2)


def test_doctor_sees_a_row_that_refers_to_none(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Archive.open(path, create=True) as archive:
        archive.add(replace(article(1, ["storm"]), article=Article("a1", "storm", digest="1", marked=((0, 5),))))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE marked SET article = 99")
    assert pipeline.examine(path) == ["row 1 of marked refers to a row of articles that is not there"]


def test_a_search_has_what_it_was_told_to_expect(path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever texts ask for is read with a few queries before, and an article once."""
    monkeypatch.setattr(postings, "FREQUENT", 20)
    texts = [quotation.text for item in corpus.extractions[:20] for quotation in item.quotations]
    asked: list[str] = []
    with Archive.open(path) as archive:
        index, alone = archive.index(), archive.index()
        first = archive.part(index, texts)
        archive._connection.set_trace_callback(asked.append)
        again = archive.part(index, texts)
        read = [query for query in asked if "search_parts" not in query and "copies" not in query]
        assert read == []
        assert all(one is other for one, other in zip(first.extractions, again.extractions, strict=True))
        assert [index.best(text) for text in texts] == [alone.best(text) for text in texts]
