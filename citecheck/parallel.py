"""Work on many items in several processes, with the results in the order of the items: as if there were one."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
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

    work: what can be pickled. None among the items says that all before it must be done, and taken by the caller,
    before the next is asked for. Closing the iterator ends the processes. Raises InputError where one of them is ended
    from outside.
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
    with _processes(work, jobs) as executor:
        yield from _spread(executor, source, jobs * WAITING)


def each(work: Callable[[Any], object], items: Sequence[object], jobs: int) -> None:
    """`work(item)` for each item, in no order, in `jobs` processes of which this one is one: what it holds in memory,
    the others hold too. In this one alone where `jobs` is 1, or the items are few.

    The same as `ordered` raises and asks of `work`.
    """
    alone = ALONE if jobs > 1 else len(items)
    for item in items[:alone]:
        work(item)
    if len(items) <= alone:
        return
    share = _Share(work, items[alone:])
    with _processes(share, jobs - 1) as executor:
        begun = [executor.submit(_work_on, [None]) for _ in range(jobs - 1)]
        share()
        for future in begun:
            future.result()


class _Share:
    """Works on what no other process has taken yet, until nothing is left or one of them failed."""

    def __init__(self, work: Callable[[Any], object], items: Sequence[object]) -> None:
        from multiprocessing import Value  # noqa: PLC0415 as below

        self._work, self._items, self._taken = work, items, Value("q", 0)

    def __call__(self, _: None = None) -> None:
        try:
            while (first := self._take(PORTION)) < len(self._items):
                for item in self._items[first : first + PORTION]:
                    self._work(item)
        except BaseException:
            self._take(len(self._items))
            raise

    def _take(self, many: int) -> int:
        with self._taken.get_lock():
            first: int = self._taken.value
            self._taken.value += many
        return first


@contextmanager
def _processes(work: Callable[[Any], object], jobs: int) -> Iterator[ProcessPoolExecutor]:
    """So many other processes that can `_work_on` items; they end with the block."""
    # A few articles, which most runs are about, do without the machinery of processes.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    executor = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(work,))
    try:
        yield executor
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
    """In each process, once. Ctrl-C is for the first process, which ends the others. What the first process has is not
    looked through for cycles, which would copy all of it."""
    global _work  # noqa: PLW0603 a process has one work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    _work = work


def _work_on(portion: list[Any]) -> list[Any]:
    assert _work is not None
    return [_work(item) for item in portion]
