"""The articles of an archive by all that a writer may call them, read or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from citecheck.models import Listed
from citecheck.text.called import Name, names

#: A name that more articles have tells none of them apart: `index.html`.
MOST_CALLED = 50


class Catalogue(Protocol):
    """What an archive holds, asked by name."""

    def called(self, kind: Name, asked: Collection[str]) -> Mapping[str, Sequence[Listed]]:
        """The articles that have one of these names; names that none has, or more than `MOST_CALLED`, are left out."""

    def publishers(self) -> Collection[str]:
        """Who published the articles, as they name them, each once."""


class Listing:
    """The catalogue of articles that are in memory."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._publishers: set[str] = set()
        self._called: dict[tuple[Name, str], list[Listed]] = defaultdict(list)
        for item in listed:
            if item.outlet:
                self._publishers.add(item.outlet)
            for name in names(item.id, item.path, item.title, item.url):
                self._called[name].append(item)

    def called(self, kind: Name, asked: Collection[str]) -> Mapping[str, Sequence[Listed]]:
        """As the protocol says."""
        found = ((name, self._called.get((kind, name), ())) for name in asked)
        return {name: those for name, those in found if 0 < len(those) <= MOST_CALLED}

    def publishers(self) -> Collection[str]:
        """As the protocol says."""
        return self._publishers
