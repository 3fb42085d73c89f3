"""The words around a credit (`credit_words.tsv`), as sets and as alternations for patterns."""

from __future__ import annotations

import re
from functools import cache

from citecheck.text.lexicons import rows


@cache
def words_of(class_: str) -> frozenset[str]:
    """The words of one class."""
    return frozenset(
        word for row in rows("credit_words.tsv") if row["class"] == class_ for word in row["words"].split("|")
    )


@cache
def one_of(*classes: str) -> str:
    """An alternation of the words of some classes, longest first, for use inside a pattern."""
    found = set().union(*(words_of(class_) for class_ in classes))
    return "(?:" + "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word))) + ")"
