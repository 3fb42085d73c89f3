"""python -m tests.benchmarks BENCHMARK [--size N] [--runs N] [--seed N] [--archive FILE] [--shuffled] [--json FILE]"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from . import archive, bulk, candidates, disk, extract, grow, report, starting, whole
from .timing import Contender, dump, race, records, table

BENCHMARKS: dict[str, Callable[[int, int], Sequence[Contender]]] = {
    "candidates": candidates.contenders,
    "disk": disk.contenders,
    "whole": whole.contenders,
    "archive": archive.contenders,
    "bulk": bulk.contenders,
    "grow": grow.contenders,
    "start": starting.contenders,
    "report": report.contenders,
    "extract": extract.contenders,
}


def main() -> None:
    listed = "\n".join(f"  {name:<12} {make.__doc__}" for name, make in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=f"Time a part of citecheck beside yardsticks and peers, in turn in one process.\n\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("benchmark", choices=BENCHMARKS)
    parser.add_argument("--size", type=int, default=10_000, help="quotations (default 10000)")
    parser.add_argument("--runs", type=int, default=3, help="how often each runs (default 3)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the corpus")
    parser.add_argument("--json", metavar="FILE", help="write the records there as well")
    parser.add_argument(
        "--archive",
        type=Path,
        metavar="FILE",
        help="of archive: ask this one, made where it is missing",
    )
    parser.add_argument("--shuffled", action="store_true", help="of grow: articles come in no order of their dates")
    options = parser.parse_args()
    make = BENCHMARKS[options.benchmark]
    if options.archive:
        make = partial(archive.contenders, database=options.archive)
    if options.shuffled:
        make = partial(grow.contenders, shuffled=True)
    title = f"{options.benchmark} {options.size}"
    found = records(title, race(make(options.size, options.seed), options.runs))
    print(f"{title}, median of {options.runs}, × the first")
    print(table(found))
    if options.json:
        dump(found, options.json)


if __name__ == "__main__":
    main()
