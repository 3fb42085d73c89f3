"""What a user waits for: all pairs, families and a check over extracted articles, five quotations each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from citecheck import pipeline
from citecheck.models import Corpus

from .candidates import CHANGED
from .corpus import extractions, quotations
from .timing import Contender, Figures

SAID = 5


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """families of articles with SIZE quotations in all, and the check of a draft of 40 quotations against them"""
    corpus = Corpus(tuple(extractions(max(1, size // SAID), seed, SAID)))
    draft = Corpus(tuple(extractions(8, seed + 100, SAID)))
    truth = [(one.family, one.way) for one in quotations(len(corpus.extractions) * SAID, seed)]

    def families() -> Figures:
        said = (one.id for item in corpus.extractions for one in item.quotations)
        known = dict(zip(said, truth, strict=True))
        found = pipeline.group(corpus)
        sizes = [len(family.renderings) for family in found]
        pure, met = 0, 0
        for family in found:
            named = [known[one.quotation] for one in family.renderings if one.quotation]
            count = Counter(number for number, _ in named)
            pure += max(count.values(), default=0)
            met += sum(way in CHANGED and count[number] > 1 for number, way in named)
        return {
            "families": len(found),
            "largest": max(sizes, default=0),
            "purity": pure / max(1, sum(sizes)),
            "variants": met / max(1, sum(way in CHANGED for _, way in truth)),
        }

    def check() -> None:
        pipeline.check(draft, corpus)

    return [Contender("families", families), Contender("check of 40 quotations", check)]
