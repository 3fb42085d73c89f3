"""The command that fetches. It alone leads to the network: nothing else in the program does."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from citecheck.cli.options import MaxBytesOpt
from citecheck.cli.output import Progress, count, say


def fetch(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="LIST",
            help="Files with addresses (one a line, a sitemap, a feed), - for standard input, or addresses.",
            show_default=False,
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the pages are kept.")] = Path(
        "pages"
    ),
    most: Annotated[
        int, typer.Option("--max-pages", metavar="N", min=1, help="Ask for no more than so many addresses.")
    ] = 1_000,
    delay: Annotated[
        float, typer.Option("--delay", metavar="SECONDS", min=0, help="Least time between two requests to one site.")
    ] = 1.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses inside the house too.")
    ] = False,
    max_bytes: MaxBytesOpt = None,
) -> None:
    """Fetch pages into a folder, to be read like other files. The only command that uses the network.

    Example: citecheck fetch https://post.example/sitemap.xml -o pages
    """
    from citecheck.fetch import Bounds, State
    from citecheck.fetch import fetch as fetched
    from citecheck.models import Skipped

    bounds = Bounds(most=most, delay=delay, allow_private=allow_private)
    if max_bytes is not None:
        bounds = bounds._replace(max_bytes=max_bytes)
    states: Counter[str] = Counter()
    with Progress("fetching") as progress:
        for item in fetched(given, output, bounds):
            progress(item)
            states["skipped" if isinstance(item, Skipped) else item.state] += 1
            if not isinstance(item, Skipped) and item.state is not State.UNCHANGED:
                print(item.file)
    parts = (f"{states[name]} {name}" for name in (*State, "skipped"))
    say(f"{output}: {count(states.total() - states['skipped'], 'page')} ({', '.join(parts)})")
