"""The HTML report of a large corpus: its time, its size, its memory, and what a second run writes again."""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from time import process_time

from citecheck import pipeline
from citecheck.html.write import write_report
from citecheck.models import Corpus

from .corpus import extractions
from .timing import Contender, Figures

SAID = 5


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """the report of articles with SIZE quotations in all, into a new folder and over the one that is there"""
    corpus = Corpus(tuple(extractions(max(1, size // SAID), seed, SAID)))
    found = pipeline.group(corpus)
    root = tempfile.TemporaryDirectory()
    numbers = count()

    def new() -> Figures:
        folder, ms = write(Path(root.name, str(next(numbers))))
        return {
            "families": len(found),
            "ms_a_family": ms / max(1, len(found)),
            "kB_a_family": sum(path.stat().st_size for path in files(folder)) / 1000 / max(1, len(found)),
            "index_kB": (folder / "index.html").stat().st_size / 1000,
            "peak_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3),
        }

    def again() -> Figures:
        folder = Path(root.name, "again")
        before = {path.stat().st_ino for path in files(folder)}
        write(folder)
        return {
            "files": len(files(folder)),
            "rewritten": sum(path.stat().st_ino not in before for path in files(folder)),
        }

    def write(folder: Path) -> tuple[Path, float]:
        began = process_time()
        write_report(corpus, found, folder, pipeline.data_files(corpus, found))
        return folder, 1000 * (process_time() - began)

    write(Path(root.name, "again"))
    return [Contender("into a new folder", new), Contender("over the same report", again)]


def files(folder: Path) -> list[Path]:
    """All files below `folder`."""
    return [path for path in folder.rglob("*") if path.is_file()]
