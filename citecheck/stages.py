"""What each stage of a run costs, for `--stats`: seconds on the clock and of the processor, children included."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Cost(NamedTuple):
    clock: float
    processor: float


_costs: dict[str, Cost] = {}


def costs() -> dict[str, Cost]:
    """The stages of this process so far, in the order in which they began."""
    return dict(_costs)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """What runs inside is charged to the stage `name`."""
    _costs.setdefault(name, Cost(0.0, 0.0))
    clock, processor = time.perf_counter(), _processor()
    try:
        yield
    finally:
        known = _costs[name]
        _costs[name] = Cost(known.clock + time.perf_counter() - clock, known.processor + _processor() - processor)


def charged(name: str, items: Iterable[T]) -> Iterator[T]:
    """`items`, the making of each charged to the stage `name`, and what is done with them not."""
    source = iter(items)
    while True:
        with stage(name):
            try:
                item = next(source)
            except StopIteration:
                return
        yield item


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
