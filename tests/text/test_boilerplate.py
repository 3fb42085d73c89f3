"""What is cut from a page's end and start, and what must stay."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.text.boilerplate import body_span

ARTICLE = (
    "Harbour Bridge shut after inspection\n"
    "The city of Osterby closed the Harbour Bridge on Tuesday after engineers found cracks in two of its 14 piers.\n"
    "Mayor Ingrid Dahl said the bridge would stay shut until spring, and that ferries would run every ten minutes.\n"
    "“We will not take a chance with anybody’s life,” Dahl told the council."
)

TAILS = [
    "Leave a Reply",
    "Leave a Reply\nYour email address will not be published. Required fields are marked *",
    "LEAVE A COMMENT:",
    "### Comments (12)",
    "Show Comments (37)",
    "Discover more from The Osterby Post\nSubscribe to get the latest posts sent to your email.",
    "Share this:\nTweet\nPrint\nLike this:\nLoading...",
    "© 2025 Osterby Post. All rights reserved.",
    "Copyright 2025 Osterby Post",
    "Tags: bridges, Osterby",
    "Keywords\n#bridges #Osterby",
    "Most Viewed All Categories\nFerries are full\nA prize for the choir",
    "™ & © 2025 Osterby Network, Inc. All rights reserved.",
    "Sign up for our newsletter to get more stories like this.\nAdvertisement",
    "Read more: Ferry timetable for the winter",
    "Lesen Sie auch: Fähren im Winter",
    "Laisser un commentaire",
    "Lascia un commento",
    # Teasers of other stories, sentences and all: they share no names with the article.
    "Recent Stories\n\nSchool meals get dearer\nParents in Norrvik will pay a fifth more for lunches from August, the "
    "local authority announced on Monday.\n\nA prize for the choir\nThe Norrvik chamber choir won first prize at the "
    "festival in Lund, ahead of eleven others.",
    # Readers' comments, each under its name.
    "Comments\nAnna\nI always said that this would happen one day, and here we are, with nothing to cross the water.\n"
    "Reply\nPeter\nWhat nobody mentions is how much the last repair cost all of us, and who was paid for it.\nReply",
]


@pytest.mark.parametrize("tail", TAILS)
def test_tail_is_cut(tail: str) -> None:
    text = f"{ARTICLE}\n\n{tail}\n"
    assert body_span(text) == (0, len(ARTICLE))


KEPT = [
    # A box of links in mid-article: the story goes on below it, with the same people.
    f"{ARTICLE}\nRelated Articles\nFerries are full\nWhat the bridge cost\n"
    "Dahl said that the repair of the Harbour Bridge would cost 40 million kroner, and that the state would pay half.",
    # The same, with paragraphs that bring new names after the one that ties them to the story.
    f"{ARTICLE}\nMore on this story\nFerries are full\n"
    "Dahl will meet the owners of the ferries in Osterby on Thursday to talk about the fares and the winter.\n"
    "The ferry line belongs to Peter Holm, who bought it nine years ago for the price of a small house.\n"
    "Holm did not answer calls, and his lawyer in Malmö said that there was nothing to add to the statement.",
    # Sentences that only begin like a notice.
    f"{ARTICLE}\nCopyright holders of the bridge’s design have asked for a hearing.",
    f"{ARTICLE}\nShare prices of the builder fell by nine per cent.",
    f"{ARTICLE}\nMore than 4,000 people cross it each day.",
    f"{ARTICLE}\nBy continuing to use the old bridge, the city had saved millions.",
    # A publisher's name in the last line is read by others.
    f"{ARTICLE}\nosterbypost",
    # Too little before it to be an article.
    "Comments\nThe council will meet again on Friday.",
    "Leave a Reply",
]


@pytest.mark.parametrize("text", KEPT)
def test_article_is_kept(text: str) -> None:
    assert body_span(text) == (0, len(text))


def test_notices_above_the_article_are_cut() -> None:
    head = "\ufeffSkip to content\nWe use cookies to make this site work.\nAccept all\n\n"
    assert body_span(head + ARTICLE) == (len(head), len(head + ARTICLE))


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "\n\nRelated Articles\n\nFerries are full\n\nDahl said that the repair of the Harbour Bridge would be paid by\n"
        "the state, and that the work in Osterby would begin before the end of the year.\n"
    )
    assert body_span(ARTICLE + wrapped) == (0, len((ARTICLE + wrapped).rstrip()))


@given(st.text(alphabet="aA1. \n\r\ufeff\xa0“”", max_size=200), st.sampled_from(["", *TAILS]))
def test_span_lies_in_the_text_and_never_ends_in_space(text: str, tail: str) -> None:
    whole = text + "\n" + tail
    start, end = body_span(whole)
    assert 0 <= start <= end <= len(whole)
    if whole.strip("\ufeff \t\r\n\xa0"):
        assert whole[start:end] == whole[start:end].strip(" \t\r\n") != ""


@pytest.mark.parametrize(
    "line", ["Comments\n", "Share this\n", "a\n", "Recent Stories\n" + "Words and words. " * 9 + "\n"]
)
def test_time_is_linear(line: str) -> None:
    text = ARTICLE + "\n" + line * (1_000_000 // len(line))
    begin = time.process_time()
    body_span(text)
    assert time.process_time() - begin < 10
