"""The pages that look across the corpus: articles, chains of credit, conflicts, and how it was all done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from citecheck.families import cluster
from citecheck.html.addresses import ARTICLES, Here, article_page, family_page, part, rendering_fragment, source_page
from citecheck.html.again import AgainMark, again_mark
from citecheck.html.census import ArticleLink, Census
from citecheck.html.chain import ChainView, credit_graph, node_name, proof_fragment
from citecheck.html.diff import LEAST_SHARED
from citecheck.html.marks import LABELS, SEVERITIES, SeverityMark, clip, headline, severity_mark
from citecheck.html.pages.index import corpus_hash
from citecheck.html.parts import repeats
from citecheck.matching import alike, dated
from citecheck.matching.trace import FRAGMENT_WORDS
from citecheck.models import Drift, Extraction, Family, Label, Relation, Rendering
from citecheck.text.lexicons import rows

#: Columns of the credit matrix; the rarer sources are on the page of sources.
MOST_SOURCES = 24
MOST_MATRIX_ROWS = 200
#: Rows of one list of conflicts or of chains: beyond this the queue, with its filters, is the better place.
MOST_CONFLICTS, MOST_CHAINS = 500, 2000
#: Articles that are named beside one conflict.
MOST_OTHERS = 6


class ArticleRow(NamedTuple):
    article: ArticleLink
    again: AgainMark | None
    quotations: int
    quoted: int
    statements: int
    credits: int
    second: int
    worst: SeverityMark | None


class ArticlesPage(NamedTuple):
    title: str
    page_id: str
    rows: tuple[ArticleRow, ...]
    pages: tuple[tuple[str, str, bool], ...]
    skipped: tuple[tuple[str, str], ...]


class MatrixRow(NamedTuple):
    """One article and how often it credits each source; a cell is (number, address of the first mention)."""

    article: ArticleLink
    cells: tuple[tuple[int, str], ...]
    total: int


class ChainRow(NamedTuple):
    href: str
    words: str
    origins: tuple[str, ...]
    stated: int
    inferred: int
    articles: int
    note: str


class ChainsPage(NamedTuple):
    title: str
    page_id: str
    sources: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]
    chains: tuple[ChainRow, ...]
    circles: tuple[tuple[str, str], ...]
    left_out: int
    chains_left_out: int
    chain: ChainView


class Conflict(NamedTuple):
    """The base says one thing, others say another: `others` are the articles that say so, `more` those beyond them."""

    href: str
    statement: str
    severity: SeverityMark
    label: str
    base: str
    base_article: ArticleLink
    other: str
    others: tuple[ArticleLink, ...]
    more: int
    note: str


class ConflictGroup(NamedTuple):
    key: str
    name: str
    about: str
    conflicts: tuple[Conflict, ...]
    total: int


class ConflictsPage(NamedTuple):
    title: str
    page_id: str
    groups: tuple[ConflictGroup, ...]
    total: int


class LabelRow(NamedTuple):
    """What a label says, whose rule it is, and an example; from `data/labels.tsv`."""

    name: str
    words: str
    severity: str
    rule: str
    source: str
    example: str


class Threshold(NamedTuple):
    value: str
    words: str


class MethodPage(NamedTuple):
    title: str
    page_id: str
    severities: tuple[SeverityMark, ...]
    labels: tuple[LabelRow, ...]
    articles: int
    quotations: int
    corpus_hash: str
    skipped: int
    thresholds: tuple[Threshold, ...]
    measured: tuple[tuple[str, str, str], ...]


def articles_context(census: Census, here: Here, number: int) -> ArticlesPage:
    """Page `number` (from 0) of the articles."""
    own = part(here, ARTICLES, number, len(census.corpus.extractions))
    rows = tuple(_article_row(census, here, item) for item in census.corpus.extractions[own.start : own.stop])
    skipped = tuple((item.id, item.reason) for item in census.corpus.skipped)
    return ArticlesPage("Articles", here.id(), rows, own.links, skipped)


def _article_row(census: Census, here: Here, item: Extraction) -> ArticleRow:
    places = census.places.get(item.article.id, ())
    own = [comparison for family, at in places if (comparison := family.comparisons[at])]
    return ArticleRow(
        census.link(here, item.article.id),
        again_mark(census, here, item.article.id),
        sum(q.kind.speech for q in item.quotations),
        sum(q.kind.quoted for q in item.quotations),
        len({family.id for family, _ in places}),
        sum(credit.relation is not Relation.PUBLISHER for credit in item.credits),
        sum(q.kind.speech and bool(q.sources) for q in item.quotations),
        severity_mark(max(comparison.severity for comparison in own)) if own else None,
    )


# Chains --------------------------------------------------------------------------------------------------------------


def chains_context(census: Census, here: Here) -> ChainsPage:
    names = list(census.by_source)[:MOST_SOURCES]
    crediting = [item for item in census.corpus.extractions if any(c.name in census.by_source for c in item.credits)]
    chained = [family for family in census.families if family.chain.edges]
    circles = {
        " → ".join([*map(_named(census), circle), node_name(census, circle[0])]): here.to(family_page(family.id))
        for family in census.families
        for circle in family.chain.circular
        if circle
    }
    return ChainsPage(
        "Chains of credit",
        here.id(),
        tuple((name, here.to(source_page(name))) for name in names),
        tuple(_matrix_row(census, here, item, names) for item in crediting[:MOST_MATRIX_ROWS]),
        tuple(_chain_row(census, here, family) for family in chained[:MOST_CHAINS]),
        tuple(circles.items()),
        max(0, len(crediting) - MOST_MATRIX_ROWS),
        max(0, len(chained) - MOST_CHAINS),
        credit_graph(census),
    )


def _named(census: Census) -> Callable[[str], str]:
    return lambda key: node_name(census, key)


def _matrix_row(census: Census, here: Here, item: Extraction, names: list[str]) -> MatrixRow:
    page = article_page(item.article.id)
    credits = [credit for credit in item.credits if credit.relation is not Relation.PUBLISHER]
    first = {credit.name: proof_fragment(credit.start, credit.end) for credit in reversed(credits)}
    tally = Counter(credit.name for credit in credits)
    cells = tuple((tally[name], here.to(page, first[name]) if name in first else "") for name in names)
    return MatrixRow(census.link(here, item.article.id), cells, len(credits))


def _chain_row(census: Census, here: Here, family: Family) -> ChainRow:
    articles = census.articles_of(family)
    return ChainRow(
        here.to(family_page(family.id)),
        clip(headline(family.renderings[family.base].text), 140),
        tuple(node_name(census, name) for name in family.chain.origins),
        sum(edge.stated for edge in family.chain.edges),
        sum(not edge.stated for edge in family.chain.edges),
        articles,
        "one witness" if len(family.chain.origins) == 1 and articles > 1 else "",
    )


# Conflicts -----------------------------------------------------------------------------------------------------------

_GROUPS = (
    ("dates", "Dates", "Two dates for one act. Both can be right.", (Label.DATE_CONFLICT, Label.DATE)),
    ("numbers", "Numbers", "A quantity, rank or unit that differs.", (Label.NUMBER,)),
    ("names", "Names", "A person, place, body or product that differs.", (Label.ENTITY,)),
    (
        "speakers",
        "Speakers",
        "The words are given to somebody else, to nobody, or to somebody less precise.",
        (Label.SPEAKER_CHANGED, Label.SPEAKER_GENERALISED, Label.SPEAKER_LOST),
    ),
    (
        "sources",
        "Sources",
        "Another outlet or document is credited, or none.",
        (Label.SOURCE_CHANGED, Label.SOURCE_LOST),
    ),
    (
        "meaning",
        "Meaning",
        "A negation, a hedge, a degree or a charged term that differs, or marks that were added.",
        (Label.POLARITY, Label.CERTAINTY, Label.INTENSITY, Label.LOADED, Label.SPLICE, Label.INDIRECT_TO_DIRECT),
    ),
)


def conflicts_context(census: Census, here: Here) -> ConflictsPage:
    groups = tuple(_group(census, here, sort) for sort in _GROUPS)
    return ConflictsPage("Conflicts", here.id(), groups, sum(group.total for group in groups))


def _group(census: Census, here: Here, sort: tuple[str, str, str, tuple[Label, ...]]) -> ConflictGroup:
    """One list of conflicts, worst first; only those that are shown are made. Articles that say the same against one
    base conflict once."""
    key, name, about, labels = sort
    found = [
        (family, at, drift)
        for family in census.families
        for at, comparison in enumerate(family.comparisons)
        if comparison
        for drift in comparison.drift
        if drift.label in labels
    ]
    found.sort(key=lambda item: -item[2].severity)
    alike: dict[tuple[str, Label, str, str], dict[int, tuple[Family, Drift]]] = {}
    for family, at, drift in found:
        alike.setdefault((family.id, drift.label, *_sides(family, at, drift)), {}).setdefault(at, (family, drift))
    shown = tuple(_conflict(census, here, *item) for item in islice(alike.items(), MOST_CONFLICTS))
    return ConflictGroup(key, name, about, shown, len(alike))


def _sides(family: Family, at: int, drift: Drift) -> tuple[str, str]:
    """What the base and a rendering have where `drift` lies; empty for a side without."""
    base, other = family.renderings[family.base], family.renderings[at]
    if drift.label in (Label.SPEAKER_CHANGED, Label.SPEAKER_GENERALISED, Label.SPEAKER_LOST):
        return _speaker(base), _speaker(other)
    if drift.label in (Label.SOURCE_CHANGED, Label.SOURCE_LOST):
        return _sources(base), _sources(other)
    if drift.label is Label.DATE_CONFLICT and not (drift.a or drift.b):
        return _dates(base), _dates(other)
    return (base.text[slice(*drift.a)] if drift.a else "", other.text[slice(*drift.b)] if drift.b else "")


def _speaker(rendering: Rendering) -> str:
    return rendering.speaker.name if rendering.speaker else "nobody"


def _sources(rendering: Rendering) -> str:
    return ", ".join(dict.fromkeys(credit.name for credit in rendering.sources)) or "none"


def _conflict(
    census: Census, here: Here, key: tuple[str, Label, str, str], places: dict[int, tuple[Family, Drift]]
) -> Conflict:
    _, label, left, right = key
    family, drift = next(iter(places.values()))
    base, others = family.renderings[family.base], [family.renderings[at] for at in places]
    first = others[0]
    return Conflict(
        here.to(family_page(family.id), rendering_fragment(first.article, first.start, first.end)),
        clip(headline(base.text), 120),
        severity_mark(drift.severity),
        LABELS[label],
        clip(left, 120),
        census.rendering_link(here, base),
        clip(right, 120),
        tuple(census.rendering_link(here, other) for other in others[:MOST_OTHERS]),
        max(0, len(others) - MOST_OTHERS),
        "" if repeats(drift.note, [words for words in (left, right) if words]) else drift.note,
    )


def _dates(rendering: Rendering) -> str:
    """The dates that a rendering gives: of the act of saying, and of what it credits."""
    found = [rendering.when, *(credit.when for credit in rendering.sources)]
    return ", ".join(dict.fromkeys(when.text for when in found if when))


def method_context(census: Census, here: Here) -> MethodPage:
    searched = census.corpus.searched
    return MethodPage(
        "How this was made",
        here.id(),
        SEVERITIES,
        tuple(_label_rows()),
        searched.articles,
        searched.quotations,
        corpus_hash(census),
        len(census.corpus.skipped),
        tuple(_thresholds()),
        tuple((row["figure"], row["what"], row["beside"]) for row in rows("measured.tsv")),
    )


def _thresholds() -> Iterator[Threshold]:
    """The numbers that decide what an editor sees, from the modules that decide."""
    yield Threshold("minor", "the severity from which a statement counts as drifting and is not “fine”")
    words = "words up to which a quotation is a fragment, which needs a second signal beside its words"
    yield Threshold(str(FRAGMENT_WORDS), words)
    yield Threshold(f"{alike.CERTAIN}", "likeness (0 to 1, rare words weigh most) from which two are one statement")
    yield Threshold(f"{alike.POSSIBLE}", "likeness from which they are one if each is also the other’s best")
    yield Threshold(f"{alike.CONTAINED}", "share of the shorter one, in close order, that is inside the longer")
    yield Threshold(f"{cluster.LINKED:.0%}", "share of the articles of two groups that must be linked to join them")
    yield Threshold(f"{dated.NEAR_DAYS}", "days between two dates that may be one act, signed and published")
    yield Threshold(
        f"{LEAST_SHARED:.0%}", "share of the words in common below which no word-by-word difference is drawn"
    )


def _label_rows() -> Iterator[LabelRow]:
    told = {row["label"]: row for row in rows("labels.tsv")}
    for label in Label:
        row = told[label]
        severity = re.sub(r"\d", lambda digit: SEVERITIES[int(digit[0])].word, row["severity"])
        yield LabelRow(str(label), LABELS[label], severity, row["rule"], row["source"], row["example"])
