"""Copies and versions count once, wherever articles, outlets and origins are counted; their renderings stay."""

from __future__ import annotations

import json
from pathlib import Path

from copies.test_copies import OTHER, STORY, UPDATE

import citecheck
from citecheck.archive import Archive
from citecheck.models import Article, Corpus

#: A story, its copy, its update, and another story that quotes the same statement.
ARTICLES = (
    Article("a", STORY, publisher="Lindvik Post", published="2025-03-04", digest="a"),
    Article("b", STORY, publisher="Fjord News", published="2025-03-05", digest="b"),
    Article("c", UPDATE, publisher="Lindvik Post", published="2025-03-06", digest="c"),
    Article("d", OTHER, publisher="Ferry Times", published="2025-03-12", digest="d"),
)


def corpus(*articles: Article) -> Corpus:
    return citecheck.gather(map(citecheck.extract, articles or ARTICLES))


def test_families() -> None:
    (found,) = (one for one in citecheck.group(corpus()) if "than a crew" in one.renderings[0].text)
    assert [one.article for one in found.renderings] == ["a", "b", "c", "d"]
    assert corpus().distinct(one.article for one in found.renderings) == 2
    copied = [(edge.origin, edge.receiver, edge.stated) for edge in found.chain.edges if edge.article == "b"]
    assert copied == [("Lindvik Post", "Fjord News", False)]


def test_an_outlet_is_no_origin_of_what_it_copied() -> None:
    """Without a speaker both would be origins: the copy is none."""
    text = STORY.replace("“We would rather lose a pier than a crew,” said board chair Marit Solberg", "It rained again")
    told = [Article(name, text + "“No pier is worth one life.”\n", publisher=name, published=day) for name, day in
            (("Post", "2025-03-04"), ("News", "2025-03-05"))]  # fmt: skip
    (found,) = (one for one in citecheck.group(corpus(*told)) if "worth" in one.renderings[0].text)
    assert found.chain.origins == ("Post",)


def test_a_circle_is_not_made_of_a_copy() -> None:
    """The earliest dated text credits the outlet whose undated article has the same words: that one had it first."""
    words = STORY.replace("said board chair Marit Solberg after the vote", "the board chair told Fjord News")
    first = Article("a", words, publisher="Lindvik Post", published="2025-03-04")
    found = citecheck.group(corpus(first, Article("b", STORY, publisher="Fjord News")))
    assert all(not one.chain.circular for one in found)


def test_check() -> None:
    draft = corpus(Article("draft", "“We would rather lose a pier than two crews,” said Marit Solberg.\n", digest="x"))
    (checked,) = citecheck.check(draft, corpus())
    (finding,) = (one for one in checked.findings if one.code.startswith("CC1"))
    assert (finding.tally.differ, finding.tally.agree) == (2, 0)  # the Post with its copy and update, the Times
    assert finding.searched.articles == 2


def test_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Archive.open(path, create=True) as archive:
        for item in corpus().extractions:
            archive.add(item)
        assert archive.corpus().searched == corpus().searched
        assert archive.index().searched == corpus().searched
        for without, left in (("a",), 2), (("a", "b", "c"), 1), (("d",), 1), (("b", "c", "d"), 1):
            assert archive.index(without=without).searched.articles == left, without


def test_records_and_numbers_of_a_report(tmp_path: Path) -> None:
    citecheck.report(corpus(), tmp_path / "out")
    data = tmp_path / "out" / "data"
    made = json.loads((data / "report.json").read_text(encoding="utf-8"))
    assert (made["searched"]["articles"], made["copies"], made["versions"]) == (2, 1, 1)
    families = [json.loads(line) for line in (data / "families.jsonl").read_text(encoding="utf-8").splitlines()]
    (renderings,) = (one["renderings"] for one in families if "than a crew" in one["renderings"][0]["text"])
    assert [(one.get("copy_of"), one.get("version_of")) for one in renderings] == [
        (None, None),
        ("a", None),
        (None, "a"),
        (None, None),
    ]


def test_pages_of_a_report(tmp_path: Path) -> None:
    citecheck.report(corpus(), tmp_path)
    page = next((tmp_path / "articles").glob("c-*.html")).read_text(encoding="utf-8")
    assert "<strong>Version</strong> of" in page and "Changes since the earlier version" in page
    assert "1 statement changed" in page and "<ins class=s4>ninety-two</ins>" in page
    first = next((tmp_path / "articles").glob("a-*.html")).read_text(encoding="utf-8")
    assert "The same article again, counted once with this one" in first and "<li>Copy " in first
    families = [file.read_text(encoding="utf-8") for file in (tmp_path / "families").iterdir()]
    (family,) = (text for text in families if "rather lose a pier" in text)
    assert "4 renderings in 2 articles and 2 copies or versions" in family and "Copy of <a" in family
    assert "copies and versions of them" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Version of <a" in (tmp_path / "articles.html").read_text(encoding="utf-8")
