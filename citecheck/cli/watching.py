"""`check --watch`: the same check again, each time that something it reads has changed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from citecheck.cli.output import say
from citecheck.config import FILE
from citecheck.errors import CitecheckError, UsageError
from citecheck.export.decisions import sidecar
from citecheck.files import State, states
from citecheck.serve.kept import Kept

if TYPE_CHECKING:
    from citecheck.cli.check_options import Searching, Wanted

#: Seconds between two looks at the files. A look costs a call to the system for each; an editor waits this long.
PAUSE = 0.5
#: Clear the screen with what was scrolled out of it, and go to its first line.
CLEAR = "\x1b[H\x1b[2J\x1b[3J"


def check_again(wanted: Wanted, check: Callable[[Searching], bool]) -> None:
    """Call `check` now and after each change, until Ctrl-C.

    Trouble at the start is raised: no change of a file mends a call that is wrong. Later it is said, and waited out.
    """
    if "-" in (*wanted.drafts, *wanted.against):
        raise UsageError("--watch reads everything again and again, and standard input can be read once; name a file")
    kept = Kept()
    try:
        for number in count():
            before = _states(wanted)
            _clear()
            try:
                check(kept)
            except CitecheckError as error:
                if not number:
                    raise
                say(f"citecheck: {error}")
            sys.stdout.flush()
            if sys.stderr.isatty():
                say("waiting for a change; Ctrl-C ends")
            _wait(wanted, before)
    except KeyboardInterrupt:
        return
    finally:
        kept.close()


def _wait(wanted: Wanted, before: dict[str, State]) -> None:
    """Wait until something changed, and until it is at rest: an editor that saves takes the old file away first."""
    now = before
    while now == before:
        time.sleep(PAUSE)
        now = _states(wanted)
    while (after := _states(wanted)) != now:
        time.sleep(PAUSE)
        now = after


def _states(wanted: Wanted) -> dict[str, State]:
    """All that a check reads, but for what it writes itself."""
    written = {os.path.realpath(path) for path in (*wanted.output, wanted.write_baseline) if path}
    found = states(_read(wanted))
    return {name: state for name, state in found.items() if os.path.realpath(name) not in written}


def _read(wanted: Wanted) -> Iterator[str | Path]:
    for draft in wanted.drafts:
        yield draft
        yield sidecar(Path(draft))
    yield from wanted.against
    yield from (path for path in (wanted.baseline, wanted.config) if path)
    for folder in (Path.cwd(), *Path.cwd().parents):  # any of these may come to hold the configuration
        yield from (folder / FILE, folder / "pyproject.toml")


def _clear() -> None:
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        sys.stdout.write(CLEAR)
