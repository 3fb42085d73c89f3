"""Compiled templates, kept between runs in the user's cache folder: compiling takes as long as writing a small report.

The cache holds nothing but what is made again from the templates: it can be removed at any time, and where it cannot be
read or written every run compiles for itself.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from citecheck.version import __version__


def cache_folder() -> Path:
    """The user's folder for such things, as each system has it (XDG Base Directory on Linux)."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "citecheck" / "templates"


class Compiled(FileSystemBytecodeCache):
    """Jinja2's own cache, without its errors. A template compiled by another version, from another text or under
    other options is compiled anew: `made_with` names all but the text."""

    def __init__(self, made_with: object) -> None:
        super().__init__(str(cache_folder()), "%s.cache")
        self._made_with = f"{__version__} {jinja2.__version__} {made_with}"

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{self._made_with}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # a broken file of the cache raises whatever `pickle` likes
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            Path(self.directory).mkdir(mode=0o700, parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
        except OSError:
            return


def compiled(made_with: object) -> Compiled | None:
    """The cache, or None for a user without a home."""
    try:
        return Compiled(made_with)
    except RuntimeError:
        return None
