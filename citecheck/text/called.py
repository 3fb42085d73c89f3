"""What a writer may call an article: by the address of its page, the name of its file, or the words of its title."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePosixPath

from citecheck.text.addresses import address_key
from citecheck.text.words import keys

#: A title of fewer words may stand in any sentence.
LEAST_TITLE = 3


class Name(StrEnum):
    """A kind of name."""

    ADDRESS = "address"
    FILE = "file"
    TITLE = "title"


def file_name(path: str) -> str:
    """What a path, or an id that may be one, calls a file."""
    return PurePosixPath(path).name.casefold()


def address(url: str) -> str:
    """What all addresses of a page share; what is none stands for itself."""
    return address_key(url) or url


def names(id_: str, path: str | None, title: str | None, url: str | None) -> Iterator[tuple[Name, str]]:
    """All that an article may be called, each once."""
    if url:
        yield Name.ADDRESS, address(url)
    for name in sorted({file_name(id_), file_name(path or id_)}):
        yield Name.FILE, name
    spelled = keys(title or "")
    if spelled.count(" ") >= LEAST_TITLE - 1:
        yield Name.TITLE, spelled
