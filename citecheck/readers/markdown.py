"""Markdown: the text is the file as decoded; front matter is metadata, block quotations are marked.

Front matter is the block between two `---` lines at the very top (Jekyll's convention) of which `key: value` lines are
understood; it is part of the text, so that offsets are those of the file, and outside the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.models import Article, Span
from citecheck.readers.document import Document, finished
from citecheck.readers.markdown_notes import notes_of
from citecheck.readers.metadata import first, iso_date, language_code, one_line, web_url
from citecheck.text.boilerplate import body_span
from citecheck.text.patterns import regex

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = regex(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.MULTILINE)
_FIELD = regex(r"^([A-Za-z][\w-]*):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*\r?$", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n?")
_QUOTED = re.compile(r" {0,3}>\s*")


def read_markdown(document: Document) -> Iterator[Article]:
    """The one article of a `.md` file. Its title is that of the front matter, else the first level-one heading."""
    text, encoding = document.text()
    fields, after = front_matter(text)
    start, end = body_span(text[after:])
    heading = _HEADING.search(text, after)
    notes, markup = notes_of(text, after)
    yield finished(
        Article(
            id=document.id,
            text=text,
            title=one_line(fields.get("title")) or (one_line(heading[1]) if heading else None),
            publisher=one_line(first(fields, "publisher", "publication", "site", "outlet")),
            published=iso_date(first(fields, "published", "date")),
            modified=iso_date(first(fields, "modified", "updated", "lastmod", "last_modified")),
            url=web_url(first(fields, "url", "canonical", "canonical_url", "link", "source")),
            byline=one_line(first(fields, "author", "authors", "byline")),
            language=language_code(first(fields, "language", "lang")),
            path=document.path,
            encoding=encoding,
            body=(after + start, after + end),
            marked=tuple(block_quotations(text, after)),
            notes=notes,
            markup=markup,
        )
    )


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields of the front matter, keys in lower case and values without quotes, and the offset where it ends."""
    opening = _FENCE.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return {}, 0
    fields = {match[1].lower(): _unquoted(match[2]) for match in _FIELD.finditer(text, opening.end(), closing.start())}
    return fields, closing.end()


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    if value.startswith("[") and value.endswith("]"):  # a YAML list of names
        return ", ".join(_unquoted(item.strip()) for item in value[1:-1].split(","))
    return value


def block_quotations(text: str, start: int) -> Iterator[Span]:
    """The spans of `> ` blocks from `start` on, from their first word to the end of their last line.

    A blank line, or one without the mark, ends a block. The marks of later lines lie inside the span: they are text.
    """
    first_word, last = None, start
    for line in _LINE.finditer(text, start):
        mark = _QUOTED.match(line[0])
        content = line[0][mark.end() :].strip() if mark else ""
        if mark and content:
            first_word = line.start() + mark.end() if first_word is None else first_word
            last = line.start() + len(line[0].rstrip())
        elif first_word is not None:
            yield first_word, last
            first_word = None
    if first_word is not None:
        yield first_word, last
