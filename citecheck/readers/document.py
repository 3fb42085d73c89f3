"""What a reader is given: one file's bytes under an id, bounded; and how it says that it cannot read it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from citecheck.models import Article, Skipped
from citecheck.readers.decode import binary_kind, decode
from citecheck.readers.limits import SECONDS
from citecheck.text.boilerplate import body_span
from citecheck.text.language import guess_language


class UnreadableError(Exception):
    """Raised by a reader where one document cannot be read; the message is the reason that the user sees."""


class Document(NamedTuple):
    """One file as it lies on disk, in an archive, or comes in at standard input.

    `max_bytes` bounds one article, not one run. `columns` says under which name a table or a JSON line has a field of
    an article (`{"text": "Body"}`). `depth` counts the archives that it lies in. `seconds` of processor time are what a
    parser outside this process may take for it; inside, `limits` stops it.
    """

    id: str
    path: str | None
    stream: BinaryIO
    max_bytes: int
    columns: Mapping[str, str] = MappingProxyType({})
    depth: int = 0
    seconds: float = SECONDS

    def member(self, name: str, stream: BinaryIO) -> Document:
        """The document that lies under `name` in this one."""
        path = f"{self.path}/{name}" if self.path else None
        return self._replace(id=f"{self.id}/{name}", path=path, stream=stream, depth=self.depth + 1)

    def content(self) -> bytes:
        """All bytes. Raises UnreadableError where there are more than `max_bytes`, without reading them."""
        data = self.stream.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise UnreadableError(f"larger than {size(self.max_bytes)}")
        return data

    def text(self, declared: Callable[[bytes], str | None] | None = None) -> tuple[str, str]:
        """`(text, encoding)` of a text file; `declared` finds the charset that its bytes name.

        Raises UnreadableError where it is too large or no text.
        """
        data = self.content()
        kind = binary_kind(data)
        if kind:
            raise UnreadableError(f"{kind}, not text")
        return decode(data, declared(data) if declared else None)


#: A reader gives the articles of one document; what it cannot read is a `Skipped`, or the `UnreadableError` it raises.
Reader = Callable[[Document], Iterator[Article | Skipped]]


def finished(article: Article) -> Article:
    """`article` with what every reader adds: digest, body (unless the reader knows it) and language.

    Raises UnreadableError where there is no text in it. Lone surrogates, which no encoding can carry, become U+FFFD one
    for one, so that offsets hold; `encoding` says so.
    """
    text = article.text
    if not text.strip().strip("\ufeff").strip():
        raise UnreadableError("there is no text in it" if text else "empty")
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        raw = text.encode()
        article = replace(article, text=text, encoding=f"{article.encoding or 'unicode'}, lone surrogates replaced")
    return replace(
        article,
        digest=hashlib.sha256(raw).hexdigest(),
        body=article.body or body_span(text),
        language=article.language or guess_language(text),
    )


def size(count: int) -> str:
    """A number of bytes as people write it: "20 MB", "512 bytes"."""
    for unit, scale in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= scale:
            return f"{count / scale:.4g} {unit}"
    return f"{count} bytes"
