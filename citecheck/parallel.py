"""Work on many items in several processes, with the results in the order of the items: as if there were one."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from citecheck.errors import InputError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

R = TypeVar("R")

#: Items that are worked on here before processes are started: for fewer the start costs more than it saves.
ALONE = 24
#: Items that a process gets at a time, and such portions that wait for each: enough to keep it busy, few in memory.
PORTION, WAITING = 8, 3


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(work: Callable[[Any], R], items: Iterable[object], jobs: int, waiting: int = WAITING) -> Iterator[R]:
    """`work(item)` for each item, in order, in `jobs` processes (in this one where that is 1, or the items are few).

    work: what can be pickled. waiting: portions of items that wait for each process; with few, all wait for one that
    takes long. None among the items says that all before it must be done, and taken by the caller, before the next is
    asked for. Closing the iterator ends the processes. Raises InputError where one of them is ended from outside.
    """
    source = iter(items)
    done = 0
    for item in source:
        if item is not None:
            yield work(item)
            done += 1
            if jobs > 1 and done == ALONE:
                break
    else:
        return
    # A few articles, which most runs are about, do without the machinery of processes.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    executor = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(work,))
    try:
        yield from _spread(executor, source, jobs * waiting)
    except BrokenProcessPool as error:
        raise InputError(
            "one of the processes was ended from outside, perhaps for want of memory; try --jobs 1"
        ) from error
    finally:
        executor.shutdown(cancel_futures=True)


def _spread(executor: ProcessPoolExecutor, source: Iterator[Any], most: int) -> Iterator[Any]:
    waiting: deque[Future[list[Any]]] = deque()
    portion: list[Any] = []
    for item in source:
        if item is not None:
            portion.append(item)
        if len(portion) == PORTION or (item is None and portion):
            waiting.append(executor.submit(_work_on, portion))
            portion = []
        while waiting and (item is None or len(waiting) >= most or waiting[0].done()):
            yield from waiting.popleft().result()
    if portion:
        waiting.append(executor.submit(_work_on, portion))
    while waiting:
        yield from waiting.popleft().result()


_work: Callable[[Any], Any] | None = None


def _begin(work: Callable[[Any], Any]) -> None:
    """In each process, once. Ctrl-C is for the first process, which ends the others."""
    global _work  # noqa: PLW0603 a process has one work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = work


def _work_on(portion: list[Any]) -> list[Any]:
    assert _work is not None
    return [_work(item) for item in portion]
