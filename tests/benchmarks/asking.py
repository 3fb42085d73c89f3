"""An archive asked: drafts and quotations against it, page cache warm and cold, in one process and by the command.

The drafts hold what articles of the archive hold, under other names; each run takes another one, so that nothing but
the archive's pages is warm. Beside them what SQLite's own full-text index takes to look for the same words.
"""

from __future__ import annotations

import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from citecheck import pipeline, search
from citecheck.archive import Archive
from citecheck.archive.rows import extractions as stored_extractions
from citecheck.models import Checked, Corpus, Extraction

from .timing import Contender, Figures

#: Drafts that take turns, and the articles that each is made of.
DRAFTS, ARTICLES = 12, 8
#: Articles up to which a check without the index is run beside the one with it.
MOST_WITHOUT_INDEX = 2_000
#: Articles up to which words joined by OR are ranked by bm25: it reads what every word has, a minute at a million.
MOST_RANKED = 20_000


def contenders(database: Path) -> Sequence[Contender]:
    """Drafts of 40 quotations, one of 30 by the command, and a trace, against the archive at `database`."""
    Archive.open(database).close()  # one that an older program made is brought up to date
    drafts, texts = _drafts(database)
    fresh, turns = cycle(drafts[1:]), cycle(drafts)
    opened = pipeline.searching([database])
    warm = opened.__enter__()
    warm.check(drafts[0])

    def check(draft: Corpus) -> Figures:
        return _found(warm.check(draft))

    def just_opened(large: int = 0) -> Figures:
        keep, search.LARGE = search.LARGE, large
        try:
            with pipeline.searching([database]) as one:
                return _found(one.check(next(turns)))
        finally:
            search.LARGE = keep

    def cold() -> Figures:
        _forget(database)
        return just_opened()

    shelf = Archive.open(database)
    index = shelf.index()

    def look_up() -> Figures:
        wanted = [one.text for draft in next(fresh).extractions for one in draft.quotations]
        index.expect(wanted)
        return {"articles": sum(len(index.best(one)) for one in wanted)}

    folder = Path(tempfile.mkdtemp())
    (folder / "draft.txt").write_text(texts[0], encoding="utf-8")
    words = drafts[0].extractions[0].quotations[0].text
    against = ("--against", str(database))
    found = [
        _timed("40 quotations, looked up only", look_up),
        _timed("40 quotations, archive open", lambda: check(next(fresh))),
        _timed("40 quotations, the same draft again", lambda: check(drafts[0])),
        _timed("40 quotations, just opened", just_opened),
        _timed("40 quotations, page cache cold", cold),
        _timed("citecheck check, 30 quotations", lambda: _program("check", str(folder / "draft.txt"), *against)),
        _timed("citecheck trace", lambda: _program("trace", words, *against)),
        _timed("FTS5, 40 phrases", lambda: _phrases(database, next(turns), " ")),
    ]
    articles = _count(database)
    if articles <= MOST_WITHOUT_INDEX:
        found.append(_timed("40 quotations, all loaded", lambda: just_opened(10**9)))
    if articles <= MOST_RANKED:
        found.append(_timed("FTS5, 40 times words by bm25", lambda: _phrases(database, next(turns), " OR ")))
    return found


def _timed(name: str, run: Callable[[], Figures]) -> Contender:
    """A contender with the median of its wall time as a figure: what waits for a disk is no processor time."""
    seconds: list[float] = []

    def timed() -> Figures:
        began = time.perf_counter()
        figures = run()
        seconds.append(time.perf_counter() - began)
        return {**figures, "wall_s": statistics.median(seconds)}

    return Contender(name, timed)


def _found(checked: Sequence[Checked]) -> Figures:
    return {
        "confirmed": sum(len(one.confirmed) for one in checked),
        "findings": sum(len(one.findings) for one in checked),
    }


def _drafts(database: Path) -> tuple[list[Corpus], list[str]]:
    """Drafts of 40 quotations, and texts of 30, out of articles from all over the archive."""
    step = max(1, _count(database) // (DRAFTS * ARTICLES))
    rows = [1 + step * number for number in range(DRAFTS * ARTICLES)]
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        items = list(stored_extractions(connection, rows))
    parts = [items[at::DRAFTS] for at in range(DRAFTS)]
    texts = ["\n".join(item.article.text for item in part[:6]) for part in parts]
    return [Corpus((copied(part, f"draft {at}"),)) for at, part in enumerate(parts)], texts


def copied(items: Sequence[Extraction], name: str) -> Extraction:
    """One draft that holds what some articles hold, under another name."""
    text = ""
    quotations = []
    for item in items:
        shift = len(text)
        for one in item.quotations:
            speaker = one.speaker and replace(one.speaker, start=one.speaker.start + shift, end=one.speaker.end + shift)
            moved = replace(one, start=one.start + shift, end=one.end + shift, speaker=speaker, article=name)
            quotations.append(moved)
        text += item.article.text
    return Extraction(replace(items[0].article, id=name, text=text, digest=name), tuple(quotations))


def _count(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def _forget(database: Path) -> None:
    """Ask the system to drop what it holds of the file. Where it cannot be asked, the page cache stays warm."""
    if hasattr(os, "posix_fadvise"):
        with database.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _program(*words: str) -> Figures:
    done = subprocess.run(
        [sys.executable, "-m", "citecheck", *words, "--format", "jsonl"], check=False, capture_output=True, text=True
    )
    return {"lines": done.stdout.count("\n")}


def _phrases(database: Path, draft: Corpus, between: str) -> Figures:
    """What SQLite's full-text index finds of each quotation: ten articles with its words in a row, or ranked."""
    statement = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? LIMIT 10"
    if between != " ":
        statement = statement.replace("LIMIT", "ORDER BY rank LIMIT")
    with closing(sqlite3.connect(database)) as connection:
        queries = [_query(one.text, between) for one in draft.extractions[0].quotations]
        hits = [len(connection.execute(statement, (query,)).fetchall()) for query in queries]
    return {"found": sum(map(bool, hits))}


def _query(text: str, between: str) -> str:
    words: Iterator[str] = (match[0] for match in re.finditer(r"\w+", text))
    return f'"{" ".join(words)}"' if between == " " else between.join(f'"{word}"' for word in words)
