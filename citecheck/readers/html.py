"""Web pages: the extracted article is the text, and the page's own metadata is read.

Nothing is taken from elsewhere than the page: no network, no scripts. The text is what a browser shows of the article:
entities resolved, white space collapsed, blocks apart by an empty line, what `<del>` strikes out left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.models import Article
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.html_bounds import excess
from citecheck.readers.metadata import web_url

#: A charset is declared in the first 1024 bytes (WHATWG HTML 4.2.5.4); pages are laxer, browsers read on, so do we.
_HEAD_BYTES = 8_192
_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]{0,100}?encoding=["']([\w.:-]+)""", re.I
)
#: The address that browsers and SingleFile write into a page when they save it.
_SAVED_FROM = re.compile(
    r"<!--\s{0,20}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,20}url:\s{0,20})(https?://[^\s<>\"]{1,2000})"
)


def read_html(document: Document) -> Iterator[Article]:
    """The one article of a web page. Raises UnreadableError where the page is built to exhaust a parser."""
    page, encoding = document.text(declared)
    yield finished(page_article(page, document.id, document.path, encoding))


def page_article(page: str, identity: str, path: str | None, encoding: str) -> Article:
    """The article in the HTML `page`, unfinished. Raises UnreadableError as `read_html` does."""
    trouble = excess(page)
    if trouble:
        raise UnreadableError(trouble)
    return article_of(page.removeprefix("\ufeff"), identity, path, encoding)


def article_of(page: str, identity: str, path: str | None, encoding: str) -> Article:
    """The article in the HTML `page`, unfinished. Parser and helpers are imported here: most runs meet no page."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    from citecheck.readers.html_content import content_of  # noqa: PLC0415
    from citecheck.readers.html_metadata import metadata_of  # noqa: PLC0415

    tree = LexborHTMLParser(page)
    saved = _SAVED_FROM.search(page, 0, _HEAD_BYTES)
    about = metadata_of(tree)
    text, marked, notes = content_of(tree, about.language)
    return Article(
        id=identity,
        text=text,
        title=about.title,
        publisher=about.publisher,
        published=about.published,
        url=about.url or (web_url(saved[1]) if saved else None),
        byline=about.byline,
        language=about.language,
        path=path,
        encoding=encoding,
        marked=marked,
        modified=about.modified,
        notes=notes,
    )


def declared(data: bytes) -> str | None:
    """The charset that the bytes of a page name."""
    match = _CHARSET.search(data[:_HEAD_BYTES])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None
