"""The version of the program, in one place: the package index, `--version` and the reports have it from here."""

__version__ = "0.1.0"
#: What the program finds in an article, as a number: one more in the first change since a release that lets it find
#: other quotations, speakers or sources. Archives know by it which articles an older program extracted.
EXTRACTOR = 1
