"""Files that are written whole or not at all, what is an archive, and whether files changed."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from citecheck.errors import OutputError


def write_whole(file: Path, pieces: Iterable[bytes]) -> Path:
    """Write `pieces` into `file`, which is as it was until all of them are written. Returns `file`.

    Raises OutputError where it cannot be written.
    """
    target = file.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror}; choose another place with -o") from error
    work = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.writelines(pieces)
        work.chmod(0o644)
        work.replace(target)
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror or error}; nothing was changed") from error
    finally:
        work.unlink(missing_ok=True)
    return file


_SQLITE = b"SQLite format 3\x00"


def is_archive(path: Path) -> bool:
    """Whether there is an SQLite file at `path`, an archive of ours or not: opening it says what is wrong with another.

    It stands here so that a run without an archive need not load SQLite to know.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


#: Size, time of the last change in nanoseconds, and the numbers of the device and of the file on it.
State = tuple[int, int, int, int]


def states(paths: Iterable[str | Path]) -> dict[str, State]:
    """Every file at or under `paths` that is there, with its state: equal results mean that nothing changed.

    Hidden files are left out; with a database comes what was written and is not in it yet. "-" is no file.
    """
    found: dict[str, State] = {}
    for path in (str(path) for path in paths if str(path) != "-"):
        for name in (*_under(path), f"{path}-wal"):
            state = file_state(name)
            if state is not None:
                found[name] = state
    return found


def file_state(path: str | Path) -> State | None:
    """The state of one file; None where there is none."""
    try:
        known = Path(path).stat()
    except (OSError, ValueError):
        return None
    return (known.st_size, known.st_mtime_ns, known.st_dev, known.st_ino) if stat.S_ISREG(known.st_mode) else None


def _under(path: str) -> Iterator[str]:
    """`path` and, where it is a folder, every file under it; links to folders are not followed."""
    yield path
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (str(Path(folder, name)) for name in names if not name.startswith("."))
