"""Where each page stands and how one page links to another: as a folder of files, or as sections of one file.

A page has a name such as `index` or `families/3f1c…`. Names are made from content, so a permalink keeps its meaning
when articles are added.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from citecheck.models import make_id

INDEX, ARTICLES, SPEAKERS, SOURCES = "index", "articles", "speakers", "sources"
CHAINS, CONFLICTS, METHOD = "chains", "conflicts", "method"


class Here(NamedTuple):
    """The page that is being made: turns targets into `href` values and fragments into `id` values."""

    page: str
    single: bool = False

    @property
    def _up(self) -> str:
        return "../" if "/" in self.page else ""

    @property
    def layout(self) -> str:
        """The template that the page's own template fills: a document, or a section of the single file."""
        return "section.html" if self.single else "base.html"

    def to(self, page: str, fragment: str = "") -> str:
        """The relative address of `fragment` on `page`, seen from this page."""
        if self.single:
            return f"#{Here(page, True).id(fragment)}"
        path = "" if page == self.page else f"{self._up}{page}.html"
        return f"{path}#{fragment}" if fragment else path or "#top"

    def id(self, fragment: str = "") -> str:
        """The `id` of an element of this page; unique in the single file too."""
        if not self.single:
            return fragment
        return f"{self.page.replace('/', '-')}--{fragment}" if fragment else self.page.replace("/", "-")

    def asset(self, name: str) -> str:
        """The relative address of a file that stands beside the index."""
        return f"{self._up}{name}"


@lru_cache(maxsize=100_000)
def slug(text: str, *identity: object) -> str:
    """A file name that can be read and is unique: ASCII words of `text`, then a hash of `identity` (or of `text`).

    Safe on every file system whatever the text holds: lower case, at most 50 characters, no separators or dots.
    """
    ascii_text = unicodedata.normalize("NFKD", text[:80]).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text)[:40].strip("-")
    return f"{words}-{make_id(*(identity or (text,)))[:8]}".lstrip("-")


#: Rows on one page of the queue or of the articles: above this, browsers take more than a second to lay a table out.
ROWS_PER_PAGE = 2000


def rows_pages(rows: int, single: bool = False) -> int:
    """How many pages `rows` rows take: one in the report in one file, which is searched as a whole."""
    return 1 if single else max(1, -(-rows // ROWS_PER_PAGE))


def numbered(name: str, number: int) -> str:
    """The name of page `number` (from 0) of those that begin with `name`."""
    return f"{name}-{number + 1}" if number else name


class Pages(NamedTuple):
    """Where a page stands among those of one long list: the rows from `start` to `stop`, and `links` to all of them as
    words, address, and whether it is this one; none where there is only one."""

    start: int
    stop: int
    links: tuple[tuple[str, str, bool], ...]


def part(here: Here, name: str, number: int, rows: int) -> Pages:
    """Page `number` of the list `name` of `rows` rows."""
    count = rows_pages(rows, here.single)
    links = tuple((str(at + 1), here.to(numbered(name, at)), at == number) for at in range(count) if count > 1)
    return Pages(number * ROWS_PER_PAGE, (number + 1) * ROWS_PER_PAGE if links else rows, links)


def article_page(article_id: str) -> str:
    return f"articles/{slug(article_id)}"


@lru_cache(maxsize=100_000)
def family_page(family_id: str) -> str:
    return f"families/{make_id(family_id)}"


def speaker_page(name: str) -> str:
    return f"speakers/{slug(name)}"


def source_page(name: str) -> str:
    return f"sources/{slug(name)}"


@lru_cache(maxsize=100_000)
def rendering_fragment(article: str, start: int, end: int) -> str:
    """The fragment of a rendering on the page of its statement: by place, since its number there is that of the day."""
    return f"r{make_id(article, start, end)[:8]}"


def quotation_fragment(quotation: str | None, start: int, end: int) -> str:
    """The fragment of a span on its article page: by record, or by place for a passage without one."""
    return f"q-{make_id(quotation)}" if quotation else f"p-{start}-{end}"
