"""Kill `citecheck add` at random moments, as nothing can prevent, and see that nothing is lost:

    python -m tests.reliability.kills --articles 5000 --kills 200

After each kill the archive opens, passes the checks of integrity and of foreign keys, holds whole articles only, and
all that it held before. When all kills are done, one more run ends with the content of a run that was never killed.

The kills fall into each phase of a run in turn: anywhere (opening the file included), writing articles, merging the
search index, making the families. Extraction is done once and not again by each child: it touches no file.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from reliability.forked import content, forked, killed, succeeded

from citecheck import pipeline
from citecheck.archive import Archive, search
from citecheck.config import Config
from citecheck.models import Article, Extraction, Skipped

PHASES = ("writing", "anywhere", "writing", "merging", "writing", "families")
#: Where a phase begins: the function that does its work, and the byte that says so.
_SIGNS = {"writing": b"w", "merging": b"m", "families": b"f"}
_PEOPLE = "Ana Ruiz|Tom Berg|Ingrid Dahl|Marit Solberg|Jens Vik|Lena Hoff|Omar Haddad|Paula Reyes".split("|")
_THINGS = "bridge harbour school tunnel market library airport ferry station theatre".split()


def made(number: int) -> Article:
    """Article `number`: a statement of its own, one that nine others tell as well; every twentieth is a copy, and every
    fifteenth a newer text of one that came nine before."""
    if _is_newer(number):
        first = made(number - 9)
        return replace(first, text=first.text.replace("whatever", "and not what"), digest=f"{number}")
    if number % 20 == 19:
        first = made(number - 1)
        return Article(f"{number:06}.txt", first.text, publisher=f"Outlet {number % 7}", digest=f"{number}")
    story, chance = number // 10, random.Random(number)
    person, thing = _PEOPLE[story % len(_PEOPLE)], _THINGS[story % len(_THINGS)]
    verb = chance.choice(("open", "close", "rebuild"))
    text = (
        f"The council met on day {number} about the {thing} of district {story}. “We will {verb} the {thing} of "
        f"district {story} to the whole valley before winter {story}, whatever the {story + 40} engineers say,” "
        f"{person} told Reuters. {person} said that item {number} of the budget was {chance.randint(2, 900)} million "
        f"crowns short.\n"
    )
    return Article(f"{number:06}.txt", text, publisher=f"Outlet {number % 13}", digest=f"{number}")


def _is_newer(number: int) -> bool:
    return number % 15 == 14


class Run:
    """What `citecheck add` does on one day and on the next, with the extraction of all texts at hand."""

    def __init__(self, articles: int) -> None:
        self.said = {number: pipeline.extract(made(number)) for number in range(articles)}

    def __call__(self, path: Path, progress: int | None = None) -> None:
        """Add all articles, and then what is newer; a byte into `progress` says when a phase begins."""
        begun = None if progress is None else lambda phase: os.write(progress, _SIGNS[phase])
        known = {item.article.digest: item for item in self.said.values()}

        def extracted(items: Iterable[Article | Skipped | None], _: Config | None) -> Iterator[Extraction | Skipped]:
            return (known[item.digest] for item in items if isinstance(item, Article))

        pipeline._extracted = extracted
        if begun:
            _announce(Archive, "add_all", begun, "writing")
            _announce(Archive, "store_families", begun, "families")
            _announce(Archive, "grow", begun, "families")
            _announce(search, "merge", begun, "merging")
        days = [[], []]
        for number, item in self.said.items():
            days[_is_newer(number)].append(item.article)
        for texts in days[self._is_second(path, days[1]) :]:
            pipeline.read = lambda *_, texts=texts: iter(texts)  # type: ignore[misc]
            pipeline.add([], path)

    def _is_second(self, path: Path, newer: Sequence[Article]) -> bool:
        """Whether the second day has begun: who goes on with it does not bring back what was there before."""
        with Archive.open(path, create=True) as archive:
            return any(archive.has(article.id, article.digest) for article in newer)


def _announce(owner: object, name: str, begun: Callable[[str], int], phase: str) -> None:
    real = getattr(owner, name)

    def told(*given: object) -> object:
        begun(phase)
        return real(*given)

    setattr(owner, name, told)


@dataclass
class Tally:
    """How many kills fell into which phase, runs that ended before their kill, and what went wrong."""

    killed: Counter[str] = field(default_factory=Counter)
    finished: int = 0
    trouble: list[str] = field(default_factory=list)


class Siege:
    """Kills of one run after the other, at the archive `desk.db` in a folder."""

    def __init__(self, articles: int, folder: Path, seed: int = 11) -> None:
        self.run, self.chance, self.tally = Run(articles), random.Random(seed), Tally()
        self.path, self.whole = folder / "desk.db", folder / "whole.db"
        self.seconds = self._never_killed()
        self.wanted = content(self.whole)
        self._parts = _parts(self.whole)
        self._known = 0

    def _never_killed(self) -> dict[str, float]:
        """Make the archive of a run that is not killed; returns how long a run takes, and each step of a phase."""
        reading, child = self._start(self.whole)
        began = last = time.monotonic()
        taken, times, phase = Counter[str](), Counter[str](), ""
        for byte in iter(lambda: os.read(reading, 1), b""):
            now = time.monotonic()
            taken[phase], last = taken[phase] + now - last, now
            phase = next(name for name, sign in _SIGNS.items() if sign == byte)
            times[phase] += 1
        taken[phase] += time.monotonic() - last
        os.close(reading)
        assert succeeded(child)
        return {"anywhere": time.monotonic() - began} | {name: taken[name] / max(1, times[name]) for name in _SIGNS}

    def _start(self, path: Path) -> tuple[int, int]:
        reading, writing = os.pipe()
        child = forked(lambda: self.run(path, writing))
        os.close(writing)
        return reading, child

    def strike(self) -> None:
        """Start a run, kill it in the phase whose turn it is, and look at what it left."""
        phase = PHASES[(sum(self.tally.killed.values()) + self.tally.finished) % len(PHASES)]
        reading, child = self._start(self.path)
        if phase != "anywhere":
            _wait_for(reading, _SIGNS[phase], self.chance.randint(1, 2 if phase == "writing" else 1))
        time.sleep(self.chance.random() * self.seconds[phase])
        ended, status = os.waitpid(child, os.WNOHANG)
        if not ended:
            killed(child)
            self.tally.killed[phase] += 1
        os.close(reading)
        self._look(phase)
        if ended:
            self.tally.finished += 1
            if status:
                self.tally.trouble.append(f"a run ended with {status}")
            self._compare()

    def finish(self) -> None:
        """Run once more, to the end, and compare with the run that was never killed."""
        reading, child = self._start(self.path)
        os.close(reading)
        if not succeeded(child):
            self.tally.trouble.append("the last run did not end well")
        self._compare()

    def _look(self, phase: str) -> None:
        """Open the archive as it was left, and see that it is sound and holds whole articles, all that it held."""
        if not self.path.exists() or not self.path.stat().st_size:
            return
        with closing(sqlite3.connect(self.path)) as connection:
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                return
            found = [str(row) for (row,) in connection.execute("PRAGMA integrity_check") if row != "ok"]
            found += [f"dangling: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        parts = _parts(self.path)
        found += [f"{name} is not whole" for name, counts in parts.items() if counts != self._parts[name]]
        if len(parts) < self._known:
            found.append(f"{self._known - len(parts)} articles are gone")
        self._known = len(parts)
        if sum(self.tally.killed.values()) % 50 == 0:
            with Archive.open(self.path) as archive:
                found += archive.examine()
        self.tally.trouble += [f"after kill {sum(self.tally.killed.values())} ({phase}): {item}" for item in found]

    def _compare(self) -> None:
        """See that a run that ended made what one makes that was never killed, and begin anew."""
        found = content(self.path)
        self.tally.trouble += [f"{name} differs" for name in self.wanted if found.get(name) != self.wanted[name]]
        self.path.unlink()
        self._known = 0


def _wait_for(reading: int, sign: bytes, times: int) -> None:
    """Read until `sign` came so often, or the child has ended."""
    for byte in iter(lambda: os.read(reading, 1), b""):
        times -= byte == sign
        if not times:
            return


def _parts(path: Path) -> dict[str, tuple[object, ...]]:
    """Each text, by its digest, with the number of its quotations, credits and dates."""
    counts = ", ".join(
        f"(SELECT count(*) FROM {table} WHERE {table}.article = articles.id)"
        for table in ("quotations", "credits", "dates", "search_articles")
    )
    with closing(sqlite3.connect(path)) as connection:
        return {row[0]: row[1:] for row in connection.execute(f"SELECT digest, {counts} FROM articles")}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.kills", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=120, help="stop killing after so long, and run to the end")
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="citecheck-kills-") as folder:
        siege = Siege(given.articles, Path(folder), given.seed)
        print(f"{given.articles:,} articles, {len(siege.wanted['families']):,} families; seconds: {siege.seconds}")
        while sum(siege.tally.killed.values()) < given.kills and time.monotonic() - began < 60 * given.minutes:
            siege.strike()
            done = sum(siege.tally.killed.values())
            if done % 10 == 0:
                print(f"{done} kills in {time.monotonic() - began:,.0f} s, {siege.tally}", flush=True)
        siege.finish()
    tally = siege.tally
    print(f"{sum(tally.killed.values())} kills {dict(tally.killed)}, {tally.finished} runs ended before theirs")
    print("nothing was lost" if not tally.trouble else "\n".join(tally.trouble))
    sys.exit(bool(tally.trouble))


if __name__ == "__main__":
    main()
