"""Families of a corpus that is too large for all pairs: what was looked at decides, and nothing costs a square."""

from __future__ import annotations

from collections import Counter

from benchmarks.corpus import extractions, quotations

from citecheck import families, matching
from citecheck.families.cluster import clusters
from citecheck.models import Corpus


def test_families_of_a_large_corpus_hold_the_renderings_of_one_statement() -> None:
    corpus = Corpus(tuple(extractions(260)))
    compared = matching.compare_pairs(matching.Index(corpus))
    assert compared.apart is not None
    made = quotations(260 * 5)
    family_of = {
        record.id: one.family
        for one, record in zip(made, (r for item in corpus.extractions for r in item.quotations), strict=True)
    }
    pure = members = 0
    for family in families.group(corpus, compared.same, apart=compared.apart):
        named = Counter(family_of[one.quotation] for one in family.renderings if one.quotation)
        pure += named.most_common(1)[0][1]
        members += len(family.renderings)
    assert pure / members > 0.98
    sizes = Counter(family_of.values())
    assert members > 0.9 * sum(size for size in sizes.values() if size > 1)


def test_pairs_that_nobody_looked_at_do_not_part_a_group() -> None:
    links = {(0, 1): 90.0, (0, 2): 90.0, (0, 3): 90.0, (0, 4): 90.0}
    assert clusters(links, "abcde", set(), lambda a, b: True, []) == [[0, 1, 2, 3, 4]]
    assert clusters(links, "abcde", set(), lambda a, b: True, [(1, 4), (2, 4), (3, 4)]) == [[0, 1, 2, 3]]
