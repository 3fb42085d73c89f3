"""What a house decides about a check: its severities, who goes by which name, whom it trusts, what needs no credit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from citecheck.drift import DEFAULT, Profile
from citecheck.models import Article, Tier
from citecheck.models.values import value

TIERS = tuple(Tier)


@value
class House:
    """`speakers` are other names → the name that they stand for, in lower case. `tiers` are outlets (or article ids) →
    their tier. `pinned` are ids of articles that are the witness wherever they hold the statement. A quotation from one
    of the `public_events`, named in its paragraph, needs no credit."""

    profile: Profile = DEFAULT
    speakers: Mapping[str, str] = field(default_factory=dict)
    tiers: Mapping[str, str] = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()
    public_events: tuple[str, ...] = ()

    def named(self, name: str) -> str:
        """The name that a speaker goes by in this house."""
        low = name.lower()
        return self.speakers.get(low) or self.speakers.get(f"the {low.removeprefix('the ')}", name)

    def tier(self, article: Article) -> int:
        """The rank of an article, 0 the nearest."""
        return article.ranked(self.tiers)

    def is_public(self, text: str) -> bool:
        """Whether a paragraph names an event that everybody could hear."""
        low = text.lower()
        return any(event.lower() in low for event in self.public_events)
