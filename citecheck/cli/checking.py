"""The commands around the check of a draft: `check`, `signoff` and `config show`."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citecheck.cli.check_options import (
    WORD,
    BaselineOpt,
    CheckFormat,
    CheckFormatOpt,
    ConfirmedOpt,
    DraftsArg,
    ExitZeroOpt,
    FailOnOpt,
    IgnoreOpt,
    Level,
    MaxOpt,
    MinLevelOpt,
    OutputOpt,
    QuietOpt,
    Searching,
    SelectOpt,
    SinceOpt,
    Sort,
    SortOpt,
    StdinOpt,
    Wanted,
    WatchOpt,
    WriteBaselineOpt,
)
from citecheck.cli.options import AgainstOpt, ConfigOpt, JobsOpt, ProfileOpt
from citecheck.cli.output import Progress, count, say
from citecheck.errors import UsageError

if TYPE_CHECKING:
    from citecheck.checks.decisions import Decisions
    from citecheck.config import Config
    from citecheck.models import Checked, Corpus, Extraction


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
    watch: WatchOpt = False,
) -> None:
    """Check a draft's quotations against an archive before it is published.

    Example: citecheck check draft.txt --against articles/
    """
    wanted = Wanted(
        drafts,
        against,
        format_,
        output,
        fail_on,
        min_level,
        select,
        ignore,
        max_,
        sort,
        confirmed,
        since_signoff,
        baseline,
        write_baseline,
        exit_zero,
        quiet,
        stdin_filename,
        profile,
        config,
        jobs,
    )
    if watch:
        from citecheck.cli.watching import check_again

        check_again(wanted, partial(_check, wanted))
    elif _check(wanted):
        raise typer.Exit(1)


def _check(wanted: Wanted, searching: Searching | None = None) -> bool:
    """Check once, print what was asked for, and say whether a finding reaches the limit. searching: instead of the
    pipeline's own, which opens what is searched and closes it again."""
    from citecheck.checks.decisions import decide
    from citecheck.export import decisions as files
    from citecheck.export import findings as out

    formats = [(path, _format_of(path)) for path in wanted.output]
    settings = settings_of(wanted.config)._replace(jobs=wanted.jobs)
    found = check_drafts(wanted.drafts, wanted.against, settings, wanted.profile, wanted.stdin_filename, searching)
    decisions = _decisions(wanted, settings, found)
    decided = [decide(item, decisions) for item in found]
    if wanted.write_baseline:
        say(f"{wanted.write_baseline}: {count(files.write_baseline(wanted.write_baseline, decided), 'finding')}")
    shown, beyond = _first(decided, wanted.most)
    for path, name in formats:
        _write(path, name, shown, settings, wanted.confirmed)
        print(path)
    if wanted.format or not formats:
        name = wanted.format or CheckFormat.TEXT
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        text = (
            out.text(shown, wanted.confirmed, colour, wanted.since_signoff)
            if name is CheckFormat.TEXT
            else _render(name, shown, settings, wanted.confirmed)
        )
        sys.stdout.write(text)
    if not wanted.quiet:
        say(f"{beyond:,} more, not shown with --max\n" * bool(beyond) + out.summary(decided))
    limit = (wanted.fail_on or Level(settings.fail_on)).severity
    return any(_fails(item, limit) for item in decided) and not wanted.exit_zero


def _decisions(wanted: Wanted, settings: "Config", found: "Sequence[Checked]") -> "Decisions":
    """What holds for this run: the options come before the configuration."""
    from citecheck.export import decisions as files

    known = decisions_of(settings, wanted.min_level, wanted.sort, wanted.baseline)
    decisions = replace(
        known,
        select=_codes("--select", wanted.select) or known.select,
        ignore=(*_codes("--ignore", wanted.ignore), *known.ignore),
        since_signoff=wanted.since_signoff,
    )
    return files.with_sidecars(decisions, found, wanted.since_signoff)


def decisions_of(settings: "Config", min_level: Level | None, sort: Sort, baseline: Path | None) -> "Decisions":
    """What the configuration says of the findings, with the options that `check` and `review` share before it."""
    from citecheck.export import decisions as files

    known = settings.decisions()
    return replace(
        known,
        min_level=min_level.severity if min_level else known.min_level,
        by_position=sort is Sort.POSITION,
        baseline=files.read_baseline(baseline) if baseline else frozenset(),
    )


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
    for item in check_drafts(drafts, against, settings_of(config), None, None):
        path = files.sidecar(Path(item.extraction.article.path or item.extraction.article.id))
        chosen = [one for one in item.standings if everything or one.line in lines]
        missing = sorted(set(lines) - {one.line for one in item.standings})
        if missing:
            known = ", ".join(str(one.line) for one in item.standings) or "none"
            raise UsageError(
                f"{item.extraction.article.id}: no quotation begins on line {missing[0]}; they do on {known}"
            )
        kept = files.read_sidecar(path)
        signed = resigned(item.standings, kept.signoffs or (), chosen, by, reason)
        files.write_sidecar(path, kept._replace(signoffs=signed))
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

    for line in shown(settings_of(config)):
        print(line)


def settings_of(path: Path | None) -> "Config":
    """The configuration that holds here, or the one at `path`."""
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


def check_drafts(
    drafts: Sequence[str],
    against: Sequence[str],
    settings: "Config",
    profile: str | None,
    stdin: str | None,
    searching: Searching | None = None,
) -> "list[Checked]":
    """The drafts, read and checked; nothing is decided about their findings yet."""
    from citecheck import pipeline

    if not against:
        raise UsageError("check needs --against PATH: articles to search, or a database made by citecheck add")
    settings.named_profile(profile)  # a name that is none is said before anything is read
    with Progress("reading") as progress:
        with _named(drafts, stdin) as (paths, ids):
            corpus = pipeline.gather(pipeline.extract_all(paths, settings), progress)
        corpus = _renamed(corpus, ids)
        with (searching or pipeline.searching)(against, settings, progress) as search:
            return search.check(corpus, profile)


@contextmanager
def _named(drafts: Sequence[str], stdin: str | None) -> Iterator[tuple[list[str], Mapping[str, str]]]:
    """The drafts with standard input as a file of the name that it was given, so that its suffix says how to read it;
    and the ids that such a file is to have."""
    if stdin is None or "-" not in drafts:
        yield list(drafts), {}
        return
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(stdin).name or "draft")
        file.write_bytes(sys.stdin.buffer.read())
        yield [str(file) if one == "-" else one for one in drafts], {str(file): stdin}


def _renamed(corpus: "Corpus", ids: Mapping[str, str]) -> "Corpus":
    """The corpus with the names of `ids` for the files that stand in for standard input."""

    def renamed(item: "Extraction") -> "Extraction":
        name = ids.get(item.article.path or "")
        if name is None:
            return item
        said = tuple(replace(quotation, article=name) for quotation in item.quotations)
        return replace(item, article=replace(item.article, id=name, path=name), quotations=said)

    return replace(corpus, extractions=tuple(map(renamed, corpus.extractions)))


def _first(checked: "Sequence[Checked]", most: int | None) -> "tuple[list[Checked], int]":
    """The first findings of all drafts, at most so many, and how many more there are."""
    if most is None:
        return list(checked), 0
    room, kept, beyond = most, [], 0
    for item in checked:
        kept.append(replace(item, findings=item.findings[:room]))
        beyond += len(item.findings) - len(kept[-1].findings)
        room -= len(kept[-1].findings)
    return kept, beyond


def _render(name: str, checked: "Sequence[Checked]", settings: "Config", confirmed: bool) -> str:
    from citecheck import pipeline
    from citecheck.export import findings as out

    return pipeline.check_page(checked, settings) if name == CheckFormat.HTML else out.render(checked, name, confirmed)


def _write(path: Path, name: str, checked: "Sequence[Checked]", settings: "Config", confirmed: bool) -> None:
    from citecheck import pipeline
    from citecheck.files import write_whole

    if name == WORD:
        pipeline.check_word(checked, path)
    elif name == CheckFormat.HTML:
        pipeline.check_report(checked, path, settings)
    else:
        write_whole(path, [_render(name, checked, settings, confirmed).encode("utf-8", "backslashreplace")])


def _fails(checked: "Checked", limit: int) -> bool:
    """Whether a finding that nobody decided about reaches the limit, shown or not."""
    return any(finding.severity >= limit for finding in (*checked.findings, *checked.hidden))
