"""Feeds: RSS 0.9 to 2.0 and Atom; an entry is an article, its text what the feed carries of it.

A feed often has the summary alone: that is then the article, where it goes on is its `url`, and its tier that of an
aggregator, as is that of an entry passed on from another feed (`source`). An entry's id is what the feed gives for one,
so that a feed that is fetched again changes the entries that changed. Files of XML that are no feed are handed on to
the reader of wire items.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from citecheck.models import Article, Skipped, Tier
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.fragments import as_text, fragment_text
from citecheck.readers.metadata import iso_date, language_code, one_line, web_url
from citecheck.readers.newsml import NEWS, read_news
from citecheck.readers.pieces import below
from citecheck.readers.xmltree import child, children, descendants, local, parse_xml, said

#: Elements that carry an article whole; the others have a summary.
_FULL = ("encoded", "content")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xml(document: Document) -> Iterator[Article | Skipped]:
    """The entries of a feed, or the items of a wire file (NewsML-G2, NITF)."""
    root = parse_xml(document.content())
    name = local(root)
    if name in ("rss", "rdf", "feed"):
        yield from _entries(root, document)
    elif name in NEWS:
        yield from read_news(root, document)
    elif name in ("urlset", "sitemapindex"):
        raise UnreadableError("a sitemap: it lists addresses and holds no article")
    else:
        raise UnreadableError(f"XML of an unknown kind (<{name[:40]}>); known are RSS, Atom, NewsML-G2 and NITF")


def _entries(root: Element, document: Document) -> Iterator[Article | Skipped]:
    channel = root if local(root) == "feed" else child(root, "channel")
    about = {
        "publisher": _line(said(channel, "title")),
        "language": language_code(said(channel, "language") or root.get(_LANGUAGE)),
    }
    seen: set[str] = set()
    for number, entry in enumerate(descendants(root, "item", "entry"), 1):
        own = one_line(said(entry, "guid", "id")) or web_url(link_of(entry))
        place = f"{document.id}#{own}" if own and own not in seen else f"{document.id}:{number}"
        seen.add(own or "")
        try:
            yield _article(entry, place, document.path, about)
        except UnreadableError as error:
            yield Skipped(place, str(error))
    if not seen:
        raise UnreadableError("a feed without an entry")


def _article(entry: Element, identity: str, path: str | None, about: dict[str, str | None]) -> Article:
    language = about["language"]
    title = _line(said(entry, "title"))
    source, full = _markup(entry)
    body, marked = fragment_text(source, language)
    pieces = below(title, body, marked)
    published = iso_date(said(entry, "pubdate", "published", "date", "issued", "created"))
    modified = iso_date(said(entry, "updated", "modified"))
    passed_on = child(entry, "source")
    return finished(
        Article(
            id=identity,
            text=pieces.text,
            title=title,
            publisher=_line(said(passed_on, "title") or (passed_on.text if passed_on is not None else None))
            or about["publisher"],
            published=published or modified,
            modified=modified if published and modified != published else None,
            byline=_authors(entry),
            url=web_url(link_of(entry)),
            language=language_code(entry.get(_LANGUAGE)) or language,
            path=path,
            encoding="utf-8",
            marked=tuple(pieces.marked),
            tier=None if full and passed_on is None else Tier.AGGREGATOR,
        )
    )


def _markup(entry: Element) -> tuple[str, bool]:
    """The fullest that the entry carries of its article, as HTML, and whether that is all of it: `content:encoded`,
    `content`, else the summary."""
    for name in ("encoded", "content", "description", "summary"):
        for element in children(entry, name):
            if element.get("type") == "xhtml":
                return markup_of(element), name in _FULL
            text = "".join(element.itertext()).strip()
            if text:
                return text, name in _FULL
    return "", False


def markup_of(element: Element) -> str:
    """The content of an element as HTML, namespaces left away."""
    from xml.etree.ElementTree import tostring  # noqa: PLC0415

    for inner in element.iter():
        inner.tag = local(inner)
        inner.attrib = {key: value for key, value in inner.attrib.items() if not key.startswith("{")}
    return tostring(element, encoding="unicode", method="html")


def link_of(entry: Element) -> str | None:
    """The address of an entry: the text of RSS's link, Atom's link to the alternate."""
    for element in children(entry, "link"):
        address = element.get("href") if element.get("rel", "alternate") == "alternate" else None
        if address or (element.text or "").strip():
            return address or (element.text or "").strip()
    guid = child(entry, "guid")
    return guid.text if guid is not None and guid.get("isPermaLink", "true") == "true" else None


def _authors(entry: Element) -> str | None:
    names = (_line(said(element, "name") or element.text) for element in children(entry, "author", "creator"))
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _line(value: str | None) -> str | None:
    return one_line(as_text(value)) if value else None
