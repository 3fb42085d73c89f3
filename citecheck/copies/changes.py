"""What changed between two versions: the headline, and what is quoted or reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck import drift
from citecheck.models import UNKNOWN, Changes, Comparison, Copied, Extraction, Quotation, Severity, Side
from citecheck.text.fold import fold

#: Statements of each article that are compared pair by pair, when those with the same words have been lined up; more of
#: them make no news article, and each pair costs a comparison.
MOST_COMPARED = 40


def changes(earlier: Extraction, later: Extraction, link: Copied) -> Changes:
    """What `later` has otherwise than `earlier`. Differences of marks, dashes and case alone are none."""
    old, new = _statements(earlier), _statements(later)
    pairs = [*_same_words(old, new)]
    pairs += _nearest(_left(old, [one for one, _, _ in pairs]), _left(new, [other for _, other, _ in pairs]))
    changed = [pair for pair in pairs if pair[2].severity > Severity.COSMETIC]
    return Changes(
        link,
        _headline(earlier.article.title, later.article.title),
        added=tuple(_left(new, [other for _, other, _ in pairs])),
        dropped=tuple(_left(old, [one for one, _, _ in pairs])),
        changed=tuple(sorted(changed, key=lambda pair: pair[1].start)),
        kept=len(pairs) - len(changed),
    )


Pair = tuple[Quotation, Quotation, Comparison]


def _headline(before: str | None, after: str | None) -> tuple[str, str] | None:
    if not before or not after or fold(before).text.split() == fold(after).text.split():
        return None
    return before, after


def _statements(item: Extraction) -> list[Quotation]:
    """What an article gives as said, without what stands inside another such record."""
    return [one for one in item.quotations if one.kind.speech and one.parent is None]


def _left(of: Sequence[Quotation], taken: Sequence[Quotation]) -> list[Quotation]:
    ids = {one.id for one in taken}
    return [one for one in of if one.id not in ids]


def _same_words(old: Sequence[Quotation], new: Sequence[Quotation]) -> Iterator[Pair]:
    """Statements with the same words, each with the first that is left; speaker and source may differ."""
    waiting: dict[str, list[Quotation]] = {}
    for one in reversed(old):
        waiting.setdefault(_words(one), []).append(one)
    for other in new:
        if waiting.get(_words(other)):
            one = waiting[_words(other)].pop()
            yield one, other, drift.compare(_side(one), _side(other), known=True)


def _nearest(old: Sequence[Quotation], new: Sequence[Quotation]) -> list[Pair]:
    """Statements that were told otherwise: the pair with the best score first, each in one pair."""
    found: list[Pair] = []
    for one in old[:MOST_COMPARED]:
        for other in new[:MOST_COMPARED]:
            compared = drift.compare(_side(one), _side(other))
            if compared.same:
                found.append((one, other, compared))
    kept: list[Pair] = []
    taken: set[str] = set()
    for pair in sorted(found, key=lambda pair: (-pair[2].score, pair[0].start, pair[1].start)):
        ids = {f"a {pair[0].id}", f"b {pair[1].id}"}
        if not ids & taken:
            kept.append(pair)
            taken |= ids
    return kept


def _words(one: Quotation) -> str:
    return " ".join(fold(one.text).text.split()).rstrip(".,")


def _side(one: Quotation) -> Side:
    return Side(
        one.text,
        one.kind,
        one.speaker.name if one.speaker else None,
        tuple(dict.fromkeys(source.name for source in one.sources)),
        one.when or UNKNOWN,
        one.speaker.kind if one.speaker else None,
    )
