"""Two addresses of one page have one key: no scheme, `www.`, fragment, tracking or slash at the end, and the rest of
the query in order."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from citecheck.text.lexicons import words


def address_key(url: str) -> str | None:
    """What the addresses of one page share; of a home page no more than its host. None where `url` is no address.

    A parameter counts with its name alone where it has no value: `?20260104` may be all that tells two pages apart.
    """
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        host = parts.netloc.casefold().rpartition("@")[2].removesuffix(":80").removesuffix(":443").removeprefix("www.")
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:  # “http://[” is none; nor is one of more parameters than a parser of queries takes
        return None
    named = sorted(pair for pair in query if not _tracking().match(pair[0].lower()))
    path = unquote(parts.path).rstrip("/")
    return (f"{host}{path}" + (f"?{urlencode(named, errors='surrogatepass')}" if named else "")) if host else None


def names_page(key: str) -> bool:
    """Whether a key is that of a page, and not of a site."""
    return "/" in key or "?" in key


def host_of(key: str) -> str:
    """The host in a key."""
    return re.split("[/?]", key, maxsplit=1)[0]


@cache
def _tracking() -> re.Pattern[str]:
    names = "|".join(re.escape(name).replace(r"\*", ".*") for name in sorted(words("tracking.txt")))
    return re.compile(rf"(?:{names})\Z")
