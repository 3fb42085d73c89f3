"""The HTML report of a large corpus: its time, its size, its memory, and what a second run writes again."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from citecheck.export.data import data_files
from citecheck.html.write import write_report
from citecheck.parallel import processors

from .corpus import statements
from .timing import Contender, Figures, spent

SAID = 5


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """the report of SIZE quotations, five a statement, into a new folder and over the one that is there"""
    corpus, found = statements(max(1, size // SAID), seed, SAID)
    held = peak()
    root = tempfile.TemporaryDirectory()
    numbers = count()

    def new() -> Figures:
        began = time.monotonic()
        folder, ms = write(Path(root.name, str(next(numbers))))
        return {
            "clock_s": time.monotonic() - began,
            "families": len(found),
            "ms_a_family": ms / max(1, len(found)),
            **{f"kB_a_family_{name}": kB / max(1, len(found)) for name, kB in parts(folder).items()},
            "kB_a_family_shown": shown(folder) / max(1, len(found)),
            "index_kB": (folder / "index.html").stat().st_size / 1000,
            "corpus_MB": held,
            "peak_MB": peak(),
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
        began = spent()
        write_report(corpus, found, folder, data_files(corpus, found), jobs=processors())
        return folder, 1000 * (spent() - began)

    write(Path(root.name, "again"))
    return [Contender("into a new folder", new), Contender("over the same report", again)]


def parts(folder: Path) -> dict[str, float]:
    """What the files of the report take in kB: each sort of page, the data, and all together."""
    found: Counter[str] = Counter()
    for path in files(folder):
        first, *rest = path.relative_to(folder).parts
        found[first if rest else "other"] += path.stat().st_size
        found["all"] += path.stat().st_size
    return {name: size / 1000 for name, size in found.most_common()}


def shown(folder: Path) -> float:
    """What the pages give to read in kB, without any markup, address, style or data: no page can take less."""
    texts = (LexborHTMLParser(path.read_bytes()).css_first("main").text() for path in folder.rglob("*.html"))
    return sum(len(" ".join(text.split()).encode()) for text in texts) / 1000


def peak() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def files(folder: Path) -> list[Path]:
    """All files below `folder`."""
    return [path for path in folder.rglob("*") if path.is_file()]
