"""What is searched, kept open from one question to the next and opened anew where the configuration changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from citecheck import pipeline
from citecheck.config import Config
from citecheck.search import Search


class Kept:
    """`pipeline.searching` that leaves open what it opened, until `close`."""

    def __init__(self) -> None:
        self._opened = ExitStack()
        self._search: Search | None = None
        self._asked: tuple[list[str], Config] | None = None

    @contextmanager
    def __call__(self, against: Sequence[str], config: Config, watch: pipeline.Watch | None = None) -> Iterator[Search]:
        """What is under `against`, as `config` has it."""
        asked = ([str(path) for path in against], config)
        if self._search is None or asked != self._asked:
            self.close()
            self._search = self._opened.enter_context(pipeline.searching(against, config, watch))
            self._asked = asked
        yield self._search

    def close(self) -> None:
        """Close what is open; the next call opens it again."""
        self._search = None
        self._opened.close()
