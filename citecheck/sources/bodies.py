"""Sources that the table does not know, found by the shape of their name or by what they are called.

“the Ohio Department of Health”, “the Elko Gazette”, “the news site Example Today”, “an Example Research poll”. The name
is the one in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from citecheck.models import Span
from citecheck.sources.outlets import Outlet
from citecheck.sources.signs import Found, Sign, Word
from citecheck.sources.words import before, words_of
from citecheck.text.dates import in_calendar
from citecheck.text.lexicons import words
from citecheck.text.patterns import regex

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
_CAPITAL_AFTER = re.compile(r"\s[A-Z][a-z]")
_CALL_LETTERS = regex(r"[KW](?<![\w-].)[A-Z]{2,3}(?:-(?:TV|FM|AM|DT))?(?:[  ](?:TV|Radio|radio|\d{1,2}))?(?![\w-])")

#: Broadcasters by the shape of their names: “Radio Example”, “Channel 9”, “Example City FM”.
_BROADCASTER = regex(
    rf"(?<![\w’'-])(?P<name>(?:Radio|Rádio|Televisión|Télé|Channel|Canal|TV|Tele)[^\S\n](?:{_CAPITAL}|\d{{1,3}})(?:[^\S\n]{_CAPITAL})?"
    rf"|{_CAPITAL}(?:[^\S\n]{_CAPITAL}){{0,2}}[^\S\n](?:FM|Radio|TV|Television))(?![\w’'-])"
)

#: “[X.]” at the end of an item, as link lists credit. Inside a sentence brackets hold an editor's words.
_CREDIT_LINE = regex(r"\[(?P<name>[A-Z][\w&’'-]*(?:[  ][A-Z][\w&’'-]*){0,4})\.?\](?=[  ]*(?:\n|$))")


_WORD = re.compile(r"[^\W\d_]+")


#: A name behind what it is called.
_NAME_AFTER = re.compile(rf",?\s(?P<name>{_CAPITAL}(?:\s(?:{_LINK}\s)?{_CAPITAL}){{0,5}})")


@cache
def _called() -> dict[str, list[str]]:
    """What names are called (“the news site X”, “the polling firm X”) by its first word, the longest first."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for called in sorted(words_of("media-called") | words_of("body-called"), key=len, reverse=True):
        by_word[called.split(" ")[0]].append(called)
    return by_word


#: “a X poll”: a name right before the word, at most two small words between.
_POLLED = regex(
    rf"(?P<name>(?<![\w’'/-]){_CAPITAL}(?:(?:\s(?:&\s|and\s)?|/){_CAPITAL}){{0,4}})\s(?:(?:national|statewide|nationwide|tracking|online|telephone|exit|opinion|daily|new|state)\s){{0,2}}(?:poll|polls|survey)(?!\w)"
)


def find_bodies(text: str, span: Span, signs: Found, taken: list[Span]) -> Iterator[tuple[int, int, Outlet]]:
    """`(start, end, source)` of each name in `span` outside `taken` (in order), in no order; they may overlap.

    `signs` are those of the text.
    """
    starts, ends = [first for first, _ in taken], [last for _, last in taken]
    for start, end, kind in _all(text, span, signs):
        whole_line = text[start - 1 : start] in ("", "\n") and text[end : end + 2].strip(" .") in ("", "\n")
        near = bisect_left(starts, end) - 1  # the last that begins before the end
        if not whole_line and not (near >= 0 and ends[near] > start):
            yield start, end, Outlet(" ".join(text[start:end].split()), kind)


def _all(text: str, span: Span, signs: Found) -> Iterator[tuple[int, int, str]]:
    for place, word in signs[Sign.BODY]:
        found = _around(text, span, place, word)
        if found:
            yield found
    yield from _after_class(text, span, signs[Sign.CALLED])
    polls = ((start - 1, start + len(word)) for start, word in signs[Sign.POLL])
    for match in before(polls, _POLLED, text, span):
        start, end = _trimmed(match)
        first = _without_opener(text, start, end)
        if end - first > 2 and not all(_is_subject(word) for word in re.split(r"[\s/]", text[first:end])):
            yield first, end, "pollster"
    for line in _lines(text, span, signs[Sign.BROADCASTER]):
        for match in _BROADCASTER.finditer(text, *line):
            start, end = _trimmed(match)
            first = _without_opener(text, start, end)
            if " " in text[first:end]:
                yield first, end, "broadcaster"
    for match in _CREDIT_LINE.finditer(text, *span) if "[" in text else ():
        yield *match.span("name"), "outlet"
    for start, _ in signs[Sign.LETTERS]:
        if letters := _CALL_LETTERS.match(text, start, span[1]):
            yield start, letters.end(), "broadcaster"


def _after_class(text: str, span: Span, words_: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """Names behind what they are called."""
    free = span[0] - 1
    for start, word in words_:
        for called in _called()[word] if start > free else ():
            match = _NAME_AFTER.match(text, start + len(called), span[1]) if text.startswith(called, start) else None
            if match:
                free = match.end()
                first, end = _trimmed(match)
                media = called in words_of("media-called")
                if media or not _is_person(text[first:end]):
                    yield first, end, "outlet" if media else "research"
                break


def _lines(text: str, span: Span, words_: Sequence[Word]) -> Iterator[Span]:
    """The lines that have one of the words, each once."""
    end = span[0]
    for place, _ in words_:
        if place >= end:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place, span[1])
            end = span[1] if end < 0 else end
            yield max(start, span[0]), end


def _around(text: str, span: Span, place: int, word: str) -> tuple[int, int, str] | None:
    """The name about a word for a body or a newspaper; None where there is none."""
    after = place + len(word)
    press = word in words_of("press") or word in words_of("press-word")
    pattern = _LEFT_OF_PRESS if press else _LEFT
    left = pattern.search(text, max(span[0], place - REACH), place)
    right = None if press else _RIGHT.match(text, after, min(span[1], after + REACH))
    end = right.end() if right else after
    first = _without_opener(text, left.start() if left else place, place)
    end -= text[end - 1] in ".,-"
    if end - first <= len(word) or (press and (first == place or _CAPITAL_AFTER.match(text, end))):
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
