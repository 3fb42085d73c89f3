"""Wire items in JSON: ninjs 1 to 3 of the IPTC, one item, a list of them, or a list under "items".

The text is that of the body as text, else as HTML, below the headline where the body does not repeat it. Items under
"associations" (pictures, related stories) are other items.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from citecheck.models import Article, Skipped, Tier
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.fragments import fragment_text
from citecheck.readers.metadata import first, iso_date, language_code, one_line, web_url
from citecheck.readers.pieces import below

_BODIES = ("body_text", "body_xhtml", "body_html", "body_sphtml")
#: Some systems write mark-up where the format says that there is none.
_MARKUP = re.compile(r"</(?:p|div)>|<br\b", re.IGNORECASE)
_MOST_ITEMS = 100_000


def read_json(document: Document) -> Iterator[Article | Skipped]:
    """The news items of a `.json` file."""
    source, _ = document.text()
    try:
        found = json.loads(source.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except (ValueError, RecursionError):
        raise UnreadableError("not JSON that can be read: nested too deeply, or a number too long") from None
    listed = found.get("items") if isinstance(found, dict) and isinstance(found.get("items"), list) else found
    items = listed if isinstance(listed, list) else [listed]
    known = [item for item in items[:_MOST_ITEMS] if isinstance(item, dict) and _body(item) is not None]
    if not known:
        raise UnreadableError("no news item (ninjs) in it: none has a body_text, a body_html or bodies")
    for number, item in enumerate(known, 1):
        place = document.id if len(known) == 1 else f"{document.id}:{number}"
        try:
            yield _article(item, place, document.path)
        except UnreadableError as error:
            yield Skipped(place, str(error))


def _body(item: Mapping[str, Any]) -> tuple[str, bool] | None:
    """`(body, whether it is plain text)` of an item, text before markup; ninjs 2 lists `bodies` by role and type."""
    listed = item.get("bodies")
    for body in listed if isinstance(listed, list) else ():
        if isinstance(body, dict) and isinstance(body.get("value"), str) and body["value"].strip():
            return _with_form(body["value"], body.get("contenttype") == "text/plain")
    found = first(item, *_BODIES)
    return _with_form(found, bool(item.get("body_text"))) if isinstance(found, str) and found.strip() else None


def _with_form(body: str, plain: bool) -> tuple[str, bool]:
    return body, plain and not _MARKUP.search(body)


def _article(item: Mapping[str, Any], identity: str, path: str | None) -> Article:
    language = language_code(item.get("language"))
    source, plain = _body(item) or ("", True)
    body, marked = (html.unescape(source).strip(), ()) if plain else fragment_text(source, language)
    headline = one_line(first(item, "headline", "title")) or _value(item.get("headlines"))
    pieces = below(headline, body, marked)
    created = first(item, "firstcreated", "contentcreated", "versioncreated")
    changed = item.get("versioncreated")
    return finished(
        Article(
            id=identity,
            text=pieces.text,
            title=headline,
            publisher=_publisher(item),
            published=iso_date(created),
            modified=iso_date(changed) if changed != created else None,
            byline=one_line(item.get("byline")) or _value(item.get("bylines"), "byline"),
            url=web_url(item.get("url")) or web_url(item.get("uri")),
            language=language,
            path=path,
            encoding="utf-8",
            marked=tuple(pieces.marked),
            tier=Tier.AGENCY,
        )
    )


def _value(listed: object, key: str = "value") -> str | None:
    """The first value of a list of objects, as ninjs 2 gives headlines and by-lines."""
    found = listed[0] if isinstance(listed, list) and listed else None
    return one_line(found.get(key) or found.get("value")) if isinstance(found, dict) else None


def _publisher(item: Mapping[str, Any]) -> str | None:
    for name in ("infosources", "provider", "source", "rightsinfo"):
        value = item.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, dict):
            value = first(value, "name", "copyrightholder", "literal")
        if line := one_line(value):
            return line
    return one_line(item.get("copyrightholder"))
