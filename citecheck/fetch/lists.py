"""Lists of addresses: plain ones, sitemaps and indexes of sitemaps, the links of a feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from citecheck.fetch.network import gunzipped
from citecheck.readers.decode import decode
from citecheck.readers.document import UnreadableError
from citecheck.readers.feeds import link_of
from citecheck.readers.xmltree import child, children, descendants, local, parse_xml, said

_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|urlset|sitemapindex|rss|feed|rdf:RDF)\b", re.IGNORECASE)
_GZIP = b"\x1f\x8b"
_FEEDS = ("rss", "rdf", "feed")


class Link(NamedTuple):
    """An address in a list; `lists` says whether what stands there is a list again."""

    url: str
    lists: bool


def links_of_xml(content: bytes, limit: int) -> list[Link] | None:
    """The links of a sitemap or a feed, packed or not; None where `content` is neither.

    Raises UnreadableError where it is broken, or unpacks to more than `limit` bytes.
    """
    data = gunzipped(content, limit) if content.startswith(_GZIP) else content
    if not _XML.match(data[:2_000]):
        return None
    root = parse_xml(data)
    name = local(root)
    if name in _FEEDS:
        found = (link_of(entry) for entry in descendants(root, "item", "entry"))
        return [Link(url.strip(), False) for url in found if url and url.strip()]
    if name not in ("urlset", "sitemapindex"):
        return None
    inner = name == "sitemapindex"
    entries = children(root, "sitemap" if inner else "url")
    return [Link(url, inner) for entry in entries if child(entry, "loc") is not None and (url := said(entry, "loc"))]


def lines(content: bytes) -> Iterator[str]:
    """The lines of a plain list but for blank ones and those that begin with `#`. Raises UnreadableError where it is no
    text."""
    if b"\x00" in content:
        raise UnreadableError("no list of addresses, one a line, and no sitemap or feed")
    text = decode(content)[0].removeprefix("\ufeff")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip()
