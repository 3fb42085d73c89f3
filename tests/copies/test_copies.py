"""Which article is another one again: copies with another frame, updates, and stories that only look alike."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.archive import Archive
from citecheck.archive.copies import rebuild
from citecheck.copies import find
from citecheck.copies.facts import page
from citecheck.models import Again, Article, Copied, Corpus, Extraction

STORY = (
    "The harbour board of Lindvik voted on Tuesday to close the old coal pier after forty years. Divers had found "
    "cracks in nine of its pillars, and the insurer gave notice in March. “We would rather lose a pier than a "
    "crew,” said board chair Marit Solberg after the vote. Tugs will be moved to the northern basin, where the "
    "water is deep enough for them at any tide.\n\n"
    "The two unions asked for a delay until autumn, because eighty jobs hang on the conveyor. Solberg promised "
    "talks before the summer but no new date. A report of the engineers is to be published on the website of the "
    "board next week. The town council, which owns a third of the harbour, learned of the vote from the radio, and "
    "its members asked for an extraordinary session. Nobody was hurt when a part of the railing fell into the basin "
    "during the storm in February.\n"
)
UPDATE = STORY.replace("eighty jobs", "ninety-two jobs").replace(
    "\n\nThe two unions",
    "\n\nThe council met the same evening and put off its own decision by a week.\n\nThe two unions",
)
OTHER = (
    "The ferry company of Lindvik will run an extra boat at night from June on. “We would rather lose a pier than a "
    "crew,” said board chair Marit Solberg last week, when the coal pier was closed, and the company says that its own "
    "landing is sound. Tickets cost the same as by day, children travel free, and bicycles have to be booked. The boat "
    "takes forty minutes. A second one may follow if the first is full on more than twenty nights.\n"
)


def article(name: str, text: str = STORY, **fields: str) -> Article:
    return Article(name, text, digest=str(hash(text)), **fields)  # type: ignore[arg-type]


FIRST = article("a", publisher="Lindvik Post", published="2025-03-04", url="https://post.example/harbour/pier")


@pytest.mark.parametrize(
    ("other", "kind", "ordered"),
    [
        # The very same text, a day later, elsewhere.
        (article("b", publisher="Fjord News", published="2025-03-05"), Again.COPY, True),
        # Without a date nobody knows which came first.
        (article("b", publisher="Fjord News"), Again.COPY, False),
        # A day is no later than an hour of that day.
        (article("b", publisher="Fjord News", published="2025-03-04T18:00:00Z"), Again.COPY, False),
        # An agency line before it and a by-line behind it.
        (
            article("b", f"LINDVIK, March 4 (Nordic Wire) — {STORY}\nReporting by T. Dahl", publisher="Fjord News"),
            Again.COPY,
            False,
        ),
        # Other marks, dashes, spaces and capitals.
        (
            article("b", STORY.replace("“", '"').replace("”", '"').replace(" of ", "\u00a0of "), publisher="F"),
            Again.COPY,
            False,
        ),
        # The tail cut behind the first paragraph.
        (article("b", STORY.partition("\n\n")[0], publisher="Fjord News", published="2025-03-05"), Again.COPY, True),
        # A copy-editor's three changes.
        (
            article(
                "b", STORY.replace("voted", "decided").replace("tugs", "Boats").replace("hang", "depend"), publisher="F"
            ),
            Again.COPY,
            False,
        ),
        # The same page, updated the same day.
        (
            article(
                "b",
                UPDATE,
                publisher="Lindvik Post",
                published="2025-03-04",
                modified="2025-03-05",
                url="http://www.post.example/harbour/pier/?utm_source=mail#top",
            ),
            Again.VERSION,
            True,
        ),
        # The same outlet, another page.
        (article("b", UPDATE, publisher="lindvik post", published="2025-03-05"), Again.VERSION, True),
        # The same outlet prints the same words again.
        (article("b", publisher="Lindvik Post", published="2025-03-09"), Again.COPY, True),
        # Another outlet prints the update.
        (article("b", UPDATE, publisher="Fjord News", published="2025-03-06"), Again.COPY, True),
    ],
)
def test_the_same_article_again(other: Article, kind: Again, ordered: bool) -> None:
    (found,) = find([other, FIRST]).values()
    assert (found.article, found.kind, found.of, found.ordered) == ("b", kind, "a", ordered)


@pytest.mark.parametrize(
    "other",
    [
        # Another story that quotes the same statement.
        article("b", OTHER, publisher="Lindvik Post"),
        # Another story on a page that is live.
        article("b", OTHER, publisher="Lindvik Post", url=FIRST.url or ""),
        # One sentence of it, in a brief.
        article("b", STORY.partition(". ")[0] + ".", publisher="Fjord News"),
        # A bulletin like another is not in question here; a text without words is nothing's copy.
        article("b", "…"),
    ],
)
def test_another_article(other: Article) -> None:
    assert find([FIRST, other]) == {}


def test_bulletins_of_one_pattern_are_not_versions() -> None:
    """Each sentence has another figure, as in reports of weather or of markets."""

    def bulletin(day: int) -> str:
        return " ".join(
            f"In the {place} the wind will reach {day * 7 + n} knots in the {day % 3 + 2} hours before noon, with "
            f"waves of {day + n} metres and a temperature of {30 - day - n} degrees."
            for n, place in enumerate("north south east west centre strait fjord".split())
        )

    days = [article(str(day), bulletin(day), publisher="Met", published=f"2025-03-0{day}") for day in range(1, 8)]
    assert find(days) == {}


def test_a_version_of_a_version_and_a_copy_of_it() -> None:
    later = UPDATE.replace("by a week", "by two weeks, and called the vote hasty")
    of = {
        item.article: (item.kind.value, item.of)
        for item in find(
            [
                FIRST,
                article("b", UPDATE, publisher="Lindvik Post", published="2025-03-05"),
                article("c", later, publisher="Lindvik Post", published="2025-03-06"),
                article("d", later, publisher="Fjord News", published="2025-03-07"),
            ]
        ).values()
    }
    assert of == {"b": ("version", "a"), "c": ("version", "b"), "d": ("copy", "c")}
    corpus = Corpus((), copies=find([FIRST, article("z")]))
    assert corpus.original("z") == corpus.original("a") == "a"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.a.example/x/?utm_source=b", "a.example/x"),
        ("https://a.example/", None),  # a site
        ("https://[broken", None),
        (None, None),
    ],
)
def test_page(url: str | None, expected: str | None) -> None:
    assert page(url) == expected


def mixed(seed: int) -> list[Article]:
    """Three stories, each with copies and versions, dated and not, of four outlets."""
    chance = random.Random(seed)
    words = [
        chance.choice("bdfgklmnprst") + chance.choice("aeiou") + chance.choice("lnrst") + str(n) for n in range(200)
    ]
    made = []
    for number in range(14):
        text = [f"{number % 3}{word}" for word in words[: chance.choice((60, 110, 200))]]
        for _ in range(chance.randrange(6)):
            text[chance.randrange(len(text))] = f"x{chance.randrange(999)}"
        fields = {"publisher": chance.choice("ABCD"), "published": f"2025-01-0{chance.randint(1, 9)}"}
        made.append(
            article(f"{number:02}", " ".join(text), **{k: v for k, v in fields.items() if chance.random() < 0.7})
        )
    return made


def in_archive(path: Path, articles: list[Article]) -> dict[str, Copied]:
    path.unlink(missing_ok=True)
    with Archive.open(path, create=True) as archive:
        for item in articles:
            archive.add(Extraction(item))
        return dict(archive.corpus().copies)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_the_order_in_which_articles_come_does_not_matter(seed: int) -> None:
    articles = mixed(seed)
    expected = find(articles)
    random.Random(seed).shuffle(articles)
    assert find(articles) == expected
    assert all(link.of != link.article for link in expected.values())


def test_the_archive_says_the_same(tmp_path: Path) -> None:
    for seed in range(4):
        articles = mixed(seed)
        found = in_archive(tmp_path / "desk.db", articles)
        assert found == find(articles)
        assert len(found) > 5


def test_a_text_that_took_the_place_of_another_is_its_version(tmp_path: Path) -> None:
    """Whatever both have in common; copies of the earlier text stay copies of it, and what comes later finds either."""
    path = tmp_path / "desk.db"
    articles = mixed(5)
    in_archive(path, articles)
    changed = [replace(item, text=OTHER, digest="new") if item.id in ("00", "01", "02") else item for item in articles]
    with Archive.open(path) as archive:
        before = dict(archive.corpus().copies)
        for item in changed:
            archive.add(Extraction(item))
        corpus = archive.corpus()
        assert corpus.copies == find(corpus.articles.values())
        assert archive.examine() == []
    earlier = {item.name: item.id for item in corpus.articles.values() if item.earlier}
    assert sorted(earlier) == ["00", "01", "02"]
    assert {(corpus.copies[name].of, corpus.copies[name].kind) for name in earlier} == {
        (id_, Again.VERSION) for id_ in earlier.values()
    }
    links = {earlier.get(name, name): earlier.get(link.of, link.of) for name, link in before.items()}
    assert {name: corpus.copies[name].of for name in links} == links
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        query = "SELECT * FROM copies ORDER BY article"
        known = [tuple(row) for row in connection.execute(query)]
        rebuild(connection)
        assert [tuple(row) for row in connection.execute(query)] == known
        connection.execute("DELETE FROM shingles WHERE article = 4")
    connection.close()
    with Archive.open(path) as archive:
        assert archive.examine() == ["the copies of 03 were looked for with another text"]
        assert archive.examine(rebuild=True) == []


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_links_never_make_a_circle_and_are_those_of_the_articles(tmp_path: Path, seed: int) -> None:
    """Articles change, back and forth, with any dates: the archive says what is found in all of its texts at once."""
    chance, path = random.Random(seed), tmp_path / "desk.db"
    path.unlink(missing_ok=True)
    with Archive.open(path, create=True) as archive:
        for item in chance.choices(mixed(seed), k=20):
            archive.add(Extraction(replace(item, id=chance.choice("abcd"))))
        corpus = archive.corpus()
        assert corpus.copies == find(corpus.articles.values())
        assert all(corpus.original(name) not in corpus.copies for name in corpus.articles)
        assert archive.examine() == []
