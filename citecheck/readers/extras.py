"""Readers that need a library which is not part of the plain installation."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from citecheck.errors import not_installed
from citecheck.readers.document import UnreadableError


def needed(name: str, extra: str) -> None:
    """Raises UnreadableError as `library` does, without loading the module."""
    if find_spec(name) is None:
        raise _missing(name, extra)


def library(name: str, extra: str) -> ModuleType:
    """The module `name`. Raises UnreadableError that says how to get it where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise _missing(name, extra) from None


def _missing(name: str, extra: str) -> UnreadableError:
    return UnreadableError(not_installed("needs", name, extra))
