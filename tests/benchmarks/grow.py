"""An archive that grows: what the last articles cost beside making all of it, how good its families are, and memory."""

from __future__ import annotations

import gc
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from citecheck.archive import Archive
from citecheck.archive.intake import BATCH
from citecheck.cli import OBJECTS_BETWEEN_COLLECTIONS
from citecheck.families import choose
from citecheck.models import Extraction

from .corpus import arriving, extractions, quotations
from .timing import Contender, Figures, spent

SAID = 5
#: Parts in which the archive that grows comes to be; the last is what is timed: 10,000 articles beside 200,000.
PARTS = 20


def contenders(size: int, seed: int, shuffled: bool = False) -> Sequence[Contender]:
    """an archive of SIZE quotations from scratch, and the last twentieth added to the rest; agreement is B-cubed F"""
    articles = max(PARTS, size // SAID)
    told = quotations(articles * SAID, seed)
    told = told if shuffled else arriving(told, SAID, seed)
    made = list(extractions(articles, seed, SAID, told))
    made = without_order(made, seed) if shuffled else made
    names = [quotation.id for item in made for quotation in item.quotations]
    truth = {name: str(one.family) for name, one in zip(names, told, strict=True)}
    folder = Path(tempfile.mkdtemp())
    whole, rest, more = folder / "whole.db", folder / "rest.db", folder / "more.db"
    part = -(-len(made) // PARTS)
    for at in range(0, len(made) - part, part):
        grown(rest, made[at : at + part])
    shutil.copy(rest, more)
    gc.collect()
    gc.freeze()  # all that is there so far is of the benchmark
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)

    def from_scratch() -> Callable[[], Figures]:
        whole.unlink(missing_ok=True)
        began = spent()
        grown(whole, made)
        return partial(figures, (spent() - began) / len(made), whole)

    def last_part() -> Callable[[], Figures]:
        began = spent()
        grown(more, made[-part:])
        return partial(figures, (spent() - began) / part, more)

    def figures(each: float, path: Path) -> Figures:
        found = families(path)
        agreement = {"truth": b_cubed(found, truth, names), "scratch": b_cubed(found, families(whole), names)}
        size = path.stat().st_size / 1e6
        shutil.copy(rest, more)
        return {"ms_an_article": 1000 * each, "mb": size, **agreement}

    return [Contender("all from scratch", from_scratch), Contender("the last twentieth", last_part)]


def without_order(items: Sequence[Extraction], seed: int) -> list[Extraction]:
    """The articles with their dates shuffled, so that any may be the earliest that tells a statement."""
    dates = [item.article.published for item in items]
    random.Random(seed).shuffle(dates)
    return [replace(item, article=replace(item.article, published=day)) for item, day in zip(items, dates, strict=True)]


def grown(path: Path, items: Sequence[Extraction]) -> None:
    """Add articles to the archive at `path` and bring its families up to date, as `pipeline.add` does."""
    with Archive.open(path, create=True) as archive:
        for at in range(0, len(items), BATCH):
            archive.add_all(items[at : at + BATCH])
        archive.settle()
        for _ in archive.grow(choose):
            pass


def families(path: Path) -> dict[str, str]:
    """The id of the family of each quotation that is in one."""
    query = """
        SELECT quotations.record, families.family FROM renderings
        JOIN quotations ON quotations.id = renderings.quotation JOIN families ON families.id = renderings.family
    """
    with sqlite3.connect(path) as connection:
        return dict(connection.execute(query).fetchall())


def b_cubed(found: Mapping[str, str], wanted: Mapping[str, str], names: Iterable[str]) -> float:
    """F of B-cubed precision and recall (Bagga and Baldwin 1998); whoever is in no family is alone."""
    pairs = [(found.get(name, name), wanted.get(name, name)) for name in names]
    both, left, right = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    precision = sum(both[pair] / left[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / right[pair[1]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)
