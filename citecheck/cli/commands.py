"""The commands: each parses its options, calls one verb of the pipeline, prints, and says what it did."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from citecheck.cli import checking, fetching, reviewing, serving
from citecheck.cli.options import AgainstOpt, ConfigOpt, FormatOpt, JobsOpt, MapOpt, MaxBytesOpt, PathsArg, ProfileOpt
from citecheck.cli.output import Format, Output, Progress, count, say, say_skipped, say_stages
from citecheck.errors import UsageError
from citecheck.version import __version__

if TYPE_CHECKING:
    from citecheck.config import Config
    from citecheck.models import Corpus

# What a command needs is imported inside it: `citecheck --help` should not wait for the extractor. Annotations are no
# strings in the modules of commands: Typer would compile each of them at every start.

app = typer.Typer(
    name="citecheck",
    help="Find every quotation with its speaker and source, and see how each rendering differs.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"citecheck {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Say at the end what each stage cost.")] = False,
) -> None:
    """Find every quotation with its speaker and source, and see how each rendering differs.

    Example: citecheck report articles/ -o report
    """
    if stats:
        import atexit

        atexit.register(say_stages)


@app.command()
def add(
    paths: PathsArg,
    db: Annotated[Path, typer.Option("--db", metavar="FILE", help="The archive; made where it is missing.")],
    config: ConfigOpt = None,
    max_bytes: MaxBytesOpt = None,
    columns: MapOpt = None,
    jobs: JobsOpt = None,
) -> None:
    """Put articles into an archive; adding twice adds nothing.

    Example: citecheck add articles/ --db desk.db
    """
    from citecheck import pipeline

    with Progress("adding") as progress:
        added = pipeline.add(paths, db, _config(config, max_bytes, columns, jobs), progress)
    again = f" ({added.again:,} extracted again)" if added.again else ""
    say(
        f"{db}: {count(added.changed, 'article')} added or changed, "
        f"{added.known:,} already there{again}, {len(added.skipped):,} skipped"
    )


@app.command()
def extract(
    paths: PathsArg,
    format_: FormatOpt = Format.TABLE,
    sources: Annotated[bool, typer.Option("--sources", help="List the credited sources instead.")] = False,
    config: ConfigOpt = None,
    max_bytes: MaxBytesOpt = None,
    columns: MapOpt = None,
    jobs: JobsOpt = None,
) -> None:
    """List every quotation with its kind, speaker, cue and credited sources.

    Example: citecheck extract article.txt
    """
    from citecheck import pipeline
    from citecheck.export import records, terminal
    from citecheck.models import Skipped

    articles = found = 0
    output = Output(format_)
    for item in pipeline.extract_all(paths, _config(config, max_bytes, columns, jobs)):
        if isinstance(item, Skipped):
            say_skipped([item])
            continue
        articles += 1
        found += len(item.credits if sources else item.quotations)
        for credit in item.credits if sources else ():
            output.write(
                records.source_mention(item.article.id, credit),
                partial(terminal.source_mention, item.article.id, credit),
            )
        for quotation in () if sources else item.quotations:
            place = item.article.place(quotation.start)
            output.write(records.quotation(quotation, place), partial(terminal.quotation, quotation, place))
    output.close()
    say(f"{count(found, 'credit' if sources else 'quotation')} in {count(articles, 'article')}")


@app.command()
def match(paths: PathsArg, format_: FormatOpt = Format.TABLE, config: ConfigOpt = None, jobs: JobsOpt = None) -> None:
    """Line up the renderings of one statement across articles, a pair a line.

    PATH may also be a database made by citecheck add.

    Example: citecheck match articles/ --format jsonl
    """
    from citecheck import pipeline
    from citecheck.export import records, terminal

    settings = _config(config, jobs=jobs)
    corpus = _corpus(paths, settings)
    output = Output(format_)
    pairs = pipeline.match(corpus, settings)
    for pair in pairs:
        output.write(records.match(pair), partial(terminal.match, pair))
    output.close()
    say(f"{count(len(pairs), 'pair')} in {count(len(corpus.extractions), 'article')}")


@app.command()
def versions(
    paths: PathsArg, format_: FormatOpt = Format.TABLE, config: ConfigOpt = None, jobs: JobsOpt = None
) -> None:
    """List the articles that are another one again, copies and versions, and what changed.

    PATH may also be a database made by citecheck add.

    Example: citecheck versions articles/
    """
    from citecheck import pipeline
    from citecheck.export import records, terminal

    corpus = _corpus(paths, _config(config, jobs=jobs))
    output = Output(format_)
    for found in pipeline.versions(corpus):
        output.write(records.changes(found), partial(terminal.changes, found))
    output.close()
    say(f"{len(corpus.copies):,} of {count(len(corpus.extractions), 'article')}: another one again")


@app.command()
def compare(
    a: Annotated[str | None, typer.Argument(metavar="A", help="The witness.", show_default=False)] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="The text under check.", show_default=False)] = None,
    pairs: Annotated[
        str | None, typer.Option("--pairs", metavar="FILE", help="JSONL of pairs instead; - for standard input.")
    ] = None,
    format_: FormatOpt = Format.TABLE,
    profile: ProfileOpt = None,
    config: ConfigOpt = None,
) -> None:
    """Say exactly how one rendering of a quotation differs from another.

    Example: citecheck compare "two million jobs" "three million jobs"
    """
    from citecheck import pipeline
    from citecheck.export import inputs, records, terminal
    from citecheck.models import Side, Skipped

    if (a is None or b is None) == (pairs is None) or (pairs is not None and a is not None):
        raise UsageError("compare takes two texts, or --pairs FILE")
    rules = _config(config).named_profile(profile)
    output = Output(format_)
    single = [inputs.Pair("", Side(a or ""), Side(b or ""))]
    for item in inputs.pairs(pairs) if pairs is not None else single:
        if isinstance(item, Skipped):
            say_skipped([item])
            continue
        compared = pipeline.compare(item.a, item.b, rules)
        shown = partial(terminal.comparison, item.a.text, item.b.text, compared)
        output.write(records.comparison(item.id, compared), shown)
    output.close()


@app.command()
def trace(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="The words to find.", show_default=False)] = None,
    against: AgainstOpt = [],  # noqa: B006 Typer reads the default, nothing changes it
    queries: Annotated[
        str | None, typer.Option("--queries", metavar="FILE", help="JSONL of queries instead; - for standard input.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Who is said to have said it.")
    ] = None,
    format_: FormatOpt = Format.TABLE,
    config: ConfigOpt = None,
    jobs: JobsOpt = None,
) -> None:
    """Find where words come from, or say that they were not found in what was searched.

    Example: citecheck trace "huge resources" --against articles/
    """
    from citecheck import pipeline
    from citecheck.export import inputs, records, terminal
    from citecheck.models import Skipped

    if (text is None) == (queries is None):
        raise UsageError("trace takes one TEXT, or --queries FILE")
    if not against:
        raise UsageError("trace needs --against PATH: articles to search, or a database made by citecheck add")
    output = Output(format_)
    with Progress("reading") as progress, pipeline.searching(against, _config(config, jobs=jobs), progress) as search:
        for item in inputs.queries(queries) if queries is not None else [inputs.Query("", text or "", speaker)]:
            if isinstance(item, Skipped):
                say_skipped([item])
                continue
            found = search.trace(item.text, item.speaker, item.id)
            output.write(records.trace(found), partial(terminal.trace, found))
    output.close()


app.command()(fetching.fetch)
app.command()(serving.mcp)
app.command()(serving.lsp)
app.command()(checking.check)
app.command()(checking.signoff)
app.command()(reviewing.review)
app.add_typer(checking.configuration, name="config")


@app.command()
def report(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files, folders, databases, or -.", show_default=False),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the report is written.")
    ] = Path("report"),
    db: Annotated[Path | None, typer.Option("--db", metavar="FILE", help="An archive made by citecheck add.")] = None,
    config: ConfigOpt = None,
    max_bytes: MaxBytesOpt = None,
    columns: MapOpt = None,
    jobs: JobsOpt = None,
) -> None:
    """Write the HTML provenance report of a set of articles.

    Example: citecheck report articles/ -o report
    """
    from citecheck import pipeline

    given = [*(paths or []), *([str(db)] if db else [])]
    if not given:
        raise UsageError("report needs PATH or --db FILE")
    settings = _config(config, max_bytes, columns, jobs)
    corpus = _corpus(given, settings)
    index = pipeline.report(corpus, output, settings)
    print(index)
    searched = corpus.searched
    say(
        f"{count(searched.quotations, 'quotation')} in {count(searched.articles, 'article')}, "
        f"{len(corpus.skipped)} skipped; open {index} in a browser"
    )


@app.command()
def doctor(
    db: Annotated[Path, typer.Option("--db", metavar="FILE", help="An archive made by citecheck add.")],
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="First extract again what an older citecheck did, and make the indexes anew."),
    ] = False,
    config: ConfigOpt = None,
    jobs: JobsOpt = None,
) -> None:
    """See whether an archive is whole: the file, its references, and both search indexes against the texts.

    Example: citecheck doctor --db desk.db
    """
    from citecheck import pipeline

    with Progress("reading") as progress:
        troubles = pipeline.examine(db, rebuild, _config(config, jobs=jobs), progress)
    for trouble in troubles:
        print(trouble)
    outdated = pipeline.outdated(db)
    if outdated:
        say(
            f"{db}: an older citecheck extracted {count(outdated, 'article')}; add their files again, or extract them "
            f"from what is stored: citecheck doctor --db {db} --rebuild"
        )
    if troubles:
        say(f"{db}: {count(len(troubles), 'trouble')}; citecheck doctor --db {db} --rebuild mends an index")
        raise typer.Exit(1)
    say(f"{db}: whole")


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A drift label or the code of a finding.")],
) -> None:
    """Tell what a drift label or the code of a finding means, its rule and an example.

    Example: citecheck explain polarity
    """
    from citecheck import checks, drift

    known = checks.explain(name) or drift.explain(name)
    if known is None:
        raise UsageError(
            f"no label or code is named “{name}”; known are {', '.join([*checks.codes(), *drift.labels()])}"
        )
    print(known)


def _config(
    path: Path | None, max_bytes: int | None = None, columns: str | None = None, jobs: int | None = None
) -> "Config":
    """The configuration in which the options of the command line come first."""
    from citecheck.config import load_config, read_map

    found = load_config(Path.cwd(), path)._replace(jobs=jobs)
    if max_bytes is not None:
        found = found._replace(max_bytes=max_bytes)
    return found._replace(columns=read_map(columns)) if columns else found


def _corpus(paths: list[str], config: "Config") -> "Corpus":
    from citecheck import pipeline

    with Progress("reading") as progress:
        return pipeline.open_corpus(paths, config, progress)
