"""The troubles of a ZIP archive, which the standard library reports in many ways, as one."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from citecheck.readers.document import UnreadableError

#: Damaged data, a password, a method of compression that is not known, offsets that lead nowhere.
ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(RuntimeError, NotImplementedError, EOFError, OSError, ValueError),
)


@contextmanager
def unpacking() -> Iterator[None]:
    """Raises UnreadableError for whatever is wrong with an archive that is read in the block."""
    try:
        yield
    except ZIP_ERRORS as error:
        raise UnreadableError(f"damaged or encrypted ({' '.join(str(error).split())[:200]})") from None
