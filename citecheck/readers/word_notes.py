"""What stands beside the text of a Word document: comments, footnotes, endnotes and links, each at its words.

Comments and notes are parts of their own (ECMA-376 part 1, 17.11 and 17.13.4); whether a comment was resolved, and
which one a reply belongs to, stands in a further part that names comments by their last paragraph (MS-DOCX 2.5.1,
commentsExtended). A part that is missing or broken has nothing to tell: the text is read without it.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from citecheck.models import Note, NoteKind
from citecheck.readers.office import DOCX, WORD, Gatherer, parser, part

_RELATIONS = "word/_rels/document.xml.rels"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_PARAGRAPH_ID = "http://schemas.microsoft.com/office/word/2010/wordml paraId"
_EXTENDED = "http://schemas.microsoft.com/office/word/2012/wordml "
_FIELD_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_KINDS = ("comment", "footnote", "endnote")


def _word(name: str) -> str:
    return f"{WORD} {name}"


_ID = _word("id")
_REFERENCES = {_word(f"{name}Reference"): name for name in _KINDS}


class Anchor(NamedTuple):
    """A place that something is anchored to: `name` is comment, footnote, endnote, link (by relation) or address."""

    name: str
    id: str
    start: int
    end: int


class Anchored(Gatherer):
    """Gathers the text of a Word document, and the `anchors` of what stands beside it."""

    def __init__(self) -> None:
        super().__init__(DOCX)
        self.anchors: list[Anchor] = []
        self._comments: dict[str, int] = {}  # where the range of each comment begins
        self._links: list[tuple[str, str, int]] = []  # the links by relation that we are in
        self._fields: list[tuple[list[str], int]] = []  # the instructions of the fields that we are in, and their texts
        self._instructed = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        number = attributes.get(_ID, "")
        if name == _word("commentRangeStart"):
            self._comments[number] = self.length
        elif name == _word("commentRangeEnd"):
            self.anchors.append(Anchor("comment", number, self._comments.get(number, self.length), self.length))
        elif self.skipping:
            return
        elif name in _REFERENCES and not (name == _word("commentReference") and number in self._comments):
            self.anchors.append(Anchor(_REFERENCES[name], number, self.length, self.length))
        elif name == _word("hyperlink"):
            self._links.append(("link", attributes.get(_RELATED, ""), self.length))
        elif name == _word("fldSimple"):
            self._links.append(("address", _address(attributes.get(_word("instr"), "")), self.length))
        elif name == _word("fldChar"):
            self._field(attributes.get(_word("fldCharType"), ""))
        self._instructed = name == _word("instrText")

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(([], self.length))
        elif kind == "separate" and self._fields:
            self._fields[-1] = (self._fields[-1][0], self.length)
        elif kind == "end" and self._fields:
            instruction, start = self._fields.pop()
            self.anchors.append(Anchor("address", _address("".join(instruction)), start, self.length))

    def end(self, name: str) -> None:
        super().end(name)
        self._instructed = False
        if name in (_word("hyperlink"), _word("fldSimple")) and not self.skipping and self._links:
            self.anchors.append(Anchor(*self._links.pop(), self.length))

    def characters(self, text: str) -> None:
        super().characters(text)
        if self._instructed and self._fields:
            self._fields[-1][0].append(text)


def _address(instruction: str) -> str:
    found = _FIELD_LINK.match(instruction)
    return found[1] if found else ""


def notes_of(archive: zipfile.ZipFile, anchors: list[Anchor], limit: int) -> tuple[Note, ...]:
    """What stands at the anchors, in order of place; a reply is a further line of the comment that it answers."""
    if not anchors:
        return ()
    targets, parts = _relations(archive, limit)
    told = {name: _told(archive, parts[name], name, limit) for name in _KINDS if name in parts}
    comments = told.get("comment", {})
    above, resolved = _threads(archive, parts.get("commentsExtended", ""), comments, limit)
    replies: dict[str, list[str]] = defaultdict(list)
    for reply, answered in above.items():
        replies[answered] += comments[reply].lines
    found = []
    for anchor in anchors:
        if anchor.name in ("link", "address"):
            address = anchor.id if anchor.name == "address" else targets.get(anchor.id, "")
            if address:
                found.append(Note(NoteKind.LINK, anchor.start, anchor.end, address))
            continue
        one = told.get(anchor.name, {}).get(anchor.id)
        if one is None:
            continue
        if anchor.name != "comment":
            found.append(Note(NoteKind.NOTE, anchor.start, anchor.end, "\n".join(one.lines)))
        elif anchor.id not in above:
            said = "\n".join((*one.lines, *replies[anchor.id]))
            found.append(Note(NoteKind.COMMENT, anchor.start, anchor.end, said, one.author, anchor.id in resolved))
    return tuple(sorted(found, key=lambda note: (note.start, note.end)))


def _relations(archive: zipfile.ZipFile, limit: int) -> tuple[dict[str, str], dict[str, str]]:
    """The targets of links by their ids, and the names of parts by what they hold (comment, footnote …)."""
    targets: dict[str, str] = {}
    parts: dict[str, str] = {}

    def start(_: str, attributes: dict[str, str]) -> None:
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
        if kind == "hyperlink":
            targets[attributes.get("Id", "")] = target
        else:
            name = kind if kind == "commentsExtended" else kind.removesuffix("s")
            parts[name] = target.removeprefix("/") if target.startswith("/") else f"word/{target}"

    _parsed(archive, _RELATIONS, limit, start)
    return targets, parts


@dataclass(slots=True)
class _Told:
    """A comment or note: its lines, and the id of its last paragraph."""

    author: str
    parts: list[list[str]] = field(default_factory=list)
    paragraph: str = ""

    @property
    def lines(self) -> list[str]:
        return [line for pieces in self.parts if (line := "".join(pieces).strip())]


def _told(archive: zipfile.ZipFile, name: str, element: str, limit: int) -> dict[str, _Told]:
    """The comments or notes of a part by their ids."""
    found: dict[str, _Told] = {}
    open_: list[_Told] = []
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside.append(tag)
        if tag == _word(element):
            open_.append(found.setdefault(attributes.get(_ID, ""), _Told(attributes.get(_word("author"), ""))))
        elif tag == _word("p") and open_:
            open_[-1].paragraph = attributes.get(_PARAGRAPH_ID, "")
            open_[-1].parts.append([])

    def end(tag: str) -> None:
        inside.pop()
        if tag == _word(element) and open_:
            open_.pop()

    def characters(text: str) -> None:
        if open_ and open_[-1].parts and inside[-1] == _word("t"):
            open_[-1].parts[-1].append(text)

    _parsed(archive, name, limit, start, end, characters)
    return found


def _threads(
    archive: zipfile.ZipFile, name: str, comments: dict[str, _Told], limit: int
) -> tuple[dict[str, str], set[str]]:
    """The ids of replies with those of the comments that they answer, and the ids of resolved comments."""
    ids = {one.paragraph: id_ for id_, one in comments.items() if one.paragraph}
    replies: dict[str, str] = {}
    resolved: set[str] = set()

    def start(tag: str, attributes: dict[str, str]) -> None:
        id_ = ids.get(attributes.get(f"{_EXTENDED}paraId", ""))
        if tag != f"{_EXTENDED}commentEx" or id_ is None:
            return
        above = ids.get(attributes.get(f"{_EXTENDED}paraIdParent", ""))
        if above is not None:
            replies[id_] = above
        elif attributes.get(f"{_EXTENDED}done") in ("1", "true", "on"):
            resolved.add(id_)

    if name:
        _parsed(archive, name, limit, start)
    return replies, resolved


def _parsed(archive: zipfile.ZipFile, name: str, limit: int, *handlers: Callable[..., object]) -> None:
    """A part through the handlers of its start tags, end tags and characters, as far as it can be read."""
    try:
        parser(*handlers).Parse(part(archive, name, limit), True)
    except (KeyError, expat.ExpatError):
        return


def read_with_notes(archive: zipfile.ZipFile, limit: int) -> tuple[str, Gatherer, tuple[Note, ...]]:
    """The text of a document, what gathered it, and what stands beside it."""
    gathered = Anchored()
    text = gathered.read(part(archive, DOCX.content, limit))
    return text, gathered, notes_of(archive, gathered.anchors, limit)
