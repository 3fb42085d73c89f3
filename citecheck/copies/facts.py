"""What tells of two articles which came first and whether one outlet, or one page, has both; their texts aside."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple, Self

from citecheck.models import Article
from citecheck.text.addresses import address_key, host_of, names_page

#: Sorts behind every date.
_UNKNOWN = "~"


#: Where an article stands among others: dates, id, which text of this id, and the id that this text has now.
Place = tuple[str, str, str, int, str]


class Facts(NamedTuple):
    """What an article is known by. `page` is its address without what does not name the page. `place`: where it stands
    among others, by dates, undated ones last, then by id. The texts that one id had stand together, in their order,
    where the dates of the eldest put them: so a link between them never makes a circle with others."""

    id: str
    publisher: str | None
    first: str
    last: str
    page: str | None
    digest: str
    place: Place

    @classmethod
    def of(cls, article: Article, eldest: Article | None = None) -> Self:
        """eldest: the first text that its id had, where that is another one."""
        place = (*_dates(eldest or article), article.name, _number(article), article.id)
        return cls(article.id, article.publisher, *_dates(article), page(article.url), article.digest, place)

    def known_before(self, other: Facts) -> bool:
        """Whether dates say that this one is the earlier: a day is no earlier than an hour of that day."""
        for mine, theirs in ((self.first, other.first), (self.last, other.last)):
            if _UNKNOWN in (mine, theirs):
                return False
            if not (mine.startswith(theirs) or theirs.startswith(mine)):
                return mine < theirs
        return False


def _dates(article: Article) -> tuple[str, str]:
    """When it was published first, and changed last."""
    first, last = article.published or article.modified, article.modified or article.published
    return _moment(first), _moment(last)


def _number(article: Article) -> int:
    return article.earlier.number if article.earlier else sys.maxsize


def in_order(texts: Iterable[Article]) -> list[Article]:
    """The texts that one id had, the eldest first."""
    return sorted(texts, key=lambda article: (_number(article), article.id))


def same_page(a: Facts, b: Facts) -> bool:
    return a.page is not None and a.page == b.page


def same_outlet(a: Facts, b: Facts) -> bool:
    """Whether one outlet has both: by the hosts of their pages where those are known, else by name."""
    if a.publisher and b.publisher and a.publisher.casefold() != b.publisher.casefold():
        return False
    if a.page and b.page:
        return host_of(a.page) == host_of(b.page)
    return bool(a.publisher and b.publisher)


def page(url: str | None) -> str | None:
    """What the addresses of one page share; None where an address names no page."""
    key = address_key(url) if url else None
    return key if key and names_page(key) else None


def _moment(date: str | None) -> str:
    """A date of ISO 8601 so that earlier ones sort first: in UTC where it has an hour and a zone."""
    if not date:
        return _UNKNOWN
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return date
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() if moment.tzinfo else date
