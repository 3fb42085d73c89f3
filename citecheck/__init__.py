"""citecheck: who said it, who is credited, and how each rendering of a quotation differs."""

__version__ = "0.1.0"
