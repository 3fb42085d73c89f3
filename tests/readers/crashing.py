"""A parser that does what the document says, run as `citecheck.readers.child` runs PDFium."""

from __future__ import annotations

import os
from typing import Any

from citecheck.readers.child import serve


def read(content: bytes, max_bytes: int) -> dict[str, Any]:
    word = content.decode().rpartition(" ")[2]
    if word == "crash":
        os.abort()
    if word == "memory":
        bytearray(10**11)
    if word == "ours":
        raise KeyError(word)
    print("what a library prints")
    os.write(1, b"and what it prints past Python")
    return {"pieces": [[1, "", word]], "about": {}}


if __name__ == "__main__":
    serve(read)
