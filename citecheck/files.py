"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from citecheck.errors import OutputError


def write_whole(file: Path, pieces: Iterable[bytes]) -> Path:
    """Write `pieces` into `file`, which is as it was until all of them are written. Returns `file`.

    Raises OutputError where it cannot be written.
    """
    target = file.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror}; choose another place with -o") from error
    work = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.writelines(pieces)
        work.chmod(0o644)
        work.replace(target)
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror or error}; nothing was changed") from error
    finally:
        work.unlink(missing_ok=True)
    return file
