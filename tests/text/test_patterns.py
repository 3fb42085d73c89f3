"""Patterns that are compiled when they are used."""

from __future__ import annotations

import re

from citecheck.text.patterns import Later, regex


def test_a_pattern_is_compiled_at_its_first_use() -> None:
    later = regex("(")  # would raise at once
    assert isinstance(later, Later)
    try:
        later.search("")
    except re.error:
        pass
    else:
        raise AssertionError


def test_it_is_the_pattern_from_then_on() -> None:
    later, now = regex(r"(?P<a>b+)c", re.IGNORECASE), re.compile(r"(?P<a>b+)c", re.IGNORECASE)
    text = "abc BBC bd"
    for _ in range(2):
        assert [match.span() for match in later.finditer(text)] == [match.span() for match in now.finditer(text)]
        assert later.findall(text, 3) == now.findall(text, 3)
        assert later.sub("-", text) == now.sub("-", text)
        assert later.split(text) == now.split(text)
        assert (later.match(text) is None) == (now.match(text) is None)
        assert later.fullmatch("bbc") and later.search(text)
        assert (later.pattern, later.flags, dict(later.groupindex)) == (now.pattern, now.flags, dict(now.groupindex))
