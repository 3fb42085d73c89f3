"""From the paths that a user names to the files to read: sorted, the same in each run, never stuck.

An article's id is its path relative to the folder that was named, or the file's name where the file itself was. Hidden
files are left alone. What an editor could take for read and is not (a file of an unknown kind, a link to a folder, a
pipe) is said: unknown kinds once for each suffix, as a folder may hold a thousand pictures.
"""

from __future__ import annotations

import stat
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from citecheck.errors import UsageError
from citecheck.models import Skipped
from citecheck.readers.registry import READERS, suffix_of

#: What browsers put behind a page's name for the folder beside it, in the languages that they come in.
_PAGE_FOLDERS = (
    *("_files", "_file", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "_bestanden", "_pliki", "_soubory"),
    *("-Dateien", "-filer", "-Filer", ".files"),
)


class Found(NamedTuple):
    """A file to open: its id, its path, and the suffix (lower case, with its dot) that decides who reads it."""

    id: str
    path: Path
    suffix: str


def find(path: Path) -> Iterator[Found | Skipped]:
    """The files under `path` in order of their ids.

    Raises UsageError where `path` does not exist. A file that was named itself and has no suffix is taken for text.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise UsageError(f"{printable(str(path))}: there is no such file or folder") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{printable(str(path))}: {reason(error)}") from None
    if stat.S_ISDIR(mode):
        return _walk(path)
    return iter((_named(path, mode),))


def _named(path: Path, mode: int) -> Found | Skipped:
    identity, suffix = printable(path.name), suffix_of(path.name)
    if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
        return Skipped(identity, f"it is a {_kind(mode)}, not a file")
    if stat.S_ISFIFO(mode) or not suffix:
        return Found(identity, path, suffix if suffix in READERS else "")
    return (
        Found(identity, path, suffix) if suffix in READERS else Skipped(identity, f"no reader for {printable(suffix)}")
    )


def _walk(folder: Path) -> Iterator[Found | Skipped]:
    unknown: dict[str, list[str]] = {}
    for path in _files(folder):
        if isinstance(path, Skipped):
            yield path
            continue
        identity = printable(path.relative_to(folder).as_posix())
        suffix = suffix_of(path.name)
        trouble = _trouble(path)
        if trouble:
            yield Skipped(identity, trouble)
        elif suffix in READERS:
            yield Found(identity, path, suffix)
        else:
            unknown.setdefault(suffix, []).append(identity)
    yield from left_out(unknown)


def left_out(unknown: Mapping[str, list[str]]) -> Iterator[Skipped]:
    """Suffix → files that nobody reads, as something to say for each suffix."""
    for suffix, names in sorted(unknown.items()):
        what = f"no reader for {printable(suffix)}" if suffix else "no reader for a file without a suffix"
        yield Skipped(names[0], what if len(names) == 1 else f"{what}; {len(names)} such files were left out")


def _files(folder: Path) -> Iterator[Path | Skipped]:
    """Everything under `folder` that is no folder, in order of the parts of its path; without recursion."""
    stack: list[Path | Skipped] = [folder]
    while stack:
        here = stack.pop()
        if isinstance(here, Skipped) or (here != folder and not _is_folder(here)):
            yield here
            continue
        try:
            names = sorted(path.name for path in here.iterdir() if not path.name.startswith("."))
        except OSError as error:
            stack.append(Skipped(printable(here.relative_to(folder).as_posix()), reason(error)))
            continue
        pages = {name.rsplit(".", 1)[0] for name in names if name.lower().endswith((".html", ".htm", ".xhtml"))}
        names = [name for name in names if not is_page_folder(name, pages)]
        stack.extend(here / name for name in reversed(names))


def is_page_folder(name: str, pages: Container[str]) -> bool:
    """Whether a folder of this name holds the pictures, scripts and frames of a page beside it that a browser saved as
    "complete". `pages` are the names of the pages without their suffixes."""
    return any(name.endswith(ending) and name[: -len(ending)] in pages for ending in _PAGE_FOLDERS)


def _is_folder(path: Path) -> bool:
    """Whether `path` is a folder itself: links to folders are not followed, so no loop can trap the walk."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _trouble(path: Path) -> str | None:
    """Why `path` cannot be opened as a file, else None. Opening a pipe would wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"a broken link ({reason(error)})" if path.is_symlink() else reason(error)
    if stat.S_ISDIR(mode):
        return "a link to a folder; name that folder to have it read"
    return None if stat.S_ISREG(mode) else f"it is a {_kind(mode)}, not a file"


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "named pipe"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISCHR, "device"),
        (stat.S_ISBLK, "device"),
    )
    return next((name for test, name in kinds if test(mode)), "special file")


def reason(error: Exception) -> str:
    """The trouble in an operating system's error, without its number and path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error)


def printable(name: str) -> str:
    """A name in which bytes that are no text, which Python reads as lone surrogates, are U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
