"""From marks to pairs: nesting, lost marks, and quotations that run over several paragraphs.

The unit is the paragraph: whatever goes wrong inside one (a lost mark, an odd number of straight ones) ends with it.
Each mark is handled once and looks at no more than `DEPTH` open ones, so the time is linear in the marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citecheck.models import Span
from citecheck.quotations.marks import SINGLE, Mark, Role, find_marks
from citecheck.text.patterns import regex
from citecheck.text.segments import trimmed

#: As variables: a member looked up in its class costs Python 3.11 seven times as much.
_OPEN, _CLOSE, _EITHER = Role
#: How many open marks a closing one looks back over. News nests two deep, three in rare cases.
DEPTH = 4
#: Families that careless typing mixes: “…" and "…”.
_DOUBLE = frozenset(("curly", "straight"))

#: The writer's own words after a closing mark that is missing.
_SAID = regex(
    r"[,.?!] (?:(?:[A-Z][\w.’'-]+ ){1,4}|(?:s?he|they|it) )(?:said|says|told|added|asked|wrote|tweeted)\b"
    r"|[,.?!] (?:said|says|added|asked|wrote|according to) (?=[A-Z]|the |a )"
)


@dataclass(slots=True)
class Pair:
    """One marked span, without its marks. `parent` and `continues` are positions in the list of all pairs.

    `closed` is false where the closing mark is missing; `opened` where the opening one is. `paragraph` is the number
    of the paragraph. `continues`: this is the next paragraph of that pair's quotation.
    """

    start: int
    end: int
    opening: str
    single: bool
    paragraph: int
    closed: bool = True
    opened: bool = True
    parent: int | None = None
    continues: int | None = None

    @property
    def outer(self) -> bool:
        return self.parent is None


def find_pairs(text: str, blocks: Sequence[Span], reversed_angles: bool) -> list[Pair]:
    """All marked spans in `blocks` (paragraphs), in order of their start."""
    pairs: list[Pair] = []
    running: int | None = None
    for number, (start, end) in enumerate(blocks):
        marks = find_marks(text, start, end, reversed_angles)
        found = _pair(text, marks, number, (start, end)) if marks else []
        base = len(pairs)
        _nest(found, base)
        if running is not None and found and _continues(text, pairs[running], found[0], start):
            found[0].continues = running
        pairs += found
        if running is not None and (not found or found[0].continues is None):
            _shorten(text, pairs, running)
        still = (base + at for at, pair in enumerate(found) if not pair.closed and pair.outer)
        running = next(still, None) if found else None
    if running is not None:
        _shorten(text, pairs, running)
    return [_trimmed(text, pair) for pair in pairs]


def _shorten(text: str, pairs: list[Pair], number: int) -> None:
    """A quotation that nothing closes ends where the writer speaks again ("…, she said. “…"), or with its paragraph."""
    pair = pairs[number]
    said = _SAID.search(text, pair.start, pair.end)
    inner = [other for other in pairs[number + 1 :] if other.parent == number]
    if said:
        pair.end = said.start() + 1
    elif inner and inner[-1].end < pair.end and text[inner[0].start - 2 : inner[0].start - 1].isspace():
        return
    elif inner:
        pair.end = inner[0].start - 1
    for other in inner:
        if other.start >= pair.end:
            other.parent = None


def _trimmed(text: str, pair: Pair) -> Pair:
    """Without the spaces that French sets inside the marks."""
    pair.start, pair.end = trimmed(text, pair.start, pair.end)
    return pair


def _pair(text: str, marks: list[Mark], number: int, block: Span) -> list[Pair]:
    """The pairs of one paragraph, sorted by start."""
    pairs: list[Pair] = []
    opened: list[Mark] = []
    for position, mark in enumerate(marks):
        partner = _partner(opened, mark)
        if partner is not None and not _possessive(text, marks, position, opened[partner]):
            opening = opened[partner]
            pairs += _unclosed(opened[partner + 1 :], mark.start, number)
            del opened[partner:]
            if opening.end < mark.start:
                single = mark.family in SINGLE
                pairs.append(Pair(opening.end, mark.start, opening.glyph, single, number))
        elif mark.role is not _CLOSE:
            opened.append(mark)
        elif not opened and not pairs and mark.family not in SINGLE and mark.start > block[0]:
            pairs.append(Pair(block[0], mark.start, mark.glyph, False, number, opened=False))
    pairs += _unclosed(opened, block[1], number)
    return sorted(pairs, key=lambda pair: (pair.start, -pair.end))


def _partner(opened: list[Mark], mark: Mark) -> int | None:
    """The position in `opened` of the mark that `mark` closes, or None when it closes nothing."""
    if mark.role is _OPEN:
        german = mark.glyph in "“‘" and any(other.glyph in "„‚" for other in opened[-DEPTH:])
        if not german:
            return None
    mixed = None
    for position in range(len(opened) - 1, max(-1, len(opened) - 1 - DEPTH), -1):
        other = opened[position]
        if other.family == mark.family and (mark.glyph != "‘" or other.glyph == "‚"):
            return position
        if mixed is None and other.family in _DOUBLE and mark.family in _DOUBLE and mark.role is _CLOSE:
            mixed = position
    return mixed


def _possessive(text: str, marks: list[Mark], position: int, opening: Mark) -> bool:
    """Whether a single mark after s is the apostrophe of a plural, because a better closing mark follows."""
    mark = marks[position]
    if mark.family not in SINGLE or mark.glyph not in "'’" or text[mark.start - 1 : mark.start] not in ("s", "S", "n"):
        return False
    after = text[mark.end : mark.end + 2]
    if not (after[:1] == " " and after[1:].isalnum()):
        return False
    for later in marks[position + 1 : position + 8]:
        if later.family == opening.family:
            return later.role is _CLOSE
    return False


def _unclosed(marks: list[Mark], end: int, number: int) -> list[Pair]:
    """What lost its closing mark runs to `end`; a lone single mark was an apostrophe."""
    return [
        Pair(mark.end, end, mark.glyph, False, number, closed=False)
        for mark in marks[:1]
        if mark.family not in SINGLE and mark.end < end
    ]


def _nest(pairs: list[Pair], base: int) -> None:
    """Fill `parent` with the innermost pair around each."""
    around: list[int] = []
    for number, pair in enumerate(pairs):
        while around and pairs[around[-1]].end < pair.end:
            around.pop()
        if around:
            pair.parent = base + around[-1]
        around.append(number)


def _continues(text: str, before: Pair, pair: Pair, block_start: int) -> bool:
    """Whether `pair` opens a paragraph with the mark of the quotation that the paragraph before left open."""
    return pair.opened and pair.opening == before.opening and not text[block_start : pair.start - 1].strip()
