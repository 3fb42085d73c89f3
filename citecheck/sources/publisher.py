"""Whose article it is: header lines, by-lines, agency datelines, the first or last line, the web address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from citecheck.models import Article, Span
from citecheck.sources.outlets import MEDIA, Outlets
from citecheck.sources.spotting import Mention
from citecheck.text.patterns import regex
from citecheck.text.segments import trimmed

#: An outlet's name at the head or foot stands alone on a line of at most this many characters.
LINE = 60
#: How much of a line is looked at on either side of a name.
WINDOW = 240

_HEADER = re.compile(
    r"^\s*(?:Publisher|Publication|Outlet|Herausgeber|Éditeur|Medium)\s?:\s*(\S[^\n]{1,80})$", re.MULTILINE
)
_TAIL = re.compile(
    r"(?:Discover more from|Originally published (?:by|in|on|at)|©\s?\d{4}|Copyright \d{4})\s+(?P<name>[^\n|.]{2,60})"
)
_DASH_AFTER = regex(r"\)\s?[-–—―:]|\)\s?$", re.MULTILINE)
_PLACE = regex(r"(?:[-–—* ]*)[A-ZÀ-Þ][\w .,'’/-]*$")
_CREDIT_AFTER = re.compile(
    r"(?:['’]s?)?\s?(?:staff |news |national |political )?(?:writer|reporter|correspondent|journalist|editor|"
    r"researcher|staff)\w*\s[^\n]{2,160}\bcontributed"
)
_DESK_BEFORE = re.compile(r"\((?:Reporting|Writing|Editing|Additional reporting|Compiled)\b[^\n()]{0,200}$")


def is_publisher(text: str, body: Span, mention: Mention) -> bool:
    """Whether `mention` names the article's own outlet, or the agency that it is taken from, at its head or foot."""
    before = text[max(0, mention.start - WINDOW) : mention.start].rpartition("\n")[2]
    after = text[mention.end : mention.end + WINDOW].partition("\n")[0]
    if before.endswith("(") and _DASH_AFTER.match(after) and _PLACE.match(before[:-1]) and len(before) < LINE + 12:
        return True
    if re.fullmatch(r"\s*(?:Publisher|Publication|Outlet)\s?:\s*", before):
        return True
    if before.endswith("This is ") and re.match(r" for [A-Z]\w+day", after):
        return True
    if _CREDIT_AFTER.match(after) or _DESK_BEFORE.search(before):
        return True
    if re.match(r"\s*(?:By|BY|Von|Par|Por)\s", before) and not after.strip(" .)") and mention.outlet.kind in MEDIA:
        return True
    return not before.strip() and not after.strip(" .") and _at_edge(text, body, mention)


def _at_edge(text: str, body: Span, mention: Mention) -> bool:
    """Whether nothing but white space stands between a mention and an end of the body."""
    first, last = _first_line(text, body), _last_line(text, body)
    return mention.start <= first[1] or mention.end >= last[0]


def edge_names(text: str, body: Span, outlets: Outlets) -> list[Mention]:
    """An outlet written run together or small that is all of the first or last line: “businessinsider”."""
    found = []
    lines = [(start, end) for start, end in (_first_line(text, body), _last_line(text, body)) if end - start <= LINE]
    for start, end in dict.fromkeys(lines):
        outlet = outlets.find(text[start:end]) if end > start else None
        if outlet is not None and outlet.kind in MEDIA:
            found.append(Mention(start, end, outlet))
    return found


def _first_line(text: str, body: Span) -> Span:
    start = body[0] + _blank(text[body[0] : body[1]])
    end = text.find("\n", start, body[1])
    return trimmed(text, start, body[1] if end < 0 else end)


def _blank(text: str) -> int:
    """How many code points of white space, a byte order mark included, `text` begins with."""
    return len(text) - len(text.lstrip("\ufeff \t\r\n"))


def _last_line(text: str, body: Span) -> Span:
    end = trimmed(text, *body)[1]
    return trimmed(text, max(body[0], text.rfind("\n", body[0], end) + 1), end)


def publisher_of(article: Article, outlets: Outlets) -> str | None:
    """The canonical name of the outlet that published `article`, where its data or its text say so."""
    if article.publisher:
        return outlets.canonical(article.publisher)
    if article.url and (host := urlsplit(article.url).hostname) and (known := outlets.by_domain(host)):
        return known.name
    text, body = article.text, article.body_span
    if header := _HEADER.search(text, 0, 4000):
        return outlets.canonical(header[1].strip())
    for mention in edge_names(text, body, outlets):
        return mention.outlet.name
    if tail := _TAIL.search(text, max(body[1] - 200, 0)):
        return outlets.canonical(tail["name"].strip())
    return None
