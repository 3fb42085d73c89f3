"""Folding for comparison: case, marks, dashes, spaces, ligatures and Unicode form, with an origin for each character.

What folding takes away is what DRIFT calls `typographic` (and letter case). The place in the text is never lost: each
folded character carries the offset it came from, so that nothing has to be found again by diffing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from citecheck.models import Span
from citecheck.text.patterns import regex

_SINGLE = "‘’‚‛ʼ´`′ʹʻ"
_DOUBLE = "“”„‟«»″〝〞"
_DASHES = "‐‑‒–—―−﹘﹣－"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ONE_TO_ONE = {ord(char): "'" for char in _SINGLE}
_ONE_TO_ONE |= {ord(char): '"' for char in _DOUBLE}
_ONE_TO_ONE |= {ord(char): "-" for char in _DASHES}
_ONE_TO_ONE |= {ord(char): " " for char in _SPACES}
#: UTF-8 that was read as Windows-1252: a lead character and what its continuation bytes look like there. A mark or a
#: dash continues three bytes only, so that `É…` and `voilà”` stay what they are.
_CONTINUED = "\u0080-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ"
_GARBLED = rf"[\u00c2-\u00c5][{_CONTINUED}]|[âï][€‚„ˆ¬»][{_CONTINUED}“”‘’–—…]?"
_GARBLE = re.compile(_GARBLED)
# Runs that become one character, characters that vanish, and all that is not plainly one to one. Latin letters up to
# U+017F keep their length in lower case but for U+0130.
_SPECIAL = re.compile(
    rf"(?P<garbled>{_GARBLED})"
    r"|(?P<space>\s{2,}|[\t\n\r\f\v\x1c-\x1f\x85])"
    r"|(?P<dots>\.(?:\s?\.){2,}|…)"
    r"|(?P<dash>[-‐‑‒–—―−]{2,})"
    r"|(?P<mark>``|''|‘‘|’’|´´)"
    r"|(?P<gone>[\u00ad\u200b-\u200f\u2060\ufeff])"
    r"|(?P<rest>(?:[^\x00-\x7f\u00a0\u00a1-\u012f\u0131-\u0148\u014a-\u017e"
    rf"{_SINGLE}{_DOUBLE}{_DASHES}{_SPACES}…€£¥]|[a-zA-Z\u00c0-\u017e](?=[\u0300-\u036f]))[\u0300-\u036f]*)"
)
#: Where a text of plain characters has any of them.
_PLAIN_SPECIAL = re.compile(r"\s{2,}|[\t\n\r\f\v\x1c-\x1f]|\.(?:\s?\.){2,}|--|``|''")
_ELLIPSIS = "…"


class Folded(NamedTuple):
    """`text` folded, and for each of its characters the offset in the source it came from (never decreasing)."""

    text: str
    origin: Sequence[int]
    length: int

    def span(self, start: int, end: int) -> Span:
        """The source span of the folded characters `start:end`."""
        size = len(self.text)
        if start >= end:
            place = self.origin[start] if start < size else self.length
            return place, place
        last = self.origin[end - 1]
        while end < size and self.origin[end] == last:
            end += 1
        return self.origin[start], self.origin[end] if end < size else self.length


def fold(text: str) -> Folded:
    """`text` in lower case with one kind of mark, dash, space and ellipsis; soft hyphens and the like are gone."""
    special = (_PLAIN_SPECIAL if text.isascii() else _SPECIAL).search(text)
    if special is None:
        return Folded(text.translate(_ONE_TO_ONE).lower(), range(len(text)), len(text))
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _SPECIAL.finditer(text, special.start()):
        pieces.append(text[at : match.start()].translate(_ONE_TO_ONE).lower())
        origin.extend(range(at, match.start()))
        piece = _piece(match)
        pieces.append(piece)
        origin.extend([match.start()] * len(piece))
        at = match.end()
    pieces.append(text[at:].translate(_ONE_TO_ONE).lower())
    origin.extend(range(at, len(text)))
    return Folded("".join(pieces), origin, len(text))


def _piece(match: re.Match[str]) -> str:
    """What a special run folds to."""
    kind = match.lastgroup
    if kind == "garbled":
        restored = ungarbled(match.group())
        mapped = restored.translate(_ONE_TO_ONE)
        return mapped.lower() if mapped in ("…", '"', "'", "-") else unicodedata.normalize("NFKC", mapped).lower()
    if kind == "rest":
        return unicodedata.normalize("NFKC", match.group()).lower().translate(_ONE_TO_ONE)
    return {"space": " ", "dots": _ELLIPSIS, "dash": "-", "mark": '"', "gone": ""}[kind or ""]


def ungarbled(text: str) -> str:
    """`text` with UTF-8 that was read as Windows-1252 restored (`â€œ` → `“`, `Ã©` → `é`); what is none stays."""
    return _GARBLE.sub(lambda match: _restored(match.group()), text)


def _restored(run: str) -> str:
    if run == "â€":
        return "”"  # its last byte has no character in Windows-1252 and is often lost
    octets = b"".join(char.encode("latin-1" if ord(char) < 256 else "cp1252") for char in run)
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return run


_ACCENTS = regex(r"[\u0300-\u036f]+")
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def plain(word: str) -> str:
    """A folded word without accents and strokes: `nestlé` and `nestle` are one key."""
    if word.isascii():
        return word
    return _ACCENTS.sub("", unicodedata.normalize("NFD", word)).translate(_STROKES)


#: All but letters, figures, the signs $ € £ ¥ %, a minus sign and a point that were told apart.
_NO_SENSE = regex(r"[^\w$€£¥%−·]+|[_ʼʻʹ]+")


def skeleton(text: str) -> str:
    """The letters, figures and signs that carry sense: two texts with one skeleton differ in typography, case and
    punctuation only. A decimal point and a minus sign before a figure are kept, thousands separators are not."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"(?<=\d),(?=\d{3})", "", folded)
    folded = re.sub(r"(?:(?<=\s)|^)[-\u2212](?=\d)", "\u2212", folded)
    folded = re.sub(r"(?<=\d)\.(?=\d)", "\u00b7", folded)
    return _NO_SENSE.sub("", folded)
