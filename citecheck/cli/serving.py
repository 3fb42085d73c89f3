"""The commands that serve other programs: an assistant, and an editor. Each brings a library that is an extra."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from citecheck.cli.options import AgainstOpt, ConfigOpt
from citecheck.cli.output import say_skipped
from citecheck.errors import UsageError, not_installed

if TYPE_CHECKING:
    from citecheck.serve.desk import Desk


def mcp(
    against: AgainstOpt = [],  # noqa: B006 Typer reads the default, nothing changes it
    config: ConfigOpt = None,
) -> None:
    """Check quotations for an assistant, which starts this command and speaks MCP with it.

    Example: citecheck mcp --against desk.db
    """
    with _extra("mcp"):
        from citecheck.serve import assistant
    with _desk("mcp", against, config) as desk:
        assistant.server(desk).run("stdio")


def lsp(
    against: AgainstOpt = [],  # noqa: B006
    config: ConfigOpt = None,
) -> None:
    """Check drafts in an editor as they are written; it starts this command and speaks LSP with it.

    Example: citecheck lsp --against desk.db
    """
    with _extra("lsp"):
        from citecheck.serve import editor
    with _desk("lsp", against, config) as desk:
        editor.server(desk).start_io()


@contextmanager
def _extra(name: str) -> Iterator[None]:
    """What is imported inside comes with the extra `name`; where it is missing, that is said."""
    try:
        yield
    except ImportError as error:
        raise UsageError(not_installed(f"{name} needs", error.name or name, name)) from None


@contextmanager
def _desk(command: str, against: Sequence[str], config: Path | None) -> "Iterator[Desk]":
    """What is served, opened: standard output is for the protocol, so trouble is said before it begins."""
    from citecheck.serve.desk import Desk

    if not against:
        raise UsageError(f"{command} needs --against PATH: articles to search, or a database made by citecheck add")
    if "-" in against:
        raise UsageError(f"{command} speaks over standard input, so --against - cannot be read; name a file")
    desk = Desk(against, config, _skips)
    try:
        desk.open()
        yield desk
    finally:
        desk.close()


def _skips(item: object) -> None:
    from citecheck.models import Skipped

    if isinstance(item, Skipped):
        say_skipped([item])
