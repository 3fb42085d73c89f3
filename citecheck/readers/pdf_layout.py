"""From the lines on the pages of a PDF to running text: reading order, headers and footers, paragraphs, hyphens.

Reading order is a cut of the page into rows and columns (recursive XY-cut: Nagy and Seth, 1984), from the top: as many
rows as share a gutter are columns, the others stand by themselves. So a headline over two columns comes first, then the
left column, then the right one, in whatever order the file draws them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: PDFium's own mark for a hyphen at the end of a line, and what else one may be.
HYPHEN = "\ufffe"
_HYPHENS = "-\u2010\xad" + HYPHEN
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_REPLACED = str.maketrans({**_LIGATURES, "\x00": None, "\r": " ", "\n": " "})
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
#: Part of a page's height, at its top and its bottom, where a header or a footer may stand.
_EDGE = 0.12
#: A header stands on this share of the pages: those of left and right pages differ.
_REPEATED = 0.4
#: A gutter is wider than a space between words, in heights of a line; columns of newspapers stand a line apart.
_GUTTER = 0.6
#: How far below the line before a line of the same paragraph begins, and how far in its first line, in heights.
_PITCH = 1.75
_INDENT = 0.8
#: More lines than this on a page are no text but a drawing, whose order is left as it is: the cut is quadratic.
_MOST_LINES = 1_500
#: Of a word that a hyphen parts so much is looked at.
_LONGEST_WORD = 60
#: How often a page is cut inside its parts: a column in a column in a frame.
_DEEPEST = 8


class Line(NamedTuple):
    """A line of text and its box, in points from the lower left corner of its page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


class Page(NamedTuple):
    """A page's lines in the order of the file."""

    height: float
    lines: list[Line]


def running_text(pages: Sequence[Page]) -> Iterator[tuple[int, str, str]]:
    """`(page, separator, piece)`: the text in pieces, each on one page (from 1), with what stands before it."""
    edges = _repeated_edges(pages)
    before: Line | None = None
    for number, page in enumerate(pages, 1):
        body = [line for line in page.lines if not _is_edge(line, page, edges)]
        for line in reading_order(body):
            text = " ".join(line.text.translate(_REPLACED).split())
            if not text.strip(_HYPHENS):
                continue
            separator = "" if before is None else _between(before, line)
            yield number, separator, text
            before = line._replace(text=text)


def joined(pages: Sequence[Page]) -> list[tuple[int, str, str]]:
    """`running_text` with words that were parted at a line's end put together again.

    A hyphen stays where the document writes the word with one elsewhere ("long-term") or the next line begins with a
    capital or a figure; it goes where a word is merely broken.
    """
    pieces = list(running_text(pages))
    known = Counter(word.lower() for _, _, text in pieces for word in _WORD.findall(text))
    result: list[tuple[int, str, str]] = []
    for number, separator, text in pieces:
        if result and separator == " " and result[-1][2][-1] in _HYPHENS:
            page, gap, earlier = result[-1]
            kept = _joint(earlier, text, known)
            result[-1] = (page, gap, earlier[:-1] + kept)
            result.append((number, "", text))
        else:
            result.append((number, separator, text))
    return [(number, separator, _visible(text)) for number, separator, text in result]


def _joint(earlier: str, later: str, known: Counter[str]) -> str:
    """What stands between two halves of a word: nothing, or the hyphen."""
    if earlier[-1] == "\xad":
        return ""
    first = re.search(r"[^\W\d_]*$", earlier[-_LONGEST_WORD:-1])
    second = re.match(r"[^\W\d_]*", later)
    halves = (first[0].lower() if first else "", second[0].lower() if second else "")
    if not halves[0] or not later[:1].islower():
        return "-"
    written = known[f"{halves[0]}-{halves[1]}"] + known[f"{halves[0]}\u2010{halves[1]}"]
    return "-" if written > known["".join(halves)] else ""


def _visible(text: str) -> str:
    """`text` with the marks for hyphens that are left in it as hyphens."""
    return text.replace(HYPHEN, "-")


def _between(before: Line, line: Line) -> str:
    """What stands between two lines: a space in a paragraph, which may go on in the next column or on the next page."""
    height = max(before.height, line.height)
    fall = before.bottom - line.bottom
    if abs(before.height - line.height) > 0.25 * height:
        return "\n\n"
    if fall <= 0 or fall > 8 * height:  # another column or page
        return "\n\n" if _SENTENCE_END.search(before.text) else " "
    if fall > _PITCH * height:
        return "\n\n"
    indented = line.left - before.left > _INDENT * height and _SENTENCE_END.search(before.text)
    return "\n\n" if indented else " "


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split())).lower()


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom > page.height * (1 - _EDGE) or line.top < page.height * _EDGE


def _repeated_edges(pages: Sequence[Page]) -> frozenset[str]:
    """The lines, figures left open, that stand at the top or the bottom of many pages."""
    counts = Counter(shape for page in pages for shape in {_shape(line) for line in page.lines if _at_edge(line, page)})
    least = max(2, _REPEATED * len(pages))
    return frozenset(shape for shape, count in counts.items() if count >= least)


def _is_edge(line: Line, page: Page, edges: frozenset[str]) -> bool:
    if not _at_edge(line, page):
        return False
    return _shape(line) in edges or line.text.strip(" -–—|·").isdecimal()


def reading_order(lines: Sequence[Line]) -> list[Line]:
    """`lines` from top to bottom, columns one after another."""
    return list(lines) if len(lines) > _MOST_LINES else _ordered(list(lines), 0)


def _ordered(lines: list[Line], depth: int) -> list[Line]:
    if len(lines) < 2 or depth >= _DEEPEST:
        return sorted(lines, key=lambda line: (-line.top, line.left))
    rows = _rows(lines)
    result: list[Line] = []
    at = 0
    while at < len(rows):
        end, gutter = _columns(rows, at)
        if gutter is None:
            result += sorted(rows[at], key=lambda line: line.left)
            at += 1
            continue
        inside = [line for row in rows[at:end] for line in row]
        result += _ordered([line for line in inside if line.right <= gutter], depth + 1)
        result += _ordered([line for line in inside if line.right > gutter], depth + 1)
        at = end
    return result


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Lines that stand beside each other, rows from the top down."""
    rows: list[list[Line]] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: -line.top):
        if rows and line.top - 0.3 * line.height > bottom:
            rows[-1].append(line)
            bottom = min(bottom, line.bottom)
        else:
            rows.append([line])
            bottom = line.bottom
    return rows


def _columns(rows: list[list[Line]], at: int) -> tuple[int, float | None]:
    """`(end, x)` of the columns that begin at row `at` and part at `x`; x is None where that row has no columns.

    The run goes on as long as one gutter is free in all its rows; a short row may stand on one side of it alone.
    """
    free: list[tuple[float, float]] = []
    found: tuple[int, float | None] = (at + 1, None)
    widest = 0.0
    for end in range(at, len(rows)):
        row = rows[end]
        widest = max(widest, *(line.height for line in row))
        spans = _gaps(row)
        free = spans if end == at else _common(free, spans)
        free = [gap for gap in free if gap[1] - gap[0] >= _GUTTER * widest]
        if not free:
            break
        inside = [line for rows_ in rows[at : end + 1] for line in rows_]
        for left, right in free:
            sides = [
                sum(line.right <= left + 0.01 for line in inside),
                sum(line.left >= right - 0.01 for line in inside),
            ]
            if min(sides) >= 2 or (min(sides) == 1 and len(inside) == 2 and len(rows) == 1):
                found = (end + 1, (max(left, -1e6) + min(right, 1e6)) / 2)
                break
    return found


def _gaps(row: list[Line]) -> list[tuple[float, float]]:
    """The parts of a row's width that no line covers, the margins to infinity among them."""
    gaps = []
    edge = float("-inf")
    for line in sorted(row, key=lambda line: line.left):
        if line.left > edge:
            gaps.append((edge, line.left))
        edge = max(edge, line.right)
    return [*gaps, (edge, float("inf"))]


def _common(first: list[tuple[float, float]], second: list[tuple[float, float]]) -> list[tuple[float, float]]:
    overlaps = ((max(a[0], b[0]), min(a[1], b[1])) for a in first for b in second)
    return [gap for gap in overlaps if gap[0] < gap[1]]
