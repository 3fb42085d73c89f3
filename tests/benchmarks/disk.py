"""The candidate stage out of core: columns, runs and pairs in files, so that memory does not grow with the texts."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

from .candidates import CHANGED, numbered
from .corpus import WAYS, Made, streamed
from .timing import Contender, Figures

#: Terms that are written at a time.
TERMS = 1_000_000


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """pairs worth comparing among quotations that are made one by one and never held, columns and pairs in files"""
    return [Contender("citecheck, in files", lambda: _in_files(size, seed), "numpy")]


def _in_files(size: int, seed: int) -> Figures:
    import numpy as np

    from citecheck.matching.stars_numpy import pair_blocks

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        families, ways, bounds = array("I"), array("B"), array("I", [0])
        began = process_time()
        with (folder / "terms").open("wb") as file:
            terms = array("I")
            for numbers in numbered(_noted(streamed(size, seed), families, ways)):
                terms.extend(numbers)
                bounds.append(bounds[-1] + len(numbers))
                if len(terms) > TERMS:
                    terms.tofile(file)
                    del terms[:]
            terms.tofile(file)
        made = process_time()
        family, way = np.asarray(families), np.asarray(ways)
        met, count = np.zeros(size, dtype=np.bool_), 0
        for first, second in pair_blocks(np.memmap(folder / "terms", dtype=np.uint32), bounds, folder=folder):
            same = family[first] == family[second]
            met[first[same]] = met[second[same]] = True
            count += len(first)
    names = list(WAYS)
    return {
        "variants": met[np.isin(way, [names.index(one) for one in CHANGED])].mean(),
        "fragments": met[way == names.index("fragment 6-12")].mean(),
        "pairs": count,
        "making_and_columns_s": made - began,
        "pairs_s": process_time() - made,
    }


def _noted(made: Iterator[Made], families: array[int], ways: array[int]) -> Iterator[str]:
    """The texts, with their truth put into the columns."""
    names = {name: number for number, name in enumerate(WAYS)}
    for one in made:
        families.append(one.family)
        ways.append(names.get(one.way, len(names)))
        yield one.text
