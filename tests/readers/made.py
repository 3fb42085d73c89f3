"""Documents made in the tests, and how they are read."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from citecheck.models import Article, Skipped
from citecheck.readers import read


def items(folder: Path, name: str, content: str | bytes, **options: object) -> list[Article | Skipped]:
    """All that a file of this name and content gives; an article beside it keeps the run from ending in an error."""
    file = folder / "made" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    other = folder / "zz-other.txt"
    other.write_text("other")
    return list(read([file, other], **options))[:-1]  # type: ignore[arg-type]


def article(folder: Path, name: str, content: str | bytes, **options: object) -> Article:
    (found,) = items(folder, name, content, **options)
    assert isinstance(found, Article), found
    return found


def reasons(folder: Path, name: str, content: str | bytes, **options: object) -> list[str]:
    """The reasons of what was skipped."""
    return [item.reason for item in items(folder, name, content, **options) if isinstance(item, Skipped)]


def texts(folder: Path, name: str, content: str | bytes, **options: object) -> dict[str, str]:
    """Id → text, or the reason for none."""
    found = items(folder, name, content, **options)
    return {item.id: item.text if isinstance(item, Article) else f"skipped: {item.reason}" for item in found}


def places(found: Article) -> list[tuple[str, str]]:
    """Each label with the words that it stands at."""
    return [(label, found.text[start : start + 12]) for start, label in found.places]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(parts: dict[str, str | bytes], mode: str = "w:gz") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in parts.items():
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return stream.getvalue()
