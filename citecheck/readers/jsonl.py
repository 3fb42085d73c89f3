"""JSON lines: an article a line, `{"id", "text"}` and, where known, its title, publisher, date, address …"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count

from citecheck.models import Article, Skipped
from citecheck.readers.document import Document, UnreadableError, finished, size
from citecheck.readers.metadata import iso_date, language_code, web_url

_OPTIONAL = ("title", "publisher", "published", "url", "byline", "language", "modified")


def read_jsonl(document: Document) -> Iterator[Article | Skipped]:
    """The articles of a `.jsonl` file, read line by line; a line that is broken is skipped under its number.

    Lines end at LF only, and blank ones are passed over. `max_bytes` bounds a line: the file may be of any size.
    """
    seen: dict[str, int] = {}
    for number in count(1):
        line = document.stream.readline(document.max_bytes + 1)
        if not line:
            return
        place = f"{document.id}:{number}"
        try:
            if len(line) > document.max_bytes:
                _pass_over(document)
                raise UnreadableError(f"the line is larger than {size(document.max_bytes)}")
            if not line.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            article = record_article(_mapped(_record(line), document.columns), place, document.path)
            if article.id in seen:
                raise UnreadableError(f'the id "{article.id}" was used on line {seen[article.id]}; ids must be unique')
            seen[article.id] = number
            yield article
        except UnreadableError as error:
            yield Skipped(place, str(error))


def _mapped(record: dict[str, object], columns: Mapping[str, str]) -> dict[str, object]:
    """`record` with each mapped field under its own name; "story.body" is the key body of the object under story."""
    found = dict(record)
    for field, column in columns.items():
        value: object = record.get(column)
        if column not in record:
            value = record
            for key in column.split("."):
                value = value.get(key) if isinstance(value, dict) else None
        found[field] = value
    return found


def record_article(record: dict[str, object], place: str, path: str | None) -> Article:
    """The article in one object; also that of a row of a table."""
    text = record.get("text")
    if not isinstance(text, str):
        raise UnreadableError('it has no "text"' if text is None else '"text" is not a string')
    given = record.get("id")
    if isinstance(given, bool) or not isinstance(given, str | int | None):
        raise UnreadableError('"id" is not a string')
    known: dict[str, str] = {}
    for name in _OPTIONAL:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise UnreadableError(f'"{name}" is not a string')
        if value and value.strip():
            known[name] = value.strip().encode("utf-8", "replace").decode()
    identity = str(given).encode("utf-8", "replace").decode() if given not in (None, "") else place
    return finished(
        Article(
            id=identity,
            text=text,
            title=known.get("title"),
            publisher=known.get("publisher"),
            published=iso_date(known.get("published")),
            url=web_url(known.get("url")),
            byline=known.get("byline"),
            language=language_code(known.get("language")),
            modified=iso_date(known.get("modified")),
            path=path,
            encoding="utf-8",
        )
    )


def _record(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 (byte {error.start + 1} of the line)") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: {error.msg} (column {error.colno})") from None
    except (ValueError, RecursionError):
        raise UnreadableError("not JSON that can be read: nested too deeply, or a number too long") from None
    if not isinstance(record, dict):
        raise UnreadableError('not an article: a line is {"id": …, "text": …}')
    return record


def _pass_over(document: Document) -> None:
    """Reads the rest of a line that is too long, in pieces, and forgets it."""
    while True:
        piece = document.stream.readline(1 << 20)
        if not piece or piece.endswith(b"\n"):
            return
