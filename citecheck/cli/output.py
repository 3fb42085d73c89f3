"""What the commands print: results on standard output, all else on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citecheck.models import Skipped, Waiting

# As in the commands: what only some runs need is imported where it is needed.


class Format(StrEnum):
    """How a command prints its results: for people, a JSON object a line, or one JSON array."""

    TABLE = "table"
    JSONL = "jsonl"
    JSON = "json"


def say(message: str) -> None:
    """A line on standard error, safe for a terminal."""
    from citecheck.export import terminal

    print(terminal.clean(message), file=sys.stderr, flush=True)


def say_skipped(items: Iterable[Skipped]) -> None:
    """Name each thing that could not be read, as docs/wire.md says."""
    for item in items:
        say(f"skipped {item.id}: {item.reason}")


def say_stages() -> None:
    """What each stage of the run cost, a line each."""
    from citecheck import stages

    for name, cost in stages.costs().items():
        say(f"{name}: {cost.clock:.1f} s, {cost.processor:.1f} s of processor time")


def count(number: int, noun: str) -> str:
    """`1 article`, `2,000 articles`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


class Output:
    """Prints results as they come: JSON lines, one JSON array at the end, or text for people."""

    def __init__(self, format_: Format) -> None:
        self.format = format_
        self._kept: list[dict[str, Any]] = []

    def write(self, record: dict[str, Any], text: Callable[[], str]) -> None:
        """One result, as `record` or as what `text` gives, whichever the format asks for."""
        if self.format is Format.JSON:
            self._kept.append(record)
        elif self.format is Format.JSONL:
            from citecheck.export import records

            sys.stdout.write(records.line(record) + "\n")
            sys.stdout.flush()
        else:
            print(text())

    def close(self) -> None:
        """Ends the array, which is valid when it is empty."""
        if self.format is Format.JSON:
            from citecheck.export import records

            sys.stdout.write(records.document(self._kept))


class Progress:
    """Names what is skipped as it comes, so that a run which ends in an error has named it too; and shows on one line
    of a terminal how many articles are done and how fast, and of what can be counted the time left (not in the first
    second, and nothing elsewhere)."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._done = 0
        self._began = self._shown = time.monotonic()
        self._first: dict[str, tuple[int, float]] = {}
        self._visible = False

    def __call__(self, item: object) -> None:
        from citecheck.models import Skipped, Waiting

        now = time.monotonic()
        if isinstance(item, Waiting):
            self._show(now, self._left(item, now))
            return
        if isinstance(item, Skipped):
            self._clear()
            say_skipped([item])
        self._done += 1
        rate = self._done / max(now - self._began, 1e-9)
        self._show(now, f"{self._verb}: {count(self._done, 'article')}, {rate:,.0f} a second ")

    def _left(self, item: Waiting, now: float) -> str:
        """What waits, as a number, and how long it will take at the pace since it was counted first."""
        left, began = self._first.setdefault(f"{item.doing} {item.what}", (item.left, now))
        text = f"{item.doing}: {item.left:,} {'articles' if item.what == 'article' else 'families'} left"
        if item.left == left:
            return f"{text} "
        rate = (left - item.left) / max(now - began, 1e-9)
        return f"{text}, {rate:,.0f} a second, {item.left / rate:,.0f} s to go "

    def _show(self, now: float, line: str) -> None:
        if now - self._shown >= 1 and sys.stderr.isatty():
            self._shown = now
            self._clear()
            self._visible = True
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def _clear(self) -> None:
        if self._visible:
            sys.stderr.write("\r\x1b[K")
            self._visible = False
