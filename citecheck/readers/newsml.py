"""Wire items in XML: NewsML-G2 of the IPTC, one item or a message of many, and NITF by itself or inside it.

The text is the headline and the body. The provider is the publisher: for wire copy the agency. Pictures, packages of
other items and concepts have no text and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from citecheck.models import Article, Skipped, Span, Tier
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.fragments import fragment_text
from citecheck.readers.metadata import iso_date, language_code, one_line, web_url
from citecheck.readers.pieces import below
from citecheck.readers.xmltree import child, children, descendants, local, said

#: The names of the root elements that are read here.
NEWS = ("newsitem", "newsmessage", "nitf")
#: Elements of NITF that HTML calls otherwise.
_AS_HTML = {"hl1": "h1", "hl2": "h2", "bq": "blockquote", "block": "div", "pronounce": "i", "tagline": "div"}
_LEFT_OUT = ("media", "media-reference", "media-caption", "docdata", "script", "style")


def read_news(root: Element, document: Document) -> Iterator[Article | Skipped]:
    """The items under `root` that have a text."""
    items = [root] if local(root) == "nitf" else list(descendants(root, "newsitem"))
    found = False
    for number, item in enumerate(items, 1):
        place = document.id if len(items) == 1 else f"{document.id}:{number}"
        try:
            article = _article(item, place, document.path)
        except UnreadableError as error:
            yield Skipped(place, str(error))
            continue
        if article is not None:
            found = True
            yield article
    if not found:
        raise UnreadableError("no news item with a text in it")


def _article(item: Element, identity: str, path: str | None) -> Article | None:
    about, content = child(item, "itemmeta"), child(item, "contentmeta")
    nitf = next(descendants(item, "nitf"), None)
    language = next((language_code(tag.get("tag")) for tag in children(content, "language")), None)
    body, marked = _body(item, nitf, language)
    if not body:
        return None
    inside = next(descendants(nitf, "body.head"), None) if nitf is not None else None
    headline = one_line(said(content, "headline") or _under(inside, "hl1"))
    pieces = below(headline, body, marked)
    created = said(content, "contentcreated") or said(about, "firstcreated", "versioncreated") or _issued(nitf)
    changed = said(about, "versioncreated")
    return finished(
        Article(
            id=identity,
            text=pieces.text,
            title=headline,
            publisher=_name(about, "provider") or _name(content, "infosource") or _under(inside, "distributor"),
            published=iso_date(created),
            modified=iso_date(changed) if changed != created else None,
            byline=one_line(said(content, "by") or _under(inside, "byline") or said(content, "creator")),
            url=web_url(next((link.get("href") for link in descendants(item, "remoteinfo", "link")), None)),
            language=language,
            path=path,
            encoding="utf-8",
            marked=tuple(pieces.marked),
            tier=Tier.AGENCY,
        )
    )


def _body(item: Element, nitf: Element | None, language: str | None) -> tuple[str, tuple[Span, ...]]:
    if nitf is not None:
        content = next(descendants(nitf, "body.content"), None)
        return fragment_text(_html(content), language) if content is not None else ("", ())
    data = next(descendants(item, "inlinedata"), None)
    if data is not None:
        return fragment_text("".join(data.itertext()), language)
    inline = next(descendants(item, "inlinexml"), None)
    body = next(descendants(inline, "body"), inline) if inline is not None else None
    return fragment_text(_html(body), language) if body is not None else ("", ())


def _html(content: Element) -> str:
    """The content of a body as HTML. A copy is made: names change, and what is no text is left out."""
    root = Element("div")
    stack = [(content, root)]
    while stack:
        source, target = stack.pop()
        target.text = source.text
        for inner in source:
            name = local(inner)
            kept = name not in _LEFT_OUT
            copy = SubElement(target, _AS_HTML.get(name, name) if kept else "wbr")
            copy.tail = inner.tail
            if kept:
                stack.append((inner, copy))
    return tostring(root, encoding="unicode", method="html")


def _name(parent: Element | None, name: str) -> str | None:
    found = child(parent, name)
    if found is None:
        return None
    return one_line(said(found, "name")) or one_line(found.get("literal")) or one_line(found.text)


def _under(element: Element | None, name: str) -> str | None:
    found = next(descendants(element, name), None) if element is not None else None
    return one_line("".join(found.itertext())) if found is not None else None


def _issued(nitf: Element | None) -> str | None:
    found = next(descendants(nitf, "date.issue", "story.date"), None) if nitf is not None else None
    return found.get("norm") if found is not None else None
