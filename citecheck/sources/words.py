"""The words around a credit (`credit_words.tsv`), as sets and as alternations for patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from citecheck.models import Span
from citecheck.text.lexicons import rows


@cache
def words_of(class_: str) -> frozenset[str]:
    """The words of one class."""
    return frozenset(
        word for row in rows("credit_words.tsv") if row["class"] == class_ for word in row["words"].split("|")
    )


def branched(found: Iterable[str]) -> str:
    """An alternation of `found`, longest first, with a branch for each first letter: most letters begin none."""
    branches = []
    for first, group in groupby(sorted(found, key=lambda one: (one[0], -len(one), one)), key=lambda one: one[0]):
        rest = "|".join(re.escape(one[1:]) for one in group)
        branches.append(rf"{re.escape(first)}(?:{rest})")
    return f"(?:{'|'.join(branches)})"


@cache
def one_of(*classes: str) -> str:
    """An alternation of the words of some classes, for use inside a pattern."""
    return branched(set().union(*(words_of(class_) for class_ in classes)))


#: What `before` looks back over: more than the longest name with a poll's adjectives, or the longest web domain.
REACH = 260


def before(ends: Iterable[Span], pattern: re.Pattern[str], text: str, span: Span) -> Iterator[re.Match[str]]:
    """The matches of `pattern` in `span`, in order, for one that ends as one of `ends` does and is no longer than
    `REACH`.

    The rare ending is looked for first, and the pattern only tried right before it.
    """
    at = span[0]
    for start, end in ends:
        match = pattern.search(text, max(at, start - REACH), end)
        if match:
            yield match
            at = match.end()
