"""The command line: parse, call the pipeline, print, exit. What it prints is docs/wire.md and docs/commands.md.

Results go to standard output, all else to standard error. Exit status: 0 done and nothing found, 1 findings at or
above `--fail-on`, 2 bad usage, configuration or input, 3 an error of citecheck itself.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

from citecheck.errors import CitecheckError

#: A run keeps nearly all that it makes and makes no cycles: looking for some after every 700 objects (Python's own
#: choice) took a fifteenth of a small report, and after every 50,000 still a twentieth.
OBJECTS_BETWEEN_COLLECTIONS = 250_000


def main() -> None:
    """The entry point: runs a command, and turns an error into one line and an exit status."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    # At its end Python looks through all objects for cycles, twice: a ninth of a small report. The system takes them.
    atexit.register(gc.freeze)
    # What makes the most objects of a start comes after the two lines above.
    from citecheck.cli.commands import app  # noqa: PLC0415
    from citecheck.cli.output import say  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        app()
    except CitecheckError as error:
        say(f"citecheck: {error}")
        sys.exit(error.exit_status)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): no error of ours. Keep Python from flushing into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        say("citecheck: interrupted")
        sys.exit(130)
    except Exception as error:
        import traceback  # noqa: PLC0415 only ever needed here

        traceback.print_exc()
        say(f"citecheck: an error of citecheck itself ({type(error).__name__}); please report it with the lines above")
        sys.exit(3)
