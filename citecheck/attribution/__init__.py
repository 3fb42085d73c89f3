"""Who said it: the speaker, the cue and the settled kind of each quotation, and speech reported without marks."""

from __future__ import annotations

from collections.abc import Sequence

from citecheck.attribution.indirect import find_indirect, with_parents
from citecheck.attribution.speakers import Reading
from citecheck.models import Article, Quotation, SourceCredit

__all__ = ["attribute"]


def attribute(
    article: Article, quotations: Sequence[Quotation], credits: Sequence[SourceCredit]
) -> tuple[Quotation, ...]:
    """The quotations of `article` with kind, speaker, cue, group and confidence, and indirect speech beside them."""
    reading = Reading(article, quotations, credits)
    found = reading.quotations()
    told = find_indirect(article, found, credits, reading.tokens, reading.speaker_of)
    return tuple(sorted((*with_parents(found, told), *told), key=lambda item: (item.start, -item.end)))
