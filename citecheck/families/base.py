"""Which rendering the others are compared with, and why: pinned, primary document, earliest dated, fullest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from citecheck.models import Article, BaseReason, Kind, Rendering, SpeakerKind
from citecheck.text.names import same_person

#: Quoted words are a fuller rendering than told ones, however long those are.
_KINDS = (Kind.DIRECT, Kind.FRAGMENT, Kind.INDIRECT, Kind.RESTATED)


def choose(
    renderings: Sequence[Rendering],
    articles: Mapping[str, Article],
    pins: Collection[str] = (),
    primary: Collection[str] = (),
) -> tuple[int, BaseReason]:
    """The number of the base among `renderings`, and the strongest reason that holds.

    pins: ids of quotations or articles that the user chose; primary: ids of articles that are the words themselves,
    such as a transcript. Undated renderings are never called later or earlier: among
    dated ones the earliest is the base, without a date the fullest.
    """
    ladder = (
        (BaseReason.PINNED, [at for at, one in enumerate(renderings) if one.quotation in pins or one.article in pins]),
        (BaseReason.PRIMARY, _primary(renderings, articles, primary)),
        (BaseReason.EARLIEST, _earliest(renderings, articles)),
    )
    for reason, numbers in ladder:
        if numbers:
            return _fullest(numbers, renderings), reason
    return _fullest(range(len(renderings)), renderings), BaseReason.FULLEST


def _fullest(numbers: Collection[int], renderings: Sequence[Rendering]) -> int:
    """Quoted before told, fully attributed before vaguely, long before short; of equals the first."""
    return min(
        numbers,
        key=lambda at: (_KINDS.index(renderings[at].kind), -_attributed(renderings[at]), -len(renderings[at].text), at),
    )


def _attributed(one: Rendering) -> int:
    """How much a rendering says of where it comes from: a named person counts twice, a source once."""
    named = 0 if one.speaker is None else 2 if one.speaker.kind is SpeakerKind.PERSON else 1
    return named + bool(one.sources)


def _primary(renderings: Sequence[Rendering], articles: Mapping[str, Article], primary: Collection[str]) -> list[int]:
    """The renderings of articles in `primary`, of those that others credit, and of those that the speaker published."""
    credited: dict[str, set[str]] = {}  # name -> the articles that credit it
    for one in renderings:
        for source in one.sources:
            credited.setdefault(source.name, set()).add(one.article)
    found = []
    for at, one in enumerate(renderings):
        publisher = articles[one.article].publisher
        own = one.speaker is not None and bool(publisher) and same_person(publisher or "", one.speaker.name)
        others = credited.get(publisher or "", set()) - {one.article}
        if one.article in primary or own or others:
            found.append(at)
    return found


def _earliest(renderings: Sequence[Rendering], articles: Mapping[str, Article]) -> list[int]:
    """The renderings of the earliest dated articles. A date that is less precise than another is no earlier than it."""
    dates = {at: articles[one.article].published or "" for at, one in enumerate(renderings)}
    known = {at: when for at, when in dates.items() if when}
    if not known:
        return []
    first = min(known.values())
    return [at for at, when in known.items() if when == first or first.startswith(when)]
