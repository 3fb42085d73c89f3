"""The places in the archive that bear on one quotation of a draft, each compared with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from citecheck import drift
from citecheck.models import (
    UNKNOWN,
    Article,
    Comparison,
    Corpus,
    Drift,
    Evidence,
    Hit,
    Kind,
    Label,
    Missing,
    Quotation,
    Severity,
    Side,
    Span,
)
from citecheck.text.segments import sentences

SPEAKER = frozenset((Label.SPEAKER_CHANGED, Label.SPEAKER_GENERALISED, Label.SPEAKER_LOST))
SOURCE = frozenset((Label.SOURCE_CHANGED, Label.SOURCE_LOST, Label.DATE_CONFLICT))
#: Context is looked for this far around a hit: a sentence longer than this is no sentence.
NEAR = 600


class Witness(NamedTuple):
    """A place where the words stand, the record there if there is one, and the draft compared with it."""

    article: Article
    quotation: Quotation | None
    comparison: Comparison
    evidence: Evidence

    @property
    def wording(self) -> tuple[Drift, ...]:
        """The differences of the words, whoever said them."""
        return tuple(item for item in self.comparison.drift if item.label not in SPEAKER | SOURCE)

    @property
    def severity(self) -> Severity:
        """The worst difference of the words."""
        return max((item.severity for item in self.wording), default=Severity.NONE)

    @property
    def change_of_speaker(self) -> Drift | None:
        return next((item for item in self.comparison.drift if item.label in SPEAKER), None)


class Library:
    """A corpus with its articles and records by id, made once for a check."""

    def __init__(self, corpus: Corpus) -> None:
        self.articles = corpus.articles
        self.records = {item.id: item for extraction in corpus.extractions for item in extraction.quotations}
        #: The spans in quotation marks of each article that has any: words outside them are the writer's own.
        self.quoted: dict[str, list[Span]] = {}
        for quotation in self.records.values():
            if quotation.kind.quoted:
                self.quoted.setdefault(quotation.article, []).append((quotation.start, quotation.end))

    def witnesses(self, quotation: Quotation, hits: Sequence[Hit], profile: str) -> list[Witness]:
        """The hits that hold the statement, best first: wording, then quoted before told, then the same speaker."""
        rules = drift.profile(profile)
        speaker = quotation.speaker
        mine = Side(
            quotation.text,
            Kind.DIRECT,
            speaker.name if speaker else None,
            speaker_kind=speaker.kind if speaker else None,
        )
        found = []
        for hit in hits:
            record = self.records.get(hit.quotation or "")
            comparison = drift.compare(_side(hit, record, self.quoted.get(hit.article, ())), mine, rules)
            if comparison.same:
                evidence = self.evidence(hit, comparison)
                found.append(Witness(self.articles[hit.article], record, comparison, evidence))
        return sorted(found, key=_rank)

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
        )


def _rank(witness: Witness) -> tuple[int, bool, bool, float]:
    quoted = witness.quotation is not None and witness.quotation.kind.quoted
    return witness.severity, not quoted, witness.change_of_speaker is not None, -witness.comparison.score


def _side(hit: Hit, record: Quotation | None, quoted: Sequence[Span]) -> Side:
    """The witness. A quotation that holds the hit speaks whole, so that what the draft left out of it is seen.

    Words outside all quotation marks are the writer's own where the article marks its quotations (a hit that runs from
    one quotation into another is speech all the same); an article without any (a speech, a transcript, a document) is
    itself the speaker's words.
    """
    if record is not None and record.kind.speech:
        whole = record.kind.quoted and record.start <= hit.start and hit.end <= record.end
        name: str | Missing | None = record.speaker.name if record.speaker else UNKNOWN
        kind = record.speaker.kind if record.speaker else None
        return Side(
            record.text if whole else hit.text,
            Kind.DIRECT if record.kind.quoted else Kind.INDIRECT,
            name,
            speaker_kind=kind,
        )
    edges = (hit.start, hit.end - 1)
    spoken = not quoted or all(any(start <= edge < end for start, end in quoted) for edge in edges)
    return Side(hit.text, Kind.DIRECT if spoken else Kind.INDIRECT)


def name_of(article: Article) -> str:
    """What to call a witness in a sentence: its outlet, else its id."""
    return article.publisher or article.id
