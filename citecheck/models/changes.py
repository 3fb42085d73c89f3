"""What changed between an article and the one whose copy or version it is."""

from __future__ import annotations

from citecheck.models.articles import Quotation
from citecheck.models.compared import Comparison
from citecheck.models.copies import Copied
from citecheck.models.values import value


@value
class Changes:
    """What an article has otherwise than the earlier one that `link` names.

    headline: the earlier and the new one, None where they are the same or one is not known. added, dropped: quotations
    and reported statements that only one of the two has. changed: those that differ in words, speaker or source, the
    earlier first, with how. kept: how many are the same.
    """

    link: Copied
    headline: tuple[str, str] | None
    added: tuple[Quotation, ...]
    dropped: tuple[Quotation, ...]
    changed: tuple[tuple[Quotation, Quotation, Comparison], ...]
    kept: int

    @property
    def any(self) -> bool:
        """Whether anything of this changed."""
        return bool(self.headline or self.added or self.dropped or self.changed)
