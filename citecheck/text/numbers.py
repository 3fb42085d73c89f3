"""Quantities as texts write them: figures, number words, scales, ordinals; and how two of them relate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from citecheck.text.lexicons import rows
from citecheck.text.patterns import regex

#: More digits than any quantity in the news has; longer runs are identifiers and stay text.
_MOST_DIGITS = 30


class Part(NamedTuple):
    """A number word: its value and how it joins others."""

    value: float
    part: str


@lru_cache(maxsize=1)
def number_words() -> dict[str, Part]:
    """The number words with their values."""
    return {row["word"]: Part(float(row["value"]), row["part"]) for row in rows("number-words.tsv")}


class Quantity(NamedTuple):
    """A number read from a sequence of words, and the place behind its last word."""

    value: float
    end: int


def figure(text: str) -> float | None:
    """The value of written figures (`1,000`, `2.5`), or None."""
    bare = text.replace(",", "")
    if len(bare) > _MOST_DIGITS:
        return None
    try:
        return float(bare)
    except ValueError:
        return None


def read_quantity(words: Sequence[str], at: int) -> Quantity | None:
    """The number that starts at `words[at]`, words in folded form: `two hundred and five`, `2.5 million`, `a hundred`.

    Ordinals are no quantities here, and a scale word alone (`million`) is none either.
    """
    table = number_words()
    first = words[at]
    if first[:1].isdecimal():
        value = figure(first)
        return None if value is None else _scaled(words, at + 1, value)
    if first in ("a", "an", "half") and at + 1 < len(words):
        step = 2 if first == "half" and words[at + 1] in ("a", "an") else 1
        scale = table.get(words[at + step]) if at + step < len(words) else None
        if scale is not None and scale.part == "scale":
            return _scaled(words, at + step, 0.5 if first == "half" else 1.0)
        return None
    part = table.get(first)
    if part is None or part.part not in ("unit", "teen", "ten"):
        return None
    return _spelled(words, at)


def _spelled(words: Sequence[str], at: int) -> Quantity:
    """Number words from `at` on, whose first one is a unit, a teen or a ten."""
    table = number_words()
    total = group = 0.0
    last = ""
    while at < len(words):
        word = words[at]
        follows = word == "and" and last == "scale" and at + 1 < len(words) and words[at + 1] in table
        part = table.get(words[at + 1] if follows else word)
        if part is None or not _joins(last, part.part):
            break
        at += 2 if follows else 1
        if part.part != "scale":
            group += part.value
        elif part.value == 100:
            group *= 100
        else:
            total, group = total + group * part.value, 0.0
        last = part.part
    value = total + group
    return _scaled(words, at, value) if _half(words, at) else Quantity(value, at)


def _joins(last: str, part: str) -> bool:
    """Whether a number word can follow another inside one number."""
    if part in ("ordinal", "fraction"):
        return False
    if part == "scale":
        return last != ""
    return last in ("", "scale") or (last == "ten" and part == "unit")


def _half(words: Sequence[str], at: int) -> bool:
    return list(words[at : at + 3]) == ["and", "a", "half"]


def _scaled(words: Sequence[str], at: int, value: float) -> Quantity:
    """`value` times the scale words that follow, with `and a half` before them."""
    table = number_words()
    if _half(words, at):
        value, at = value + 0.5, at + 3
    while at < len(words):
        part = table.get(words[at])
        if part is None or part.part != "scale":
            break
        value, at = value * part.value, at + 1
    return Quantity(value, at)


class Relation(Enum):
    """How two quantities relate."""

    SAME = "same"
    ROUNDED = "rounded"  # one is a rounder figure for the other
    OTHER = "other"


def relate(one: float, other: float, roughly: bool = False) -> Relation:
    """Whether two values are one, one a rounder figure for the other, or two.

    Rounding: the other figure cut to fewer digits, of three at least (1,180 / 1,200). Two digits against one (62 / 60)
    are another figure. With a word for it (`roughly`: about 60) anything nearer than 6 per cent is rounding.
    """
    if one == other:
        return Relation.SAME
    rough, fine = sorted((one, other), key=_significant)
    digits = _significant(rough)
    if roughly:
        return Relation.ROUNDED if abs(rough - fine) <= 0.06 * abs(fine) else Relation.OTHER
    cut = _significant(fine) >= 3 and digits < _significant(fine) and float(f"{fine:.{max(0, digits - 1)}e}") == rough
    return Relation.ROUNDED if cut else Relation.OTHER


def _significant(value: float) -> int:
    digits = f"{value:.10g}".split("e")[0].replace(".", "").replace("-", "").lstrip("0")
    return len(digits.rstrip("0")) if value == int(value) else len(digits)


_DECIMALS = regex(r"\.(\d+)\D*$")
_FRACTION_AFTER = re.compile(r"[- ]\d{1,2}/\d")
#: A written figure with its sign and scale word is no longer.
_LONGEST_FIGURE = 40


def decimals(text: str, start: int, end: int) -> int:
    """How many decimals the figure `text[start:end]` is written to (1.50: 2); a fraction behind it counts as three."""
    if _FRACTION_AFTER.match(text, end):
        return 3
    found = _DECIMALS.search(text[start : min(end, start + _LONGEST_FIGURE)])
    return len(found[1]) if found else 0


def shown(value: float) -> str:
    """A value as a key: 2500000, 2.5."""
    return str(int(value)) if value == int(value) and abs(value) < 1e18 else repr(value)
