"""What a marked span looks like by itself: a clause, a title, or a few words."""

from __future__ import annotations

import re
from enum import Enum
from itertools import islice

from citecheck.text.lexicons import words


class Shape(Enum):
    """CLAUSE: a sentence or a good part of one. TITLE: words in capitals as titles have them. WORDS: anything else."""

    CLAUSE = "clause"
    TITLE = "title"
    WORDS = "words"


_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE_INSIDE = re.compile(r"[.!?…][\"”’']?\s+[\"“‘']?[A-ZÄÖÜÉÀ¿¡]")
#: From this many words on a span is a clause whatever its words are; shorter ones need a verb or a pronoun.
LONG = 9
#: A clause needs at least this many words.
SHORT = 4
#: The most words of a title.
LONGEST_TITLE = 16


def shape_of(text: str, start: int, end: int) -> Shape:
    """The shape of `text[start:end]`."""
    inner = text[start:end]
    found = [match[0] for match in islice(_WORD.finditer(inner, 0, 400), LONGEST_TITLE + 1)]
    if looks_like_title(found):
        return Shape.TITLE
    if _SENTENCE_INSIDE.search(inner):
        return Shape.CLAUSE
    if len(found) >= LONG:
        return Shape.CLAUSE
    if len(found) >= SHORT and any(
        word.lower() in words("clause_words.txt") or "’" in word or "'" in word for word in found
    ):
        return Shape.CLAUSE
    if inner[-1:] in ".!?…" and inner[:1].isupper() and len(found) > 1:
        return Shape.CLAUSE
    return Shape.WORDS


def looks_like_title(found: list[str]) -> bool:
    """Two words or more, all with a capital but the small ones, and not too many of them to be a headline."""
    if not 2 <= len(found) <= LONGEST_TITLE or not found[0][0].isupper():
        return False
    big = [word for word in found if word.lower() not in words("small_words.txt")]
    enough = len(big) >= 2 or (found[0] == "The" and len(big) == 1)
    return enough and all(word[0].isupper() or word[0].isdigit() for word in big)
