"""Writing the report: as a folder, or as one file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from citecheck import parallel
from citecheck.html import render
from citecheck.html.addresses import Here
from citecheck.html.catalogue import PageSpec, pages
from citecheck.html.census import Census
from citecheck.html.data import SUMMARY, data_files
from citecheck.html.folder import Folder, replacing
from citecheck.html.queue import Lines, scripts
from citecheck.html.render import SHIPPED, Look
from citecheck.html.single import write_single
from citecheck.models import Corpus, Family

#: Pages from which several processes write them: a page takes a millisecond, starting processes a hundred.
MANY = 1000
#: Quotations from which the data are packed: they tell each in eight formats, in 4 kB, of which a fifth is left then.
PACKED_FROM = 10_000


def write_report(
    corpus: Corpus,
    families: Iterable[Family],
    folder: Path,
    data: Lines | None = None,
    *,
    look: Look = SHIPPED,
    jobs: int = 1,
) -> Path:
    """Write the report of `corpus` into `folder`, whole or not at all; returns the path of its index.

    An existing report at `folder` is replaced, files that have not changed being kept; anything else that is there
    raises OutputError. `data` are further files for its `data/` folder, each with what makes its lines; `look` is
    what a newsroom changes of the pages. The same input gives the same bytes. Files are made and written one at a time,
    in `jobs` processes where they are many; of a large report all data but the summary are packed. A `folder` whose
    name ends in `.html` becomes one file with every page in it, to send by e-mail, without the data.
    """
    census = Census(corpus, families)
    if folder.suffix.lower() in (".html", ".htm") and not folder.is_dir():
        return write_single(census, folder, look)
    with replacing(folder) as out:
        for name in ("style.css", "report.js"):
            out.write(name, render.asset(name, look))
        writer = _Writer(census, look, out, data or {})
        count = len(writer.work)
        parallel.each(writer, range(count), jobs if count >= MANY else 1)
    return folder / "index.html"


class _Writer:
    """Writes one file by its number, in this process or in another: a page, a script of the queue, or data."""

    def __init__(self, census: Census, look: Look, out: Folder, data: Lines) -> None:
        self._data = {f"data/{name}": made for name, made in (data_files(census) | data).items()}
        self._lines = scripts(census) | self._data
        self._packed = len(census.quotations) >= PACKED_FROM
        found = list(pages(census))
        half = len(found) // 2  # data take seconds: while one process is at them, another has pages left to write
        self.work: list[PageSpec | str] = [*found[:half], *self._lines, *found[half:]]
        self._look = look
        self._out = out

    def __call__(self, number: int) -> None:
        one = self.work[number]
        if isinstance(one, str):
            packed = self._packed and one in self._data and not one.endswith(SUMMARY)
            self._out.write_lines(one, self._lines[one](), packed=packed)
        else:
            here = Here(one.name)
            self._out.write(f"{one.name}.html", render.page(one.template, here, one.context(here), self._look))
