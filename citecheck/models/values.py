"""Values that are made from others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

V = TypeVar("V")


def changed(value: V, **changes: object) -> V:
    """A dataclass value with some fields changed: `dataclasses.replace`, a quarter of its cost.

    For the values that extraction makes by the thousand; all their fields are arguments of their constructors.
    """
    kind: Any = type(value)
    names, read = _fields(kind)
    made: V = kind(**{**dict(zip(names, read(value), strict=True)), **changes})
    return made


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """The names of the fields, and what reads them all at once."""
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)
