"""Statements that a noun reports: "his claim that …", "the minister's fear that …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.attribution.clauses import Sentence, finite_ahead
from citecheck.attribution.clauses_content import content_end
from citecheck.attribution.indirect_reports import Report
from citecheck.attribution.lexicon import cue_nouns
from citecheck.attribution.mentions import Form, Mention, subject_before

#: How many words may stand between whose it is and the noun: "her oft-repeated claim".
_BETWEEN = 3


def noun_reports(sentence: Sentence, anchors: Sequence[int]) -> Iterator[Report]:
    """What a noun of saying or belief reports in a that-clause, where the text says whose words they are.

    `anchors`: the tokens where "that" may stand.
    """
    known, lower = cue_nouns(), sentence.tokens.lower
    for that in anchors:
        at = that - 1
        if lower[that] != "that" or not sentence.lo < at < sentence.hi - 2:
            continue
        if sentence.quoted[at] or lower[at] not in known:
            continue
        noun = known[lower[at]]
        if "that" in noun.frames and finite_ahead(sentence, at + 2):
            mention = _owner(sentence, at)
            if mention is not None:
                piece = (at + 2, content_end(sentence, at + 2, subordinate=True))
                yield Report((piece,), (at, at + 1), mention, "noun", noun.negative)


def _owner(sentence: Sentence, noun: int) -> Mention | None:
    """Whose claim it is: the name or description before the possessive sign, or the pronoun."""
    for at in range(noun - 1, max(sentence.lo, noun - 1 - _BETWEEN) - 1, -1):
        tag = sentence.tag(at)
        if tag == "^":
            return subject_before(sentence.tokens, at, sentence.lo)
        if tag == "S":
            start, end = sentence.tokens.slice(at, at + 1)
            return Mention(Form.PRONOUN, at, at + 1, start, end, sentence.tokens.text[start:end], (at, at + 1))
        if tag not in "xaV":
            return None
    return None
