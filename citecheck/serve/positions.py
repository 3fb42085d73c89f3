"""Places in a document as an editor counts them: lines from zero, and code units of the encoding that was agreed on.

Lines end at CR LF, LF or CR and nowhere else (LSP 3.17, "Text Documents"): U+2028 and form feeds, which texts from
content systems hold, are characters like others.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\n|\r")


class Positions:
    """The lines of one text. `unit`: "utf-8", "utf-16" or "utf-32"."""

    def __init__(self, text: str, unit: str = "utf-16") -> None:
        self._text = text
        self._unit = unit
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """`(line, units)` of a code point."""
        line = bisect_right(self._starts, offset) - 1
        return line, self._units(self._text[self._starts[line] : offset])

    def offset(self, line: int, units: int) -> int:
        """The code point at a position; one beyond the end of its line, or of the text, is at that end."""
        if line >= len(self._starts):
            return len(self._text)
        start, end = self.line(line)
        at = start
        while at < end and units > 0:
            units -= self._units(self._text[at])
            at += 1
        return at

    def line(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends, without its line end."""
        start = self._starts[number]
        match = _LINE_END.search(self._text, start)
        return start, match.start() if match else len(self._text)

    def _units(self, text: str) -> int:
        if self._unit == "utf-32":
            return len(text)
        width = 1 if self._unit == "utf-8" else 2
        return len(text.encode("utf-8" if width == 1 else "utf-16-le", "surrogatepass")) // width
