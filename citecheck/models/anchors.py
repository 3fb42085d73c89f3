"""Where the characters of an article stand in the file that it was read from, for what is written back into it."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.models.words import Span


class Run(NamedTuple):
    """A run of a Word document: text in one style. Offsets are bytes into the XML.

    `tag` is its name as written (`w:r`), `look` the element with its style (empty where it has none), `body` where its
    text begins. `whole`: it stands inside a drawing and cannot be split.
    """

    tag: str
    start: int
    end: int
    look: Span
    body: int
    whole: bool


class Piece(NamedTuple):
    """Characters of an article that stand side by side in the XML of a Word document.

    `start` and `end` are code points of the article's text; `at` is the byte of the first one, `element` the start tag
    of the text element around them in bytes, `run` the number of the run.
    """

    start: int
    end: int
    at: int
    element: Span
    run: int
