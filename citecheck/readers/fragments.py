"""The text of pieces of HTML that stand in feeds, wire items and books, with no page around them."""

from __future__ import annotations

import html
import re

from citecheck.models import Span
from citecheck.readers.document import UnreadableError
from citecheck.readers.html_bounds import excess

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")


def fragment_text(source: str, language: str | None = None) -> tuple[str, tuple[Span, ...]]:
    """`(text, marked)` of a piece of HTML as a browser shows it; what has no tag in it is text with character
    references. Raises UnreadableError where it is built to exhaust a parser."""
    if not _TAG.search(source):
        return html.unescape(source).strip(), ()
    trouble = excess(source)
    if trouble:
        raise UnreadableError(trouble)
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    from citecheck.readers.html_text import Writer  # noqa: PLC0415

    tree = LexborHTMLParser(source)
    if tree.body is None:
        return "", ()
    writer = Writer(language, lambda node: node.tag == "nav")
    writer.write(tree.body)
    return writer.result()[:2]


def as_text(source: str) -> str:
    """A title or a name in which a feed may have HTML, as one line of text."""
    return " ".join(fragment_text(source)[0].split())
