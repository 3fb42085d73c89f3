"""The error tree. Each message names the file, the place and what to do next; the command line turns it into text
and an exit status in one place. Trouble with one article of a batch is no exception but a `models.Skipped`."""

from __future__ import annotations


def not_installed(what: str, module: str, extra: str) -> str:
    """How a user is told that `what` needs a library that comes with the extra `extra`."""
    library = module.partition(".")[0]
    return f'{what} {library}, which is not installed: pip install "citecheck-news[{extra}]"'


class CitecheckError(Exception):
    """Anything that citecheck reports to its user in one line. `exit_status` is that of the command line."""

    exit_status = 2


class UsageError(CitecheckError):
    """The call asks for something that cannot be done: an unknown format, a missing path, two of what can be one."""


class InputError(CitecheckError):
    """Nothing could be read where something was needed; a single unreadable file is a `Skipped` instead."""


class ConfigError(CitecheckError):
    """A configuration file is wrong; the message quotes its line."""


class ArchiveError(CitecheckError):
    """A database is not ours, is newer than this program, is locked, or cannot be written."""


class OutputError(CitecheckError):
    """The place to write to cannot be written; nothing was left half-written."""
