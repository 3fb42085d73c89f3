"""A parser written in C that cannot be trusted to end, in a process of its own, under bounds that the system keeps.

One process reads many documents, one after another. Where one takes more than its processor time the system ends the
process, and the next document gets a new one; a crash costs one document too. Both sides speak in frames of eight bytes
of length and so much content: what goes out is a line of JSON with the bounds and then the document, what comes back is
JSON, as a process that reads hostile bytes may say anything. It ends when our side of its pipe does, whatever ends us.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from citecheck.readers.document import UnreadableError
from citecheck.readers.limits import TooSlowError

_LENGTH = 8
#: Address space beyond what the process has when it starts. The largest real documents take some hundred megabytes.
_MEMORY = 2_000_000_000


class Child:
    """The process that runs a module which calls `serve`; `library` is what its user knows the parser by."""

    def __init__(self, module: str, library: str) -> None:
        self._module = module
        self._library = library
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, content: bytes, max_bytes: int, seconds: float) -> dict[str, Any]:
        """What the module makes of `content`. Raises UnreadableError where it cannot, TooSlowError where it takes more
        than `seconds` of processor time (0 is no limit)."""
        with self._lock:
            process = self._running()
            done = False
            try:
                _write(cast(BinaryIO, process.stdin), json.dumps([max_bytes, seconds]).encode())
                _write(cast(BinaryIO, process.stdin), content)
                reply = _read(cast(BinaryIO, process.stdout))
                done = True
            except (EOFError, OSError):
                raise self._ended(process, seconds) from None
            finally:
                if not done:
                    self._stop(process)
        found = json.loads(reply)
        if "error" in found:  # one of ours: it is said as if it had happened here
            raise RuntimeError(found["error"])
        if "reason" in found:
            raise UnreadableError(found["reason"])
        return cast("dict[str, Any]", found)

    def _running(self) -> subprocess.Popen[bytes]:
        """Our process, which a fork of this one does not share."""
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            # Without what -m puts before the path of modules: a file in the folder that we are run in is no module.
            command = [sys.executable, "-P", "-m", self._module]
            places = [str(Path(__file__).parents[2]), *filter(None, sys.path)]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
            )
            self._owner = os.getpid()
        return self._process

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what could not be written any more
                    pipe.close()
        self._process = None

    def _ended(self, process: subprocess.Popen[bytes], seconds: float) -> Exception:
        code = process.wait()
        if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
            return TooSlowError(f"it took more than {seconds:g} s of processor time")
        how = f"signal {-code}" if code < 0 else f"status {code}"
        return UnreadableError(f"{self._library} broke off on it ({how})")


def serve(read: Callable[[bytes, int], dict[str, Any]]) -> None:
    """Answer with `read(content, max_bytes)` until nobody asks any more. Runs in the child."""
    # What the parser prints must not get between the frames.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt ends the one who asks, and that ends us
    _bound_memory()
    while True:
        try:
            max_bytes, seconds = json.loads(_read(sys.stdin.buffer))
            content = _read(sys.stdin.buffer)
        except (EOFError, OSError):
            return
        _bound_time(seconds)
        try:
            reply = read(content, max_bytes)
        except UnreadableError as error:
            reply = {"reason": str(error)}
        except (MemoryError, RecursionError) as error:
            reply = {"reason": f"it asks for too much ({type(error).__name__})"}
        except Exception:
            reply = {"error": traceback.format_exc()}
        _write(out, json.dumps(reply).encode())


def _bound_time(seconds: float) -> None:
    """End this process after so many more seconds of processor time, in whole ones."""
    try:
        import resource  # noqa: PLC0415 POSIX alone has it
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(used.ru_utime + used.ru_stime + seconds) if seconds else hard
    resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_memory() -> None:
    """Bound the address space, where the system tells how much of it is in use."""
    try:
        import resource  # noqa: PLC0415

        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = used + _MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _write(stream: BinaryIO, content: bytes) -> None:
    stream.write(len(content).to_bytes(_LENGTH, "little"))
    stream.write(content)
    stream.flush()


def _read(stream: BinaryIO) -> bytes:
    """A frame. Raises EOFError where the other side is gone."""
    length = stream.read(_LENGTH)
    content = stream.read(int.from_bytes(length, "little")) if len(length) == _LENGTH else b""
    if len(length) < _LENGTH or len(content) < int.from_bytes(length, "little"):
        raise EOFError
    return content
