"""The options of `check`, and what it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from citecheck.search import Search

#: `pipeline.searching`, or what stands in for it.
Searching = Callable[..., AbstractContextManager["Search"]]


class CheckFormat(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    RDJSON = "rdjson"
    CSV = "csv"
    MD = "md"
    HTML = "html"


#: The format that is a file with comments in it, and cannot be printed.
WORD = "docx"


class Level(StrEnum):
    """From which severity on; `never` is above all of them."""

    COSMETIC = "cosmetic"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    NEVER = "never"

    @property
    def severity(self) -> int:
        """As `Severity` counts; one more than the gravest for `never`."""
        return list(Level).index(self) + 1


class Sort(StrEnum):
    SEVERITY = "severity"
    POSITION = "position"


DraftsArg = Annotated[
    list[str],
    typer.Argument(metavar="DRAFT", help="Drafts to check, or - for standard input.", show_default=False),
]
CheckFormatOpt = Annotated[
    CheckFormat | None, typer.Option("--format", "-f", help="How to print the findings; text by default.")
]
OutputOpt = Annotated[
    list[Path],
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the findings to FILE, in the format of its suffix; may be given again.",
        show_default=False,
    ),
]
FailOnOpt = Annotated[Level | None, typer.Option("--fail-on", help="Exit with 1 from this severity on.")]
MinLevelOpt = Annotated[Level | None, typer.Option("--min-level", help="Show findings from this severity on.")]
SelectOpt = Annotated[
    list[str], typer.Option("--select", metavar="CODE", help="Only these codes, or beginnings: CC1,CC302.")
]
IgnoreOpt = Annotated[list[str], typer.Option("--ignore", metavar="CODE", help="Not these codes, or beginnings.")]
MaxOpt = Annotated[int | None, typer.Option("--max", metavar="N", min=1, help="Show at most N findings.")]
SortOpt = Annotated[Sort, typer.Option("--sort", help="The order of the findings of a draft.")]
ExitZeroOpt = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")]
QuietOpt = Annotated[bool, typer.Option("--quiet", "-q", help="No summary on standard error.")]
ConfirmedOpt = Annotated[
    bool, typer.Option("--confirmed", help="Tell the confirmed quotations too, each with its witness.")
]
StdinOpt = Annotated[
    str | None, typer.Option("--stdin-filename", metavar="NAME", help="The name of the draft on standard input.")
]
BaselineOpt = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Keep back the findings that FILE knows.")
]
WriteBaselineOpt = Annotated[
    Path | None, typer.Option("--write-baseline", metavar="FILE", help="Write a baseline of all findings.")
]
SinceOpt = Annotated[
    bool, typer.Option("--since-signoff", help="Only quotations that nobody has signed off as they stand.")
]
WatchOpt = Annotated[
    bool, typer.Option("--watch", "-w", help="Check again when anything that was read changes, until Ctrl-C.")
]


class Wanted(NamedTuple):
    """What `check` was asked for."""

    drafts: list[str]
    against: list[str]
    format: CheckFormat | None
    output: list[Path]
    fail_on: Level | None
    min_level: Level | None
    select: list[str]
    ignore: list[str]
    most: int | None
    sort: Sort
    confirmed: bool
    since_signoff: bool
    baseline: Path | None
    write_baseline: Path | None
    exit_zero: bool
    quiet: bool
    stdin_filename: str | None
    profile: str | None
    config: Path | None
    jobs: int | None
