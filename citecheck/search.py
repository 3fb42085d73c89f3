"""What is searched, opened once and asked many times: articles that are loaded, or a large archive by its index.

    with pipeline.searching(["desk.db"]) as search:
        search.check(drafts)
        search.trace("crucial instrument", "Vladimir Putin")

A call sees what is there when it begins: files that changed are read again, and of a database all is as of one moment.
Between two calls nothing is locked, so that others can add articles while a program that searches runs all day.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from citecheck import stages
from citecheck.archive import Archive, is_archive
from citecheck.errors import InputError
from citecheck.files import file_state, states
from citecheck.models import Article, Checked, Corpus, Extraction, Trace, Waiting

if TYPE_CHECKING:
    from citecheck.archive.search import SearchIndex
    from citecheck.checks import House
    from citecheck.checks.catalogue import Catalogue
    from citecheck.matching import Index

#: Articles from which on an archive is searched by its index and not loaded as a whole.
LARGE = 500

#: Names a house of rules: `Config.house`.
Houses = Callable[[str | None], "House"]


class Searchable(Protocol):
    """Articles that can be searched for texts."""

    def own(self, drafts: Sequence[Article]) -> tuple[str, ...]:
        """The ids of the articles that are one of `drafts`: the same text, or the same file as it was before."""

    def extraction(self, id_: str) -> Extraction | None:
        """The article of this id and what it says, if there is one."""

    def index(self, without: tuple[str, ...], texts: Callable[[], Sequence[str]], given: Collection[str] = ()) -> Index:
        """An index over all articles but those named in `without`, good for these texts; it has those of the ids
        `given` in any case."""

    def catalogue(self, without: tuple[str, ...]) -> Catalogue | None:
        """By what all articles but those named in `without` may be called; None where the index holds them all."""


class Loaded:
    """A corpus as a whole. The index of all of it is kept, and the last one that leaves some articles out."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._by_id: dict[str, Extraction] = {}
        self._kept: dict[tuple[str, ...], Index] = {}

    def own(self, drafts: Sequence[Article]) -> tuple[str, ...]:
        """As the protocol says."""
        digests = {draft.digest for draft in drafts}
        files = {file for file in map(file_of, drafts) if file}
        names = {file.name for file in files}  # looking every path up on the disk would take longer than a check

        def is_copy(article: Article) -> bool:
            return article.digest in digests or (Path(article.path or "").name in names and file_of(article) in files)

        return tuple(item.article.id for item in self._corpus.extractions if is_copy(item.article))

    def extraction(self, id_: str) -> Extraction | None:
        """As the protocol says."""
        if not self._by_id:
            self._by_id = {item.article.id: item for item in self._corpus.extractions}
        return self._by_id.get(id_)

    def index(
        self, without: tuple[str, ...], texts: Callable[[], Sequence[str]] = list, given: Collection[str] = ()
    ) -> Index:
        """As the protocol says; it is good for any text."""
        from citecheck.matching import Index

        if without not in self._kept:
            self._kept = {key: index for key, index in self._kept.items() if not key or not without}
            out = frozenset(without)
            others = tuple(item for item in self._corpus.extractions if item.article.id not in out)
            self._kept[without] = Index(replace(self._corpus, extractions=others))
        return self._kept[without]

    def catalogue(self, without: tuple[str, ...]) -> None:
        """As the protocol says."""


class Indexed:
    """A large archive as it is at one moment: of its articles only those are loaded that share words with a text."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: dict[tuple[str, ...], SearchIndex] = {}

    def own(self, drafts: Sequence[Article]) -> tuple[str, ...]:
        """As the protocol says."""
        same = self._archive.copies(draft.digest for draft in drafts)
        files = {file for file in map(file_of, drafts) if file}
        names = {Path(*file.parts[at:]).as_posix() for file in files for at in range(len(file.parts))}
        known = (item for item in map(self.extraction, sorted(names)) if item)
        mine = self._archive.texts_of(item.article.id for item in known if file_of(item.article) in files)
        return tuple(dict.fromkeys([*same, *mine]))

    def extraction(self, id_: str) -> Extraction | None:
        """As the protocol says."""
        return self._archive.extraction(id_)

    def index(self, without: tuple[str, ...], texts: Callable[[], Sequence[str]], given: Collection[str] = ()) -> Index:
        """As the protocol says."""
        from citecheck.matching import Index

        if without not in self._kept:
            self._kept = {key: index for key, index in self._kept.items() if not key or not without}
            self._kept[without] = self._archive.index(without)
        whole = self._kept[without]
        out = frozenset(without)
        part = self._archive.part(whole, texts(), given)
        others = tuple(item for item in part.extractions if item.article.id not in out)
        return Index(replace(part, extractions=others), whole)

    def catalogue(self, without: tuple[str, ...]) -> Catalogue:
        """As the protocol says."""
        return self._archive.catalogue(without)


class Search:
    """What is under some paths, for any number of calls; use it as a context manager, or close it.

    Not for two threads: a database belongs to the thread that opened it. Every call may raise CitecheckError, when
    what is searched is not there any more or cannot be read; the next call tries again.
    """

    def __init__(
        self,
        paths: Sequence[str | Path],
        load: Callable[[Archive | None], Corpus],
        houses: Houses,
        watch: Callable[[Waiting], None] | None = None,
    ) -> None:
        """load: reads all that is under `paths`, out of the archive that is open where it is one. watch: is told how an
        older archive is brought up to date. Raises what `load` raises, and ArchiveError."""
        self._paths = paths
        self._load = load
        self._houses = houses
        self._watch = watch
        self._archive: Archive | None = None
        self._file: object = None
        self._state: object = None
        self._held: Searchable | None = None
        with self._current():
            pass

    def check(self, drafts: Corpus, profile: str | None = None) -> list[Checked]:
        """Each draft's quotations checked. No witness is a draft that is among what is searched, nor a copy of another
        one of `drafts`; `Checked.own` says which articles were left out. profile: house rules instead of the
        configuration's."""
        with self._current() as held:
            return check_in(held, drafts, self._houses(profile))

    def trace(self, text: str, speaker: str | None = None, id_: str = "") -> Trace:
        """Where words come from, or that they were not found; the speaker is a second signal."""
        with self._current() as held:
            return trace_in(held, text, speaker, id_)

    def extractions(self, ids: Iterable[str]) -> dict[str, Extraction]:
        """The articles that findings and traces name, with all that they say; one that is gone by now is left out."""
        with self._current() as held:
            found = {id_: held.extraction(id_) for id_ in dict.fromkeys(ids)}
        return {id_: item for id_, item in found.items() if item}

    def close(self) -> None:
        """Close the database, where there is one."""
        if self._archive is not None:
            self._archive.close()
        self._archive = self._held = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _current(self) -> Iterator[Searchable]:
        """What is searched, as it is now and until the call is over."""
        database = self._database()
        if database is None:
            state: object = states(self._paths)
            if self._held is None or state != self._state:
                self._held, self._state = Loaded(self._load(None)), state
            yield self._held
            return
        file = (file_state(database) or ())[2:]
        if self._archive is None or self._file != file:
            self.close()
            self._archive, self._file = Archive.open(database, watch=self._watch), file
        with self._archive.moment() as state:
            if self._held is None or state != self._state:
                large = self._archive.size > LARGE
                self._held, self._state = Indexed(self._archive) if large else Loaded(self._load(self._archive)), state
            yield self._held

    def _database(self) -> Path | None:
        """The path where that is one database and no more."""
        if len(self._paths) != 1 or str(self._paths[0]) == "-":
            return None
        path = Path(self._paths[0])
        return path if self._archive is not None or is_archive(path) else None


def file_of(article: Article) -> Path | None:
    """The file that holds this article, or did, and no other, whole; None where there is none, or it holds many."""
    if article.path is None or not article.path.endswith(article.name):
        return None
    return Path(os.path.realpath(article.path))


def check_in(held: Searchable, drafts: Corpus, house: House) -> list[Checked]:
    """`Search.check` in what is held. Raises InputError when there is nothing but the drafts themselves."""
    from citecheck import checks

    own = held.own([draft.article for draft in drafts.extractions])

    def texts() -> list[str]:
        return [text for draft in drafts.extractions for text in checks.texts_to_search(draft)]

    noted = [draft for draft in drafts.extractions if draft.article.notes]
    catalogue = held.catalogue(own) if noted else None
    given = {article for draft in noted for article in checks.given_articles(draft, catalogue)} if catalogue else set()
    index = held.index(own, texts, given)
    if drafts.extractions and not index.searched.articles:
        raise InputError("the archive holds no article but the drafts themselves, so nothing can be searched")
    with stages.stage("check"):
        return [replace(checks.check(draft, index, house, catalogue), own=own) for draft in drafts.extractions]


def trace_in(held: Searchable, text: str, speaker: str | None, id_: str) -> Trace:
    """`Search.trace` in what is held."""
    from citecheck import matching

    return matching.trace(held.index((), lambda: [text]), text, speaker, id_)
