"""What the servers share: the archive and the configuration, as they are at the moment of each question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeVar

from citecheck import pipeline
from citecheck.checks.decisions import decide
from citecheck.config import Config, load_config
from citecheck.export import decisions as sidecars
from citecheck.models import Checked, Comparison, Corpus, Extraction, Side, Trace
from citecheck.search import Search
from citecheck.serve.kept import Kept

T = TypeVar("T")


class Answer(NamedTuple):
    """A check of one draft, decided as the configuration and its sign-offs say, and the articles that it names."""

    checked: Checked
    named: dict[str, Extraction]


class Desk:
    """An archive, asked from an event loop. One thread does all the work: a database belongs to its thread, and an
    answer that takes a second must not keep the protocol waiting. Every method may raise CitecheckError."""

    def __init__(self, against: Sequence[str], config: Path | None = None, watch: pipeline.Watch | None = None) -> None:
        """config: a file to use instead of the nearest one."""
        self._against = against
        self._file = config
        self._watch = watch
        self._config = Config()
        self._worker = ThreadPoolExecutor(1, "citecheck")
        self._kept = Kept()

    def open(self) -> None:
        """Open what is searched, which the first question would do: trouble with it is for the one who starts this."""
        self._worker.submit(self._answered, lambda _: None).result()

    def close(self) -> None:
        """Close what is open, when the answer that is being made is done."""
        self._worker.submit(self._kept.close).result()
        self._worker.shutdown()

    async def check(self, text: str, suffix: str, path: Path | None = None) -> Answer:
        """The check of a text; `suffix` says how it is read. `path`: its file, beside which its sign-offs are."""
        return await self._ask(lambda search: self._check(search, text, suffix, path))

    async def trace(self, text: str, speaker: str | None) -> tuple[Trace, dict[str, Extraction]]:
        """Where words come from, and the articles where they stand."""

        def find(search: Search) -> tuple[Trace, dict[str, Extraction]]:
            found = search.trace(text, speaker)
            return found, search.extractions(hit.article for hit in found.hits)

        return await self._ask(find)

    async def compare(self, a: Side, b: Side) -> Comparison:
        """How `b` renders `a`, by the house rules of the configuration."""
        return await self._ask(lambda _: pipeline.compare(a, b, self._config.named_profile()))

    def _check(self, search: Search, text: str, suffix: str, path: Path | None) -> Answer:
        draft = pipeline.extract_text(text, suffix, str(path) if path else None, self._config)
        (checked,) = search.check(Corpus((draft,)))
        checked = decide(checked, sidecars.with_sidecars(self._config.decisions(), [checked]))
        witnesses = [item.article for finding in checked.findings for item in finding.evidence]
        return Answer(checked, search.extractions([*witnesses, *(one.hits[0].article for one in checked.confirmed)]))

    async def _ask(self, question: Callable[[Search], T]) -> T:
        return await asyncio.wrap_future(self._worker.submit(self._answered, question))

    def _answered(self, question: Callable[[Search], T]) -> T:
        self._config = load_config(Path.cwd(), self._file)
        with self._kept(self._against, self._config, self._watch) as search:
            return question(search)
