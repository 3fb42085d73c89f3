"""Families: what is grouped, what is not, the base and why, the pairs inside, and ids that stay."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from matching.corpora import DAM, Said, article, corpus

from citecheck.families import group, matches_of
from citecheck.families.cluster import clusters
from citecheck.matching import Index, find_pairs
from citecheck.models import BaseReason, Corpus, Family, Kind, Label


def families(given: Corpus, pins: tuple[str, ...] = ()) -> tuple[Family, ...]:
    return group(given, find_pairs(Index(given)), pins)


def labels(family: Family) -> set[Label]:
    return {drift.label for comparison in family.comparisons if comparison for drift in comparison.drift}


def test_each_statement_is_a_family_of_its_own() -> None:
    assert [len(family.renderings) for family in families(DAM)] == [2, 2, 3]


def test_order_of_articles_does_not_matter() -> None:
    assert len({families(Corpus(order)) for order in permutations(DAM.extractions)}) == 1


def test_ids_stay_when_an_article_is_added() -> None:
    more = article("dam-9", "The water has fallen and the school is open again, a teacher said on Friday.")
    before = {family.id for family in families(DAM)}
    assert {family.id for family in families(Corpus((*DAM.extractions, more)))} == before


def test_what_decayed_on_the_way_is_said() -> None:
    spillway = families(DAM)[1]
    assert spillway.renderings[spillway.base].speaker.name == "Tomas Vidal"  # type: ignore[union-attr]
    assert {Label.SPEAKER_GENERALISED, Label.SOURCE_LOST} <= labels(spillway)


def test_undated_renderings_are_compared_with_the_fullest_quotation() -> None:
    crack = families(DAM)[0]
    assert (crack.base, crack.reason) == (0, BaseReason.FULLEST)
    assert crack.comparisons[0] is None


@pytest.mark.parametrize(
    ("dates", "publishers", "pins", "base", "reason"),
    [
        # the earliest dated one
        (("2024-05-03", "2024-05-01"), (None, None), (), "dam-2", BaseReason.EARLIEST),
        # an undated one is not called later; among dated ones the earliest
        ((None, "2024-05-01"), (None, None), (), "dam-2", BaseReason.EARLIEST),
        # a month alone is no later than a day in it: the fuller one
        (("2024-05", "2024-05-01"), (None, None), (), "dam-1", BaseReason.EARLIEST),
        # who spoke publishes the words himself
        (("2024-05-03", "2024-05-01"), ("Lena Brack", None), (), "dam-1", BaseReason.PRIMARY),
        # the user's choice before all
        (("2024-05-03", "2024-05-01"), ("Lena Brack", None), ("dam-2",), "dam-2", BaseReason.PINNED),
    ],
)
def test_the_base_and_why(
    dates: tuple[str | None, ...],
    publishers: tuple[str | None, ...],
    pins: tuple[str, ...],
    base: str,
    reason: BaseReason,
) -> None:
    dated = tuple(
        replace(item, article=replace(item.article, published=when, publisher=who))
        for item, when, who in zip(DAM.extractions, dates, publishers, strict=False)
    )
    crack = families(Corpus(dated), pins)[0]
    assert (crack.renderings[crack.base].article, crack.reason) == (base, reason)


def test_all_pairs_of_a_family_are_told_once() -> None:
    for family in families(DAM):
        size = len(family.renderings)
        pairs = list(matches_of(family))
        assert len(pairs) == size * (size - 1) // 2
        assert all(pair.family == family.id and pair.comparison.same for pair in pairs)
        first = [pair for pair in pairs if family.renderings[family.base] in (pair.a, pair.b)]
        assert all(pair.a == family.renderings[family.base] for pair in first)


def test_a_common_phrase_does_not_weld_two_statements() -> None:
    rain = "The rain will ruin the harvest in all of the northern valleys this year, it is a dark day"
    fire = "The fire took nine houses and the old mill on the hill above the river, it is a dark day"
    given = corpus(
        article("a", f"“{rain},” Mira Holt said.", Said(rain, "Mira Holt", Kind.DIRECT)),
        article("b", f"“{rain},” said Holt, a farmer.", Said(rain, "Mira Holt", Kind.DIRECT)),
        article("c", f"“{fire},” Mira Holt said.", Said(fire, "Mira Holt", Kind.DIRECT)),
        article("d", f"“{fire},” said Holt, a miller.", Said(fire, "Mira Holt", Kind.DIRECT)),
        article("e", "It was “a dark day”, Holt said.", Said("a dark day", "Mira Holt", Kind.FRAGMENT)),
    )
    sizes = sorted(len(family.renderings) for family in families(given))
    assert sizes == [2, 3]


@pytest.mark.parametrize(
    ("links", "weak", "expected"),
    [
        # a chain: 0-1 and 1-2 but not 0-2: half of the pairs between {0, 1} and {2} are linked
        ({(0, 1): 9.0, (1, 2): 8.0}, set(), [[0, 1, 2]]),
        # two tight groups with one stray link between them
        ({(0, 1): 9.0, (2, 3): 9.0, (1, 2): 5.0}, set(), [[0, 1], [2, 3]]),
        # a few words join one group, the better one, and do not weld
        ({(0, 1): 9.0, (2, 3): 9.0, (1, 4): 7.0, (2, 4): 6.0}, {4}, [[0, 1, 4], [2, 3]]),
        # a few words among themselves
        ({(0, 1): 9.0}, {0, 1}, [[0, 1]]),
        # nothing
        ({}, set(), []),
    ],
)
def test_clusters(links: dict[tuple[int, int], float], weak: set[int], expected: list[list[int]]) -> None:
    assert clusters(links, list(range(5)), weak, lambda a, b: True) == expected


def test_an_article_that_tells_it_twice_counts_once() -> None:
    # nodes 0, 1 and 2 are of one article; 3 is linked to one of them, and to 4
    links = {(0, 1): 9.0, (0, 2): 9.0, (1, 2): 9.0, (2, 3): 5.0}
    assert clusters(links, ["a", "a", "a", "b", "c"], set(), lambda a, b: True) == [[0, 1, 2, 3]]
    assert clusters(links, ["a", "d", "e", "b", "c"], set(), lambda a, b: True) == [[0, 1, 2]]


def test_the_sentence_around_a_quotation_is_no_rendering_beside_it() -> None:
    words = "the northern lock will be closed from the first frost until the ice has gone"
    told = f"the council was told that {words}"
    given = corpus(
        article("a", f"On Monday “{words},” Mira Holt said.", Said(words, "Mira Holt", Kind.DIRECT)),
        article("b", f"Holt said {told}.", Said(told, "Mira Holt"), Said(words, "Mira Holt")),
    )
    (family,) = families(given)
    assert [(one.article, one.kind) for one in family.renderings] == [("a", Kind.DIRECT), ("b", Kind.INDIRECT)]
