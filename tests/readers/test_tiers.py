"""How near to the words a document stands: what its form suggests, and that what the user says comes first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from readers.made import article
from readers.test_news import ATOM, NEWSML, NINJS

from citecheck import pipeline
from citecheck.checks.house import House
from citecheck.config import Config
from citecheck.models import Article, BaseReason, Family, Tier

TURNS = "MODERATOR: Will it sail?\n\nRUIZ: We will open the bridge in May.\n\nMODERATOR: Is that a promise?\n"
MAIL = "From: Ann Lee <ann@port.example>\nSubject: {subject}\n\n{head}\n\nThe ferry will run all night from May on.\n"
SAID = "We will open the northern bridge to lorries and buses before the end of May."
CHANGED = SAID.replace("May", "June").rstrip(".")
CUE = f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana Ruiz>{SAID}\n"
ITEM = "<rss><channel><title>Post</title><item><title>A</title>{inner}</item></channel></rss>"
FULL = "<e:encoded xmlns:e='http://purl.org/rss/1.0/modules/content/'>The whole article.</e:encoded>"

DOCUMENTS = [
    ("a.vtt", CUE, Tier.PRIMARY),
    ("a.txt", TURNS, Tier.PRIMARY),  # a transcript
    ("a.txt", "The ferry runs. Note: it may not.", None),
    ("a.json", json.dumps(NINJS), Tier.AGENCY),
    ("a.xml", NEWSML, Tier.AGENCY),
    ("a.rss", ITEM.format(inner="<description>What the article begins with …</description>"), Tier.AGGREGATOR),
    ("a.rss", ITEM.format(inner=FULL), None),
    ("a.rss", ITEM.format(inner=f"{FULL}<source url='https://x.example/rss'>Other</source>"), Tier.AGGREGATOR),
    ("a.atom", ATOM, None),
    ("a.eml", MAIL.format(subject="New timetable", head="PRESS RELEASE"), Tier.PRIMARY),
    ("a.eml", MAIL.format(subject="Pressemitteilung: Fahrplan", head="Guten Tag"), Tier.PRIMARY),
    ("a.eml", MAIL.format(subject="Lunch", head="Shall we meet?"), None),
    ("a.md", "# Head\n\nThe ferry runs.", None),
]


@pytest.mark.parametrize(("name", "content", "tier"), DOCUMENTS)
def test_what_the_form_suggests(tmp_path: Path, name: str, content: str, tier: Tier | None) -> None:
    assert article(tmp_path, name, content).tier == tier


@pytest.mark.parametrize(
    ("found", "tiers", "rank"),
    [
        (Article("a", "", publisher="Post"), {}, 2),  # an outlet where nothing is said
        (Article("a", "", publisher="Post", tier=Tier.PRIMARY), {}, 0),
        (Article("a", "", publisher="Post", tier=Tier.PRIMARY), {"Post": "aggregator"}, 3),  # the user knows better
        (Article("a", "", tier=Tier.AGGREGATOR), {"a": "agency"}, 1),
        (Article("a", "", publisher="Post", tier=Tier.AGENCY), {"Other": "primary"}, 1),
    ],
)
def test_the_user_comes_first(found: Article, tiers: dict[str, str], rank: int) -> None:
    assert House(tiers=tiers).tier(found) == rank


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A transcript, and two articles that report from it, one of them dated before all."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "talk.vtt").write_text(CUE)
    early = f"---\ndate: 2024-05-01\npublisher: Early Post\n---\n\n“{CHANGED},” Ana Ruiz said.\n"
    (folder / "early.md").write_text(early, encoding="utf-8")
    (folder / "late.md").write_text(early.replace("2024", "2025").replace("Early", "Late"), encoding="utf-8")
    return folder


def family(folder: Path, config: Config) -> Family:
    (found,) = pipeline.group(pipeline.open_corpus([folder], config), config)
    return found


def test_a_transcript_is_the_base_of_its_family(desk: Path) -> None:
    found = family(desk, Config())
    assert found.renderings[found.base].article == "talk.vtt"
    assert found.reason is BaseReason.PRIMARY
    found = family(desk, Config(tiers={"talk.vtt": "outlet"}))
    assert (found.renderings[found.base].article, found.reason) == ("early.md", BaseReason.EARLIEST)
    found = family(desk, Config(tiers={"talk.vtt": "outlet", "Late Post": "primary"}))
    assert (found.renderings[found.base].article, found.reason) == ("late.md", BaseReason.PRIMARY)


def test_the_archive_keeps_what_the_form_suggests(desk: Path, tmp_path: Path) -> None:
    db = tmp_path / "desk.db"
    pipeline.add([desk], db, Config())
    corpus = pipeline.open_corpus([db])
    assert {name: found.tier for name, found in corpus.articles.items()} == {
        "early.md": None,
        "late.md": None,
        "talk.vtt": Tier.PRIMARY,
    }
    found = family(db, Config())
    assert found.renderings[found.base].article == "talk.vtt"


def test_the_witness_that_is_shown_is_the_nearest(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "a.md").write_text(f"“{SAID[:-1]},” Ana Ruiz said.\n", encoding="utf-8")
    (folder / "talk.vtt").write_text(CUE)
    (tmp_path / "draft.md").write_text(f"“{CHANGED},” Ana Ruiz said.\n", encoding="utf-8")
    for tiers, expected in (({}, "talk.vtt"), ({"talk.vtt": "aggregator"}, "a.md")):
        config = Config(tiers=tiers)
        draft = pipeline.open_corpus([tmp_path / "draft.md"], config)
        (checked,) = pipeline.check(draft, pipeline.open_corpus([folder], config), config=config)
        assert {finding.evidence[0].article for finding in checked.findings if finding.evidence} == {expected}
