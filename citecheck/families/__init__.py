"""Families of renderings: grouped by statement, compared with their base, with the chain of credits behind them."""

from citecheck.families.base import choose
from citecheck.families.chains import chain_of, circles, credit_matrix
from citecheck.families.group import group, matches_of

__all__ = ["chain_of", "choose", "circles", "credit_matrix", "group", "matches_of"]
