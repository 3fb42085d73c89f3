"""The same article twice: which articles are another one again, and of which."""

from __future__ import annotations

from enum import StrEnum

from citecheck.models.values import value


class Again(StrEnum):
    """How an article is another one again."""

    COPY = "copy"  # another outlet's text: syndicated, re-published
    VERSION = "version"  # the same outlet's or page's text: updated


@value
class Copied:
    """An article (its id) that is `of` (an id) again, the one that it is nearest to of those before it.

    `contained` (0 to 1): the share of the shorter text that stands in the other. `ordered`: whether dates, or
    the order in which an archive had the texts of one id, say that `of` is the earlier one; where they do not, the
    direction is only a way to count both once.
    """

    article: str
    kind: Again
    of: str
    contained: float
    ordered: bool
