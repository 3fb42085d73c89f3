"""The pages of speakers and of sources: who says what across articles, and what is credited to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from citecheck.html.addresses import (
    SOURCES,
    SPEAKERS,
    Here,
    family_page,
    part,
    quotation_fragment,
    source_page,
    speaker_page,
)
from citecheck.html.census import ArticleLink, Census
from citecheck.html.chain import proof_fragment
from citecheck.html.marks import KINDS, SeverityMark, clip, counted, headline, language, severity_mark
from citecheck.html.parts import RELATIONS
from citecheck.models import Quotation, SourceCredit, SpeakerKind

#: Outlets that are named above what somebody says; the words below name all of them.
MOST_OUTLETS = 12

SPEAKER_KINDS = {
    SpeakerKind.PERSON: "person",
    SpeakerKind.BODY: "body",
    SpeakerKind.DESCRIPTION: "described, not named",
}


class SpeakerRow(NamedTuple):
    name: str
    href: str
    kind: str
    role: str
    quotations: int
    articles: int
    worst: SeverityMark | None


class SpeakersPage(NamedTuple):
    title: str
    page_id: str
    rows: tuple[SpeakerRow, ...]
    pages: tuple[tuple[str, str, bool], ...]
    total: int
    nobody: int


class Telling(NamedTuple):
    """Where words stand, and how they are given there."""

    article: ArticleLink
    kind: str
    mention: str
    cue: str
    sources: tuple[tuple[str, str], ...]


class Wording(NamedTuple):
    """Words that one or more articles give alike."""

    words: str
    quoted: bool
    language: str | None
    told: tuple[Telling, ...]


class Said(NamedTuple):
    """One statement of a speaker in all the wordings in which it is given to him. `family` is empty where it stands
    in one place only."""

    wordings: tuple[Wording, ...]
    family: str
    severity: SeverityMark | None


class SpeakerPage(NamedTuple):
    title: str
    page_id: str
    name: str
    kind: str
    roles: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]
    mentions: tuple[tuple[str, str], ...]
    summary: str
    quoted_by: tuple[tuple[str, int, int], ...]
    more_outlets: int
    said: tuple[Said, ...]


class SourceRow(NamedTuple):
    name: str
    href: str
    kind: str
    credits: int
    articles: int
    relations: str
    families: int
    lost: int


class SourcesPage(NamedTuple):
    title: str
    page_id: str
    rows: tuple[SourceRow, ...]
    pages: tuple[tuple[str, str, bool], ...]


class Credited(NamedTuple):
    """One credit given to a source: by whom, in which words, for what."""

    article: ArticleLink
    relation: str
    mention: str
    document: str
    words: str
    language: str | None
    quoted: bool
    speaker: str
    family: str


class Taker(NamedTuple):
    """What one article has from a source: `taken` of the `told` statements that it quotes or reports."""

    article: ArticleLink
    credits: int
    taken: int
    told: int


class SourcePage(NamedTuple):
    title: str
    page_id: str
    name: str
    kind: str
    summary: str
    lost: str
    takers: tuple[Taker, ...]
    credits: tuple[Credited, ...]


def speakers_context(census: Census, here: Here, number: int) -> SpeakersPage:
    """Page `number` (from 0) of the speakers."""
    own = part(here, SPEAKERS, number, len(census.by_speaker))
    some = islice(census.by_speaker.items(), own.start, own.stop)
    rows = tuple(_speaker_row(census, here, name, said) for name, said in some)
    nobody = sum(q.kind.speech and q.speaker is None for q in census.quotations.values())
    return SpeakersPage("Speakers", here.id(), rows, own.links, len(census.by_speaker), nobody)


def _speaker_row(census: Census, here: Here, name: str, said: Sequence[Quotation]) -> SpeakerRow:
    return SpeakerRow(
        name,
        here.to(speaker_page(name)),
        _speaker_kind(said),
        next((q.speaker.role for q in said if q.speaker and q.speaker.role), ""),
        len(said),
        census.corpus.distinct(q.article for q in said),
        _worst(census, said),
    )


def _speaker_kind(said: Sequence[Quotation]) -> str:
    kinds = Counter(q.speaker.kind for q in said if q.speaker)
    return SPEAKER_KINDS[kinds.most_common(1)[0][0]] if kinds else ""


def _worst(census: Census, said: Sequence[Quotation]) -> SeverityMark | None:
    found = [census.family_of[q.id].severity for q in said if q.id in census.family_of]
    return severity_mark(max(found)) if found else None


def speaker_context(census: Census, here: Here, name: str) -> SpeakerPage:
    """All that `name` says, statement by statement in the order of the corpus."""
    said = census.by_speaker[name]
    articles = census.corpus.distinct(q.article for q in said)
    quoted = sum(q.kind.quoted for q in said)
    return SpeakerPage(
        title=clip(name, 80),
        page_id=here.id(),
        name=name,
        kind=_speaker_kind(said),
        roles=_forms(census, said, "role"),
        names=_forms(census, said, "name"),
        mentions=_forms(census, said, "mention"),
        summary=f"{counted(len(said), 'statement')} in {counted(articles, 'article')}, {quoted:,} of them in marks",
        quoted_by=tuple(_quoted_by(census, here, said)),
        more_outlets=max(0, len({census.link(here, q.article).name for q in said}) - MOST_OUTLETS),
        said=tuple(_statements(census, here, said)),
    )


def _forms(census: Census, said: Sequence[Quotation], form: str) -> tuple[tuple[str, str], ...]:
    """Each form of the name or title that is used, with the publishers that use it."""
    used: dict[str, dict[str, None]] = {}
    for quotation in said:
        value = getattr(quotation.speaker, form)
        if value:
            used.setdefault(value, {})[census.publisher(quotation.article) or "publisher not given"] = None
    return tuple((value, ", ".join(names)) for value, names in used.items())


def _quoted_by(census: Census, here: Here, said: Sequence[Quotation]) -> Iterator[tuple[str, int, int]]:
    """Each outlet that gives the speaker's words, the one with most first: name, statements, those in marks."""
    names = [(census.link(here, q.article).name, q.kind.quoted) for q in said]
    often = Counter(name for name, _ in names)
    marked = Counter(name for name, quoted in names if quoted)
    for name, number in often.most_common(MOST_OUTLETS):
        yield name, number, marked[name]


def _statements(census: Census, here: Here, said: Sequence[Quotation]) -> Iterator[Said]:
    """What is said, each statement once: the renderings of one family together, those of the same words as one."""
    grouped: dict[str, dict[tuple[str, bool], list[Quotation]]] = {}
    for q in said:
        family = census.family_of.get(q.id)
        grouped.setdefault(family.id if family else q.id, {}).setdefault((q.text, q.kind.quoted), []).append(q)
    for wordings in grouped.values():
        family = census.family_of.get(next(iter(wordings.values()))[0].id)
        yield Said(
            tuple(_wording(census, here, alike) for alike in wordings.values()),
            here.to(family_page(family.id)) if family else "",
            severity_mark(family.severity) if family else None,
        )


def _wording(census: Census, here: Here, alike: Sequence[Quotation]) -> Wording:
    first = alike[0]
    told = tuple(_telling(census, here, q) for q in alike)
    return Wording(
        clip(headline(first.text), 600), first.kind.quoted, language(census.articles[first.article].language), told
    )


def _telling(census: Census, here: Here, quotation: Quotation) -> Telling:
    return Telling(
        census.link(here, quotation.article, quotation_fragment(quotation.id, quotation.start, quotation.end)),
        KINDS[quotation.kind],
        mention if quotation.speaker and (mention := quotation.speaker.mention) != quotation.speaker.name else "",
        quotation.cue.text if quotation.cue else "",
        tuple(dict.fromkeys((c.name, census.source_href(here, c.name)) for c in quotation.sources)),
    )


def sources_context(census: Census, here: Here, number: int) -> SourcesPage:
    """Page `number` (from 0) of the sources."""
    own = part(here, SOURCES, number, len(census.by_source))
    some = islice(census.by_source.items(), own.start, own.stop)
    rows = tuple(_source_row(census, here, name, found) for name, found in some)
    return SourcesPage("Sources", here.id(), rows, own.links)


def _source_row(census: Census, here: Here, name: str, found: Sequence[tuple[str, SourceCredit]]) -> SourceRow:
    families = census.families_by_source.get(name, ())
    lost = sum(any(not item.sources for item in family.renderings) for family in families)
    relations = Counter(RELATIONS[credit.relation] for _, credit in found)
    return SourceRow(
        name,
        here.to(source_page(name)),
        next((credit.kind for _, credit in found if credit.kind), ""),
        len(found),
        census.corpus.distinct(article for article, _ in found),
        ", ".join(f"{words} ({number:,})" for words, number in relations.most_common()),
        len(families),
        lost,
    )


def source_context(census: Census, here: Here, name: str) -> SourcePage:
    """All credits that are given to `name`, in the order of the corpus."""
    found = census.by_source[name]
    articles = census.corpus.distinct(article for article, _ in found)
    return SourcePage(
        title=clip(name, 80),
        page_id=here.id(),
        name=name,
        kind=next((credit.kind for _, credit in found if credit.kind), ""),
        summary=f"{counted(len(found), 'credit')} in {counted(articles, 'article')}",
        lost=_lost(census, name),
        takers=tuple(_takers(census, here, found)),
        credits=tuple(_credited(census, here, article, credit) for article, credit in found),
    )


def _lost(census: Census, name: str) -> str:
    """How often those who tell a statement that is credited to `name` do not say so."""
    renderings = [item for family in census.families_by_source.get(name, ()) for item in family.renderings]
    silent = sum(all(credit.name != name for credit in item.sources) for item in renderings)
    if not silent:
        return ""
    of = counted(len(renderings), "rendering")
    return f"Of {of} of the statements that somebody credits to it, {silent:,} do not name it."


def _takers(census: Census, here: Here, found: Sequence[tuple[str, SourceCredit]]) -> Iterator[Taker]:
    """Each article that credits the source, the one that takes most first."""
    taken: dict[str, set[str]] = {}
    for article, credit in found:
        quotation = census.quotations.get(credit.quotation or "")
        taken.setdefault(article, set()).update([quotation.id] if quotation and quotation.kind.speech else [])
    often = Counter(article for article, _ in found)
    for article in sorted(taken, key=lambda one: (-len(taken[one]), -often[one])):
        yield Taker(census.link(here, article), often[article], len(taken[article]), census.told.get(article, 0))


def _credited(census: Census, here: Here, article: str, credit: SourceCredit) -> Credited:
    quotation = census.quotations.get(credit.quotation or "")
    family = census.family_of.get(quotation.id) if quotation else None
    return Credited(
        article=census.link(here, article, proof_fragment(credit.start, credit.end)),
        relation=RELATIONS[credit.relation],
        mention=credit.mention,
        document=credit.document or "",
        words=clip(headline(quotation.text), 300) if quotation else "",
        language=language(census.articles[article].language),
        quoted=quotation is not None and quotation.kind.quoted,
        speaker=quotation.speaker.name if quotation and quotation.speaker else "",
        family=here.to(family_page(family.id)) if family else "",
    )
