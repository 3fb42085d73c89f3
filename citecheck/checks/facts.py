"""Facts beside the quotations: dates and figures of the writer's own words against the witnesses (CC401, CC402).

Policy: two sentences are compared where the search answers for them as one statement, or where both carry one
quotation. Even then a sentence has many facts, so a date is compared only with a date of the same act (the content
words around both agree) and a figure only with a figure that counts the same thing. What is only less precise, rounded
or relative is no conflict, and both dates of one act can be right: an order is signed on one day and published on
another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from citecheck.checks.draft import Draft, outside
from citecheck.checks.witnesses import NEAR, Library, Witness
from citecheck.matching import Index, trace
from citecheck.matching.terms import WORD, term
from citecheck.models import Article, Evidence, Finding, Quotation, Severity, Span, Tally, When
from citecheck.text.dates import conflict, find_dates, in_calendar, told_apart
from citecheck.text.lexicons import rows
from citecheck.text.numbers import Relation, number_words, relate
from citecheck.text.segments import sentences
from citecheck.text.words import NUMBER, ORDINAL, words

#: Content words on each side that tell of which act a date or a figure speaks.
REACH = 7
#: Two sentences that carry one quotation speak of one act where one of these words agrees. For two that the search
#: found, most must: on 50 articles checked against 250 of other days, nine figures of other polls and three years of
#: other elections share up to 0.7 of them at scores below 50; sentences of one event share 0.75 and more, or, where one
#: of them tells more, four words and half of them.
SHARED, MOST_SHARED = 3, 0.75
MANY_SHARED, HALF_SHARED, LEAST_SCORE = 4, 0.5, 40.0
#: “Results are expected on …” has fewer, and tells of one act where the sentence before is the same as well.
FEW_SHARED = 2
#: Every poll has its own margin of error.
_POLLS = frozenset(("margin", "percentage"))
#: Words that a sentence needs to be searched for: fewer tell nothing of what it is about.
LEAST_WORDS = 4
#: Sentences of one draft that are searched for; a draft with more dated sentences is a table.
MOST_SENTENCES = 200
_ROUGH = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|over|more|less|fewer|least|up|under)\b"
)


#: “NORVIK, May 7 (Reuters) -” says when the report was written.
_DATELINE = re.compile(r"\s?\([^()\n]{2,40}\)\s?(?:[-–—]|--)|\s?(?:--|—)\s")


class _Fact(NamedTuple):
    """A date or a figure at a place, with the terms of the content words near it. `counts` is what a figure counts."""

    start: int
    end: int
    near: frozenset[str]
    when: When | None = None
    value: float | None = None
    counts: str = ""
    rough: bool = False


class _Against(NamedTuple):
    """A stretch of an article that tells what a sentence of the draft tells; `tied`: both carry one quotation;
    `follows`: the sentences before them tell one thing too."""

    article: Article
    span: Span
    tied: bool
    score: float = 100.0
    follows: bool = False


def judge_facts(draft: Draft, index: Index, library: Library, found: Sequence[Sequence[Witness]]) -> Iterator[Finding]:
    """The conflicts of the draft's own sentences. `found` are the witnesses of each of `draft.quotations`."""
    searched = 0
    for span in draft.sentences:
        facts = _facts(draft.article, span, draft.extraction.quotations)
        if not facts or searched >= MOST_SENTENCES:
            continue
        searched += 1
        places = (*_tied(draft, span, found), *_told(draft, index, library, span))
        against = [(one, _facts(one.article, one.span, library.records_of(one.article.id))) for one in places]
        for fact in facts:
            yield from _judged(draft, library, fact, against)


# What is compared -----------------------------------------------------------------------------------------------------


def _tied(draft: Draft, span: Span, found: Sequence[Sequence[Witness]]) -> Iterator[_Against]:
    """The sentences that carry, in the witnesses, the quotations that this sentence carries."""
    for quotation, witnesses in zip(draft.quotations, found, strict=True):
        if span[0] < quotation.end and quotation.start < span[1]:
            for witness in witnesses:
                place = witness.evidence
                yield _Against(witness.article, _around(witness.article, (place.start, place.end)), True)


def sentences_to_search(draft: Draft) -> Iterator[str]:
    """The texts that `judge_facts` may look for in the archive."""
    for span in draft.sentences:
        if _facts(draft.article, span, draft.extraction.quotations):
            yield _own_words(draft, span)


def _own_words(draft: Draft, span: Span) -> str:
    return " ".join(outside(draft.article.text, span, draft.extraction.quotations).split())


def _told(draft: Draft, index: Index, library: Library, span: Span) -> Iterator[_Against]:
    """The sentences that tell, in the archive, what this sentence tells outside its quotations."""
    text = _own_words(draft, span)
    if len(WORD.findall(text)) < LEAST_WORDS:
        return
    for hit in trace(index, text).hits:
        if hit.comparison.same:
            article = library.articles[hit.article]
            there = _around(article, (hit.start, hit.end))
            yield _Against(article, there, False, hit.comparison.score, _follow(draft, span, article, there))


def _follow(draft: Draft, span: Span, article: Article, there: Span) -> bool:
    """Whether the sentences before a sentence of the draft and before a stretch of an article share their words."""
    text = draft.article.text
    mine = draft.sentences[max(0, bisect_left(draft.sentences, span) - 1)]
    theirs = sentences(article.text, (max(0, there[0] - NEAR), there[0]))
    if mine[1] > span[0] or not theirs:
        return False
    one, other = _terms(text[slice(*mine)]), _terms(article.text[slice(*theirs[-1])])
    return len(one & other) >= max(SHARED, MOST_SHARED * min(len(one), len(other)))


def _terms(text: str) -> frozenset[str]:
    """The terms of the content words of a text."""
    return frozenset(term(one[0]) for one in WORD.finditer(text) if one[0].lower() not in _small())


def _around(article: Article, span: Span) -> Span:
    """The sentences that `span` touches."""
    low, high = max(0, span[0] - NEAR), min(len(article.text), span[1] + NEAR)
    touched = [one for one in sentences(article.text, (low, high)) if one[0] < span[1] and span[0] < one[1]]
    return (touched[0][0], touched[-1][1]) if touched else span


def _facts(article: Article, span: Span, quotations: Sequence[Quotation]) -> list[_Fact]:
    """The dates and figures of a stretch, its quoted words left out."""
    text = outside(article.text, span, quotations)
    return [
        fact._replace(start=span[0] + fact.start, end=span[0] + fact.end)
        for fact in _facts_in(text, _day(article.published))
    ]


@lru_cache(maxsize=2 * MOST_SENTENCES)  # the sentences of a draft are read to be searched for, and to be judged
def _facts_in(text: str, published: date | None) -> tuple[_Fact, ...]:
    """The dates and figures of a text."""
    found = []
    dates = find_dates(text, reference=published)
    for when in dates:
        if _telling(when) and not _DATELINE.match(text, when.end):
            found.append(_Fact(when.start, when.end, _near(text, when.start, when.end), _literal(when)))
    dated = [(when.start, when.end) for when in dates]
    for word in words(text):
        if word.kind in (NUMBER, ORDINAL) and word.value is not None:
            if any(start < word.end and word.start < end for start, end in dated):
                continue
            if word.kind == ORDINAL and not text[word.start].isdigit():
                continue  # “first deputy”, “second to none”: words of order count nothing
            counts = _counted(text, word.end, word.key)
            rough = bool(_ROUGH.search(text[max(0, word.start - 12) : word.start]))
            near = _near(text, word.start, word.end)
            found.append(_Fact(word.start, word.end, near, None, word.value, counts, rough))
    return tuple(found)


def _telling(when: When) -> bool:
    """A date that names a day, a month or a year: “last week” of one paper is another week in another. A weekday is
    the same one for papers that tell of one act."""
    named = any(in_calendar(word) for word in when.text.split())
    return bool(when.day or when.month or when.year or named or (when.earliest and when.earliest == when.latest))


def _literal(when: When) -> When:
    """A weekday whose date is known says its day, so that “Thursday” and “21 November” can be told apart."""
    if when.earliest is None or when.earliest != when.latest:
        return when
    day = when.earliest
    return replace(when, year=day.year, month=day.month, day=day.day)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _counted(text: str, after: int, key: str) -> str:
    """What a figure counts: its unit, else the term of the noun behind it."""
    unit = key.lstrip("#0123456789.-")
    if unit:
        return unit
    for match in list(WORD.finditer(text, after, after + 40))[:3]:
        if text[after : match.start()].strip(" -"):
            return ""
        # “two of 1,840 volunteers”, “three to nine months”: both count what stands behind the second.
        if match[0][0].isdigit() or match[0].lower() in number_words():
            after = match.end()
            continue
        word = match[0].lower()
        if word not in _closed():
            return term(match[0])
        after = match.end()
    return ""


def _near(text: str, start: int, end: int) -> frozenset[str]:
    """The terms of the content words around `start:end`, figures and small words left out."""

    def content(stretch: list[re.Match[str]]) -> list[str]:
        return [term(one[0]) for one in stretch if one[0].lower() not in _small() and not one[0][0].isdigit()]

    before = content(list(WORD.finditer(text, 0, start)))[-REACH:]
    return frozenset((*before, *content(list(WORD.finditer(text, end)))[:REACH]))


@cache
def _small() -> frozenset[str]:
    """Function words, months and days."""
    timed = {word for row in rows("function_words.tsv") if row["tag"] == "time" for word in row["words"].split()}
    return _closed() | timed | {row["word"].lower() for row in rows("calendar.tsv")}


@cache
def _closed() -> frozenset[str]:
    """Function words that are no units of time."""
    return frozenset(
        word for row in rows("function_words.tsv") if row["tag"] != "time" for word in row["words"].split()
    )


# How it is judged -----------------------------------------------------------------------------------------------------


def _judged(
    draft: Draft, library: Library, fact: _Fact, against: Sequence[tuple[_Against, list[_Fact]]]
) -> Iterator[Finding]:
    """One finding where a witness has the same fact with another value; a note where more outlets agree than differ."""
    agree: set[str] = set()
    differ: dict[str, tuple[Article, _Fact]] = {}
    for one, facts in against:
        outlet = library.counts_as(one.article)
        for other in facts:
            same = _same_kind(fact, other) and _same_act(fact, other, one)
            if same and _agrees(fact, other):
                agree.add(outlet)
            elif same and _conflicts(fact, other):
                nearer = outlet not in differ or len(fact.near & other.near) > len(fact.near & differ[outlet][1].near)
                if nearer:
                    differ[outlet] = (one.article, other)
    differ = {outlet: found for outlet, found in differ.items() if outlet not in agree}
    if not differ:
        return
    severity = Severity.MINOR if len(agree) > len(differ) else Severity.MAJOR
    article, other = next(iter(differ.values()))
    mine, theirs = draft.article.text[fact.start : fact.end], article.text[other.start : other.end]
    tally = Tally(len(agree), len(differ))
    evidence = [_evidence(library, article, other, mine) for article, other in differ.values()]
    span = (fact.start, fact.end)
    if fact.when is not None and other.when is not None:
        here, there = told_apart(fact.when, other.when)
        message = f"{here} here, {there} in {library.outlet(article)}; both can be right."
        yield draft.finding("CC401", severity, span, message, evidence=evidence, tally=tally)
    else:
        message = f"‘{mine}’ here, ‘{theirs}’ in {library.outlet(article)}, of the same thing."
        yield draft.finding("CC402", severity, span, message, evidence=evidence, tally=tally)


def _same_kind(one: _Fact, other: _Fact) -> bool:
    """Two dates, or two figures that count the same thing."""
    if (one.when is None) != (other.when is None):
        return False
    return one.when is not None or bool(one.counts and one.counts == other.counts and not one.near & _POLLS)


def _same_act(one: _Fact, other: _Fact, where: _Against) -> bool:
    """Whether the words around two facts speak of one act."""
    shared = len(one.near & other.near)
    if where.tied:
        return shared > 0
    if where.follows and one.near == other.near and shared >= FEW_SHARED:
        return True
    share = shared / max(1, min(len(one.near), len(other.near)))
    dated = one.when is not None and one.when.day is not None
    if dated and shared >= MANY_SHARED and share >= HALF_SHARED and where.score >= LEAST_SCORE:
        return True
    return shared >= SHARED and share >= MOST_SHARED


def _agrees(one: _Fact, other: _Fact) -> bool:
    if one.when is not None and other.when is not None:
        return _overlap(one.when, other.when) and not conflict(one.when, other.when)
    return one.value == other.value or _rounded(one, other)


def _overlap(one: When, other: When) -> bool:
    """Whether two dates have something to agree in: “Thursday” and “April 1” of one sentence have nothing."""
    if one.earliest and one.latest and other.earliest and other.latest:
        return one.earliest <= other.latest and other.earliest <= one.latest
    if one.month is not None or other.month is not None:
        return one.month == other.month
    if one.year is not None or other.year is not None:
        return one.year == other.year
    return bool(set(one.text.lower().split()) & set(other.text.lower().split()))


def _conflicts(one: _Fact, other: _Fact) -> bool:
    if one.when is not None and other.when is not None:
        return conflict(one.when, other.when)
    return one.value != other.value and not _rounded(one, other)


def _rounded(one: _Fact, other: _Fact) -> bool:
    if one.value is None or other.value is None:
        return False
    return relate(one.value, other.value, one.rough or other.rough) is not Relation.OTHER


def _evidence(library: Library, article: Article, fact: _Fact, mine: str) -> Evidence:
    ops = (("replace", 0, fact.end - fact.start, 0, len(mine)),)
    return library.evidence_at(article, (fact.start, fact.end), ops)
