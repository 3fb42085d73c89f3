"""Credits of sources: what is one, how it is credited, under which name, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.models import Article, SourceCredit
from citecheck.sources import find_credits, load_outlets

OUTLETS = load_outlets()


def credits_in(text: str) -> tuple[SourceCredit, ...]:
    return find_credits(Article("a", text), OUTLETS)


def said(text: str) -> list[tuple[str, str, str]]:
    return [(item.mention, item.name, str(item.relation)) for item in credits_in(text)]


CREDITED = [
    # said to an outlet, or on its air
    ("The mayor told Reuters that the bridge would stay shut.", "Reuters", "Reuters", "told"),
    ("“It will hold,” she told the Süddeutsche Zeitung.", "Süddeutsche Zeitung", "Süddeutsche Zeitung", "told"),
    ("In an interview with Le Monde, he denied it.", "Le Monde", "Le Monde", "told"),
    ("“No comment,” the minister said on CNN.", "CNN", "CNN", "told"),
    ("He told French broadcaster BFMTV he would resign.", "BFMTV", "BFMTV", "told"),
    # reported by an outlet
    ("The talks failed, the FT reported.", "FT", "Financial Times", "reported-by"),
    ("As first reported by Axios, the deal is off.", "Axios", "Axios", "reported-by"),
    ("The dam is cracked, reports Der Spiegel.", "Der Spiegel", "Der Spiegel", "reported-by"),
    ("The memo, seen by Bloomberg News, names three firms.", "Bloomberg News", "Bloomberg", "reported-by"),
    ("Politico, citing two aides, reported a row.", "Politico", "Politico", "reported-by"),
    # according to
    ("The bank lost millions, according to the SCMP.", "SCMP", "South China Morning Post", "according-to"),
    ("Prices fell 3 percent, according to Eurostat.", "Eurostat", "Eurostat", "according-to"),
    ("A new Gallup poll found that few agree.", "Gallup", "Gallup", "according-to"),
    (
        "A study by the Brookings Institution shows a gap.",
        "Brookings Institution",
        "Brookings Institution",
        "according-to",
    ),
    ("It ranks 12th in the Global Hunger Index.", "Global Hunger Index", "Global Hunger Index", "according-to"),
    ("Hale is 4th in trade, according to the Calm Sea Index of Oxfam.", "Oxfam", "Oxfam", "according-to"),
    # a public body that is named in passing
    ("The ships may leave at noon, as the Kremlin reported.", "Kremlin", "Kremlin", "reported-by"),
    # an article that tells of something, where the credit is not for its words
    ("“They are ghosts.” A Newsweek article has described the fleet.", "Newsweek", "Newsweek", "cites"),
    # published there
    ("The order appeared on the Kremlin’s website at noon.", "Kremlin", "Kremlin", "published-on"),
    # a headline in title case makes no surname of it
    (
        "Kremlin Turns Towards Harbour Again\nIt was posted on the Kremlin’s website.",
        "Kremlin",
        "Kremlin",
        "published-on",
    ),
    ("“We are safe,” she wrote on Facebook.", "Facebook", "Facebook", "published-on"),
    ("The order was posted on the Kremlin’s website.", "Kremlin", "Kremlin", "published-on"),
    (
        "He argued in an essay in Foreign Affairs that it must end.",
        "Foreign Affairs",
        "Foreign Affairs",
        "published-on",
    ),
    # credit lines
    ("Credited from: SCMP\nThe ports reopened today.", "SCMP", "South China Morning Post", "credited-from"),
    ("The ports reopened today. h/t Vox", "Vox", "Vox", "credited-from"),
    # referred to
    ("The governor said the AP report was wrong.", "AP", "Associated Press", "cites"),
    ("Citing TASS, the site put the number at nine.", "TASS", "TASS", "cites"),
    # the article's own outlet, or the agency it comes from
    ("LIMA, Peru (AP) — The ports reopened today.", "AP", "Associated Press", "publisher"),
    ("The ports reopened today.\nbusinessinsider", "businessinsider", "Business Insider", "publisher"),
]


@pytest.mark.parametrize(("text", "mention", "name", "relation"), CREDITED)
def test_a_source_is_credited(text: str, mention: str, name: str, relation: str) -> None:
    assert (mention, name, relation) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Michael Bloomberg told voters that Bloomberg would run.",  # a person of that name, also later on
        "Mayor Don Guardian said Atlantic City would pay.",  # a mayor, a town
        "Fox News analyst Ann Brown said the vote was close.",  # an employer
        "The company bought CNN in 1996.",  # business
        "She did not respond to a request for comment from Reuters.",  # silence
        "The Pentagon said the base would close.",  # a body that only speaks
        "The Dow Jones industrial average fell 20 points.",  # a share index
        "He spent a million on advertising on Facebook.",  # a place to advertise
        "James Roe of the Brookings Institution said it was late.",  # an employer
        "Voters went to the polls.",  # no poll at all
    ],
)
def test_a_mere_mention_is_no_credit(text: str) -> None:
    assert said(text) == []


def test_a_joint_poll_credits_each_maker() -> None:
    assert [item.name for item in credits_in("A CNN/ORC poll found him ahead by 2 points.")] == [
        "CNN",
        "ORC International",
    ]


def test_a_short_form_means_the_outlet_named_before() -> None:
    text = "He told the Denver Post it was over. “Never again,” he told the Post. The Post reported a fine."
    assert [item.name for item in credits_in(text)] == ["Denver Post"] * 3


def test_a_stand_in_means_the_source_of_its_kind_named_before() -> None:
    text = "She told Reuters it would rain. Bild reported hail. She told the news agency that roads would close."
    last = credits_in(text)[-1]
    assert (last.mention, last.name) == ("the news agency", "Reuters")


def test_an_index_beside_its_publisher_is_one_credit() -> None:
    (only,) = credits_in("It ranks 40th, according to Transparency International’s Corruption Perceptions Index.")
    assert (only.name, only.document) == ("Transparency International", "Corruption Perceptions Index")


PIECES = [
    "Reuters",
    "told",
    "the",
    "CNN",
    "/",
    "poll",
    "according to",
    "The Times",
    "reported",
    "\n",
    "(AP) —",
    "“",
    ".",
    "é",
    "X",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_credits_are_spans_in_order(text: str) -> None:
    found = credits_in(text)
    assert all(text[item.start : item.end] == item.mention for item in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    [
        "Reuters/",
        "(AP) ",
        "the poll said ",
        "according to ",
        "Reuters told the Elko Gazette ",
        "A.",
        "Reuters and ",
        "The Times. ",
    ],
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = "Reuters reported a poll. " + piece * (60_000 // len(piece))
    assert all(text[item.start : item.end] == item.mention for item in credits_in(text))
