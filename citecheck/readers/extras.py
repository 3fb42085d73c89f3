"""Readers that need a library which is not part of the plain installation."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from citecheck.readers.document import UnreadableError


def library(name: str, extra: str) -> ModuleType:
    """The module `name`. Raises UnreadableError that says how to get it where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise UnreadableError(
            f'needs {name.partition(".")[0]}, which is not installed: pip install "citecheck-news[{extra}]"'
        ) from None
