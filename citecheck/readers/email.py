"""E-mail messages, such as press releases: the text is that of the message's plain part, else of its HTML part.

What the sender quotes of an earlier message ("> ") is text like any other: it is a reply, and marks no quotation. Where
it stands below the message it lies outside the body. Attachments are left alone. The older interface of the standard
library is used (policy compat32): the newer one parses every header into a tree, and hostile headers exhaust it.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from itertools import count

from citecheck.models import Article, Skipped, Tier
from citecheck.readers.decode import decode
from citecheck.readers.document import Document, UnreadableError, finished, size
from citecheck.readers.html import page_article
from citecheck.readers.metadata import iso_date, language_code, one_line, web_url
from citecheck.text.boilerplate import body_span
from citecheck.text.lexicons import words

#: What a header says behind this many characters is not read.
_LONGEST_HEADER = 2_000
#: Every line is held against each open boundary: real messages have below ten.
_MOST_BOUNDARIES = 20
#: The line that mail programs put above the message they quote whole, and above one they quote with "> ".
_ORIGINAL = re.compile(r"^[ \t]*-{2,}[ \t]?(?:Original Message|Forwarded message)[ \t]?-{2,}[ \t]*\r?$", re.M | re.I)
_INTRODUCTION = 200
#: A press release says in its first lines that it is one.
_HEAD = 400
#: How an mbox file says that a message begins: "From ", a sender, a date with a clock.
_ENVELOPE = re.compile(rb"From \S{0,300}[ \t]{1,9}[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d")


def read_email(document: Document) -> Iterator[Article]:
    """The one article of an `.eml` file: subject as title, sender as by-line, date as published."""
    yield _message_article(document.content(), document.id, document.path)


def read_mbox(document: Document) -> Iterator[Article | Skipped]:
    """The messages of an `.mbox` file, an article each; the file may be of any size."""
    for number, content in _messages(document):
        place = f"{document.id}:{number}"
        try:
            if content is None:
                raise UnreadableError(f"the message is larger than {size(document.max_bytes)}")
            yield _message_article(content, place, document.path)
        except UnreadableError as error:
            yield Skipped(place, str(error))


def read_mhtml(document: Document) -> Iterator[Article]:
    """The one article of a page that a browser saved with all its parts as one file."""
    message = _parsed(document.content())
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if part is None:
        raise UnreadableError("no web page in it")
    text, encoding = _content(part)
    article = page_article(text, document.id, document.path, encoding)
    address = article.url or web_url(part.get("content-location")) or web_url(message.get("snapshot-content-location"))
    yield finished(replace(article, url=address))


def _messages(document: Document) -> Iterator[tuple[int, bytes | None]]:
    """`(number, content)` of each message; None stands for one that is larger than an article may be."""
    lines: list[bytes] = []
    length = number = 0
    for _ in count():
        line = document.stream.readline(document.max_bytes + 1)
        if not line or _ENVELOPE.match(line):
            if number:
                yield number, b"".join(lines) if length <= document.max_bytes else None
            if not line:
                break
            number, lines, length = number + 1, [], 0
            continue
        length += len(line)
        if number and length <= document.max_bytes:
            lines.append(line[1:] if line.startswith(b">From ") else line)
    if not number:
        raise UnreadableError('no e-mail message in it (each begins with a line "From …")')


def _parsed(content: bytes) -> Message:
    if content.lower().count(b"boundary=") > _MOST_BOUNDARIES:
        raise UnreadableError("its parts are nested too deeply")
    return email.message_from_bytes(content)


def _message_article(content: bytes, identity: str, path: str | None) -> Article:
    message = _parsed(content)
    part = _body(message)
    if part is None or not message.keys():
        raise UnreadableError("no e-mail message with a text in it")
    text, encoding = _content(part)
    if part.get_content_type() == "text/html":
        article = page_article(text, identity, path, encoding)
    else:
        start, end = body_span(text[: reply_start(text)])
        article = Article(id=identity, text=text, path=path, encoding=encoding, body=(start, end))
    return finished(
        replace(
            article,
            title=one_line(_header(message, "subject")) or article.title,
            byline=_sender(_header(message, "from")),
            published=iso_date(_header(message, "date")),
            language=language_code(_header(message, "content-language")) or article.language,
            tier=Tier.PRIMARY if _is_release(_header(message, "subject"), article.text) else None,
        )
    )


def _is_release(subject: str, text: str) -> bool:
    """Whether a message calls itself a press release or a statement: the words as their author gives them out."""
    head = f"{subject}\n{text[:_HEAD]}".lower()
    return any(name in head for name in words("press_releases.txt"))


def _content(part: Message) -> tuple[str, str]:
    payload = part.get_payload(decode=True)
    return decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())


def reply_start(text: str) -> int:
    """Where the earlier message begins that stands quoted below a message, with the line that introduces it.

    The end of `text` where there is none, or nothing above it: a forwarded message is what its sender wants read.
    """
    original = _ORIGINAL.search(text)
    end = original.start() if original else len(text)
    kept = text[:end].rstrip().split("\n")
    quoted = 0
    while len(kept) > quoted and (not kept[-1 - quoted].strip() or kept[-1 - quoted].lstrip().startswith(">")):
        quoted += 1
    if quoted:
        del kept[-quoted:]
        # "On Monday, Ana Ruiz <…> wrote:", on one line or two.
        if kept and kept[-1].rstrip().endswith(":") and len(kept[-1]) <= _INTRODUCTION:
            introduction = kept.pop()
            if not introduction.startswith(("On ", "Am ", "Le ", "El ", "Il ")) and kept and len(kept[-1]) < 80:
                kept.pop()
    above = "\n".join(kept).rstrip()
    return len(above) if above.strip() else len(text)


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
