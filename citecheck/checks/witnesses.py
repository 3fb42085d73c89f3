"""The places in the archive that bear on one quotation of a draft, each compared with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from citecheck import drift
from citecheck.checks.house import House
from citecheck.models import (
    UNKNOWN,
    Article,
    Comparison,
    Corpus,
    Drift,
    Evidence,
    Extraction,
    Hit,
    Kind,
    Label,
    Listed,
    Missing,
    Op,
    Quotation,
    Relation,
    Severity,
    Side,
    Span,
)
from citecheck.sources import load_outlets
from citecheck.text.segments import sentences

SPEAKER = frozenset((Label.SPEAKER_CHANGED, Label.SPEAKER_GENERALISED, Label.SPEAKER_LOST))
SOURCE = frozenset((Label.SOURCE_CHANGED, Label.SOURCE_LOST, Label.DATE_CONFLICT))
#: Context is looked for this far around a hit: a sentence longer than this is no sentence.
NEAR = 600


_NOBODY: Mapping[str, str] = {}


class Witness(NamedTuple):
    """A place where the words stand, the record there if there is one, and the draft compared with it.

    `outlet` is who publishes it: renderings of one outlet are one witness. `first` is the id of the article whose copy
    or version it is, or its own. `given` is what to call it where the writer gives it as the source.
    """

    article: Article
    quotation: Quotation | None
    comparison: Comparison
    evidence: Evidence
    outlet: str
    first: str
    given: str = ""

    @property
    def called(self) -> str:
        """What to call it in a sentence."""
        return f"the source that you give, {self.given}" if self.given else self.outlet

    @property
    def wording(self) -> tuple[Drift, ...]:
        """The differences of the words, whoever said them."""
        return tuple(item for item in self.comparison.drift if item.label not in SPEAKER | SOURCE)

    @property
    def quoted(self) -> bool:
        """Whether the words stand there in quotation marks."""
        return self.quotation is not None and self.quotation.kind.quoted

    @property
    def severity(self) -> Severity:
        """The worst difference of the words."""
        return max((item.severity for item in self.wording), default=Severity.NONE)

    @property
    def change_of_speaker(self) -> Drift | None:
        return next((item for item in self.comparison.drift if item.label in SPEAKER), None)


def once(witnesses: Sequence[Witness]) -> list[Witness]:
    """Those that count: of an article and its copies and versions the nearest to the draft; of equals one that is not
    outdated, then the first of them all, else the best witness."""
    chosen: dict[str, tuple[Severity, bool, bool, str]] = {}
    for item in witnesses:
        rank = item.severity, item.article.earlier is not None, item.article.id != item.first, item.article.id
        if item.first not in chosen or rank[:3] < chosen[item.first][:3]:
            chosen[item.first] = rank
    return [item for item in witnesses if item.article.id == chosen[item.first][3]]


class Library:
    """A corpus with its articles and records by id, made once for a check."""

    def __init__(self, corpus: Corpus, house: House) -> None:
        self.house = house
        self.articles = corpus.articles
        #: The publisher of each article under the name that credits give it, else the agency whose dateline opens it.
        self.outlets = {item.article.id: _outlet(item) for item in corpus.extractions}
        self._corpus = corpus
        self.records = {item.id: item for extraction in corpus.extractions for item in extraction.quotations}
        #: What each article that has any has in quotation marks: words outside them are the writer's own.
        self.by_article: dict[str, list[Quotation]] = {}
        self.speech = {
            item.article.id: [one for one in item.quotations if one.kind.speech] for item in corpus.extractions
        }
        for quotation in self.records.values():
            if quotation.kind.quoted:
                self.by_article.setdefault(quotation.article, []).append(quotation)

    @property
    def listed(self) -> list[Listed]:
        """The catalogue of the corpus."""
        return [
            Listed(one.id, one.title, self.outlets.get(one.id), one.url, one.path) for one in self.articles.values()
        ]

    def witnesses(self, quotation: Quotation, hits: Sequence[Hit], given: Mapping[str, str] = _NOBODY) -> list[Witness]:
        """The hits that hold the statement, best first: given by the writer (`given`: ids → what to call them), pinned,
        wording, quoted before told, the same speaker."""
        speaker = quotation.speaker
        mine = Side(
            quotation.text,
            Kind.DIRECT,
            self.house.named(speaker.name) if speaker else None,
            speaker_kind=speaker.kind if speaker else None,
        )
        found = []
        for hit in hits:
            record = self.records.get(hit.quotation or "")
            comparison = drift.compare(self._side(hit, record), mine, self.house.profile)
            if comparison.same:
                evidence = self.evidence(_whole(hit, record), comparison)
                article = self.articles[hit.article]
                called = given.get(article.id, "")
                outlet, first = self.outlet(article), self._corpus.original(article.id)
                found.append(Witness(article, record, comparison, evidence, outlet, first, called))
        return sorted(found, key=self._rank)

    def _rank(self, witness: Witness) -> tuple[bool, bool, int, bool, int, bool, float]:
        pinned = witness.article.id in self.house.pinned
        changed = witness.change_of_speaker is not None
        tier = self.house.tier(witness.article)
        return (
            not witness.given,
            not pinned,
            witness.severity,
            not witness.quoted,
            tier,
            changed,
            -witness.comparison.score,
        )

    def _side(self, hit: Hit, record: Quotation | None) -> Side:
        """The witness. A quotation that holds the hit speaks whole, so that what the draft left out of it is seen; one
        that the writer broke up (“…,” she said, “…”) speaks without what stands between its parts.

        Words outside all quotation marks are the writer's own where the article marks its quotations (a hit that runs
        from one quotation into another is speech all the same); an article without any (a speech, a transcript, a
        document) is itself the speaker's words.
        """
        quoted = self.records_of(hit.article)
        if record is not None and record.kind.speech:
            whole = record.kind.quoted and record.start <= hit.start and hit.end <= record.end
            name: str | Missing | None = self.house.named(record.speaker.name) if record.speaker else UNKNOWN
            return Side(
                record.text if whole else hit.text,
                Kind.DIRECT if record.kind.quoted else Kind.INDIRECT,
                name,
                speaker_kind=record.speaker.kind if record.speaker else None,
            )
        parts = self._parts(hit)
        if parts:
            speaker = parts[0].speaker
            return Side(
                " ".join(part.text for part in parts),
                Kind.DIRECT,
                self.house.named(speaker.name) if speaker else UNKNOWN,
                speaker_kind=speaker.kind if speaker else None,
            )
        edges = (hit.start, hit.end - 1)
        spoken = not quoted or all(any(item.start <= edge < item.end for item in quoted) for edge in edges)
        return Side(hit.text, Kind.DIRECT if spoken else Kind.INDIRECT)

    def _parts(self, hit: Hit) -> list[Quotation]:
        """The parts of one broken quotation that a hit runs over; empty where it is anything else."""
        touched = [item for item in self.records_of(hit.article) if item.start < hit.end and hit.start < item.end]
        one = len({item.group for item in touched}) == 1 and touched[0].group is not None if touched else False
        edges = touched[0].start <= hit.start and hit.end <= touched[-1].end if touched else False
        return touched if len(touched) > 1 and one and edges else []

    def outlet(self, article: Article) -> str:
        """What to call a witness in a sentence: its outlet, else its id."""
        return self.outlets.get(article.id) or article.name

    def counts_as(self, article: Article) -> str:
        """The outlet that an article counts as: that of the article whose copy or version it is, where that is here."""
        return self.outlet(self.articles.get(self._corpus.original(article.id), article))

    def record_at(self, hit: Hit) -> Quotation | None:
        """The record of speech that holds most of a hit."""
        known = self.records.get(hit.quotation or "")
        if known is not None:
            return known
        over = [
            (min(item.end, hit.end) - max(item.start, hit.start), item)
            for item in self.speech.get(hit.article, ())
            if item.start < hit.end and hit.start < item.end
        ]
        most, record = max(over, key=lambda one: one[0], default=(0, None))
        return record if 2 * most > hit.end - hit.start else None

    def records_of(self, article: str) -> Sequence[Quotation]:
        """The quoted spans of an article."""
        return self.by_article.get(article, ())

    def evidence_at(self, article: Article, span: Span, ops: tuple[Op, ...] = ()) -> Evidence:
        """A place that no search found as evidence; `ops` lead from its words to those of the draft."""
        start, end = span
        compared = Comparison(True, 0.0, ops=ops)
        return self.evidence(Hit(article.id, start, end, article.text[start:end], None, compared))

    def evidence(self, hit: Hit, comparison: Comparison | None = None) -> Evidence:
        """The hit as evidence, with the rest of its sentence and the sentence on each side."""
        article = self.articles[hit.article]
        compared = comparison or hit.comparison
        low, high = max(0, hit.start - NEAR), min(len(article.text), hit.end + NEAR)
        spans = sentences(article.text, (low, high))
        before = [start for start, _ in spans if start <= hit.start][-2:]
        after = [end for _, end in spans if end >= hit.end][:2]
        return Evidence(
            article=article.id,
            start=hit.start,
            end=hit.end,
            text=hit.text,
            publisher=article.publisher,
            published=article.published,
            url=article.url,
            score=compared.score,
            drift=compared.drift,
            ops=compared.ops,
            before=article.text[before[0] if before else low : hit.start].lstrip(),
            after=article.text[hit.end : after[-1] if after else high].rstrip(),
            place=article.place(hit.start),
            earlier_of=article.earlier.of if article.earlier else None,
        )


def _whole(hit: Hit, record: Quotation | None) -> Hit:
    """The place that was compared: all of a quotation that holds the hit."""
    if record is None or not record.kind.quoted or not (record.start <= hit.start and hit.end <= record.end):
        return hit
    return Hit(hit.article, record.start, record.end, record.text, hit.quotation, hit.comparison)


def _outlet(item: Extraction) -> str | None:
    if item.article.publisher:
        return load_outlets().canonical(item.article.publisher)
    return next((credit.name for credit in item.credits if credit.relation is Relation.PUBLISHER), None)
