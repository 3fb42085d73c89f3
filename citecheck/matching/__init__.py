"""Where words come from, and which renderings are of one statement: search by containment, evidence in bits."""

from citecheck.matching.columns import Statistics
from citecheck.matching.index import Index
from citecheck.matching.pairs import Compared, compare_pairs, find_pairs
from citecheck.matching.statements import is_few_words
from citecheck.matching.trace import trace

__all__ = ["Compared", "Index", "Statistics", "compare_pairs", "find_pairs", "is_few_words", "trace"]
