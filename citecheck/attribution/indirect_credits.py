"""Statements that are credited by a phrase: "according to", "as reported by"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.attribution.clauses import Sentence, finite_ahead
from citecheck.attribution.clauses_content import content_end
from citecheck.attribution.indirect_reports import Report
from citecheck.attribution.mentions import phrase_at

_AS_VERBS = frozenset("reported noted stated indicated highlighted explained described told claimed shown".split())
#: The fewest tokens that a credited statement has.
_SHORTEST = 3


#: The words that open a crediting phrase.
CREDITING = frozenset(("according", "as"))


def credit_reports(sentence: Sentence, anchors: Sequence[int], others: Sequence[Report]) -> Iterator[Report]:
    """What the sentence credits to somebody by a phrase, outside the statements that `others` hold already.

    `anchors`: the tokens where such a phrase may begin.
    """
    for at in anchors:
        opens = sentence.tokens.lower[at] in CREDITING and not sentence.quoted[at]
        length = _phrase(sentence, at) if opens else 0
        if length:
            piece = _credited(sentence, at, length, others)
            if piece is not None and piece[1] - piece[0] >= _SHORTEST:
                mention = phrase_at(sentence.tokens, at + length)
                yield Report((piece,), (at, at + length), mention, "credit")


def _phrase(sentence: Sentence, at: int) -> int:
    """How many tokens the crediting phrase at token `at` takes; 0 where there is none."""
    word = sentence.word(at)
    if word == "according" and sentence.word(at + 1) == "to":
        return 2
    if word == "as" and sentence.word(at + 1) in _AS_VERBS and sentence.word(at + 2) in ("by", "in"):
        return 3
    return 0


def _credited(sentence: Sentence, at: int, length: int, others: Sequence[Report]) -> tuple[int, int] | None:
    """The tokens that the phrase credits: before it, or after its comma where it opens the sentence."""
    if at > sentence.lo + 1:
        held = any(other.said and other.pieces[0][0] < at and other.pieces[-1][1] >= at - 1 for other in others)
        return None if held else (sentence.lo, at)
    for i in range(at + length, sentence.hi - 1):
        if sentence.tag(i) == "," and not sentence.quoted[i]:
            return i + 1, _first_clause(sentence, i + 1, content_end(sentence, i + 1))
    return None


def _first_clause(sentence: Sentence, first: int, last: int) -> int:
    """The end of the first of the clauses `first:last`: what follows ", and" is the writer's again."""
    for i in range(first, last - 1):
        if sentence.tag(i) == "," and sentence.word(i + 1) == "and" and finite_ahead(sentence, i + 2):
            return i
    return last
