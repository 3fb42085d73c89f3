"""Outlets and documents that a text credits: the table of them, each credit in an article, and what it is given for.

`find_credits` lists every mention that credits a source, `publisher_of` says whose article it is, and `link` ties
credits to the quotations they are given for.
"""

from citecheck.sources.credits import find_credits
from citecheck.sources.linking import link
from citecheck.sources.outlets import Outlet, Outlets, load_outlets
from citecheck.sources.publisher import publisher_of

__all__ = ["Outlet", "Outlets", "find_credits", "link", "load_outlets", "publisher_of"]
