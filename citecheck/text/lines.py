"""Lines and columns of an offset, one-based, as editors count them."""

from __future__ import annotations

from bisect import bisect_right


class Lines:
    """The line starts of one text. A line ends at `\\n`; `\\r` belongs to the line before it."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def position(self, offset: int) -> tuple[int, int]:
        """`(line, column)` of a code point offset; the column counts code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
