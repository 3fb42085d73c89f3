"""The options that several commands have, and the choices that they take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from citecheck.cli.output import Format

PathsArg = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.", show_default=False),
]
FormatOpt = Annotated[Format, typer.Option("--format", "-f", help="How to print the results.")]
AgainstOpt = Annotated[
    list[str],
    typer.Option(
        "--against",
        metavar="PATH",
        help="Articles to search, or a database made by citecheck add; may be given again.",
        show_default=False,
    ),
]
ConfigOpt = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Configuration to use instead of the nearest citecheck.toml."),
]
MaxBytesOpt = Annotated[
    int | None,
    typer.Option("--max-bytes", metavar="N", min=1, help="Skip an article that is larger; 50,000,000 by default."),
]
JobsOpt = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes that extract at once; all processors by default."),
]
MapOpt = Annotated[
    str | None,
    typer.Option("--map", metavar="FIELD=COLUMN,…", help="Columns of a table: text=Body,title=Headline."),
]
ProfileOpt = Annotated[
    str | None,
    typer.Option(
        "--profile", metavar="NAME", help="House rules that set the severities; the configuration's, else default."
    ),
]
