"""One document with two dates: articles of one story that date what stands on the same website to different days.

Policy: a conflict needs the same holder of the site, both dates with day and month, near each other, in articles that
share a statement: two posts of one ministry in two stories are two posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from citecheck.matching.terms import WORD, term
from citecheck.models import Extraction, Kind, Match, Rendering, Span, When
from citecheck.text.dates import conflict, find_dates

#: Days between two dates of one document: an order signed before a holiday and published after it.
NEAR_DAYS = 14
#: Code points in which a clause is looked for on each side of the site.
REACH = 300
#: Mentions of a site that are looked at in one article; more of them are no article.
MOST_SITES = 200
_YEAR_DAYS = 366
_WORD = r"[^\W\d_][\w.&-]{0,40}"
_NAME = r"(?-i:[A-Z\u00c0-\u00de])[\w.&-]{0,40}"
_SITE = r"(?:official |own )?(?:web ?site|site|portal|web ?page|blog|gazette)\b"
#: "on the transport ministry’s website", "on the website of the Ministry of Health".
_HELD = re.compile(
    rf"\b(?:the|its|his|her|their|a) (?P<before>(?:{_WORD} ){{0,4}}{_WORD}?)(?:['’]s?)? {_SITE}"
    rf"|{_SITE} of (?:the )?(?P<after>{_NAME}(?: (?:of |for |and )?{_NAME}){{0,3}})",
    re.IGNORECASE,
)
#: What is in every name of a site: most texts have none, and are not looked through.
_SITES = ("site", "portal", "page", "blog", "gazette")
_PUBLISHED = re.compile(
    r"\b(?:publish|post|issue|release|appear|put (?:up|out|on)|announce|date|decree|order|directive|statement|notice|"
    r"document|letter|entry)(?:e?d|s|ing)?\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:]\s|[.!?…][\"”’)]*\s|\n")


class _Dated(NamedTuple):
    """A clause that dates what stands on a site; `holder` are the terms of whose site it is."""

    clause: Rendering
    holder: frozenset[str]
    when: When


def dated_pairs(extractions: Sequence[Extraction], found: Sequence[Match]) -> Iterator[tuple[Rendering, Rendering]]:
    """Pairs of clauses that give conflicting days to one document."""
    stories = {frozenset((match.a.article, match.b.article)) for match in found}
    told = {name for story in stories if len(story) == 2 for name in story}
    dated = [one for item in extractions if item.article.id in told for one in _clauses(item)]
    for one, other in combinations(dated, 2):
        same_story = frozenset((one.clause.article, other.clause.article)) in stories
        if same_story and _one_document(one, other) and conflict(one.when, other.when):
            yield one.clause, other.clause


def dated_clauses(item: Extraction) -> list[Rendering]:
    """The clauses of an article that date what stands on a site."""
    return [one.clause for one in _clauses(item)]


def _one_document(a: _Dated, b: _Dated) -> bool:
    apart = abs(_day_of_year(a.when) - _day_of_year(b.when))
    near = min(apart, _YEAR_DAYS - apart) <= NEAR_DAYS
    return near and (a.holder <= b.holder or b.holder <= a.holder)


def _day_of_year(when: When) -> int:
    return ((when.month or 1) - 1) * 31 + (when.day or 1)


def _clauses(item: Extraction) -> Iterator[_Dated]:
    text = item.article.text
    folded = text.casefold()
    if not any(site in folded for site in _SITES):
        return
    for match in islice(_HELD.finditer(text, *item.article.body_span), MOST_SITES):
        start, end = _clause(text, match.span())
        holder = frozenset(map(term, WORD.findall(match["before"] or match["after"] or "")))
        when = next((one for one in find_dates(text, start, end) if one.day and one.month), None)
        if holder and when and _PUBLISHED.search(text, start, end):
            credits = tuple(credit for credit in item.credits if start <= credit.start < end)
            words = text[start:end]
            yield _Dated(
                Rendering(item.article.id, Kind.RESTATED, start, end, words, sources=credits, when=when), holder, when
            )


def _clause(text: str, span: Span) -> Span:
    """The clause around `span`, without the punctuation that ends it."""
    low = max(0, span[0] - REACH)
    for match in _CLAUSE_END.finditer(text, low, span[0]):
        low = match.end()
    closing = _CLAUSE_END.search(text, span[1], span[1] + REACH)
    high = closing.start() if closing else min(len(text), span[1] + REACH)
    return low, low + len(text[low:high].rstrip(" .!?…"))
