"""Articles on their way into an archive: what it lacks is let through to be extracted, and comes back in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from citecheck.archive.history import State
from citecheck.models import Added, Article, Extraction, Skipped, Waiting

if TYPE_CHECKING:
    from citecheck.archive import Archive
    from citecheck.archive.countdown import Watch

#: Articles, and code points of their texts, that are written together. A run that is killed loses no more than these;
#: from some hundred on, an article more costs what its rows cost.
BATCH, BATCH_TEXT = 500, 4_000_000


class Intake:
    """What is between reading and the archive: one batch at most, and the names of articles that are extracted."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._seen = self._changed = self._again = 0
        self._skipped: list[Skipped] = []
        self._on_the_way: set[str] = set()  # ids of articles that were let through and are not written yet
        self._outdated: set[tuple[str, str]] = set()  # with their digests, those that an older program extracted
        self._back: dict[str, str] = {}  # ids that came with an earlier text, with its digest
        self._batch: list[Extraction] = []
        self._size = 0

    def outdated(self, watch: Watch | None) -> Iterator[Article]:
        """The articles of the archive that an older program extracted; `watch` is told how many are left."""
        left = self._archive.outdated_count
        for article in self._archive.outdated():
            if watch:
                watch(Waiting("article", left, "extracting again"))
            left -= 1
            self._seen += 1
            self._outdated.add((article.id, article.digest))
            yield article

    def fresh(self, items: Iterable[Article | Skipped]) -> Iterator[Article | Skipped | None]:
        """Those of `items` that the archive lacks, and what was skipped. None says that all before it must be taken
        (`take`) before the next is asked for."""
        for item in items:
            if isinstance(item, Skipped):
                yield item
                continue
            self._seen += 1
            if item.id in self._on_the_way:
                yield None  # what the archive says of this id depends on the one before
                self.write()
            article = self._archive.named(item)
            state = self._archive.state(article.id, article.digest)
            if state is State.EARLIER:
                self._back[article.id] = article.digest
            elif state is not State.NEWEST:
                self._on_the_way.add(article.id)
                if state is State.OUTDATED:
                    self._outdated.add((article.id, article.digest))
                yield article

    def take(self, item: Extraction | Skipped) -> None:
        """What became of an article: it is written with its batch."""
        if isinstance(item, Skipped):
            self._skipped.append(item)
            if item.id in self._on_the_way:  # extraction gave it up
                self._seen -= 1
            return
        self._batch.append(item)
        self._size += len(item.article.text)
        if len(self._batch) >= BATCH or self._size >= BATCH_TEXT:
            self.write()

    def write(self) -> None:
        """Write what was taken and is not written yet."""
        if self._batch:
            self._archive.add_all(self._batch)
            written = {(item.article.id, item.article.digest) for item in self._batch}
            again = len(written & self._outdated)
            self._changed, self._again = self._changed + len(self._batch) - again, self._again + again
            self._on_the_way.difference_update(item.article.id for item in self._batch)
            self._outdated -= written
            self._batch, self._size = [], 0

    def finish(self) -> None:
        """Write the rest, and make earlier texts that came again the newest."""
        self.write()
        self._changed += self._archive.bring_back(self._back)

    @property
    def added(self) -> Added:
        """What was done so far."""
        return Added(self._changed, self._seen - self._changed, tuple(self._skipped), self._again)
