"""Plain texts that are transcripts: paragraphs under a speaker's label ("RUIZ: …"), lines that begin with a time.

The text stays as it is. Times become places, and what stands behind a label is marked as speech. A text counts as a
transcript only where its form leaves no doubt: a stray "Note: …" in an article is no speaker.
"""

from __future__ import annotations

import re
from collections import Counter

from citecheck.models import Span
from citecheck.readers.pieces import clock

_CLOCK = r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(?:[.,]\d{1,3})?"
_TIMED = re.compile(rf"^[ \t\ufeff]*(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK}(?=[ \t\r\n]|$))[ \t]*", re.MULTILINE)
_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]{0,30}[ ]){0,4}[A-ZÀ-ÖØ-Þ][\w.'’-]{0,30}(?:[ ]\d{1,2})?"
_LABEL = re.compile(rf"(?:>>[ ]?)?(?:\*\*)?({_NAME})(?:[ ]?\([^()\n]{{1,60}}\))?(?::\*\*|\*\*:|:)[ \t]*")
#: Fewer times than this may be a schedule in an article.
_LEAST_TIMES = 3
#: A transcript has turns of at least two speakers, one of whom speaks twice, and most of its paragraphs are turns.
_LEAST_TURNS = 3


def times(text: str) -> tuple[tuple[int, str], ...]:
    """The places of the lines that begin with a time, where there are at least three and they never run backwards."""
    found: list[tuple[int, int]] = []
    for match in _TIMED.finditer(text):
        hours, minutes, seconds = next(
            match.groups()[at : at + 3] for at in (0, 3, 6) if match.groups()[at + 2] is not None
        )
        found.append((match.start(), int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)))
    moments = [moment for _, moment in found]
    if len(found) < _LEAST_TIMES or moments != sorted(moments):
        return ()
    return tuple((start, clock(moment)) for start, moment in found)


def turns(text: str) -> tuple[Span, ...]:
    """The spans of what each labelled speaker says, to the end of the paragraph; none where this is no transcript."""
    spans: list[Span] = []
    speakers: Counter[str] = Counter()
    paragraphs = 0
    at = 0
    for line in text.splitlines(keepends=True):
        content = line.rstrip()
        begin = at
        at += len(line)
        if not content:
            continue
        timed = _TIMED.match(content)
        offset = timed.end() if timed else len(content) - len(content.lstrip("\ufeff \t"))
        if timed and offset == len(content):
            continue
        paragraphs += 1
        label = _LABEL.match(content, offset)
        if label and label.end() < len(content):
            speakers[label[1].lower()] += 1
            spans.append((begin + label.end(), begin + len(content)))
    enough = len(spans) >= _LEAST_TURNS and len(speakers) > 1 and max(speakers.values(), default=0) > 1
    return tuple(spans) if enough and len(spans) * 2 >= paragraphs else ()
