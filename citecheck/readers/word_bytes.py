"""Where each character of a Word document's text stands in its XML, found while it is read as `office` reads it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.parsers import expat

from citecheck.models import Piece, Run, Span
from citecheck.readers.document import UnreadableError
from citecheck.readers.office import DOCX, WORD, Gatherer, part
from citecheck.readers.zips import unpacking

_START_TAG = re.compile(rb"""<([^\s/<>"']++)[^<>"']*+(?:(?:"[^"<]*+"|'[^'<]*+')[^<>"']*+)*+>""")
_RUN, _LOOK, _TEXT = (f"{WORD} {name}" for name in ("r", "rPr", "t"))


def anchors(content: bytes, max_bytes: int) -> tuple[str, list[Piece], list[Run]]:
    """`(text, pieces, runs)` of a `.docx` file; the text is that of the article which `read` gives.

    Raises UnreadableError where it cannot be read, or its XML is not in UTF-8, which all office programs write.
    """
    try:
        with unpacking(), zipfile.ZipFile(BytesIO(content)) as archive:
            xml = part(archive, DOCX.content, max_bytes)
        found = _Anchors(xml)
        return found.read(xml), found.pieces, found.runs
    except (expat.ExpatError, UnicodeDecodeError, KeyError) as error:
        raise UnreadableError(f"its XML is broken ({error})") from None


class _Anchors(Gatherer):
    """Gathers the text, and the places of all that it consists of."""

    def __init__(self, xml: bytes) -> None:
        super().__init__(DOCX)
        self.xml = xml
        self.pieces: list[Piece] = []
        self.runs: list[Run] = []
        self._open: list[int] = []  # the runs that we are in, by number: a drawing in a run has runs of its own
        self._looks = 0  # how many elements of style deep: one that tracks changes holds the style before
        self._element: Span = (0, 0)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        at = self.parser.CurrentByteIndex
        if name == _RUN:
            tag, end = self._tag(at)
            if self._open:
                self.runs[self._open[0]] = self.runs[self._open[0]]._replace(whole=True)
            self._open.append(len(self.runs))
            self.runs.append(Run(tag, at, end, look=(end, end), body=end, whole=False))
        elif name == _LOOK and self._open:
            if not self._looks:
                self.runs[self._open[-1]] = self.runs[self._open[-1]]._replace(look=(at, at))
            self._looks += 1
        elif name == _TEXT:
            self._element = (at, self._tag(at)[1])

    def end(self, name: str) -> None:
        super().end(name)
        if name == _RUN:
            run = self._open.pop()
            self.runs[run] = self.runs[run]._replace(end=self._tag_end())
        elif name == _LOOK and self._open:
            self._looks -= 1
            if not self._looks:
                run, end = self._open[-1], self._tag_end()
                self.runs[run] = self.runs[run]._replace(look=(self.runs[run].look[0], end), body=end)

    def characters(self, text: str) -> None:
        before = self.length
        super().characters(text)
        if self.length > before and self._open:
            at = self.parser.CurrentByteIndex
            self.pieces.append(Piece(before, self.length, at, self._element, run=self._open[0]))

    def _tag(self, at: int) -> tuple[str, int]:
        """The name of the start tag at `at`, and where the tag ends."""
        found = _START_TAG.match(self.xml, at)
        if found is None:
            raise UnreadableError("its XML is not in UTF-8")
        return found[1].decode(), found.end()

    def _tag_end(self) -> int:
        """Where the end tag that was just read ends."""
        return self.xml.index(b">", self.parser.CurrentByteIndex) + 1
