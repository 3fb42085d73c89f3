"""Sources that the table does not know, found by the shape of their name or by what they are called.

“the Ohio Department of Health”, “the Elko Gazette”, “the news site Example Today”, “an Example Research poll”. The name
is the one in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from citecheck.models import Span
from citecheck.sources.outlets import Outlet
from citecheck.sources.words import before, branched, starting, words_of
from citecheck.text.dates import in_calendar
from citecheck.text.lexicons import words

#: How far a name reaches to either side of the word that tells what it is.
REACH = 90

_CAPITAL = r"[A-ZÀ-Þ][\w’'.&-]{0,40}"  # bounded: “A.A.A…” is no name
_LINK = r"(?:of|for|on|and|in|the|&|de|der|für|du|del|di|der|des|da|do|dos)"
_LEFT = re.compile(rf"(?:(?<![\w’'-])(?:{_CAPITAL})\s(?:{_LINK}\s){{0,2}}){{0,6}}$")
#: The name of a newspaper has no “and” in it: “the Example Group and the Courier” are two.
_LEFT_OF_PRESS = re.compile(rf"(?:(?<![\w’'-])(?:{_CAPITAL})\s(?:(?:of|de|la|du|di|do)\s)?){{0,4}}$")
_RIGHT = re.compile(
    rf"(?:(?:\s|,\s)(?:(?:of|for|on|de|des|für|du|del|di|da|do|and|&)\s)(?:the\s|la\s|die\s)?{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}){{0,4}}"
)
_POLL = re.compile(r"\s(?:polls?|survey)(?!\w)")
_CAPITAL_AFTER = re.compile(r"\s[A-Z][a-z]")
_CALL_LETTERS = re.compile(
    r"[KW](?<![\w-].)[A-Z]{2,3}(?:-(?:TV|FM|AM|DT))?(?:[  ](?:TV|Radio|radio|\d{1,2}))?(?![\w-])"
)

#: Broadcasters by the shape of their names: “Radio Example”, “Channel 9”, “Example City FM”.
_BROADCASTER = re.compile(
    rf"(?<![\w’'-])(?P<name>(?:Radio|Rádio|Televisión|Télé|Channel|Canal|TV|Tele)[^\S\n](?:{_CAPITAL}|\d{{1,3}})(?:[^\S\n]{_CAPITAL})?"
    rf"|{_CAPITAL}(?:[^\S\n]{_CAPITAL}){{0,2}}[^\S\n](?:FM|Radio|TV|Television))(?![\w’'-])"
)

#: “[X.]” at the end of an item, as link lists credit. Inside a sentence brackets hold an editor's words.
_CREDIT_LINE = re.compile(r"\[(?P<name>[A-Z][\w&’'-]*(?:[  ][A-Z][\w&’'-]*){0,4})\.?\](?=[  ]*(?:\n|$))")


_WORD = re.compile(r"[^\W\d_]+")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"{starting('institution', 'press', 'press-word')}(?![\w-])")


@cache
def _called() -> re.Pattern[str]:
    """“the news site X”, “the polling firm X”: the sign before it, what it is called, then its name."""
    return re.compile(
        rf"[^\w-](?P<called>{branched(words_of('media-called') | words_of('body-called'))}),?\s"
        rf"(?P<name>{_CAPITAL}(?:\s(?:{_LINK}\s)?{_CAPITAL}){{0,5}})"
    )


@cache
def _polled() -> re.Pattern[str]:
    """“a X poll”: a name right before the word, at most two small words between."""
    return re.compile(
        rf"(?P<name>(?<![\w’'/-]){_CAPITAL}(?:(?:\s(?:&\s|and\s)?|/){_CAPITAL}){{0,4}})\s(?:(?:national|statewide|nationwide|tracking|online|telephone|exit|opinion|daily|new|state)\s){{0,2}}(?:poll|polls|survey)(?!\w)"
    )


def find_bodies(text: str, span: Span, taken: list[Span]) -> Iterator[tuple[int, int, Outlet]]:
    """`(start, end, source)` of each name outside `taken` (in order), in no order; they may overlap."""
    starts, ends = [first for first, _ in taken], [last for _, last in taken]
    for start, end, kind in _all(text, span):
        whole_line = text[start - 1 : start] in ("", "\n") and text[end : end + 2].strip(" .") in ("", "\n")
        near = bisect_left(starts, end) - 1  # the last that begins before the end
        if not whole_line and not (near >= 0 and ends[near] > start):
            yield start, end, Outlet(" ".join(text[start:end].split()), kind)


def _all(text: str, span: Span) -> Iterator[tuple[int, int, str]]:
    for match in _words().finditer(text, *span):
        found = _around(text, span, match)
        if found:
            yield found
    for match in _called().finditer(f" {text}", span[0], span[1] + 1):  # a sign stands before each word there
        first, end = (place - 1 for place in _trimmed(match))
        media = match["called"] in words_of("media-called")
        if media or not _is_person(text[first:end]):
            yield first, end, "outlet" if media else "research"
    for match in before(_POLL, _polled(), text, span):
        start, end = _trimmed(match)
        first = _without_opener(text, start, end)
        if end - first > 2 and not all(_is_subject(word) for word in re.split(r"[\s/]", text[first:end])):
            yield first, end, "pollster"
    for match in _BROADCASTER.finditer(text, *span):
        start, end = _trimmed(match)
        first = _without_opener(text, start, end)
        if " " in text[first:end]:
            yield first, end, "broadcaster"
    for match in _CREDIT_LINE.finditer(text, *span):
        yield *match.span("name"), "outlet"
    for match in _CALL_LETTERS.finditer(text, *span):
        yield match.start(), match.end(), "broadcaster"


def _around(text: str, span: Span, match: re.Match[str]) -> tuple[int, int, str] | None:
    """The name about a word for a body or a newspaper; None where there is none."""
    word = match.group()
    press = word in words_of("press") or word in words_of("press-word")
    pattern = _LEFT_OF_PRESS if press else _LEFT
    left = pattern.search(text, max(span[0], match.start() - REACH), match.start())
    right = None if press else _RIGHT.match(text, match.end(), min(span[1], match.end() + REACH))
    end = right.end() if right else match.end()
    first = _without_opener(text, left.start() if left else match.start(), match.start())
    end -= text[end - 1] in ".,-"
    if end - first <= len(word) or (press and (first == match.start() or _CAPITAL_AFTER.match(text, end))):
        return None
    if word in words_of("press-word") and text[max(0, first - 4) : first].lower() != "the ":
        return None  # “Ed Post”, “New Star”: too many are no newspaper
    return first, end, "outlet" if press else "institution"


def _is_person(name: str) -> bool:
    """“pollster Ann Brown”: two plain words, none of which is a word for a body."""
    parts = name.split()
    bodies = words_of("institution") | words_of("press") | words_of("press-word") | words_of("body-name")
    return len(parts) == 2 and all(part.istitle() for part in parts) and not bodies.intersection(parts)


def _trimmed(match: re.Match[str]) -> Span:
    """The name without what its sentence goes on with: a sign, a possessive, “on Thursday”, “in March”."""
    name, words_ = match["name"], list(_WORD.finditer(match["name"]))
    for at, word in enumerate(words_[1:], 1):
        if in_calendar(word[0]):
            link = words_[at - 1]
            name = name[: link.start() if link[0].islower() else word.start()]
            break
    name = name.rstrip(" .’'-&")
    return match.start("name"), match.start("name") + len(name.removesuffix("’s").removesuffix("'s"))


def _without_opener(text: str, start: int, end: int) -> int:
    """`start` without words that open the sentence and only have their capital from there."""
    while True:
        word = re.compile(r"([\w’'.-]+)\s").match(text, start, end)
        if word is None or not (
            word[1].lower() in words_of("stop") | words_of("determiner")
            or word[1] in words_of("before-name")
            or in_calendar(word[1])
        ):
            return start
        start = word.end()


def _is_subject(word: str) -> bool:
    """Whether a word before “poll” says who was asked, where or when, and not by whom."""
    bare = word.removesuffix("’s").removesuffix("'s").rstrip(".,")
    return (
        bare in words_of("poll-subject")
        or in_calendar(bare)
        or bare.lower() in words("demonyms.txt")
        or bare.lower() in words_of("stop")
        or not bare
        or bare.isdigit()
    )
