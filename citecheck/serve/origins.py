"""Where the text of a web page stands in its source: a finding is about the text, an editor shows the source.

The text of a page is its visible characters with other white space, block by block, some of them left out. So each
block is looked for, as a whole and without white space, in the visible characters of the source, which know their
places. A block that is not there (struck out words, say) has no place, and what is in it is shown at the block before.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from citecheck.models import Span

#: What no reader sees, and what readers of pages drop: soft hyphens, zero-width characters, byte order marks.
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_BLOCK = re.compile(r"[^\n]+")
_MARKUP = re.compile(r"<(?:!--|[A-Za-z/!?])")
#: What ends a tag, or begins a value in which it cannot end.
_IN_TAG = re.compile(r">|=\s{0,20}[\"']")
_HIDDEN = re.compile(r"<(script|style|template|title|head)\b", re.IGNORECASE)
#: What ends a head that is not closed.
_BODY = r"|<(?:body|main|article|section|header|div|h[1-6]|p)\b"
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")


class Origins:
    """The places of one text in the source of its page."""

    def __init__(self, source: str, text: str) -> None:
        characters = list(_visible(source))
        visible = "".join(character for character, _ in characters)
        #: Code point of the text → the span of its character in the source.
        self._spans: dict[int, Span] = {}
        at = 0
        for block in _BLOCK.finditer(text):
            seen = [place for place in range(*block.span()) if not _UNSEEN.match(text[place])]
            words = "".join(text[place] for place in seen)
            found = visible.find(words, at) if words else -1
            if found < 0:
                continue
            at = found + len(words)
            self._spans.update(zip(seen, (span for _, span in characters[found:at]), strict=True))

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


def _visible(source: str) -> Iterator[tuple[str, Span]]:
    """The visible characters of a page but for white space, each with its span in the source."""
    for start, end in _runs(source):
        at = start
        for match in _REFERENCE.finditer(source, start, end):
            yield from _each(source, at, match.start())
            read, at = html.unescape(match[0]), match.end()
            yield from ((character, match.span()) for character in read if not _UNSEEN.match(character))
        yield from _each(source, at, end)


def _each(source: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    for at in range(start, end):
        if not _UNSEEN.match(source[at]):
            yield source[at], (at, at + 1)


def _runs(source: str) -> Iterator[Span]:
    """The spans of running text between comments, tags and what is hidden.

    A scanner of its own: the standard library's takes minutes for 60 kB of tags that never end. Here a search that
    finds nothing is the last one.
    """
    at: int | None = 0
    while at is not None:
        markup = _MARKUP.search(source, at)
        yield at, markup.start() if markup else len(source)
        at = _end_of_markup(source, markup) if markup else None


def _end_of_markup(source: str, markup: re.Match[str]) -> int | None:
    """Where a comment, a tag, or the hidden content of an element ends; None where that is the end of the page."""
    if markup[0] == "<!--":
        return _behind(source, "-->", markup.end())
    at: int | None = markup.end()
    while at is not None:
        found = _IN_TAG.search(source, at)
        if found is None or found[0] == ">":
            at = found.end() if found else None
            break
        at = _behind(source, found[0][-1], found.end())
    hidden = _HIDDEN.match(source, markup.start())
    if at is None or hidden is None:
        return at
    closing = rf"</{hidden[1]}\b" + (_BODY if hidden[1].lower() == "head" else "")
    closed = re.compile(closing, re.IGNORECASE).search(source, at)
    return closed.start() if closed else None


def _behind(source: str, words: str, at: int) -> int | None:
    found = source.find(words, at)
    return found + len(words) if found >= 0 else None
