"""Reported speech without marks: who is said to have said, thought, promised or denied what.

The rules are anchored at reporting words (Quirk et al. 1985, 14.28-14.35 and 16.30-16.33, for what they take): a word
of `cues.tsv` that is a verb where it stands, its subject, and the words that it reports, after it, before it or on
both sides of it. A `Report` is one of them in token numbers; the last step makes records of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import compress

from citecheck.attribution.clauses import Sentence
from citecheck.attribution.clauses_lexicon import frames
from citecheck.attribution.indirect_credits import CREDITING, credit_reports
from citecheck.attribution.indirect_nouns import noun_reports
from citecheck.attribution.indirect_reports import CONFIDENCE, Report
from citecheck.attribution.indirect_verbs import report_after, report_around, reporting_verbs
from citecheck.attribution.lexicon import role_nouns
from citecheck.attribution.mentions import Mention
from citecheck.attribution.tokens import Tokens
from citecheck.models import Article, Cue, Kind, Quotation, SourceCredit, Span, Speaker, make_id
from citecheck.models.values import changed
from citecheck.text.segments import sentences

#: Tokens that are read as one sentence, and reports in one: no sentence of the news comes near, and a text made to
#: be slow cannot make the cost grow faster than its length.
LONGEST = 160
MOST = 12
#: How many characters an outlet's name may take, or stand behind its document.
NEAR = 60
#: Gives the speaker that a mention stands for.
Resolve = Callable[[Mention], Speaker]


def find_indirect(
    article: Article,
    quotations: Sequence[Quotation],
    credits: Sequence[SourceCredit] = (),
    tokens: Tokens | None = None,
    resolve: Resolve | None = None,
) -> tuple[Quotation, ...]:
    """The records of kind `indirect` of `article`, in order of place; `quotations` are its spans in marks.

    `tokens` are those of the article where they are known already, `resolve` names the speakers (without it they are
    named as they are mentioned). What an outlet or document of `credits` says has no speaker: it is a source.
    """
    tokens = tokens or Tokens(article.text, article.body_span)
    quoted = _quoted(tokens, quotations)
    anchors = list(compress(range(len(tokens)), map(_anchoring().__contains__, tokens.lower)))
    reports: list[Report] = []
    number = 0
    for start, end in sentences(article.text, article.body_span):
        while number < len(anchors) and tokens.ends[anchors[number]] <= start:
            number += 1
        if number == len(anchors) or tokens.starts[anchors[number]] >= end:
            continue
        lo, hi = tokens.index(start), bisect_left(tokens.starts, end)
        for at in range(lo, hi, LONGEST):
            sentence = Sentence(tokens, at, min(hi, at + LONGEST), quoted)
            here = anchors[bisect_left(anchors, at) : bisect_left(anchors, sentence.hi)]
            if here:
                reports += _reports(sentence, here)
    maker = _Maker(article, tokens, quoted, credits, resolve or _as_written)
    return tuple(maker.records(reports))


@cache
def _anchoring() -> frozenset[str]:
    """The words at which the rules begin: they report, open a clause, or credit."""
    return frozenset((*frames(), "that", *CREDITING))


def with_parents(quotations: Iterable[Quotation], told: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations in order of place, each inside an indirect record with the smallest of these as its parent."""
    later = sorted(told, key=lambda record: (-record.start, record.end))
    here: list[Quotation] = []
    for quotation in sorted(quotations, key=lambda item: (item.start, -item.end)):
        while later and later[-1].start <= quotation.start:
            here.append(later.pop())
        while here and here[-1].end <= quotation.start:
            here.pop()
        holders = [record for record in here[-MOST:] if record.end >= quotation.end]
        if quotation.parent is None and holders:
            yield changed(quotation, parent=min(holders, key=lambda record: record.end - record.start).id)
        else:
            yield quotation


def _as_written(mention: Mention) -> Speaker:
    return Speaker(mention.text, mention.text, mention.start, mention.end)


def _quoted(tokens: Tokens, quotations: Iterable[Quotation]) -> bytearray:
    """One byte for each token: whether it stands in quotation marks."""
    inside = bytearray(len(tokens))
    for quotation in quotations:
        first, last = tokens.index(quotation.start), bisect_left(tokens.starts, quotation.end)
        inside[first:last] = b"\x01" * (last - first)
    return inside


def _reports(sentence: Sentence, anchors: Sequence[int]) -> list[Report]:
    """`anchors` are the tokens of the sentence that may be a reporting word, "that", or open a credit."""
    found: list[Report] = []
    for group in reporting_verbs(sentence, anchors):
        report = report_around(sentence, group) or report_after(sentence, group, found)
        if report is not None:
            found.append(report)
        if len(found) == MOST:
            break
    said = {sentence.tokens.lower[at] for at in anchors}
    nouns = noun_reports(sentence, anchors) if "that" in said else ()
    credited = () if said.isdisjoint(CREDITING) else credit_reports(sentence, anchors, found)
    return [*found, *nouns, *credited]


# Records -----------------------------------------------------------------------------------------------------------


class _Maker:
    """Makes the records of one article from its reports."""

    def __init__(
        self,
        article: Article,
        tokens: Tokens,
        quoted: bytearray,
        credits: Sequence[SourceCredit],
        resolve: Resolve,
    ) -> None:
        self.article, self.tokens, self.quoted, self.resolve = article, tokens, quoted, resolve
        self.outlets = sorted((credit.start, credit.end) for credit in credits)

    def records(self, reports: Iterable[Report]) -> Iterator[Quotation]:
        """A record for each piece of each report, in order of place; no span twice."""
        seen: set[Span] = set()
        for report in sorted(reports, key=lambda report: report.pieces):
            spans = [span for piece in report.pieces if (span := self._span(piece)) is not None]
            group = make_id(self.article.id, "told", *spans[0]) if len(spans) > 1 else None
            for span in spans:
                if span not in seen:
                    seen.add(span)
                    yield self._record(report, span, group)

    def _record(self, report: Report, span: Span, group: str | None) -> Quotation:
        text, (start, end) = self.article.text, span
        first, last = self.tokens.slice(*report.cue)
        return Quotation(
            make_id(self.article.id, Kind.INDIRECT, start, end),
            self.article.id,
            Kind.INDIRECT,
            start,
            end,
            text[start:end],
            speaker=self._speaker(report.mention),
            cue=Cue(text[first:last], first, last),
            group=group,
            negated=report.negated,
            confidence=CONFIDENCE[report.rule],
        )

    def _span(self, piece: Span) -> Span | None:
        """The offsets of the piece without signs at its edges; None where all of it stands in quotation marks."""
        first, last = piece
        if self.tokens.tags[first : first + 2] == "a,":  # "Meanwhile, …" links the sentence to the one before
            first += 2
        while first < last and self.tokens.tags[first] in ",;:-.|":
            first += 1
        while last > first and self.tokens.tags[last - 1] in ",;:-.|":
            last -= 1
        if Sentence(self.tokens, first, last, self.quoted).all_quoted(first, last):
            return None
        return self.tokens.slice(first, last)

    def _speaker(self, mention: Mention | None) -> Speaker | None:
        """Who the mention stands for; nobody where it is an outlet, or a document of one."""
        if mention is None or any(end >= mention.end for _, end in self._credits(mention.start - NEAR, mention.end)):
            return None
        noun = role_nouns().get(self.tokens.lower[mention.last - 1])
        if noun is not None and noun.kind == "document" and self._published(mention):
            return None
        return self.resolve(mention)

    def _credits(self, first: int, last: int) -> list[Span]:
        """The credits that begin in `first:last`."""
        return self.outlets[bisect_left(self.outlets, (first, 0)) : bisect_left(self.outlets, (last, 0))]

    def _published(self, mention: Mention) -> bool:
        """Whether an outlet is named in the phrase of a document, or right behind it: "the Index published by …"."""
        text, until = self.article.text, mention.end
        while until < min(len(text), mention.end + NEAR) and text[until] not in ",;\n":
            until += 1
        return bool(self._credits(self.tokens.starts[mention.phrase[0]], until))
