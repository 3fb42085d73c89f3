"""The report in one file, to send by e-mail: every page a section, the style and the script inside.

Only the section that an address points into is shown, by the style sheet alone; the policy of the page allows nothing
but this one style and this one script, by their hashes. The data files are left to the folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from citecheck.errors import OutputError
from citecheck.files import write_whole
from citecheck.html import render
from citecheck.html.addresses import INDEX, Here
from citecheck.html.catalogue import pages
from citecheck.html.census import Census
from citecheck.html.render import SHIPPED, Look

#: What stands near the beginning of a report in one file, so that nothing else is ever replaced.
_OURS = b'<meta name="generator" content="citecheck">'


def write_single(census: Census, file: Path, look: Look = SHIPPED) -> Path:
    """Write the whole report into `file`, whole or not at all, a page at a time; see `write_file`."""
    return write_file(file, _pieces(census, look))


def write_file(file: Path, pieces: Iterable[str]) -> Path:
    """Write `pieces` into `file`, whole or not at all.

    Raises OutputError where `file` is something else than a page of ours, or cannot be written.
    """
    target = file.resolve()
    if target.exists() and not (target.is_file() and _ours(target)):
        raise OutputError(f"{file} is there and is no citecheck report; give another name with -o")
    return write_whole(file, (piece.encode("utf-8", "replace") for piece in pieces))


def _ours(file: Path) -> bool:
    with file.open("rb") as opened:
        return _OURS in opened.read(2000)


def _pieces(census: Census, look: Look) -> Iterator[str]:
    """The head, each page as a section, the foot."""
    head, _, foot = render.alone("single.html", Here(INDEX, single=True), look=look).partition("@@SECTIONS@@")
    yield head
    for spec in pages(census, single=True):
        here = Here(spec.name, single=True)
        yield render.page(spec.template, here, spec.context(here), look)
    yield foot
