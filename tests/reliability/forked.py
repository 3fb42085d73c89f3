"""Children of the test itself: a fork costs a hundredth of an interpreter's start."""

from __future__ import annotations

import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from pathlib import Path

from citecheck.models import Article, Cue, Extraction, Kind, Quotation, Relation, SourceCredit, Speaker


def forked(work: Callable[[], object]) -> int:
    """The id of a child that does `work` and exits with 0, or with 1 and a traceback."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def succeeded(child: int) -> bool:
    """Whether `child` ended well; waits for it."""
    return os.waitpid(child, 0)[1] == 0


def killed(child: int) -> None:
    """Kill `child` as nothing can prevent, and wait for it."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def extraction(number: int) -> Extraction:
    """A small article with two quotations, one of them credited."""
    name = f"{number:04}.txt"
    text = f"Mayor Ann Dahl told the Post: “We leave nobody {number}.” Later she said: “It is late.”"
    credit = SourceCredit("Post", Relation.TOLD, "the Post", 20, 28, quotation=f"{name}-1")
    speaker = Speaker("Ann Dahl", "Mayor Ann Dahl", 0, 14)
    end = text.index("”")
    first = Quotation(
        f"{name}-1", name, Kind.DIRECT, 31, end, text[31:end], speaker, Cue("told", 15, 19), sources=(credit,)
    )
    start = text.rindex("“") + 1
    second = Quotation(f"{name}-2", name, Kind.DIRECT, start, len(text) - 1, text[start:-1], speaker)
    return Extraction(Article(name, text, digest=str(number), marked=((31, end),)), (first, second), (credit,))


def trouble(path: Path) -> list[str]:
    """What is wrong with an archive: damage, dangling references, articles of which a part is missing."""
    connection = sqlite3.connect(path)
    try:
        found = [str(row) for (row,) in connection.execute("PRAGMA integrity_check") if row != "ok"]
        found += [f"dangling: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        parts = "SELECT article FROM articles WHERE (SELECT count(*) FROM {0} WHERE {0}.article = articles.id) != {1}"
        for table, count in (("quotations", 2), ("credits", 1), ("marked", 1)):
            found += [f"{name} lacks {table}" for (name,) in connection.execute(parts.format(table, count))]
        return found
    finally:
        connection.close()


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but those that the full-text index keeps for itself."""
    connection = sqlite3.connect(path)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for (name,) in names.fetchall()}
    finally:
        connection.close()
