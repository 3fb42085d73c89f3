"""The batch inputs of `compare --pairs` and `trace --queries`: JSON lines into values, a broken line into `Skipped`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from citecheck.errors import InputError, UsageError
from citecheck.models import UNKNOWN, Kind, Missing, Side, Skipped


class Pair(NamedTuple):
    """Two renderings to compare."""

    id: str
    a: Side
    b: Side


class Query(NamedTuple):
    """Words to trace, and who is said to have said them."""

    id: str
    text: str
    speaker: str | None = None


Item = TypeVar("Item")


def pairs(name: str) -> Iterator[Pair | Skipped]:
    """The pairs in the file `name` (`-`: standard input), in order."""
    return _records(name, _pair)


def queries(name: str) -> Iterator[Query | Skipped]:
    """The queries in the file `name` (`-`: standard input), in order."""
    return _records(name, _query)


def _records(name: str, make: Callable[[dict[str, Any]], Item]) -> Iterator[Item | Skipped]:
    """Each line through `make`; one that is no JSON object, or lacks what is needed, is named by its number.

    Raises `UsageError` where there is no such file, `InputError` when not a single line could be used.
    """
    where = "standard input" if name == "-" else name
    good = 0
    for number, line in enumerate(_lines(name), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("this is no JSON object")
            item = make(row)
        except (ValueError, RecursionError) as error:
            yield Skipped(f"{where}:{number}", _reason(error))
            continue
        good += 1
        yield item
    if not good:
        raise InputError(f"{where}: not a single line could be used; see docs/wire.md for what a line holds")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON at column {error.colno}: {error.msg}"
    return str(error) or type(error).__name__


def _lines(name: str) -> Iterator[str]:
    if name == "-":
        for raw in sys.stdin.buffer:
            yield raw.decode("utf-8", "replace")
        return
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"{name}: no such file")
    try:
        with path.open("rb") as stream:
            for raw in stream:
                yield raw.decode("utf-8", "replace")
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}") from None


def _text(row: dict[str, Any], key: str) -> str:
    if not isinstance(row.get(key), str):
        raise ValueError(f"“{key}” is missing or no string")
    return str(row[key])


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(str(row.get("id", "")), _side(row, "a"), _side(row, "b"))


def _side(row: dict[str, Any], key: str) -> Side:
    speaker: str | Missing | None = row.get(f"{key}_speaker", UNKNOWN)
    sources: tuple[str, ...] | Missing = UNKNOWN
    if f"{key}_sources" in row:
        sources = tuple(str(name) for name in row[f"{key}_sources"] or ())
    kind = row.get(f"{key}_kind")
    if kind is not None and kind not in set(Kind):
        raise ValueError(f"“{key}_kind” is {kind!r}; known are {', '.join(Kind)}")
    return Side(_text(row, key), Kind(kind) if kind else None, speaker, sources)


def _query(row: dict[str, Any]) -> Query:
    speaker = row.get("speaker")
    return Query(str(row.get("id", "")), _text(row, "text"), str(speaker) if speaker else None)
