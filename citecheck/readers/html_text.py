"""The text of an element as a browser shows it, with the spans that the page marks as quotations, and its links.

Of the comments in its source those are kept that are meant for us (`citecheck: …`).

White space collapses as in CSS; blocks stand apart by an empty line, list items, rows and `<br>` by a line end, cells
by a tab. Inline elements never lose their text, whatever they are: "We will <time>never</time> surrender" keeps its
never.
`<q>` gets the quotation marks that a browser would print, where the author has written none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from citecheck.models import Note, NoteKind, Span

#: Elements whose text is no text of the page. `<del>`, `<s>`: struck out, so not what the article says.
NO_TEXT = frozenset(
    "script style template noscript iframe object embed canvas audio video select datalist option textarea input title "
    "desc metadata del s strike rp rt head".split()
)
_PARAGRAPHS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table ul".split()
)
_LINES = frozenset("li tr caption legend".split())
_BLOCKS = _PARAGRAPHS | _LINES | {"td", "th"}
#: Text in sentences, and labels of controls where they stand alone.
_CONTROLS = frozenset("button svg label".split())
_QUOTES = {"de": ("„“", "‚‘"), "fr": ("«»", "“”"), "it": ("«»", "“”"), "es": ("«»", "“”"), "pt": ("“”", "‘’")}
_ENGLISH = ("“”", "‘’")
_MARKS = "\"'“”„‟«»‹›‘’‚‛「」『』"
_SPACE = re.compile(r"[ \t\n\r\f]+")
#: What the parser calls a comment.
_COMMENT = "-comment"
#: What stands between two words, weakest first.
_SPACE_RANK, _CELL, _LINE, _PARAGRAPH = 1, 2, 3, 4
_SEPARATORS = ("", " ", "\t", "\n", "\n\n")


@dataclass(slots=True)
class _Quoted:
    """A `<q>` or `<blockquote>` that is being written; `start` is -1 until its first word, `marks` what `<q>` gets."""

    marks: str
    start: int = -1
    reply: bool = False  # what a mail program quotes of the message before: another message, no quotation


class Writer:
    """Writes elements one after another; `left_out` says which elements inside them are not to be written."""

    def __init__(self, language: str | None, left_out: Callable[[LexborNode], bool]) -> None:
        self._quotes = _QUOTES.get(language or "en", _ENGLISH)
        self._left_out = left_out
        self._parts: list[str] = []
        self._length = 0
        self._pending = 0
        self._after_mark = False  # behind an opening mark that was put in: no space follows
        self._preformatted = 0
        self._open: list[_Quoted] = []
        self._has_text: dict[int, bool] = {}  # whether an element has text of its own
        self._marked: list[Span] = []
        self._address = ""
        self._linked_from: int | None = None  # the first word of the link that is being written
        self._notes: list[Note] = []
        self._above: list[str] = []  # comments between two blocks, which are about the second one

    def result(self) -> tuple[str, tuple[Span, ...], tuple[Note, ...]]:
        """`(text, marked, notes)`."""
        return "".join(self._parts), tuple(sorted(self._marked)), tuple(self._notes)

    def write(self, root: LexborNode) -> None:
        """Writes `root` as a block of its own. Without recursion: pages nest thousands deep."""
        self._separate(_PARAGRAPH)
        stack = [(root, True)]
        while stack:
            node, entering = stack.pop()
            if node.is_text_node:
                self._text(node.text_content or "")
            elif node.tag == _COMMENT:
                self._comment((node.html or "").removeprefix("<!--").removesuffix("-->").strip())
            elif entering and (root.mem_id == node.mem_id or not self._dropped(node)):
                self._enter(node)
                stack.append((node, False))
                stack.extend((child, True) for child in _children_backwards(node))
            elif not entering:
                self._leave(node)
        self._separate(_PARAGRAPH)

    def _dropped(self, node: LexborNode) -> bool:
        tag = node.tag
        if tag in NO_TEXT or self._left_out(node):
            return True
        return tag in _CONTROLS and not self._in_sentence(node)

    def _in_sentence(self, node: LexborNode) -> bool:
        """Whether text stands beside a control in the same block: then it is a word of a sentence."""
        parent = node.parent
        while parent is not None:
            if parent.mem_id not in self._has_text:
                self._has_text[parent.mem_id] = any(text.strip() for text in texts(parent))
            if self._has_text[parent.mem_id] or parent.tag in _BLOCKS:
                return self._has_text[parent.mem_id]
            parent = parent.parent
        return False

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag
        self._boundary(tag)
        if tag == "pre":
            self._preformatted += 1
        elif tag == "a":
            self._address, self._linked_from = (node.attributes.get("href") or "").strip(), None
        elif tag == "blockquote":
            self._open.append(_Quoted("", reply=_is_reply(node)))
        elif tag == "q":
            depth = sum(1 for quoted in self._open if quoted.marks)
            bare = not self._marked_already(node)
            marks = self._quotes[depth % 2] if bare else ""
            if bare:
                self._put(marks[0])
                self._after_mark = True
            self._open.append(_Quoted(marks))

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag
        if tag == "br":
            return
        if tag == "pre":
            self._preformatted -= 1
        elif tag == "a":
            if self._linked_from is not None:
                self._notes.append(Note(NoteKind.LINK, self._linked_from, self._length, self._address))
            self._address, self._linked_from = "", None
        elif tag in ("q", "blockquote") and self._open:
            quoted = self._open.pop()
            if quoted.start >= 0 and not quoted.reply:
                self._marked.append((quoted.start, self._length))
            if quoted.marks:
                self._parts.append(quoted.marks[1])  # before the space that may be pending
                self._length += 1
        self._boundary(tag)

    def _boundary(self, tag: str | None) -> None:
        if tag in _PARAGRAPHS:
            self._separate(_PARAGRAPH)
        elif tag in _LINES:
            self._separate(_LINE)
        elif tag in ("td", "th"):
            self._separate(_CELL)
        elif tag == "br":
            self._separate(_PARAGRAPH if self._pending >= _LINE else _LINE)

    def _separate(self, rank: int) -> None:
        self._pending = max(self._pending, rank)

    def _text(self, text: str) -> None:
        if self._preformatted:
            if text.strip():
                self._put(text.strip("\n") if self._pending else text)
            return
        words = _SPACE.sub(" ", text)
        if words.startswith(" ") and not self._after_mark:
            self._separate(_SPACE_RANK)
        content = words.strip(" ")
        if content and not (self._pending >= _LINE and content.isspace()):  # a block of &nbsp; only
            self._put(content)
            if words.endswith(" "):
                self._separate(_SPACE_RANK)

    def _comment(self, text: str) -> None:
        if not text.startswith("citecheck:"):
            return
        if self._pending >= _LINE:
            self._above.append(text)
        else:
            self._notes.append(Note(NoteKind.COMMENT, self._length, self._length, text))

    def _put(self, text: str) -> None:
        if self._length and self._pending:
            separator = _SEPARATORS[self._pending]
            self._parts.append(separator)
            self._length += len(separator)
        self._notes += (Note(NoteKind.COMMENT, self._length, self._length, above) for above in self._above)
        self._above.clear()
        self._pending = 0
        self._after_mark = False
        if self._address and self._linked_from is None:
            self._linked_from = self._length
        for quoted in reversed(self._open):
            if quoted.start >= 0:
                break
            quoted.start = self._length
        self._parts.append(text)
        self._length += len(text)

    def _marked_already(self, node: LexborNode) -> bool:
        """Whether the author of a `<q>` wrote marks as well, just inside it or just before it."""
        if self._parts and not self._pending and self._parts[-1][-1:] in _MARKS:
            return True
        inside = (text for child in node.traverse(include_text=True) if (text := (child.text_content or "").lstrip()))
        return next(inside, " ")[0] in _MARKS


def _is_reply(node: LexborNode) -> bool:
    attributes = node.attributes
    return attributes.get("type") == "cite" or "gmail_quote" in (attributes.get("class") or "")


def _children_backwards(node: LexborNode) -> Iterator[LexborNode]:
    child = node.last_child
    while child is not None:
        if child.is_text_node or child.is_element_node or child.tag == _COMMENT:
            yield child
        child = child.prev


def texts(node: LexborNode) -> Iterator[str]:
    """The texts that stand in `node` itself, in no element inside it."""
    child = node.child
    while child is not None:
        if child.is_text_node:
            yield child.text_content or ""
        child = child.next


def is_blank(node: LexborNode) -> bool:
    """Whether `node` has no text."""
    return not (node.text() or "").strip()
