"""Whatever is asked, a search by the index of an archive answers as one of the loaded articles does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from benchmarks.corpus import Language, changed, extractions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matching.corpora import BANK, DAM

from citecheck import pipeline
from citecheck import search as searches
from citecheck.archive import Archive
from citecheck.models import Article, Checked, Corpus, Extraction, Hit, Quotation, Status, Trace
from citecheck.search import Search

WAYS = ("verbatim", "typo", "drop", "insert", "substitute", "truncate", "fragment 6-12", "fragment 2-5")
NEWS = Corpus((*DAM.extractions, *BANK.extractions, *extractions(90, seed=5)))
LANGUAGE = Language(3)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("same") / "news.db"
    with Archive.open(path, create=True) as archive:
        for item in NEWS.extractions:
            archive.add(item)
        archive.settle()
    return path


@pytest.fixture(scope="module")
def loaded(path: Path) -> Iterator[Search]:
    with pipeline.searching([path]) as search:
        yield search


@pytest.fixture(scope="module")
def indexed(path: Path) -> Iterator[Search]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searches, "LARGE", 10)
        with pipeline.searching([path]) as search:
            assert isinstance(search._held, searches.Indexed)
            yield search


def best(found: Trace) -> tuple[object, ...]:
    """The status, and the words and score of the first hit: of places that say the same any may come first."""
    first: Hit | None = found.hits[0] if found.hits and found.status is not Status.UNVERIFIED else None
    return found.status, found.searched, first and (first.text.strip("“”,. "), first.comparison.score)


QUOTED = st.sampled_from([one for item in NEWS.extractions for one in item.quotations])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(QUOTED, st.sampled_from(WAYS), st.booleans(), st.integers(0, 2**16)))
def test_a_trace_of_changed_words(loaded: Search, indexed: Search, drawn: tuple[Quotation, str, bool, int]) -> None:
    quotation, way, named, seed = drawn
    LANGUAGE.random = Random(seed)
    words = quotation.text.split(" ")
    text = " ".join(changed(words, way, LANGUAGE) if len(words) > 3 else words)
    speaker = quotation.speaker.name if named and quotation.speaker else None
    assert best(indexed.trace(text, speaker)) == best(loaded.trace(text, speaker))


@pytest.mark.parametrize(
    "text",
    [
        # told in other words: names and figures are all it shares
        "The engineer Vidal complained that no one had looked at the spillway for eleven years.",
        # words that the archive has, and the articles that are loaded for it do not
        "Repairs of the library in the capital will take 38 million crowns, said the mayor to the board.",
        # nothing but common words
        "it was what they said it would be, and that is all there is to it",
        # nothing at all of it is there
        "Zymurgists quaffed kvass beside xylophones.",
        "…",
        "",
    ],
)
def test_a_trace_of_other_words(loaded: Search, indexed: Search, text: str) -> None:
    assert best(indexed.trace(text)) == best(loaded.trace(text))


DRAFTS = [
    # the draft is in the archive, and no witness for itself
    DAM.extractions[0],
    NEWS.extractions[40],
    # words of several articles, one altered, one of nobody, and sentences with figures of the writer's own
    pipeline.extract(
        Article(
            "draft",
            "The Orrin dam broke on Tuesday, and 421 families had to leave the valley.\n"
            "“We heard a crack like a gun and then the wall was simply gone,” said Lena Brack, an innkeeper.\n"
            "Tomas Vidal said that the spillway had not been inspected for twelve years.\n"
            "“Wages are the risk we watch most closely,” said Ilse Marten.\n"
            "“Nobody at the ministry ever answered our letters about the sirens,” said Piet Anders.\n"
            f"“{NEWS.extractions[30].quotations[0].text}” said a spokesman.\n",
        )
    ),
]


@pytest.mark.parametrize("draft", DRAFTS, ids=["own", "own of many", "mixed"])
def test_a_check(loaded: Search, indexed: Search, draft: Extraction) -> None:
    def told(checked: Checked) -> object:
        findings = [(one.code, one.severity, one.start, one.end, len(one.evidence)) for one in checked.findings]
        return findings, [one.status for one in checked.confirmed], checked.searched, checked.own

    (expected,) = loaded.check(Corpus((draft,)))
    (found,) = indexed.check(Corpus((draft,)))
    assert told(found) == told(expected)


def test_what_many_papers_print_leaves_room_for_the_one_that_differs(tmp_path: Path) -> None:
    """Fifteen papers print one report, a sixteenth has another figure: more hits than are told, all alike."""
    said = "We have kept nine boats in this harbour since the war, and not one of them was ever insured,"
    body = (
        "The fishermen met on Friday in the hall above the quay and agreed to write to the ministry once more, as "
        "their chairman had asked for in a letter to all members of the society in the last week of the month."
    )
    papers = [
        Article(f"{n}.txt", f"{body}\n\n“{said}” said Nils Aker.\n", publisher=f"Paper {n}", digest=f"{n}")
        for n in range(15)
    ]
    other = f"“{said.replace('nine', 'seven')}” said Nils Aker, who opened a school in the hills above the town."
    papers.append(Article("herald.txt", other, publisher="The Herald", digest="other"))
    with Archive.open(tmp_path / "desk.db", create=True) as archive:
        archive.add_all([pipeline.extract(paper) for paper in papers])
        archive.settle()
    draft = Corpus((pipeline.extract(Article("draft.txt", f"“{said}” said Nils Aker.", digest="draft")),))
    for large in (searches.LARGE, 10):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(searches, "LARGE", large)
            with pipeline.searching([tmp_path / "desk.db"]) as search:
                (found,) = search.check(draft)
        assert found.searched.articles == 2
        (finding,) = found.findings
        assert "differs from The Herald: A figure differs: ‘seven’ became ‘nine’" in finding.message
