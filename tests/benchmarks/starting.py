"""What a command costs before it does anything, beside an interpreter that does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .timing import Contender

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """the start of commands, and the report of the five sample articles (SIZE plays no part)"""
    del size, seed
    folder = tempfile.mkdtemp()
    # As an installed program has it: compiled once, whatever this checkout keeps of its bytecode.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = f"{folder}/bytecode"

    def program(*words: str) -> None:
        subprocess.run([sys.executable, *words], check=True, capture_output=True, env=environment)

    words = ("-m", "citecheck", "report", str(SEEDS / "articles"), "-o", f"{folder}/report")
    program(*words)
    return [
        Contender("python -c pass", lambda: program("-c", "pass")),
        Contender("citecheck --help", lambda: program("-m", "citecheck", "--help")),
        Contender("report of five articles", lambda: program(*words)),
    ]
