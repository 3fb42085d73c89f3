"""Writing the report: as a folder, or as one file."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from citecheck import parallel
from citecheck.html import render
from citecheck.html.addresses import Here
from citecheck.html.catalogue import pages
from citecheck.html.census import Census
from citecheck.html.data import SUMMARY, data_files
from citecheck.html.folder import Folder, replacing
from citecheck.html.queue import scripts
from citecheck.html.render import SHIPPED, Look
from citecheck.html.single import write_single
from citecheck.models import Corpus, Family

#: File names below `data/`, each with its text in pieces.
DataFiles = Iterable[tuple[str, Iterable[str]]]
#: Pages from which several processes write them: a page takes a millisecond, starting processes a hundred.
MANY = 1000
#: Quotations from which the data are packed: they tell each in eight formats, in 4 kB, of which a fifth is left then.
PACKED_FROM = 10_000


def write_report(
    corpus: Corpus,
    families: Iterable[Family],
    folder: Path,
    data: DataFiles = (),
    *,
    look: Look = SHIPPED,
    jobs: int = 1,
) -> Path:
    """Write the report of `corpus` into `folder`, whole or not at all; returns the path of its index.

    An existing report at `folder` is replaced, files that have not changed being kept; anything else that is there
    raises OutputError. `data` are further files for its `data/` folder, as (name, lines); `look` is what a newsroom
    changes of the pages. The same input gives the same bytes. Pages are made and written one at a time, in `jobs`
    processes where they are many; of a large report all data but the summary are packed. A `folder` whose name ends in
    `.html` becomes one file with every page in it, to send by e-mail, without the data.
    """
    census = Census(corpus, families)
    if folder.suffix.lower() in (".html", ".htm") and not folder.is_dir():
        return write_single(census, folder, look)
    with replacing(folder) as out:
        for name in ("style.css", "report.js"):
            out.write(name, render.asset(name, look))
        writer = _Writer(census, look, out)
        for _ in parallel.ordered(writer, range(len(writer.pages)), jobs if len(writer.pages) >= MANY else 1):
            pass
        for name, pieces in scripts(census):
            out.write(name, "".join(pieces))
        many = len(census.quotations) >= PACKED_FROM
        for name, lines in chain(data_files(census), data):
            out.write_lines(f"data/{name}", lines, packed=many and name != SUMMARY)
    return folder / "index.html"


class _Writer:
    """Writes one page by its number in the catalogue, in this process or in another."""

    def __init__(self, census: Census, look: Look, out: Folder) -> None:
        self.pages = list(pages(census))
        self._look = look
        self._out = out

    def __call__(self, number: int) -> None:
        spec = self.pages[number]
        here = Here(spec.name)
        self._out.write(f"{spec.name}.html", render.page(spec.template, here, spec.context(here), self._look))
