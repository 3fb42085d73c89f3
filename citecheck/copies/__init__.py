"""Copies and versions: which articles are the same text again, and what changed between versions."""

from citecheck.copies.facts import Facts, page
from citecheck.copies.find import body, copied, find
from citecheck.copies.shelf import Link, enter, link_anew
from citecheck.copies.shingles import MOST_LOOKED_AT, shingles, sketch

__all__ = [
    "MOST_LOOKED_AT",
    "Facts",
    "Link",
    "body",
    "copied",
    "enter",
    "find",
    "link_anew",
    "page",
    "shingles",
    "sketch",
]
