"""Where the text of a web page stands in its source: a finding is about the text, an editor shows the source.

The text of a page is its visible characters with other white space, block by block, some of them left out. So each
block is looked for, as a whole and without white space, in the visible characters of the source, which know their
places. A block that is not there (struck out words, say) has no place, and what is in it is shown at the block before.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from itertools import accumulate

from citecheck.models import Span

#: What no reader sees, and what readers of pages drop: soft hyphens, zero-width characters, byte order marks.
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_HIDDEN = frozenset("head script style template title".split())
_BLOCK = re.compile(r"[^\n]+")


class Origins:
    """The places of one text in the source of its page."""

    def __init__(self, source: str, text: str) -> None:
        visible = _Visible(source)
        #: Code point of the text → the span of its character in the source.
        self._spans: dict[int, Span] = {}
        at = 0
        for block in _BLOCK.finditer(text):
            seen = [place for place in range(*block.span()) if not _UNSEEN.match(text[place])]
            words = "".join(text[place] for place in seen)
            found = visible.text.find(words, at) if words else -1
            if found < 0:
                continue
            at = found + len(words)
            self._spans.update(zip(seen, visible.spans[found:at], strict=True))

    def span(self, start: int, end: int) -> Span:
        """Where `start:end` of the text stands in the source; the nearest place before, where it stands nowhere."""
        places = [self._spans[place] for place in range(start, end) if place in self._spans]
        if places:
            return places[0][0], places[-1][1]
        before = max((place for place in self._spans if place < start), default=None)
        at = 0 if before is None else self._spans[before][1]
        return at, at

    def offset(self, place: int) -> int | None:
        """The code point of the text whose character stands at `place` of the source; None where none does."""
        return next((at for at, (start, end) in self._spans.items() if start <= place < end), None)


class _Visible(HTMLParser):
    """The visible characters of a page, each with its span in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *accumulate(len(line) for line in source.split("\n"))]
        self._source = source
        self._hidden: list[str] = []
        self._characters: list[str] = []
        self.spans: list[Span] = []
        self.feed(source)
        self.close()
        self.text = "".join(self._characters)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note what is hidden from here on."""
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == "body":
            self._hidden.clear()

    def handle_endtag(self, tag: str) -> None:
        """Note what is hidden no more."""
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]

    def handle_data(self, data: str) -> None:
        """Running text: each character stands for itself."""
        at = self._place()
        for number, character in enumerate(data):
            self._put(character, at + number, at + number + 1)

    def handle_entityref(self, name: str) -> None:
        """`&amp;`: a character or two that take the place of many."""
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """`&#8220;`, likewise."""
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        start = self._place()
        end = start + len(written)
        end += self._source.startswith(";", end)
        for character in html.unescape(f"{written};"):
            self._put(character, start, end)

    def _put(self, character: str, start: int, end: int) -> None:
        if not self._hidden and not _UNSEEN.match(character):
            self._characters.append(character)
            self.spans.append((start, end))

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + line - 1 + column
