"""Quotations that their attribution splits in two: “…,” said X. “…”, with one group for the parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citecheck.attribution.layouts import Found, Place
from citecheck.attribution.tokens import Tokens
from citecheck.models import make_id


def split_groups(
    tokens: Tokens, parts: Sequence[tuple[Place, Found | None, str | None]], article: str
) -> Iterator[str | None]:
    """The group of each quotation, in order. `parts` are their places, what was found, and the groups known so far.

    A part goes on from the one before where both have one cue, and nothing but the sentence of that cue parts them.
    The paragraphs of a quotation that has a group already join the part before its first.
    """
    groups: list[str | None] = [group for _, _, group in parts]
    joined: dict[str, str] = {}
    for number in range(1, len(parts)):
        if _goes_on(tokens, parts[number - 1], parts[number]):
            start = parts[number - 1][0].first
            group = groups[number - 1] or make_id(article, "split", start)
            known = groups[number]
            if known is not None and known != group:
                joined[known] = group
            groups[number - 1] = groups[number] = group
        elif groups[number] in joined:
            groups[number] = joined[groups[number] or ""]
    yield from groups


def _goes_on(
    tokens: Tokens, one: tuple[Place, Found | None, str | None], other: tuple[Place, Found | None, str | None]
) -> bool:
    """Whether only the sentence of their common cue stands between two quotations."""
    (before, found, _), (after, again, _) = one, other
    if found is None or again is None or found.cue is None or found.cue != again.cue:
        return False
    between = tokens.tags[before.last : after.first]
    inside = before.last <= found.cue[0] < after.first
    whole = bool(before.pause) or before.opens
    return inside and "|" not in between and "." not in between[:-1] and whole
