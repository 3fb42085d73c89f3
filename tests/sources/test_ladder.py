"""What a pattern of the ladder asks for before it is compiled."""

from __future__ import annotations

import pytest

from citecheck.sources.ladder import asked, contains, ends, starts
from citecheck.sources.words import words_of


@pytest.mark.parametrize(
    ("pattern", "classes"),
    [
        (r"\s<find>\b", ["find"]),
        (r"(?:<poll>|<work>)(?: \w+)?,?", ["poll work"]),  # one of either
        (r"(?:['’]s?)?(?:\s(?!who)[\w-]+){0,3}?\s<staff>(?: of <body>)?\s<report>\b", ["staff", "report"]),
        (r"<staff>(?: \w+)* <report>", ["staff", "report"]),  # the star is that of the group
        (r"<staff>? <report>", ["report"]),  # may be absent
        (r"<staff>{0,2} (?:<poll>|<work>)? <report>", ["report"]),
        (r"(?:said|<cite>) that", []),  # a choice with other words
        (r"said|<cite>", []),
        (r"[<staff>] \(<find>\)", ["find"]),  # a set and escaped brackets
        (r"(?:a (?:b|<cite>) c)+ <find>", ["find"]),
        (r"told", []),
    ],
)
def test_a_pattern_asks_for_the_classes_that_it_cannot_do_without(pattern: str, classes: list[str]) -> None:
    wanted = [{word.lower() for class_ in found.split() for word in words_of(class_)} for found in classes]
    assert [set(words) for words in asked(pattern)] == wanted


def test_a_text_with_what_is_asked_for_is_matched_and_another_is_not() -> None:
    assert ends(r"<passed-on>(?: \w+)?", "as Reported")  # in any case, at the end
    assert starts(r"\s<find>\b", " found that") and not starts(r"\s<find>\b", " of the poll")
    assert contains(r"\b<say>\b", "it said so") and not contains(r"\b<say>\b", "it was so")
