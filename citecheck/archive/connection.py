"""Opening the one SQLite file: ours or not, new enough or not, and every trouble told in one line.

Journal: while it is written, an archive is in WAL mode, so that a commit costs no wait for the disk and readers are
never in the way. A kill leaves whole articles; a power cut can lose the last of them, but never half of one. The last
writer to close it turns it back into a single plain file, so that a desk can copy or mail it, or put it where nobody
may write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from importlib import resources
from pathlib import Path

from citecheck.archive import totals
from citecheck.archive.countdown import Done, Watch, countdown
from citecheck.archive.migrations import MIGRATIONS
from citecheck.errors import ArchiveError

#: "cite", the mark of our files (PRAGMA application_id).
APPLICATION_ID = 0x63697465
#: The schema that this program writes.
VERSION = len(MIGRATIONS) + 1
#: The first schemas with the search index, with copies by the sketches of today, with statements, with the frequent
#: runs apart, with pages named as they are today, and with names, which no SQL can fill.
WITH_SEARCH_INDEX, WITH_COPIES, WITH_STATEMENTS, WITH_FREQUENT, WITH_PAGES, WITH_NAMES = 4, 7, 7, 8, 9, 10
#: Seconds to wait for another program that is writing: the longest transaction, all families anew, takes a few.
PATIENCE = 30.0


def is_blank(path: Path, patience: float = PATIENCE) -> bool:
    """Whether there is nothing at `path`, or a database without a table: what a run leaves that is killed at once."""
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        return True
    with closing(_connection(path, "rw", patience)) as connection:
        return _is_empty(connection)


def connect(path: Path, patience: float = PATIENCE, watch: Watch | None = None) -> sqlite3.Connection:
    """A connection to the archive at `path`, which exists; an older schema is migrated, and `watch` told of it.

    Raises ArchiveError where it is none, is newer than this program, or cannot be read.
    """
    connection = _connection(path, "rw", patience)
    try:
        version = _version(connection, path)
        if version < VERSION:
            _migrate(connection, watch)
    except BaseException:
        connection.close()
        raise
    return connection


def create(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """A connection to the archive at `path`, made where there is none: by this call, or by another program just now."""
    connection = _connection(path, "rwc", patience)
    try:
        with transaction(connection):
            if _is_empty(connection):
                lay_out(connection)
        _version(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def empty() -> sqlite3.Connection:
    """A connection to an archive in memory that holds nothing."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    lay_out(connection)
    return connection


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the tables and views of schema.sql in an empty database."""
    for statement in _schema():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


@cache
def _schema() -> tuple[str, ...]:
    return tuple(statements(resources.files("citecheck.archive").joinpath("schema.sql").read_text("utf-8")))


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, each with the comment before it. (`executescript` would commit.)"""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. The right to write is taken at once: one that is asked for later cannot be waited for."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def explained(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """SQLite's errors as ArchiveError: what is wrong with `path` and what to do about it."""
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            why = f"another program has been writing it for more than {patience:g} s; wait for it, then run this again"
        elif "not a database" in text:
            why = "this is no citecheck archive; name another file with --db"
        elif "disk is full" in text:
            why = "the disk is full; what was added before is safe. Make room, then run this again"
        elif "disk I/O" in text:
            causes = "a full or failing disk, or a limit on the size of files"
            why = f"it could not be written ({text}: {causes}); what was added before is safe"
        elif "readonly" in text or "unable to open" in text:
            why = f"it cannot be opened or written here ({text}); check the permissions of the file and of its folder"
        elif "malformed" in text:
            why = "the file is damaged; restore it from a copy, or delete it and add the articles again"
        else:
            why = text
        raise ArchiveError(f"{path}: {why}") from error


def _connection(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def prepare_writing(connection: sqlite3.Connection) -> None:
    """Switch to WAL where that can be done now; beside another program's open read it cannot, and is not needed."""
    with suppress(sqlite3.OperationalError):
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'wal' else 'FULL'}")


def finish_writing(connection: sqlite3.Connection) -> None:
    """Turn the archive back into one plain file, unless another program has it open, which will then do so."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE")


def _is_empty(connection: sqlite3.Connection) -> bool:
    (count,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return not count


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of an archive. Raises ArchiveError where it is none of ours, or newer than this program."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise ArchiveError(f"{path}: this database is no citecheck archive; name another file with --db")
    if version > VERSION:
        raise ArchiveError(
            f"{path}: made by a newer citecheck (schema {version}, this one knows {VERSION}); upgrade citecheck"
        )
    return int(version)


def _migrate(connection: sqlite3.Connection, watch: Watch | None) -> None:
    """Bring an older schema up to date, in one transaction; foreign keys are checked before it is kept."""

    def counted(step: str) -> Done:
        return countdown(connection, watch, f"bringing the archive up to date, {step}")

    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for step in MIGRATIONS[version - 1 :]:
            for statement in statements(step):
                connection.execute(statement)
        _renew_views(connection)
        if version < WITH_SEARCH_INDEX:
            from citecheck.archive import search  # noqa: PLC0415 an archive is migrated once

            search.rebuild(connection, counted("indexing"))
        elif version < WITH_FREQUENT:
            from citecheck.archive import postings  # noqa: PLC0415 as above

            postings.set_apart(connection)
        if version < WITH_COPIES:
            from citecheck.archive import copies  # noqa: PLC0415 as above

            copies.rebuild(connection, counted("finding copies"))
        elif version < WITH_PAGES:
            from citecheck.archive import copies  # noqa: PLC0415 as above

            copies.renew_pages(connection, counted("reading addresses"))
        if version < WITH_STATEMENTS:
            from citecheck.archive.statements import rebuild  # noqa: PLC0415 as above

            rebuild(connection, counted("entering statements"))
        if version < WITH_NAMES:
            from citecheck.archive import catalogue  # noqa: PLC0415 as above

            catalogue.rebuild(connection, counted("noting names"))
        totals.rebuild(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError("a row refers to another that is missing, so it was not migrated")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _renew_views(connection: sqlite3.Connection) -> None:
    """Make all views as schema.sql has them: they hold nothing, so no step needs to tell how they changed."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        connection.execute(f"DROP VIEW {name}")
    for statement in _schema():
        if "\nCREATE VIEW " in statement:
            connection.execute(statement)
