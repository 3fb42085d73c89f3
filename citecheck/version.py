"""The version of the program, in one place: the package index, `--version` and the reports have it from here."""

__version__ = "0.1.0"
