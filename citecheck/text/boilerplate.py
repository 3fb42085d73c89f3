"""Where the article ends and the page goes on: comment forms, other stories, newsletters, notices.

Policy: a sentence of the article that is lost costs more than a teaser that is kept, so a cut needs a line that is
nothing but a known notice, and nothing after it that reads like the article going on. Two steps, from the top:

1. A *section* line ("Leave a Reply", "Recent Stories") ends the body unless prose follows that speaks of the article's
   own names and figures: a box of links in mid-article is followed by the rest of the story, teasers by other
   stories.
2. *Lines* that stand for themselves ("Share this", "© 2024 …") are then taken off the end, and off the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from citecheck.models import Span
from citecheck.text.lexicons import rows

#: A line this long with a sentence's end is prose. Teaser headlines and notices are shorter.
_PROSE = 80
#: A notice is short: a longer line that only begins like one ("Related: the company said …") is prose.
_LONGEST_NOTICE = 200
#: What must stand before a section line: about two sentences. Above that there is no article yet to end.
_LEAST_BODY = 200
#: How many section lines are weighed, in order; more of them are no article but a list of pages. Keeps the cost linear.
_WEIGHED = 12
#: A paragraph goes on with the article when it shares two of its names or figures; one may be chance ("Monday", "US").
_SHARED = 2
#: So many paragraphs of prose in a row are no list of teasers.
_RUN = 3
#: A line this long that ends in mid-sentence is one of a text that was wrapped by hand, such as an old e-mail or a PDF.
_WRAPPED = 60

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_CAPITALISED = r"([A-ZÀ-ÖØ-Þ][\w-]{2,}|\d[\d.,]*\d)"
#: A name or a figure anywhere; and one inside a sentence, where a capital is not only that of the first word.
_NAME = re.compile(r"\b" + _CAPITALISED)
_NAME_INSIDE = re.compile(r"(?<=[\w,;:)“\"‘'] )[“\"‘']?" + _CAPITALISED)
_DECORATION = " \t\r\ufeff\xa0*_#>-–—•·|=+™&"
#: After the words of a notice: a colon, marks, a count such as "(12)" or "12".
_TRAILER = " :.!»…()0123456789"


def body_span(text: str) -> Span:
    """The part of `text` that a reader calls the article, edges trimmed of white space; the whole where in doubt.

    Only whole lines are cut, at the end and (cookie notices, "Skip to content") at the start. Never empty unless the
    text holds nothing but white space.
    """
    lines = [match.span() for match in _LINE.finditer(text) if match[0].strip(_DECORATION)]
    if not lines:
        return 0, len(text)
    end = _section_start(text, lines)
    kept = lines[:end]
    while len(kept) > 1 and _is_notice(text, kept[-1], "line"):
        kept.pop()
    first = 0
    while first < len(kept) - 1 and _is_notice(text, kept[first], "line"):
        first += 1
    start, stop = kept[first][0], kept[-1][1]
    last = start + len(text[start:stop].rstrip())
    return min(last, stop - len(text[start:stop].lstrip("\ufeff \t\r\xa0"))), last


def _section_start(text: str, lines: list[Span]) -> int:
    """The index of the first section line after which the article does not go on, or the number of lines."""
    candidates = (index for index, line in enumerate(lines) if _is_notice(text, line, "section"))
    for _, index in zip(range(_WEIGHED), candidates, strict=False):
        before = sum(end - start for start, end in lines[:index])
        if before >= _LEAST_BODY and not _goes_on(text, lines, index):
            return index
    return len(lines)


def _goes_on(text: str, lines: list[Span], index: int) -> bool:
    """Whether the prose after line `index` is the article's.

    It is where more of it tells of what stands before than does not, or where paragraph follows on paragraph and one of
    them does: between teasers, and between readers' comments, stand headlines and names.
    """
    known = set(_NAME_INSIDE.findall(text, lines[0][0], lines[index][0]))
    own = other = run = 0
    tied = False
    for paragraph in _blocks(text, lines, index + 1):
        if not _is_prose(paragraph):
            run, tied = 0, False
            continue
        ours = len(known.intersection(_NAME.findall(paragraph))) >= _SHARED
        own += len(paragraph) if ours else 0
        other += 0 if ours else len(paragraph)
        run, tied = run + 1, tied or ours
        if tied and run >= _RUN:
            return True
    return own > other


def _blocks(text: str, lines: list[Span], index: int) -> Iterator[str]:
    """The paragraphs from line `index` on, less notices. A long line that ends in mid-sentence goes on in the next."""
    start, last = None, 0
    for begin, end in lines[index:]:
        if start is not None and text.count("\n", last, begin) > 1:
            yield text[start:last]
            start = None
        start, last = begin if start is None else start, end
        wrapped = end - begin >= _WRAPPED and not _SENTENCE_END.search(text, end - 20, end)
        if not wrapped:
            if not _is_notice(text, (start, end), "line"):
                yield text[start:end]
            start = None
    if start is not None:
        yield text[start:last]


@cache
def _notices(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The notices of one kind: those that fill their line, and those that may go on."""
    words = [row["words"] for row in rows("boilerplate.tsv") if row["kind"] == kind]
    whole = frozenset(entry.rstrip(_TRAILER) for entry in words if not entry.endswith(" …"))
    return whole, tuple(entry.removesuffix(" …") for entry in words if entry.endswith(" …"))


def _is_notice(text: str, span: Span, kind: str) -> bool:
    start, end = span
    if end - start > _LONGEST_NOTICE:
        return False
    line = " ".join(text[start:end].strip(_DECORATION).lower().split())
    whole, openings = _notices(kind)
    if line.rstrip(_TRAILER) in whole:
        return True
    if not line.startswith(openings) or (kind == "section" and _is_prose(line)):
        return False
    return any(line.startswith(opening) and _ends_there(line, opening) for opening in openings)


def _ends_there(line: str, opening: str) -> bool:
    """Whether `opening`, with which `line` begins, ends a word there: "share on", not "share only".

    One that ends in a digit, "copyright 20", is the beginning of a year.
    """
    return opening[-1].isdigit() or not (line + " ")[len(opening)].isalnum()


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE and _SENTENCE_END.search(line) is not None
