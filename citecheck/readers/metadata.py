"""Checks on what a document says of itself: it is untrusted, and a value that is not what it should be is dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SPACE = re.compile(r"\s+")
#: Longer than any headline or by-line; what is longer is somebody's attempt to fill the report.
_LONGEST = 2_000


def one_line(value: object) -> str | None:
    """`value` as one line of text, its white space collapsed; None where it is no text, empty or absurdly long."""
    if not isinstance(value, str):
        return None
    line = _SPACE.sub(" ", value).strip()
    return line if 0 < len(line) <= _LONGEST else None


def iso_date(value: object) -> str | None:
    """`value` as an ISO 8601 year, month, day or date and time; RFC 2822 dates are turned into one, None is all else.

    It stays as precise as it was given ("2025-01" is not made the first of January), and in the words in which it was
    given where these begin with YYYY-MM-DD; the standard's other forms ("20250102T0800") are turned into that one.
    """
    line = one_line(value)
    if line is None:
        return None
    try:
        if _DAY.fullmatch(line):
            datetime.fromisoformat((line + "-01-01")[:10])
            return line
        moment = datetime.fromisoformat(line)
        if re.match(r"\d{4}-\d\d-\d\d", line):
            return line
        return moment.isoformat() if "T" in line else moment.date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(line).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def web_url(value: object) -> str | None:
    """`value` where it is an absolute http(s) address without white space, else None: no `javascript:` in a report."""
    line = one_line(value)
    return line if line and re.fullmatch(r"https?://[^\s<>\"]+", line, re.IGNORECASE) else None


def language_code(value: object) -> str | None:
    """The primary language subtag (BCP 47) of `value` in lower case: "en" of "en-GB" or "en_US"; else None."""
    line = one_line(value)
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", line) if line else None
    return match[1].lower() if match else None


def first(found: Mapping[str, object], *names: str) -> object:
    """The first value in `found` under one of `names` that is not empty, else None."""
    return next((found[name] for name in names if found.get(name)), None)
