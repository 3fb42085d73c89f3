"""Stand-ins for a source named before: “the news agency”, “the poll”, “the report”, “the institute”."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from citecheck.models import Relation, SourceCredit
from citecheck.sources.context import Context
from citecheck.sources.ladder import ends, starts
from citecheck.sources.outlets import MEDIA, RESEARCH
from citecheck.sources.words import branched, words_of

#: A stand-in looks back this many code points at most (about twelve paragraphs): further back readers have forgotten …
MEMORY = 4000
#: … and over this many credits, so that work stays linear in the text.
CREDITS_BACK = 40
#: A report stands for an outlet that only “reported” within this many line breaks.
LINES_BACK = 6

_MEDIA_CLASSES = ("newspaper", "agency", "magazine", "journal", "broadcaster", "online", "outlet")
_REPORTS = words_of("report-like")
_NEWS = frozenset(("report", "story", "article", "account"))


class StandIn(NamedTuple):
    """A noun phrase with a determiner that may stand for a source. `start:end` is all of it."""

    start: int
    end: int
    noun: str


@cache
def _pattern() -> re.Pattern[str]:
    nouns = branched(set().union(*(words_of(class_) for class_ in ("poll", "body", "work", *_MEDIA_CLASSES))))
    described = (
        r"(?:new|latest|same|recent|first|national|statewide|nationwide|congressional|internal|interim|final|full|"
        r"annual|online|tracking|[A-Z][a-z]+(?:['’]s)?|\d{4}|[\w-]+-page)\s"
    )
    day = r"(?:(?<=M)on|(?<=T)ues|(?<=W)ednes|(?<=T)hurs|(?<=F)ri|(?<=S)atur|(?<=S)un)day['’]s\s"
    people = r"(?!['’]s (?:director|author|president|founder|chief|editor|owner|host)|-)"
    return re.compile(
        r"[TtOoMWFS](?<!\w.)"  # the first letter, to which a search can skip
        rf"(?:(?:(?<=[Tt])(?:he|his|hat)|(?<=[Oo])ur)\s(?:{described}){{0,2}}|{day})(?P<noun>{nouns})\b{people}"
    )


def find_standins(text: str, start: int, end: int) -> Iterator[StandIn]:
    """Every noun phrase in `start:end` that could stand for a source."""
    for match in _pattern().finditer(text, start, end):
        if match["noun"] not in ("polls", "surveys"):  # “went to the polls”
            yield StandIn(match.start(), match.end(), match["noun"])


def antecedent(text: str, item: StandIn, credits: Sequence[SourceCredit]) -> SourceCredit | None:
    """The credit that a stand-in takes up: the last one before it that fits. `credits` stand in order of place."""
    last = bisect_left(credits, item.start, key=lambda credit: credit.start)
    for credit in reversed(credits[max(0, last - CREDITS_BACK) : last]):
        if item.start - credit.end > MEMORY:
            return None
        if _fits(item.noun, credit, near=text.count("\n", credit.end, item.start) <= LINES_BACK):
            return credit
    return None


def _fits(noun: str, credit: SourceCredit, near: bool) -> bool:
    document, kind = credit.document or "", credit.kind or ""
    if noun in words_of("poll"):
        return document in words_of("poll") or (kind == "pollster" and near)
    if noun in words_of("body"):
        return kind in RESEARCH or noun in credit.name.lower()
    if document and (document == noun or (noun in _REPORTS and document in _REPORTS)):
        return True
    if kind in MEDIA and any(noun in words_of(class_) for class_ in (kind, "outlet") if class_ in _MEDIA_CLASSES):
        return True
    return noun in _NEWS and near and kind in MEDIA and credit.relation in (Relation.REPORTED_BY, Relation.CITES)


_ADVERBS = (
    r"(?:also\s|further\s|itself\s|later\s|first\s|had\s|has\s|\w+ly\s|(?:on\s)?[A-Z]\w+day\s|for the first time\s)*"
)
_MADE = (
    r"(?:['’]s (?:authors?|findings|results))?(?:,? (?:released|published|conducted|issued|which)[^,\n]{0,80},?)?,?\s"
)


def relation_of_standin(context: Context, noun: str) -> Relation | None:
    """How the sentence uses a stand-in as a source; None where it is only spoken about."""
    if ends(r"[Aa]ccording to|[Pp]er", context.lead):
        return Relation.ACCORDING_TO
    if any(noun in words_of(class_) for class_ in _MEDIA_CLASSES) and noun not in words_of("work"):
        return _of_media(context)
    if ends(r"(?:said|says|called|calls)(?: that)?|<cite>(?: \w+){0,2}", context.lead):
        return Relation.CITES
    opens = re.search(
        r"(?:^|[,;:—–(“\"-]|\b(?:that|and|but|while|as|when|which|because|so|if|where|than))$", context.lead
    )
    only_describes = r"\s(?:has|had|includes|included|was|asked|contains?)\b"
    if opens and starts(rf"{_MADE}{_ADVERBS}<find>\b", context.right) and not starts(only_describes, context.right):
        return Relation.ACCORDING_TO
    made_by = noun in words_of("body") and ends(r"(?:study|poll|survey|report|analysis) by", context.lead)
    counted = re.search(r"\d|percent|half|third|quarter|majority", context.whole)
    figure_in = noun in words_of("poll") | {"data", "study"} and counted and ends(r"[Ii]n|to .{1,30} in", context.lead)
    return Relation.ACCORDING_TO if made_by or figure_in else None


def _of_media(context: Context) -> Relation | None:
    if ends(r"told|telling|tells|tell|interview with|spoke to|speaking to|statement to", context.lead):
        return Relation.TOLD
    if starts(rf"(?:['’]s [A-Z]\w+ [A-Z]\w+)?,?\s{_ADVERBS}<report>\b", context.right):
        return Relation.REPORTED_BY
    if ends(r"[,”\"]\s(?:reported|reports|said|wrote)|reported by", context.lead):
        return Relation.REPORTED_BY
    return None
