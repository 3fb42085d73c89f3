"""Families: all renderings of one statement, with the one that the others are compared with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

from citecheck.drift import compare
from citecheck.families.base import choose
from citecheck.families.chains import chain_of
from citecheck.families.cluster import clusters
from citecheck.matching import is_few_words
from citecheck.models import (
    UNKNOWN,
    BaseReason,
    Comparison,
    Corpus,
    Extraction,
    Family,
    Kind,
    Match,
    Rendering,
    Severity,
    Side,
    make_id,
)
from citecheck.text.names import name_words

#: Renderings up to which all pairs of a family are told; of a larger one each with the base (400 have 80,000 pairs).
ALL_PAIRS = 30


def group(
    corpus: Corpus,
    matches: Sequence[Match],
    pins: Collection[str] = (),
    apart: Sequence[Match] | None = None,
    primary: Collection[str] = (),
) -> tuple[Family, ...]:
    """The families of a corpus, in order of their first rendering. The order of the input does not matter.

    pins: ids of quotations or articles that the user made the base of their families; apart: pairs that were looked at
    and are no matches (`matching.Compared`); primary: ids of articles that are the words themselves.
    """
    nodes = sorted({_key(side): side for match in matches for side in (match.a, match.b)}.items())
    number = {key: at for at, (key, _) in enumerate(nodes)}
    links: dict[tuple[int, int], float] = {}
    for match in matches:
        a, b = sorted((number[_key(match.a)], number[_key(match.b)]))
        links[a, b] = max(match.comparison.score, links.get((a, b), 0.0))
    parted = None
    if apart is not None:
        known = ((number.get(_key(match.a)), number.get(_key(match.b))) for match in apart)
        parted = [(min(a, b), max(a, b)) for a, b in known if a is not None and b is not None]
    weak = {at for at, (_, one) in enumerate(nodes) if is_few_words(one.text)}
    told = [one.kind is Kind.RESTATED for _, one in nodes]
    owners = [one.article for _, one in nodes]
    groups = clusters(links, owners, weak, lambda a, b: not (told[a] and told[b]), parted)
    renderings = [one for _, one in nodes]
    groups = [kept for found in groups if len(kept := without_overlaps(found, renderings)) > 1]
    said = {item.article.id: item for item in corpus.extractions}
    chosen = partial(choose, articles=corpus.articles, pins=pins, primary=primary)
    return tuple(_family(corpus, said, [nodes[at][1] for at in group], chosen) for group in groups)


def matches_of(family: Family) -> Iterator[Match]:
    """Every pair of renderings of the family, the base first where it takes part; of a large family those with it."""
    count = len(family.renderings)
    for i, j in combinations(range(count), 2):
        if count > ALL_PAIRS and family.base not in (i, j):
            continue
        a, b = (j, i) if j == family.base else (i, j)
        known = family.comparisons[b] if a == family.base else None
        one, other = family.renderings[a], family.renderings[b]
        yield Match(family.id, one, other, known or rendered(one, other))


def rendered(a: Rendering, b: Rendering) -> Comparison:
    """How `b` renders `a`, two renderings that are known to be of one statement."""
    return compare(side(a, b), side(b, a), known=True)


def side(one: Rendering, other: Rendering) -> Side:
    """A rendering as a side of a comparison. An unquoted sentence gives the words to the other's speaker where it names
    him."""
    speaker = one.speaker
    if speaker is None and one.quotation is None and other.speaker and _names(one.text, other.speaker.name):
        speaker = other.speaker
    return Side(
        text=one.text,
        kind=one.kind,
        speaker=speaker.name if speaker else None,
        sources=tuple(dict.fromkeys(source.name for source in one.sources)),
        when=one.when or next((source.when for source in one.sources if source.when), UNKNOWN),
        speaker_kind=speaker.kind if speaker else None,
    )


def without_overlaps(group: Sequence[int], renderings: Sequence[Rendering]) -> list[int]:
    """The members of a group without those that overlap a better one of the same article: quoted before told, then long
    before short. An article's sentence and the words quoted in it are one rendering."""
    kept: list[int] = []
    for at in sorted(group, key=lambda at: (not renderings[at].kind.quoted, -len(renderings[at].text), at)):
        one = renderings[at]
        if not any(
            one.article == renderings[other].article
            and one.start < renderings[other].end
            and renderings[other].start < one.end
            for other in kept
        ):
            kept.append(at)
    return sorted(kept)


def _names(text: str, name: str) -> bool:
    return bool(set(name_words(name)[-1:]) & set(name_words(text)))


def family_id(one: Rendering) -> str:
    """The id that a family has for the sake of this rendering; a new family has the smallest of all."""
    return make_id("family", *_key(one))


def _key(one: Rendering) -> tuple[str, int, int, str]:
    return one.article, one.start, one.end, one.kind.value


def _family(
    corpus: Corpus,
    said: Mapping[str, Extraction],
    renderings: Sequence[Rendering],
    chosen: Callable[[Sequence[Rendering]], tuple[int, BaseReason]],
) -> Family:
    base, reason = chosen(renderings)
    comparisons = tuple(None if at == base else rendered(renderings[base], one) for at, one in enumerate(renderings))
    return Family(
        id=min(map(family_id, renderings)),
        renderings=tuple(renderings),
        base=base,
        reason=reason,
        comparisons=comparisons,
        severity=max((one.severity for one in comparisons if one), default=Severity.NONE),
        chain=chain_of(corpus, said, renderings),
    )
