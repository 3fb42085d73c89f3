"""The first page: what was found, and the queue of statements to look at, worst first."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import NamedTuple

from citecheck.html.addresses import ARTICLES, CONFLICTS, INDEX, SOURCES, SPEAKERS, Here, family_page, part
from citecheck.html.census import Census, unquoted
from citecheck.html.marks import (
    KINDS,
    LABELS,
    SEVERITIES,
    LabelMark,
    SeverityMark,
    clip,
    count,
    counted,
    headline,
    label_marks,
    language,
    severity_mark,
)
from citecheck.html.parts import Note, note
from citecheck.models import Family, Kind, Label, Severity

#: What was cut or goes on at an edge is long and says little at a glance; its label stands beside.
_EDGES = (Label.TRUNCATION, Label.EXTENSION, Label.REWORDING)
#: Choices of a filter by name, the commonest ones: nobody reads more of them, and the search finds the rest.
MOST_CHOICES = 500


class Figure(NamedTuple):
    """One number of the summary. `href` leads to what it counts; `alert` where an editor should look."""

    value: str
    name: str
    href: str
    alert: bool


class QueueRow(NamedTuple):
    """One statement. `tokens` are what the filters look for: `s3 l-omission k-direct p0 o4 a7`."""

    href: str
    severity: SeverityMark
    words: str
    language: str | None
    quoted: bool
    speaker: str
    more_speakers: int
    reading: Note | None
    labels: tuple[LabelMark, ...]
    more_labels: int
    renderings: int
    unquoted: int
    articles: tuple[str, ...]
    more_articles: int
    origins: str
    tokens: str


class Choice(NamedTuple):
    """One choice of a filter: rows that hold `token`."""

    token: str
    name: str
    rows: int


class Filter(NamedTuple):
    key: str
    name: str
    choices: tuple[Choice, ...]


class IndexPage(NamedTuple):
    """All that templates/index.html prints; one of the `pages` of the queue, from statement number `first` on.

    The choices of `filters` count all statements of the queue, and so does `fine`.
    """

    title: str
    page_id: str
    pages: tuple[tuple[str, str, bool], ...]
    figures: tuple[Figure, ...]
    strip: tuple[tuple[SeverityMark, str], ...]
    rows: tuple[QueueRow, ...]
    first: int
    total: int
    fine: int
    filters: tuple[Filter, ...]
    skipped: tuple[tuple[str, str], ...]
    lead: str
    corpus_hash: str
    searched: str


def index_context(census: Census, here: Here, number: int) -> IndexPage:
    own = part(here, INDEX, number, len(census.families))
    return IndexPage(
        title="Provenance report",
        page_id=here.id(),
        pages=own.links,
        figures=_figures(census, here),
        strip=_strip(census),
        rows=tuple(_row(census, here, family) for family in census.families[own.start : own.stop]),
        first=own.start + 1,
        total=len(census.families),
        fine=sum(family.severity <= 1 for family in census.families),
        filters=_filters(census),
        skipped=tuple((item.id, item.reason) for item in census.corpus.skipped),
        lead=_lead(census),
        corpus_hash=corpus_hash(census),
        searched=_searched(census),
    )


def _searched(census: Census) -> str:
    looked = census.corpus.searched
    again = len(census.corpus.copies)
    told = f"{counted(looked.articles, 'article')} and {counted(looked.quotations, 'span')} were compared"
    if again:
        told += f", {counted(again, 'article')} more as copies or versions of them"
    return f"{told}, told passages included; {counted(len(census.corpus.skipped), 'file')} could not be read"


def corpus_hash(census: Census) -> str:
    """16 hex digits that change when any article changes."""
    digest = hashlib.sha256()
    for item in census.corpus.extractions:
        own = item.article.digest or hashlib.sha256(item.article.text.encode("utf-8", "surrogatepass")).hexdigest()
        digest.update(f"{own}\n".encode())
    return digest.hexdigest()[:16]


def _lead(census: Census) -> str:
    """One sentence that says how things stand."""
    drifting = census.totals.drifting
    if not census.families:
        return "No statement stands in more than one place here, so there is nothing to compare."
    if not drifting:
        return "Every statement that stands in more than one place agrees with its base in all that matters."
    critical = sum(family.severity == 4 for family in census.families)
    tail = f" {critical:,} must be settled before publishing." if critical else ""
    of = f"{drifting:,} of {len(census.families):,} statements"
    return f"{of} that stand in more than one place differ in a way an editor may care about.{tail}"


def _figures(census: Census, here: Here) -> tuple[Figure, ...]:
    families, corpus = census.families, census.corpus
    speech = sum(q.kind.speech for q in census.quotations.values())
    queue = here.to(INDEX, "queue")
    totals = census.totals
    skipped, again = len(corpus.skipped), len(corpus.copies)
    return (
        Figure(count(corpus.searched.articles), "articles", here.to(ARTICLES), False),
        *([Figure(count(again), "copies and versions of them", here.to(ARTICLES), False)] if again else []),
        Figure(count(speech), "quotations, marked or reported", here.to(SPEAKERS), False),
        Figure(count(len(families)), "statements in several places", queue, False),
        Figure(count(totals.drifting), "of them drift", here.to(CONFLICTS), totals.drifting > 0),
        Figure(count(totals.lost), "with attribution lost", here.to(SOURCES), totals.lost > 0),
        Figure(count(totals.single), "from a single origin", queue, False),
        Figure(count(totals.restated), "unquoted restatements", queue, False),
        Figure(count(totals.alone), "in marks, with no second witness", here.to(ARTICLES), False),
        Figure(count(skipped), "files skipped", here.to(INDEX, "skipped") if skipped else "", skipped > 0),
    )


def _strip(census: Census) -> tuple[tuple[SeverityMark, str], ...]:
    """How many statements there are of each severity, worst first."""
    tally = Counter(int(family.severity) for family in census.families)
    return tuple((mark, count(tally[mark.level])) for mark in reversed(SEVERITIES))


def _row(census: Census, here: Here, family: Family) -> QueueRow:
    base = family.renderings[family.base]
    speakers = list(dict.fromkeys(item.speaker.name for item in family.renderings if item.speaker))
    articles = list(dict.fromkeys(item.article for item in family.renderings))
    names = list(dict.fromkeys(census.link(here, one).name for one in articles))
    labels = tuple(label for label in drift_marks(family) if label.severity.level > 1)
    first = base.speaker.name if base.speaker else (speakers[0] if speakers else "")
    return QueueRow(
        href=here.to(family_page(family.id)),
        severity=severity_mark(family.severity),
        words=clip(headline(base.text), 260),
        language=language(census.articles[base.article].language) if base.article in census.articles else None,
        quoted=base.kind.quoted,
        speaker=clip(first, 80),
        more_speakers=max(0, len(speakers) - 1),
        reading=reading(family),
        labels=labels[:4],
        more_labels=len(labels[4:]),
        renderings=len(family.renderings),
        unquoted=unquoted(family),
        articles=tuple(clip(name, 40) for name in names[:4]),
        more_articles=len(names[4:]),
        origins=_origins(family),
        tokens=" ".join(census.tokens[family.id]),
    )


def drift_marks(family: Family) -> tuple[LabelMark, ...]:
    """Every label that a rendering of the family has, worst first."""
    return label_marks([own for item in family.comparisons if item for own in item.drift])


def reading(family: Family) -> Note | None:
    """The gravest difference that lies in the words: what the base has and what stands there instead."""
    found = [
        (-drift.severity, at, drift)
        for at, comparison in enumerate(family.comparisons)
        if comparison
        for drift in comparison.drift
        if (drift.a or drift.b) and drift.severity >= Severity.MINOR and drift.label not in _EDGES
    ]
    for _, at, drift in sorted(found, key=lambda item: item[:2]):
        made = note(drift, family.renderings[family.base].text, family.renderings[at].text, 70)
        if made.before.strip(" ,.") or made.after.strip(" ,."):
            return made
    return None


def _origins(family: Family) -> str:
    known = len(family.chain.origins)
    return f"{known:,}" if known else "not stated"


def _filters(census: Census) -> tuple[Filter, ...]:
    tally = census.token_tally
    severities = [Choice(f"s{mark.level}", mark.word, tally[f"s{mark.level}"]) for mark in reversed(SEVERITIES)]
    labels = [Choice(f"l-{label}", words, tally[f"l-{label}"]) for label, words in LABELS.items()]
    kinds = [Choice(f"k-{kind}", KINDS[kind], tally[f"k-{kind}"]) for kind in Kind]
    made = [("severity", "Severity", severities), ("label", "Difference", labels), ("kind", "Kind", kinds)]
    for sort, key, name in (("p", "speaker", "Speaker"), ("o", "source", "Source"), ("a", "article", "Article")):
        found = [Choice(token, clip(own, 48), tally[token]) for token, own in census.names[sort].items()]
        common = sorted(found, key=lambda choice: (-choice.rows, choice.name))[:MOST_CHOICES]
        made.append((key, name, sorted(common, key=lambda choice: choice.name.casefold())))
    return tuple(Filter(key, name, tuple(c for c in choices if c.rows)) for key, name, choices in made)
