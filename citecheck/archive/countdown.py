"""What a step that takes minutes in a large archive tells while it runs: how many articles are left."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from citecheck.models import Waiting

#: Is told that so many articles are done.
Done = Callable[[int], None]
#: Is told what is left.
Watch = Callable[[Waiting], None]


def unwatched(_: int) -> None:
    """For a step that nobody watches."""


def countdown(connection: sqlite3.Connection, watch: Watch | None, doing: str) -> Done:
    """For a step that goes through all articles."""
    if watch is None:
        return unwatched
    (left,) = connection.execute("SELECT count(*) FROM articles").fetchone()

    def done(articles: int) -> None:
        nonlocal left
        left = max(0, left - articles)
        watch(Waiting("article", left, doing))

    done(0)
    return done
