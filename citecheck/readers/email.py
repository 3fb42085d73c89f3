"""E-mail messages, such as press releases: the text is that of the message's plain part, else of its HTML part.

What the sender quotes of an earlier message ("> ") is text like any other: it is a reply, and marks no quotation.
Attachments are left alone. The older interface of the standard library is used (policy compat32): the newer one parses
every header into a tree, and hostile headers exhaust it.
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from citecheck.models import Article
from citecheck.readers.decode import decode
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.html import page_article
from citecheck.readers.metadata import iso_date, one_line

#: What a header says behind this many characters is not read.
_LONGEST_HEADER = 2_000
#: Every line is held against each open boundary: real messages have below ten.
_MOST_BOUNDARIES = 20


def read_email(document: Document) -> Iterator[Article]:
    """The one article of an `.eml` file: subject as title, sender as by-line, date as published."""
    content = document.content()
    if content.lower().count(b"boundary=") > _MOST_BOUNDARIES:
        raise UnreadableError("its parts are nested too deeply")
    message = email.message_from_bytes(content)
    part = _body(message)
    if part is None or not message.keys():
        raise UnreadableError("no e-mail message with a text in it")
    payload = part.get_payload(decode=True)
    text, encoding = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
    if part.get_content_type() == "text/html":
        article = page_article(text, document.id, document.path, encoding)
    else:
        article = Article(id=document.id, text=text, path=document.path, encoding=encoding)
    yield finished(
        replace(
            article,
            title=one_line(_header(message, "subject")) or article.title,
            byline=_sender(_header(message, "from")),
            published=iso_date(_header(message, "date")),
        )
    )


def _body(message: Message) -> Message | None:
    """The first plain part that is no attachment, else the first HTML part."""
    parts = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        found = next((part for part in parts if part.get_content_type() == kind and not part.is_multipart()), None)
        if found is not None:
            return found
    return None


def _header(message: Message, name: str) -> str:
    """A header with its encoded words decoded, or as it stands where they are broken."""
    value = str(message.get(name, ""))[:_LONGEST_HEADER]
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError):  # an unknown charset, broken base64
        return value


def _sender(value: str) -> str | None:
    """The name in a From header, else the address."""
    try:
        name, address = parseaddr(value)
    except RecursionError:  # comments inside comments
        return None
    return one_line(name or address)
