"""Archives of files, `.zip`, `.tar` and `.tar.gz`: each file in them is read as if it lay in a folder of that name.

Nothing is ever unpacked to the disk, so a path that leads out of the archive leads nowhere: it only names an article.
What a small file can grow to is bounded: each article by `max_bytes` as everywhere, all that is unpacked by a multiple
of the archive's own size, archives inside archives by their depth, and lists of files by their number.
"""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from citecheck.models import Article, Skipped
from citecheck.readers.document import Document, UnreadableError, size
from citecheck.readers.registry import READERS, reader_of, suffix_of
from citecheck.readers.walk import is_page_folder, left_out
from citecheck.readers.zips import ZIP_ERRORS, unpacking

#: Bytes unpacked for each byte of the archive: text shrinks to a third, mark-up to a twentieth, a bomb to a thousandth.
_MOST_GROWTH = 100
#: Archives in archives; a day's delivery of a week's deliveries is two.
_DEEPEST = 2
#: The directory of a `.zip`: an entry takes some 80 bytes, and several hundred in memory.
_LARGEST_DIRECTORY = 32_000_000
#: What a tar header may say about the file behind it: a name.
_LONGEST_TAR_HEADER = 100_000
_TAR_ERRORS = (*ZIP_ERRORS, tarfile.TarError, IndexError)


class _Budget:
    """How many bytes may still be unpacked."""

    def __init__(self, packed: int, allowance: int) -> None:
        self.left = packed * _MOST_GROWTH + allowance

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise UnreadableError(f"it unpacks to more than {_MOST_GROWTH} times its own size")


class _Metered(io.RawIOBase):
    """A stream that spends a budget as it is read."""

    def __init__(self, stream: BinaryIO, budget: _Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self._stream.read(len(view))
        self._budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


def read_zip(document: Document) -> Iterator[Article | Skipped]:
    """The articles in a `.zip` file."""
    _enter(document)
    budget = _Budget(_directory_checked(document.stream), document.max_bytes)
    with unpacking(), zipfile.ZipFile(document.stream) as archive:
        entries = sorted(
            (entry for entry in archive.infolist() if entry.filename and not entry.is_dir()), key=lambda it: it.filename
        )
        pages = {entry.filename.rsplit(".", 1)[0] for entry in entries if _is_page(entry.filename)}
        names = {entry.filename: _name(entry.filename) for entry in entries}
        yield from _unread(document, [name for name in names.values() if _is_ours(name, pages)])
        for entry in entries:
            name = names[entry.filename]
            if not _is_read(name, pages):
                continue
            try:
                with unpacking(), archive.open(entry) as stream:
                    yield from _member(document, name, cast(BinaryIO, stream), budget)
            except UnreadableError as error:
                if budget.left < 0:
                    raise
                yield Skipped(f"{document.id}/{name}", str(error))


def read_tar(document: Document) -> Iterator[Article | Skipped]:
    """The articles in a `.tar`, `.tar.gz` or `.tgz` file, in the order in which they lie in it."""
    _enter(document)
    try:
        budget = _Budget(_length(document.stream), document.max_bytes)
        packed = document.stream.read(2) == b"\x1f\x8b"
        document.stream.seek(0)
        plain = cast(BinaryIO, gzip.GzipFile(fileobj=document.stream)) if packed else document.stream
        metered = io.BufferedReader(_Metered(plain, budget))
        with tarfile.open(fileobj=metered, mode="r|", tarinfo=_Header) as archive:
            passed: list[str] = []
            for entry in archive:
                name = _name(entry.name)
                if entry.isreg() and _is_ours(name, set()):
                    passed.append(name)
                stream = archive.extractfile(entry) if entry.isreg() and _is_read(name, set()) else None
                if stream is not None:
                    yield from _member(document, name, cast(BinaryIO, stream), budget)
            yield from _unread(document, passed)
    except _TAR_ERRORS as error:
        raise UnreadableError(f"damaged ({error})") from None


class _Header(tarfile.TarInfo):
    """A header whose extension, which is read into memory as a whole, is no larger than one that names a file."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)
        if not header.isreg() and header.size > _LONGEST_TAR_HEADER:
            raise tarfile.ReadError(f"a header of {size(header.size)}")
        return header


def _enter(document: Document) -> None:
    if document.depth >= _DEEPEST:
        raise UnreadableError(f"an archive inside {_DEEPEST} others; unpack them first")


def _member(document: Document, name: str, stream: BinaryIO, budget: _Budget) -> Iterator[Article | Skipped]:
    """What one file in an archive holds. An archive, or a table, reads it as a file that can be searched."""
    reader = reader_of(suffix_of(name))
    inner = document.member(name, stream)
    if reader is None:
        return
    try:
        data = inner._replace(stream=io.BufferedReader(_Metered(stream, budget))).content()
        yield from reader(inner._replace(stream=io.BytesIO(data)))
    except UnreadableError as error:
        if budget.left < 0:
            raise
        yield Skipped(inner.id, str(error))


def _length(stream: BinaryIO) -> int:
    length = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return length


def _directory_checked(stream: BinaryIO) -> int:
    """The size of a `.zip` file. Raises UnreadableError where the list of its files is too long to be held.

    The end record is the last of the file, behind it a comment of up to 65,535 bytes; 0xFFFFFFFF means that the real
    size stands in the record of a file beyond 4 GB, which the length of its directory then bounds.
    """
    length = _length(stream)
    stream.seek(max(0, length - 65_557))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if directory == 0xFFFFFFFF:
        wide = tail.rfind(b"PK\x06\x06")
        directory = int.from_bytes(tail[wide + 40 : wide + 48], "little") if wide >= 0 else directory
    if directory > _LARGEST_DIRECTORY:
        raise UnreadableError("it lists too many files; unpack it first")
    return length


def _name(name: str) -> str:
    """The name of a file in an archive as part of an article's id: no root, no drive, no steps upwards."""
    parts = name.replace("\\", "/").split("/")
    printable = "/".join(part for part in parts if part not in ("", ".", ".."))
    return printable.encode("utf-8", "replace").decode()


def _is_page(name: str) -> bool:
    return name.lower().endswith((".html", ".htm", ".xhtml"))


def _unread(document: Document, names: list[str]) -> Iterator[Skipped]:
    """What to say of the files that have no reader."""
    unknown: dict[str, list[str]] = {}
    for name in sorted(names):
        if suffix_of(name) not in READERS:
            unknown.setdefault(suffix_of(name), []).append(f"{document.id}/{name}")
    yield from left_out(unknown)


def _is_read(name: str, pages: set[str]) -> bool:
    return suffix_of(name) in READERS and _is_ours(name, pages)


def _is_ours(name: str, pages: set[str]) -> bool:
    """Whether a file is no hidden one, and no part of a page that was saved as complete."""
    folders = name.split("/")
    if any(part.startswith(".") or part == "__MACOSX" for part in folders):
        return False
    return not any(is_page_folder("/".join(folders[:at]), pages) for at in range(1, len(folders)))
