"""The findings as comments in the Word file that the writer sent, each at the exact words.

The comments are spliced into the bytes of the file (WordprocessingML, ECMA-376 part 1, 17.13.4): take out what is
added, and every byte of the text is as it was. Comments that were there stay, and no other part is touched.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape

from citecheck.checks.codes import rule
from citecheck.checks.declared import AUTHOR
from citecheck.export.findings import witness_lines
from citecheck.export.junit import xml_text
from citecheck.models import Finding, Piece, Run, Span

_TEXT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

_KNOWN_ID = re.compile(rb"""<(?:[\w.-]+:)?comment\w*\s[^<>]*?\bid\s*=\s*["'](\d{1,9})["']""")
_RELATIONSHIP = re.compile(rb"<(?:[\w.-]+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(rb"""(?<!\w)(\w++)\s*+=\s*+["']([^"'<>]*+)["']""")
_LAST_TAG = re.compile(rb"<(/?)([\w.:-]+)([^<>]*?)(/?)>\s*\Z")
_NAME = re.compile(rb"<([^\s/>]+)")
_RUN_ENDS = re.compile(rb"</[^<>]*>\s*</[^<>]*>")

#: What a comment carries, and what it tells.
Marked = tuple[str, Finding]


def commented(
    content: bytes, text: str, pieces: Sequence[Piece], runs: Sequence[Run], findings: Sequence[Marked]
) -> bytes:
    """The `.docx` file `content` with a comment for each finding; without a finding it is `content` itself.

    The comments end with the marks of the findings (`signoffs.marked`), so that one that is resolved is a sign-off.
    `pieces` and `runs` say where the characters of its `text` stand. Raises KeyError for a file without the parts that
    every Word document has.
    """
    if not findings:
        return content
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        changed = _changed(archive, text, pieces, runs, findings)
        for item in archive.infolist():
            if item.filename in changed:
                written.writestr(item, changed.pop(item.filename))
            else:
                with archive.open(item) as old, written.open(item, "w") as new:
                    shutil.copyfileobj(old, new)
        for name, data in changed.items():
            written.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _changed(
    archive: zipfile.ZipFile, text: str, pieces: Sequence[Piece], runs: Sequence[Run], findings: Sequence[Marked]
) -> dict[str, bytes]:
    """The parts that are new or get something added."""
    xml, relations, types = (archive.read(name) for name in (_TEXT, _RELATIONS, _TYPES))
    name = _comments_part(relations)
    earlier = archive.read(name) if name else b""
    first = 1 + max((int(number) for number in _KNOWN_ID.findall(xml + earlier)), default=-1)
    comments = "".join(_comment(number, *item) for number, item in enumerate(findings, first)).encode()
    parts = {_TEXT: _Splicer(xml, text, pieces, runs).spliced([finding for _, finding in findings], first)}
    if name:
        return parts | {name: _inside(earlier, comments)}
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{_NAMESPACE}">'.encode()
    relation = f'<Relationship Id="citecheckComments" Type="{_RELATION}" Target="comments.xml"/>'
    type_ = f'<Override PartName="/word/comments.xml" ContentType="{_TYPE}"/>'
    return parts | {
        _RELATIONS: _inside(relations, relation.encode()),
        _TYPES: _inside(types, type_.encode()),
        "word/comments.xml": head + comments + b"</w:comments>",
    }


def _comments_part(relations: bytes) -> str | None:
    """The name of the part with the comments that the document has already."""
    for element in _RELATIONSHIP.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(element))
        if attributes.get(b"Type", b"").endswith(b"/relationships/comments"):
            target = attributes.get(b"Target", b"").decode()
            return target.removeprefix("/") if target.startswith("/") else f"word/{target}"
    return None


def _inside(xml: bytes, added: bytes) -> bytes:
    """The XML with `added` as the last thing in its outermost element."""
    last = _LAST_TAG.search(xml, max(0, xml.rfind(b"<")))
    if last is None:
        return xml
    if last[1]:
        return xml[: last.start()] + added + xml[last.start() :]
    return b"".join((xml[: last.start()], b"<", last[2], last[3], b">", added, b"</", last[2], b">"))


def _comment(number: int, mark: str, finding: Finding) -> str:
    """What a comment says: the finding, the witnesses with the differing words, the question, and how to settle it."""
    lines = [f"{finding.code} {rule(finding.code).title} ({finding.severity.name.lower()})", finding.message]
    for item in finding.evidence:
        lines += [line.strip() for line in witness_lines(item, finding.text)]
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(xml_text(line))}</w:t></w:r></w:p>'
        for line in (*lines, finding.ask, f"To sign it off as it stands, resolve this comment. {mark}")
    )
    head = f'<w:comment xmlns:w="{_NAMESPACE}" w:id="{number}" w:author="{AUTHOR}" w:initials="cc">'
    return f"{head}{paragraphs}</w:comment>"


class _Cut(NamedTuple):
    """A place for marks, in bytes. Where a run is cut in two, `closed` and `opened` go around them, and the spaces of
    the text that begins with the tag `element` must be kept."""

    at: int
    closed: bytes = b""
    opened: bytes = b""
    element: Span | None = None


class _Splicer:
    """Puts the marks of comments into the XML of a text."""

    def __init__(self, xml: bytes, text: str, pieces: Sequence[Piece], runs: Sequence[Run]) -> None:
        self.xml, self.text, self.pieces, self.runs = xml, text, pieces, runs
        self.starts, self.ends = [piece.start for piece in pieces], [piece.end for piece in pieces]

    def spliced(self, findings: Sequence[Finding], first: int) -> bytes:
        """The XML with a range and a reference for each finding, the comments numbered from `first`."""
        cuts: dict[int, _Cut] = {}
        closing: dict[int, list[bytes]] = defaultdict(list)
        opening: dict[int, list[bytes]] = defaultdict(list)
        for number, finding in enumerate(findings, first):
            piece = self.pieces[min(bisect_right(self.ends, finding.start), len(self.pieces) - 1)]
            last = self.pieces[max(bisect_left(self.starts, finding.end) - 1, 0)]
            start, end = self._cut(piece, finding.start, True), self._cut(last, finding.end, False)
            cuts |= {start.at: start, end.at: end}
            tag = self.runs[piece.run].tag
            opening[start.at].append(_mark(tag, "commentRangeStart", number))
            reference = _mark(tag, "commentReference", number)
            run = tag.encode()
            closing[end.at] += [
                _mark(tag, "commentRangeEnd", number),
                b"<" + run + b">" + reference + b"</" + run + b">",
            ]
        added = [(cut.at, cut.closed + b"".join(closing[at] + opening[at]) + cut.opened) for at, cut in cuts.items()]
        kept = {cut.element for cut in cuts.values() if cut.element}
        added += [(end - 1, b' xml:space="preserve"') for start, end in kept if b"xml:space" not in self.xml[start:end]]
        return self._with(sorted(added))

    def _with(self, added: Sequence[tuple[int, bytes]]) -> bytes:
        parts, at = [], 0
        for place, data in added:
            parts += [self.xml[at:place], data]
            at = place
        return b"".join((*parts, self.xml[at:]))

    def _cut(self, piece: Piece, offset: int, opens: bool) -> _Cut:
        """Where a range that opens or closes at code point `offset` begins or ends in the XML."""
        run = self.runs[piece.run]
        # The characters of a CDATA section cannot be parted by elements, nor a run with a drawing in it.
        if run.whole or b"<![CDATA[" in self.xml[piece.element[1] : piece.at]:
            return _Cut(run.start if opens else run.end)
        at = self._byte(piece, offset)
        if at == piece.element[1] and piece.element[0] == run.body:
            return _Cut(run.start)
        ends = _RUN_ENDS.match(self.xml, at)
        if ends and ends.end() == run.end:
            return _Cut(run.end)
        name = _NAME.match(self.xml, piece.element[0])
        element, tag = name[1] if name else b"", run.tag.encode()
        look = self.xml[slice(*run.look)]
        return _Cut(
            at,
            b"</" + element + b"></" + tag + b">",
            b"<" + tag + b">" + look + b"<" + element + b' xml:space="preserve">',
            piece.element,
        )

    def _byte(self, piece: Piece, offset: int) -> int:
        """The byte before the code point `offset`, which is in the piece or at its end."""
        inside = self.text[piece.start : min(max(offset, piece.start), piece.end)]
        if self.xml[piece.at : piece.at + 1] == b"&":  # a reference to a character is a piece of its own
            return self.xml.index(b";", piece.at) + 1 if inside else piece.at
        return piece.at + len(inside.encode())


def _mark(run_tag: str, name: str, number: int) -> bytes:
    """An empty element of the namespace of the run, numbered."""
    prefix = run_tag.rpartition(":")[0]
    if prefix:
        return f'<{prefix}:{name} {prefix}:id="{number}"/>'.encode()
    return f'<{name} xmlns:w="{_NAMESPACE}" w:id="{number}"/>'.encode()
