"""Bytes in, articles out.

    for item in read(["articles/", "draft.md"]):
        print(item.id, item.reason if isinstance(item, Skipped) else item.title)

A reader is a function from a `Document` to the articles in it, entered in `registry` under the suffixes it is for; no
other place knows of it. Trouble with one document is a `Skipped`, never an exception.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple, cast

from citecheck.errors import InputError
from citecheck.models import Article, Piece, Run, Skipped
from citecheck.readers.document import Document, Reader, UnreadableError
from citecheck.readers.limits import SECONDS, TooSlowError, time_limit
from citecheck.readers.registry import READERS, reader_of, suffix_of
from citecheck.readers.walk import Found, find, printable, reason

__all__ = [
    "MAX_BYTES",
    "READERS",
    "SECONDS",
    "TooSlowError",
    "UnreadableError",
    "read",
    "read_text",
    "time_limit",
    "with_markup",
    "word_anchors",
]

#: An article larger than this is skipped. The longest newspaper features are below 1 MB, saved pages below 20.
MAX_BYTES = 50_000_000


def word_anchors(content: bytes, max_bytes: int = MAX_BYTES) -> tuple[str, list[Piece], list[Run]]:
    """`(text, pieces, runs)` of a `.docx` file: where the characters of its article's text stand in its XML.

    Raises UnreadableError where it cannot be read.
    """
    from citecheck.readers.word_bytes import anchors  # noqa: PLC0415 few runs write into a Word file

    return anchors(content, max_bytes)


def with_markup(article: Article) -> Article:
    """An article of an archive, which keeps no markup, with that of its text, where it was read from Markdown."""
    if article.path is None or suffix_of(article.path) != ".md":
        return article
    from citecheck.readers.markdown import front_matter  # noqa: PLC0415 as in the registry
    from citecheck.readers.markdown_notes import notes_of  # noqa: PLC0415

    return replace(article, markup=notes_of(article.text, front_matter(article.text)[1])[1])


class _Bounds(NamedTuple):
    """What holds for every document of a run."""

    max_bytes: int
    seconds: float
    columns: Mapping[str, str]


def read(
    paths: Iterable[str | Path],
    max_bytes: int = MAX_BYTES,
    seconds: float = SECONDS,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Article | Skipped]:
    """The articles at `paths` (files, folders, "-" for standard input), in order, each under an id of its own.

    Raises UsageError at once where a path does not exist, and InputError at the end where there was no article at all.
    `max_bytes` and `seconds` of processor time bound one article (in a `.jsonl` file a line). `columns` says which
    column of a table, or which key of a JSON line, is which field of an article: `{"text": "Body"}`.
    """
    given = [str(path) for path in paths]
    found = [None if path == "-" else find(Path(path)) for path in given]
    return _some(given, _unique(_items(found, _Bounds(max_bytes, seconds, columns or {}))))


def read_text(
    text: str, suffix: str, path: str | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Article | Skipped]:
    """The articles in a text that was not read from a file; `suffix` says how it is to be read, `path` where its file
    is, if it has one.

    Lone surrogates, which no encoding can carry, become "?" one for one, so that offsets hold.
    """
    mark = "\ufeff" if suffix == ".html" else ""  # no charset that a page names is to be believed
    stream = io.BytesIO((mark + text).encode("utf-8", "replace"))
    return _read_stream(Document(Path(path).name if path else "text", path, stream, MAX_BYTES), 0, suffix)


def _items(found: Iterable[Iterator[Found | Skipped] | None], bounds: _Bounds) -> Iterator[Article | Skipped]:
    """What all files hold; None stands for standard input. A file that is met a second time is not read again."""
    met: set[Path] = set()
    for files in found:
        if files is None:
            document = Document("-", None, sys.stdin.buffer, bounds.max_bytes, bounds.columns, seconds=bounds.seconds)
            yield from _read_stream(document, bounds.seconds)
            continue
        for file in files:
            if isinstance(file, Skipped):
                yield file
            elif (resolved := file.path.resolve()) not in met:
                met.add(resolved)
                yield from _read_file(file, bounds)


def _read_file(file: Found, bounds: _Bounds) -> Iterator[Article | Skipped]:
    try:
        with file.path.open("rb") as stream:
            path = printable(str(file.path))
            document = Document(file.id, path, stream, bounds.max_bytes, bounds.columns, seconds=bounds.seconds)
            yield from _read_stream(document, bounds.seconds, file.suffix)
    except OSError as error:
        yield Skipped(file.id, reason(error))


def _read_stream(document: Document, seconds: float, suffix: str = "") -> Iterator[Article | Skipped]:
    """The articles of one stream. What comes without a suffix is JSON lines where it begins with a brace, else text."""
    reader = reader_of(suffix)
    if reader is not None:
        yield from _guarded(reader, document, seconds)
        return
    stream = document.stream
    if not isinstance(stream, io.BufferedReader):
        stream = io.BufferedReader(cast(io.RawIOBase, stream))
    looks_like_json = stream.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    yield from _read_stream(document._replace(stream=stream), seconds, ".jsonl" if looks_like_json else ".txt")


def _guarded(reader: Reader, document: Document, seconds: float) -> Iterator[Article | Skipped]:
    """What `reader` gives, each article within its time."""
    items = iter(reader(document))
    item: Article | Skipped | None
    while True:
        try:
            with time_limit(seconds):
                item = next(items, None)
        except (UnreadableError, TooSlowError) as error:
            item, items = Skipped(document.id, str(error)), iter(())
        if item is None:
            return
        yield item


def _unique(items: Iterable[Article | Skipped]) -> Iterator[Article | Skipped]:
    """`items` in which a second article of one id, from another folder or file, is named by its whole path instead."""
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Article) and item.id in seen:
            path = item.path or "-"
            longer = path if path.endswith(item.id) else f"{path}:{item.id}"
            numbered = (f"{longer}#{number}" for number in count(2))
            item = replace(item, id=next(name for name in chain([longer], numbered) if name not in seen))  # noqa: PLW2901
        if isinstance(item, Article):
            seen.add(item.id)
        yield item


def _some(given: list[str], items: Iterable[Article | Skipped]) -> Iterator[Article | Skipped]:
    """`items`. Raises InputError after them where no article was among them: a run that read nothing is no success."""
    articles = skipped = 0
    for item in items:
        articles += isinstance(item, Article)
        skipped += isinstance(item, Skipped)
        yield item
    if not articles:
        where = ", ".join(map(printable, given)) or "no path"
        why = f"{skipped} skipped" if skipped else f"no file that can be read ({' '.join(sorted(READERS))})"
        raise InputError(f"no article could be read from {where}: {why}")
