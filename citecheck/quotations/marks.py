"""Quotation marks: which characters are marks here, and which of them open or close.

Conventions by language (Unicode Standard, 6.2, "Language-Based Usage of Quotation Marks"): “…” ‘…’ English,
Portuguese, „…“ ‚…‘ German, »…« ›…‹ German books, « … » French, Spanish, Italian, ”…” Swedish, 「…」 『…』 Japanese,
straight marks everywhere. Apostrophes, feet and inches are no marks.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from citecheck.text.lexicons import words


class Role(Enum):
    """What a mark does at its place. EITHER is settled by what is open (straight marks between two letters)."""

    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"


class Mark(NamedTuple):
    """One mark: `start:end` in the text (two characters for ''), the family that it pairs within, what it does."""

    start: int
    end: int
    glyph: str
    family: str
    role: Role


#: Glyph → family. A pair is made of marks of one family.
_FAMILY = {
    "“": "curly", "”": "curly", "„": "curly", "‟": "curly", '"': "straight", "''": "typed", "``": "typed",
    "«": "angle", "»": "angle", "‹": "angle-single", "›": "angle-single",
    "‘": "single", "’": "single", "‚": "single", "‛": "single", "'": "straight-single",
    "「": "corner", "」": "corner", "『": "corner-double", "』": "corner-double",
}  # fmt: skip
SINGLE = frozenset(("single", "straight-single", "angle-single"))

#: A mark that stands between two letters is an apostrophe and never matched.
#: Begins with one set of glyphs that a search can skip to.
_MARK = re.compile(
    r"[“”„‟\"«»‹›‘‚‛「」『』'’`](?:(?<=[^'’`])|(?<=')'|(?<=`)`|(?<=['’])(?:(?<![^\W_].)|(?![^\W_])))", re.DOTALL
)
_INCHES = re.compile(r"\d(?:['’′]\s?)?(?:\d+)?$")
_OPENS_AFTER = frozenset(" \t\n\r\u00a0\u2009\u202f([{<—–-/|“„‘«‹\"'…¿¡")
_CLOSES_BEFORE = frozenset(" \t\n\r\u00a0\u2009\u202f)]}>,.;:!?—–-/|”’»›\"'…")
_WORD = re.compile(r"\w+")
_DECADE = re.compile(r"\d\ds?")


def find_marks(text: str, start: int, end: int, reversed_angles: bool) -> list[Mark]:
    """The marks of one paragraph, in order. `reversed_angles`: » opens and « closes, as in German books."""
    found = []
    inside = ""  # the mark that ends an attribute of what is left of a page: <a href="…">
    for match in _MARK.finditer(text, start, end):
        glyph = match[0]
        if inside or text[match.start() - 1 : match.start()] == "=":
            inside = "" if glyph == inside else inside or glyph
            continue
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        role = _role(glyph, before, after, reversed_angles)
        if role is not None and not _no_mark(text, match, start, end):
            found.append(Mark(match.start(), match.end(), glyph, _FAMILY[glyph], role))
    return found


def angles_reversed(text: str) -> bool:
    """Whether the first double angle of `text` is a » that opens (»so«)."""
    left, right = text.find("«"), text.find("»")
    if right < 0 or (0 <= left < right):
        return False
    return not text[right + 1 : right + 2].isspace() and (right == 0 or not text[right - 1].isalnum())


#: Marks that do the same everywhere.
_FIXED = dict.fromkeys(("„", "‚", "‟", "‛", "「", "『", "``"), Role.OPEN) | {"」": Role.CLOSE, "』": Role.CLOSE}


def _role(glyph: str, before: str, after: str, reversed_angles: bool) -> Role | None:
    opens, closes = before in _OPENS_AFTER, after in _CLOSES_BEFORE
    if glyph in _FIXED:
        role: Role | None = _FIXED[glyph]
    elif glyph in "«»‹›":
        role = Role.OPEN if (glyph in "«‹") is not reversed_angles else Role.CLOSE
    elif glyph == "“":  # closes in German: settled by what is open
        role = Role.OPEN if not closes or opens else Role.EITHER
    elif glyph == "”":
        role = Role.EITHER if opens and not closes else Role.CLOSE
    elif glyph in "‘'’":
        role = _single_role(glyph, opens, after, closes)
    elif opens and not closes:
        role = Role.OPEN
    else:
        role = Role.CLOSE if closes and not opens else Role.EITHER
    return role


def _single_role(glyph: str, opens: bool, after: str, closes: bool) -> Role | None:
    """Single marks open before a word and close after one; anything else is an apostrophe."""
    if opens and not closes:
        return Role.OPEN
    if closes:
        return Role.CLOSE
    return Role.OPEN if glyph == "‘" and after.isalnum() else None


def _no_mark(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Feet and inches, and elisions such as 'tis and ’90s."""
    at = match.start()
    word = _WORD.match(text, match.end(), min(end, match.end() + 12)) if match[0] in "'’‘" else None
    if word and (word[0].lower() in words("elisions.txt") or _DECADE.fullmatch(word[0])):
        return True
    if match[0] in ('"', "'", "’", "''"):
        before = _INCHES.search(text, max(start, at - 6), at)
        return bool(before) and ("'" in before[0] or "’" in before[0] or "′" in before[0] or match[0] == "'")  # type: ignore[index]
    return False
