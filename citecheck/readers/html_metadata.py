"""What a page says of its article: JSON-LD first, then OpenGraph and other `<meta>`, then the page itself.

JSON-LD (schema.org NewsArticle and its relatives) is written for machines by the publisher's own system and names
publisher and author as such; OpenGraph names a site. A canonical link beats `og:url`, which may carry campaign tags.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from citecheck.readers.metadata import iso_date, language_code, one_line, web_url

#: A block of JSON-LD, and how many values of all blocks are looked at: a page has a few kilobytes of it.
_LONGEST_JSON = 1_000_000
_MOST_VALUES = 5_000
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "article.published",
    "date",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author")
_SITE = ("og:site_name", "publisher", "dc.publisher", "citation_journal_title")
_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting", "NewsItem")


class About(NamedTuple):
    """The metadata of a page; fields as in `models.Article`."""

    title: str | None
    publisher: str | None
    published: str | None
    byline: str | None
    url: str | None
    language: str | None
    modified: str | None


def metadata_of(tree: LexborHTMLParser) -> About:
    """All that the page says of its article; None for what it does not say or says in no form that can be trusted."""
    linked = _json_ld(tree)
    meta = _meta(tree)
    publisher = _name(linked.get("publisher")) or _first(one_line(meta.get(name)) for name in _SITE)
    canonical = tree.css_first("link[rel~=canonical]")
    html = tree.css_first("html")
    byline = _name(linked.get("author")) or _first(_author(meta.get(name)) for name in _AUTHOR) or _byline(tree)
    return About(
        title=one_line(linked.get("headline")) or one_line(meta.get("og:title")) or _page_title(tree, publisher),
        publisher=publisher,
        published=_first(iso_date(value) for value in _dates(tree, linked, meta)),
        byline=byline if byline != publisher else None,  # an outlet is nobody's name
        url=_first(
            web_url(value)
            for value in (_attribute(canonical, "href"), linked.get("url"), _page_url(linked), meta.get("og:url"))
        ),
        language=_first(
            language_code(value)
            for value in (_attribute(html, "lang"), linked.get("inLanguage"), meta.get("og:locale"))
        ),
        modified=_first(
            iso_date(value) for value in (linked.get("dateModified"), *(meta.get(name) for name in _MODIFIED))
        ),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _attribute(node: LexborNode | None, name: str) -> str | None:
    return node.attributes.get(name) if node is not None else None


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """The first content of each `<meta>` by its property, name or itemprop in lower case."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if key and content and content.strip():
            found.setdefault(key.strip().lower(), content)
    return found


def _json_ld(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first object of an article type in the page's JSON-LD, wherever it is nested, or an empty one."""
    for script in tree.css("script[type*='ld+json']"):
        source = script.text()
        if len(source) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            types = item.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and name.endswith(_ARTICLE_TYPES) for name in names):
                return item
    return {}


def _objects(data: object) -> Iterator[dict[str, Any]]:
    """The objects in `data`, outer ones first; at most `_MOST_VALUES` values are looked at."""
    queue = [data]
    for index in range(_MOST_VALUES):
        if index >= len(queue):
            return
        value = queue[index]
        if isinstance(value, dict):
            yield value
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)


def _name(value: object) -> str | None:
    """The name or names in a schema.org person or organisation, given as text, object or list."""
    people = value if isinstance(value, list) else [value]
    names = (_author(person.get("name") if isinstance(person, dict) else person) for person in people[:20])
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _author(value: object) -> str | None:
    """`value` where it is a name and no address of a profile."""
    line = one_line(value)
    return None if line is None or line.lower().startswith(("http:", "https:", "www.", "@")) else line


def _page_url(linked: dict[str, Any]) -> object:
    page = linked.get("mainEntityOfPage")
    return page.get("@id") if isinstance(page, dict) else page


def _dates(tree: LexborHTMLParser, linked: dict[str, Any], meta: dict[str, str]) -> Iterator[str | None]:
    yield linked.get("datePublished")
    yield from (meta.get(name) for name in _PUBLISHED)
    for selector in (
        "[itemprop=datePublished]",
        "time[pubdate]",
        "time.published, time.entry-date",
        "article time[datetime]",
        "time[datetime]",
    ):
        node = tree.css_first(selector)
        yield _attribute(node, "datetime") or _attribute(node, "content")


def _byline(tree: LexborHTMLParser) -> str | None:
    """The name that the page itself marks as its author's."""
    node = tree.css_first(
        "[itemprop=author] [itemprop=name], [itemprop=author], a[rel~=author], .byline .author, .byline"
    )
    line = one_line(node.text()) if node is not None else None
    return line.removeprefix("By ").removeprefix("by ") if line and len(line) <= 200 else None


def _page_title(tree: LexborHTMLParser, publisher: str | None) -> str | None:
    """The headline: the only `<h1>`, else `<title>` without the name of the site behind its last bar or dash."""
    headings = [line for node in tree.css("h1")[:10] if (line := one_line(node.text()))]
    if len(headings) == 1:
        return headings[0]
    node = tree.css_first("title")
    title = one_line(node.text()) if node is not None else None
    for bar in (" | ", " - ", " – ", " — ", " · "):
        if title and publisher and title.endswith(bar + publisher):
            return title.removesuffix(bar + publisher)
    return title or (headings[0] if headings else None)
