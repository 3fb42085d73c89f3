"""The statements of a corpus: what can be a rendering of what was said, quoted or told, with what identifies it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from citecheck.matching.terms import TOKENS, WORD, stem, term, terms
from citecheck.models import Article, Extraction, Kind, Quotation, Relation, Rendering, Span, Speaker
from citecheck.text.names import name_words
from citecheck.text.segments import sentences

#: A sentence is a statement of its own where records of a clause or more cover no more than this share of it.
COVERED = 0.4
#: A sentence of fewer words restates nothing that could be told from chance.
LEAST_WORDS = 6
#: Words up to which a rendering is too few to be told from chance without a second signal.
FRAGMENT_WORDS = 5
#: What may stand before the first word of a text.
_OPENING = re.compile(r"[ “\"‘']*")


class Statement(NamedTuple):
    """One possible rendering. `stems` maps each term to the stems it came from; `order` is the terms in
    order, `words` their stems; `figures` are the numbers in it, `names` the terms with a capital.

    `around` are the terms of the sentence that holds it, which may carry what the span does not (its speaker's name,
    the verb of ordering). `anchor` marks a record of speech, `holds` a sentence with one inside; `text`
    numbers the article.
    """

    text: int
    rendering: Rendering
    order: tuple[str, ...]
    words: tuple[str, ...]
    stems: dict[str, frozenset[str]]
    figures: frozenset[str]
    names: frozenset[str]
    around: Set[str]
    around_at: Span
    anchor: bool
    holds: bool

    @property
    def speaker(self) -> Speaker | None:
        return self.rendering.speaker


def statements(extractions: tuple[Extraction, ...]) -> list[Statement]:
    """All statements of a corpus, in order of article and place: records of speech, and sentences that hold none."""
    return [one for text, item in enumerate(extractions) for one in statements_of(text, item)]


def statements_of(text: int, item: Extraction) -> Iterator[Statement]:
    """The statements of one article, which has the number `text`, in order of place."""
    article = item.article
    low, high = article.body_span
    records = [
        quotation
        for quotation in item.quotations
        if quotation.kind.speech and low <= quotation.start and quotation.end <= high
    ]
    spans = sentences(article.text, article.body_span)
    clauses = _outermost([record for record in records if record.text.count(" ") >= LEAST_WORDS - 1])
    found = [of_record(text, article, record, spans) for record in records]
    for start, end in spans:
        covered = sum(max(0, min(end, record.end) - max(start, record.start)) for record in clauses)
        if covered <= COVERED * (end - start):
            holds = any(start <= record.start < end for record in records)
            one = of_sentence(text, item, (start, end), holds)
            if len(one.order) >= LEAST_WORDS:
                found.append(one)
    yield from sorted(found, key=lambda one: (one.rendering.start, -one.rendering.end))


def _outermost(records: list[Quotation]) -> list[Quotation]:
    ids = {record.id for record in records}
    return [record for record in records if record.parent not in ids]


def of_record(text: int, article: Article, record: Quotation, spans: Sequence[Span]) -> Statement:
    """A record of speech as a statement; spans: sentences of the article, at least those that the record touches."""
    touched = [span for span in spans if span[0] < record.end and record.start < span[1]]
    rendering = Rendering(
        article=article.id,
        kind=record.kind,
        start=record.start,
        end=record.end,
        text=record.text,
        quotation=record.id,
        speaker=record.speaker,
        sources=record.sources,
        when=record.when,
    )
    around = (touched[0][0], touched[-1][1]) if touched else (record.start, record.end)
    return _statement(text, article, rendering, around)


def of_sentence(text: int, item: Extraction, span: Span, holds: bool) -> Statement:
    """A sentence that no record covers as a statement; holds: whether a record stands in it."""
    return _statement(text, item.article, sentence_rendering(item, span), span, holds)


def sentence_rendering(item: Extraction, span: Span) -> Rendering:
    """A sentence that no record covers, with the sources that it credits itself."""
    credits = tuple(
        credit
        for credit in item.credits
        if span[0] <= credit.start < span[1] and credit.relation is not Relation.PUBLISHER
    )
    return Rendering(
        article=item.article.id,
        kind=Kind.RESTATED,
        start=span[0],
        end=span[1],
        text=item.article.text[slice(*span)],
        sources=credits,
        when=next((credit.when for credit in credits if credit.when), None),
    )


def _statement(text: int, article: Article, rendering: Rendering, around: Span, holds: bool = False) -> Statement:
    found = [(word.start(), word.group()) for word in WORD.finditer(article.text, rendering.start, rendering.end)]
    order = tuple([term(token) for _, token in found])
    words = tuple([stem(token) for _, token in found])
    stems: dict[str, frozenset[str]] = {}
    for key, own in zip(order, words, strict=True):
        known = stems.get(key)
        if known is None:
            stems[key] = _one(own)
        elif own not in known:
            stems[key] = known | _one(own)
    return Statement(
        text=text,
        rendering=rendering,
        order=order,
        words=words,
        stems=stems,
        figures=frozenset([key for key in stems if key[:1].isdecimal()]),
        names=frozenset(
            [
                key
                for (at, token), key in zip(found, order, strict=True)
                if token[0].isupper() and _is_name(at, article.text, rendering)
            ]
        ),
        around=_terms(article.text, around, (rendering.start, rendering.end), stems),
        around_at=around,
        anchor=rendering.quotation is not None,
        holds=holds,
    )


def _terms(text: str, around: Span, own: Span, stems: dict[str, frozenset[str]]) -> Set[str]:
    """The terms of the sentence `around`; of a statement that is all of its sentence its own, which are there already:
    a set of its own is a quarter of what such a statement takes."""
    return stems.keys() if around == own else frozenset(terms(text, *around))


@lru_cache(maxsize=TOKENS)
def _one(stem: str) -> frozenset[str]:
    """One object for each stem: nearly all terms come from one, and a statement has twenty of them."""
    return frozenset((stem,))


def _is_name(at: int, text: str, rendering: Rendering) -> bool:
    """Whether a word with a capital, at `at`, stands inside a sentence; that of a first word says nothing."""
    opens = text[max(0, at - 2) : at].strip().endswith((".", "!", "?")) or (
        at == rendering.start and _OPENING.fullmatch(text, 0, at) is not None
    )
    return not opens and (at > rendering.start or rendering.kind is not Kind.RESTATED)


def source_terms(one: Statement) -> frozenset[str]:
    """The terms of the names of the sources that a statement credits, as its text has them."""
    return frozenset(term(token) for source in one.rendering.sources for token in WORD.findall(source.mention))


def speaker_terms(speaker: Speaker | None) -> frozenset[str]:
    """The terms of a speaker's name."""
    return frozenset(term(word) for word in name_words(speaker.name)) if speaker else frozenset()


def is_few_words(text: str) -> bool:
    """Whether a rendering has too few words to be told from chance without a second signal."""
    return len(WORD.findall(text)) <= FRAGMENT_WORDS
