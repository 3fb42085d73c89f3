"""The archive: articles and what they say in one SQLite file, which any tool that knows SQLite can read.

    with Archive.open(Path("desk.db"), create=True) as archive:
        archive.add(extraction)
        archive.corpus()

Reading goes through `sqlite3`; sqlite-utils, which takes a quarter of a second to import, is the door for writing.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from citecheck.archive import connection as files
from citecheck.archive import history, totals
from citecheck.archive.history import State
from citecheck.archive.rows import extractions
from citecheck.errors import ArchiveError
from citecheck.files import is_archive
from citecheck.models import Article, Copied, Corpus, Extraction, Family, Searched, Waiting
from citecheck.version import EXTRACTOR

if TYPE_CHECKING:
    from sqlite_utils import Database

    from citecheck.archive.catalogue import Stored
    from citecheck.archive.countdown import Watch
    from citecheck.archive.finish import Chooser
    from citecheck.archive.search import SearchIndex

#: Articles that are loaded at a time to be extracted again.
AT_A_TIME = 200

__all__ = ["Archive", "Found", "is_archive"]


class Found(NamedTuple):
    """An article that a search found. `excerpt` is a piece of its text around the words."""

    article: str
    title: str | None
    excerpt: str


class Archive:
    """An open archive; use it as a context manager, or close it. Every method may raise ArchiveError."""

    def __init__(self, path: Path, connection: sqlite3.Connection, exists: bool, patience: float) -> None:
        self._path = path
        self._connection = connection
        self._exists = exists
        self._patience = patience
        self._database: Database | None = None
        self._room: int | None = None  # articles until the search index is merged; None: not known yet

    @classmethod
    def open(
        cls, path: str | Path, create: bool = False, patience: float = files.PATIENCE, watch: Watch | None = None
    ) -> Self:
        """The archive at `path`. An older schema is brought up to date; `watch` is told how many articles are left.

        With `create` there need be none: the file is then made by the first `add`, so that a run which reads nothing
        leaves nothing behind. `patience`: seconds to wait for another program that is writing it. Raises ArchiveError
        where there is no archive, the file is none of ours, or it was made by a newer citecheck.
        """
        path = Path(path)
        with files.explained(path, patience):
            if not create and not path.exists():
                raise ArchiveError(f"{path}: there is no such archive; make it with: citecheck add PATH --db {path}")
            if not path.parent.is_dir():
                raise ArchiveError(f"{path}: the folder {path.parent} does not exist; make it first")
            if create and files.is_blank(path, patience):
                return cls(path, files.empty(), False, patience)
            return cls(path, files.connect(path, patience, watch), True, patience)

    def has(self, article: str, digest: str) -> bool:
        """Whether the article of this id is there with this very text, extracted by this program."""
        return self.state(article, digest) is State.NEWEST

    def state(self, article: str, digest: str) -> State | None:
        """What is there of the text with this digest under this id, as the newest or an earlier one."""
        with files.explained(self._path, self._patience):
            return history.state(self._connection, article, digest)

    def named(self, article: Article) -> Article:
        """`article` under the id that it has, or will have, in this archive.

        A file's id is its path inside the folder that was named, so two folders may hold files of one id. The second
        is another article, not a newer text, and goes by its whole path. A JSON line's id is its author's word.
        """
        with files.explained(self._path, self._patience):
            query = "SELECT path, url, digest FROM articles WHERE article = ?"
            known = self._connection.execute(query, (article.id,)).fetchone()
        if known is None or not article.path or not article.path.endswith(article.id):
            return article
        same = known["path"] in (article.path, None) or known["digest"] == article.digest
        return article if same or (article.url and known["url"] == article.url) else replace(article, id=article.path)

    @property
    def grouped(self) -> bool:
        """Whether the families were made from the articles as they are: not so after `add`, or a run cut short."""
        with files.explained(self._path, self._patience):
            return not any(self._waiting().values())

    def add(self, extraction: Extraction) -> bool:
        """Put an article in, whole or not at all; an older text under its id stays, as an earlier one (history.py).

        Returns whether anything changed: an article that is there with the same text is left alone. One that comes
        back to an earlier text has it again, and what it said in between is kept.
        """
        return self.add_all([extraction]) == 1

    def add_all(self, extractions: Sequence[Extraction]) -> int:
        """`add` for many articles, all of them or none; returns how many changed anything."""
        with files.explained(self._path, self._patience):
            if all(item.article.digest and self.has(item.article.id, item.article.digest) for item in extractions):
                return 0
            from citecheck.archive.writing import put_articles  # noqa: PLC0415 imported only to write

            database = self._writable()
            with files.transaction(database.conn):
                changed = put_articles(database, self._path, extractions)
                self._merge_if_due(database.conn, changed)
        return changed

    def bring_back(self, texts: Mapping[str, str]) -> int:
        """Make earlier texts, the digest of each by its id, the newest again; returns how many there were."""
        with files.explained(self._path, self._patience):
            if not texts:
                return 0
            connection = self._writable().conn
            with files.transaction(connection):
                return sum(history.bring_back(connection, *one) for one in texts.items())

    def settle(self) -> None:
        """What should be done once when many articles were added: the search index is put in order."""
        with files.explained(self._path, self._patience):
            from citecheck.archive import search  # noqa: PLC0415 as below

            if search.should_settle(self._connection):  # a run that was cut short may have left it to this one
                connection = self._writable().conn
                with files.transaction(connection):
                    search.merge(connection)

    def _merge_if_due(self, connection: sqlite3.Connection, changed: int) -> None:
        """Merge the search index, which is imported only to write and to search, where too much waits in its delta."""
        from citecheck.archive import search  # noqa: PLC0415

        self._room = search.room(connection) if self._room is None else self._room - changed
        if self._room <= 0:
            search.merge(connection)
            self._room = search.room(connection)

    def store_families(self, families: Sequence[Family]) -> None:
        """Put `families` in the place of all that are there, for the views to show."""
        from citecheck.archive import statements  # noqa: PLC0415 as above
        from citecheck.archive.families import replace_families  # noqa: PLC0415

        with files.explained(self._path, self._patience):
            database = self._writable()
            with files.transaction(database.conn):
                statements.enter_waiting(database.conn)
                replace_families(database.conn, families)
                statements.link(database.conn)

    def grow(self, chosen: Chooser, anew: bool = False) -> Iterator[Waiting]:
        """Bring the families up to date with the articles that were added since, some at a time; gives after each step
        what still waits.

        chosen: chooses the base of a family; anew: whether it may choose another than before although nothing came.
        """
        from citecheck.archive.finish import finish, stale  # noqa: PLC0415 as above
        from citecheck.archive.grow import grow, waiting  # noqa: PLC0415
        from citecheck.archive.statements import Statements  # noqa: PLC0415

        database = self._writable()
        index = Statements(database.conn)
        steps = (
            ("article", waiting, partial(grow, index=index)),
            ("family", stale, partial(finish, chosen=chosen, anew=anew)),
        )
        for what, left, step in steps:
            while True:
                with files.explained(self._path, self._patience), files.transaction(database.conn):
                    rows = left(database.conn)
                    if not rows:
                        break
                    step(database.conn, rows)
                yield Waiting(what, self._waiting()[what])

    def _waiting(self) -> dict[str, int]:
        query = "SELECT (SELECT count(*) FROM articles WHERE NOT grouped), (SELECT count(*) FROM families WHERE stale)"
        return dict(zip(("article", "family"), self._connection.execute(query).fetchone(), strict=True))

    def corpus(self) -> Corpus:
        """All that is in the archive, in the order in which the articles came, as of one moment."""
        at_once = nullcontext() if self._connection.in_transaction else self.moment()
        with at_once, files.explained(self._path, self._patience):
            return Corpus(tuple(extractions(self._connection)), copies=self._copies())

    @contextmanager
    def moment(self) -> Iterator[int]:
        """All that is read inside is of one moment; gives a number that changes when another program has written."""
        with files.explained(self._path, self._patience):
            self._connection.execute("BEGIN")
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        try:
            yield int(version)
        finally:
            with files.explained(self._path, self._patience):
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")

    @property
    def size(self) -> int:
        """How many articles there are."""
        with files.explained(self._path, self._patience):
            return totals.read(self._connection).articles

    def catalogue(self, without: Collection[str]) -> Stored:
        """By what the articles may be called, but for those named in `without`."""
        from citecheck.archive.catalogue import Stored  # noqa: PLC0415 few drafts give sources

        return Stored(self._connection, without)

    def copies(self, digests: Iterable[str]) -> list[str]:
        """The ids of the articles whose texts have these digests."""
        query = "SELECT article FROM articles WHERE digest IN (SELECT value FROM json_each(?)) ORDER BY id"
        with files.explained(self._path, self._patience):
            return [row[0] for row in self._connection.execute(query, (json.dumps(sorted(digests)),))]

    def texts_of(self, ids: Iterable[str]) -> list[str]:
        """These ids, and those of the earlier texts that they had."""
        query = """
            SELECT article FROM articles WHERE article IN (SELECT value FROM json_each(?1))
            UNION SELECT article FROM articles WHERE earlier_of IN (SELECT value FROM json_each(?1))
        """
        with files.explained(self._path, self._patience):
            return [row[0] for row in self._connection.execute(query, (json.dumps(sorted(ids)),))]

    def extraction(self, id_: str) -> Extraction | None:
        """The article of this id and what it says, if there is one."""
        with files.explained(self._path, self._patience):
            rows = [row[0] for row in self._connection.execute("SELECT id FROM articles WHERE article = ?", (id_,))]
            return next(extractions(self._connection, rows), None)

    def index(self, without: Iterable[str] = ()) -> SearchIndex:
        """The search index, as of now; what is searched is all but the articles named in `without`."""
        from citecheck.archive import copies  # noqa: PLC0415
        from citecheck.archive.search import SearchIndex  # noqa: PLC0415

        names = "SELECT id FROM articles WHERE article IN (SELECT value FROM json_each(?))"
        theirs = f"SELECT count(*) FROM quotations WHERE article IN ({names})"
        left_out = (json.dumps(sorted(without)),)
        with files.explained(self._path, self._patience):
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN")  # one moment for all that is read, until the archive is closed
            out = [row[0] for row in self._connection.execute(names, left_out)]
            (gone,) = self._connection.execute(theirs, left_out).fetchone()
            quotations = totals.read(self._connection).quotations - gone
            searched = Searched(copies.distinct(self._connection, out), quotations)
            return SearchIndex(self._connection, searched, frozenset(out))

    def part(self, index: SearchIndex, texts: Iterable[str], given: Collection[str] = ()) -> Corpus:
        """The articles that share most with one of `texts`, and those of the ids `given`."""
        with files.explained(self._path, self._patience):
            texts = list(texts)
            index.expect(texts)
            rows = sorted({row for text in texts for row in index.best(text)} | self._rows(given))
            index.names(rows)  # all at once
            index.load(rows)
            return Corpus(tuple(index.loaded[row] for row in rows), copies=self._copies(rows))

    def _rows(self, ids: Collection[str]) -> set[int]:
        query = "SELECT id FROM articles WHERE article IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._connection.execute(query, (json.dumps(sorted(ids)),))} if ids else set()

    def _copies(self, articles: Sequence[int] | None = None) -> dict[str, Copied]:
        from citecheck.archive import copies  # noqa: PLC0415 as above

        return copies.copies(self._connection, articles)

    def outdated(self) -> Iterator[Article]:
        """The articles that an older program extracted, under the ids that they came under; they may be written, each
        extracted anew, while more are asked for."""
        query = "SELECT id FROM articles WHERE extractor != ? AND id > ? ORDER BY id LIMIT ?"
        last = 0
        while True:
            with files.explained(self._path, self._patience):
                rows = self._connection.execute(query, (EXTRACTOR, last, AT_A_TIME)).fetchall()
                found = [item.article for item in extractions(self._connection, [row["id"] for row in rows])]
            if not rows:
                return
            last = rows[-1]["id"]
            yield from (replace(article, id=article.name) for article in found)

    @property
    def outdated_count(self) -> int:
        """How many articles an older program extracted."""
        query = "SELECT count(*) FROM articles WHERE extractor != ?"
        with files.explained(self._path, self._patience):
            return int(self._connection.execute(query, (EXTRACTOR,)).fetchone()[0])

    def examine(self, rebuild: bool = False, watch: Watch | None = None) -> list[str]:
        """What is wrong with the file, a sentence each: damage, rows that refer to none, indexes that disagree.

        With `rebuild` the search index and the full-text index are made anew first.
        """
        from citecheck.archive.examine import examine, make_indexes_anew  # noqa: PLC0415

        with files.explained(self._path, self._patience):
            connection = self._writable().conn
            if rebuild:
                with files.transaction(connection):
                    make_indexes_anew(connection, watch)
            with files.transaction(connection):
                return list(examine(connection))

    def search(self, words: str, limit: int = 20) -> list[Found]:
        """The articles that hold all of `words`, best first (FTS5, bm25); case and accents make no difference.

        Words between quotation marks must stand together. Nothing in `words` is an operator.
        """
        query = " ".join(f'"{phrase}"' for phrase in _phrases(words))
        if not query:
            return []
        statement = """
            SELECT articles.article, articles.title, snippet(articles_fts, 1, '', '', '…', 30)
            FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid
            WHERE articles_fts MATCH ? ORDER BY rank, articles.id LIMIT ?
        """
        with files.explained(self._path, self._patience):
            return [Found(*row) for row in self._connection.execute(statement, (query, limit))]

    def close(self) -> None:
        """Close the file; the last that has it open leaves one plain file."""
        files.finish_writing(self._connection)
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _writable(self) -> Database:
        """The door for writing. The first time, a file that is to be made is made."""
        if self._database is None:
            from sqlite_utils import Database  # noqa: PLC0415

            if not self._exists:
                self._connection.close()
                self._connection, self._exists = files.create(self._path, self._patience), True
            files.prepare_writing(self._connection)
            self._database = Database(self._connection, execute_plugins=False)
        return self._database


def _phrases(words: str) -> list[str]:
    """`words` as FTS5 phrases: what stands between quotation marks, and every other word by itself."""
    pieces = re.split(r'"', words.replace("\x00", " ").replace("“", '"').replace("”", '"'))
    phrases: list[str] = []
    for index, piece in enumerate(pieces):
        phrases += [piece] if index % 2 else piece.split()
    return [phrase for phrase in phrases if re.search(r"\w", phrase)]
