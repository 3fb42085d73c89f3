"""A limit on the time that one article may take, whatever is in it.

The clock is that of the processor and not of the wall, so that a slow pipe or a busy machine is no reason to skip
anything. It is the operating system's interval timer, whose signal Python takes between two steps and inside a long
regular expression; a parser written in C is only stopped when it returns. Signals are a matter of the main thread of a
POSIX process: elsewhere there is no limit.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Processor seconds for one article. The largest of those that are read, 50 MB of prose, take below ten.
SECONDS = 60.0


class TooSlowError(Exception):
    """Raised where an article takes more than its time; the message is the reason that the user sees."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in the block when it has used so much processor time; 0 is no limit. Blocks do not nest."""
    here = threading.current_thread() is threading.main_thread()
    if not (seconds and here and hasattr(signal, "setitimer")):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlowError(f"it took more than {seconds:g} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
