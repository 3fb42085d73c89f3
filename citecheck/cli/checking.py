"""The commands around the check of a draft: `check`, `signoff` and `config show`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citecheck.cli.options import AgainstOpt, ConfigOpt, JobsOpt, ProfileOpt
from citecheck.cli.output import Progress, count, say
from citecheck.errors import UsageError

if TYPE_CHECKING:
    from citecheck.checks.signoffs import SignOff
    from citecheck.config import Config
    from citecheck.models import Checked, Corpus, Extraction


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
    COSMETIC = "cosmetic"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class FailLevel(StrEnum):
    COSMETIC = "cosmetic"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    NEVER = "never"


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
FailOnOpt = Annotated[FailLevel | None, typer.Option("--fail-on", help="Exit with 1 from this severity on.")]
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


def check(
    drafts: DraftsArg,
    against: AgainstOpt = [],  # noqa: B006 Typer reads the defaults, nothing changes them
    format_: CheckFormatOpt = None,
    output: OutputOpt = [],  # noqa: B006
    fail_on: FailOnOpt = None,
    min_level: MinLevelOpt = None,
    select: SelectOpt = [],  # noqa: B006
    ignore: IgnoreOpt = [],  # noqa: B006
    max_: MaxOpt = None,
    sort: SortOpt = Sort.SEVERITY,
    confirmed: ConfirmedOpt = False,
    since_signoff: SinceOpt = False,
    baseline: BaselineOpt = None,
    write_baseline: WriteBaselineOpt = None,
    exit_zero: ExitZeroOpt = False,
    quiet: QuietOpt = False,
    stdin_filename: StdinOpt = None,
    profile: ProfileOpt = None,
    config: ConfigOpt = None,
    jobs: JobsOpt = None,
) -> None:
    """Check a draft's quotations against an archive before it is published.

    Example: citecheck check draft.txt --against articles/
    """
    from citecheck.checks.decisions import Decisions, decide
    from citecheck.export import decisions as files
    from citecheck.export import findings as out
    from citecheck.models import Severity

    formats = [(path, _format_of(path)) for path in output]
    settings = _settings(config)._replace(jobs=jobs)
    found = _checked(drafts, against, settings, profile, stdin_filename)
    lowest = min_level.value if min_level else settings.min_level
    decisions = Decisions(
        select=_codes("--select", select) or settings.select,
        ignore=(*_codes("--ignore", ignore), *settings.ignore),
        per_file=settings.per_file_ignores,
        min_level=Severity[lowest.upper()],
        by_position=sort is Sort.POSITION,
        baseline=files.read_baseline(baseline) if baseline else frozenset(),
        signoffs=_signoffs(found, since_signoff),
        since_signoff=since_signoff,
    )
    decided = [decide(item, decisions) for item in found]
    if write_baseline:
        say(f"{write_baseline}: {count(files.write_baseline(write_baseline, decided), 'finding')}")
    shown, beyond = _first(decided, max_)
    for path, name in formats:
        _write(path, name, shown, settings, confirmed)
        print(path)
    if format_ or not formats:
        name = format_ or CheckFormat.TEXT
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        text = (
            out.text(shown, confirmed, colour, since_signoff)
            if name is CheckFormat.TEXT
            else _render(name, shown, settings, confirmed)
        )
        sys.stdout.write(text)
    if not quiet:
        say(f"{beyond:,} more, not shown with --max\n" * bool(beyond) + out.summary(decided))
    limit = fail_on.value if fail_on else settings.fail_on
    if not exit_zero and limit != "never" and any(_fails(item, Severity[limit.upper()]) for item in decided):
        raise typer.Exit(1)


def signoff(
    drafts: DraftsArg,
    against: AgainstOpt = [],  # noqa: B006
    lines: Annotated[
        list[int], typer.Option("--line", metavar="N", help="The quotations of this line; may be given again.")
    ] = [],  # noqa: B006
    everything: Annotated[bool, typer.Option("--all", help="All quotations of the draft.")] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who signs off.")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, where there is a finding.")] = "",
    config: ConfigOpt = None,
) -> None:
    """Sign quotations off as they stand, in a file beside the draft; a changed word takes the sign-off back.

    Example: citecheck signoff draft.txt --against articles/ --line 12 --by "Ana Ruiz"
    """
    from citecheck.checks.signoffs import resigned
    from citecheck.export import decisions as files

    if bool(lines) == everything:
        raise UsageError("signoff needs --line N (it may be given again) or --all")
    if "-" in drafts:
        raise UsageError("signoff keeps its file beside the draft, and standard input has no place; name a file")
    for item in _checked(drafts, against, _settings(config), None, None):
        path = files.sidecar(Path(item.extraction.article.path or item.extraction.article.id))
        chosen = [one for one in item.standings if everything or one.line in lines]
        missing = sorted(set(lines) - {one.line for one in item.standings})
        if missing:
            known = ", ".join(str(one.line) for one in item.standings) or "none"
            raise UsageError(
                f"{item.extraction.article.id}: no quotation begins on line {missing[0]}; they do on {known}"
            )
        signed = resigned(item.standings, files.read_signoffs(path) or (), chosen, by, reason)
        files.write_signoffs(path, signed)
        print(path)
        say(f"{count(len(chosen), 'quotation')} signed off, {len(item.standings)} in the draft")


configuration = typer.Typer(help="Say which configuration holds.", no_args_is_help=True)


@configuration.callback()
def _configuration() -> None:
    """Say which configuration holds.

    Example: citecheck config show
    """


@configuration.command()
def show(config: ConfigOpt = None) -> None:
    """Print every setting, what holds and from where.

    Example: citecheck config show
    """
    from citecheck.config import shown

    for line in shown(_settings(config)):
        print(line)


def _settings(path: Path | None) -> Config:
    from citecheck.config import load_config

    return load_config(Path.cwd(), path)


def _codes(option: str, given: Sequence[str]) -> tuple[str, ...]:
    from citecheck.config import unknown_codes

    codes = tuple(code for one in given for code in one.replace(",", " ").upper().split())
    unknown = unknown_codes(codes)
    if unknown:
        raise UsageError(f"{option}: {unknown}")
    return codes


def _format_of(path: Path) -> str:
    from citecheck.export.findings import SUFFIXES, format_of

    found = WORD if path.suffix.lower() == f".{WORD}" else format_of(path.name)
    if found is None:
        known = " ".join(sorted((*SUFFIXES, f".{WORD}")))
        raise UsageError(f"--output {path}: its name says no format; known suffixes are {known}")
    return found


def _checked(
    drafts: Sequence[str], against: Sequence[str], settings: Config, profile: str | None, stdin: str | None
) -> list[Checked]:
    from citecheck import pipeline

    if not against:
        raise UsageError("check needs --against PATH: articles to search, or a database made by citecheck add")
    settings.named_profile(profile)  # a name that is none is said before anything is read
    with Progress("reading") as progress:
        with _named(drafts, stdin) as (paths, ids):
            corpus = pipeline.gather(pipeline.extract_all(paths, settings), progress)
        corpus = _renamed(corpus, ids)
        with pipeline.searching(against, settings, progress) as search:
            return search.check(corpus, profile)


@contextmanager
def _named(drafts: Sequence[str], stdin: str | None) -> Iterator[tuple[list[str], Mapping[str, str]]]:
    """The drafts with standard input as a file of the name that it was given, so that its suffix says how to read it;
    and the ids that such a file is to have."""
    if stdin is None or "-" not in drafts:
        yield list(drafts), {}
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(stdin).name or "draft")
        file.write_bytes(sys.stdin.buffer.read())
        yield [str(file) if one == "-" else one for one in drafts], {str(file): stdin}


def _renamed(corpus: Corpus, ids: Mapping[str, str]) -> Corpus:
    """The corpus with the names of `ids` for the files that stand in for standard input."""

    def renamed(item: Extraction) -> Extraction:
        name = ids.get(item.article.path or "")
        if name is None:
            return item
        said = tuple(replace(quotation, article=name) for quotation in item.quotations)
        return replace(item, article=replace(item.article, id=name, path=name), quotations=said)

    return replace(corpus, extractions=tuple(map(renamed, corpus.extractions)))


def _signoffs(checked: Sequence[Checked], since: bool) -> dict[str, list[SignOff]]:
    """The sign-offs beside each draft that has a file of them."""
    from citecheck.export import decisions as files

    found: dict[str, list[SignOff]] = {}
    for item in checked:
        article = item.extraction.article
        signed = files.read_signoffs(files.sidecar(Path(article.path))) if article.path else None
        if signed is not None:
            found[article.id] = signed
        elif since:
            found[article.id] = []
    return found


def _first(checked: Sequence[Checked], most: int | None) -> tuple[list[Checked], int]:
    """The first findings of all drafts, at most so many, and how many more there are."""
    if most is None:
        return list(checked), 0
    room, kept, beyond = most, [], 0
    for item in checked:
        kept.append(replace(item, findings=item.findings[:room]))
        beyond += len(item.findings) - len(kept[-1].findings)
        room -= len(kept[-1].findings)
    return kept, beyond


def _render(name: str, checked: Sequence[Checked], settings: Config, confirmed: bool) -> str:
    from citecheck import pipeline
    from citecheck.export import findings as out

    return pipeline.check_page(checked, settings) if name == CheckFormat.HTML else out.render(checked, name, confirmed)


def _write(path: Path, name: str, checked: Sequence[Checked], settings: Config, confirmed: bool) -> None:
    from citecheck import pipeline
    from citecheck.files import write_whole

    if name == WORD:
        pipeline.check_word(checked, path)
    elif name == CheckFormat.HTML:
        pipeline.check_report(checked, path, settings)
    else:
        write_whole(path, [_render(name, checked, settings, confirmed).encode("utf-8", "backslashreplace")])


def _fails(checked: Checked, limit: int) -> bool:
    """Whether a finding that nobody decided about reaches the limit, shown or not."""
    return any(finding.severity >= limit for finding in (*checked.findings, *checked.hidden))
