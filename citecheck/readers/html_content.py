"""Which part of a page is its article.

Policy: a sentence of the article that is lost costs more than a teaser that is kept; `text.boilerplate` cuts what is
left over at the end. An element is left out for what it is (navigation, form, aside, hidden, a class named "related" …)
only while it holds less than `_HEAVY` of the page's prose: some systems wrap whole pages in a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from citecheck.models import Note, Span
from citecheck.readers.html_text import NO_TEXT, Writer, is_blank, texts
from citecheck.text.patterns import regex

#: Share of all prose from which on an element is the page, whatever it is called.
_HEAVY = 0.4
#: Share of its prose that an element must have in one child for that child to be the article.
_NEARLY_ALL = 0.85
#: A text this long is prose; menu entries, dates and labels are shorter.
_PROSE = 25

_UNWANTED_TAGS = frozenset("nav aside footer form dialog menu".split())
_UNWANTED_ROLES = frozenset(
    "navigation complementary contentinfo search dialog alertdialog menu menubar toolbar".split()
)
_CONTAINERS = frozenset("body div section main article center table tbody tr td form span".split())
_NAME_PART = regex(r"[A-Z]?[a-z]+|[A-Z]+")
_UNWANTED_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar related recirc recirculation recommended "
    "recommendations "
    "comments comment disqus respond share sharing social newsletter subscribe subscription signup promo promotion "
    "trending popular advert advertisement ad ads sponsored taboola outbrain cookie cookies consent gdpr modal popup "
    "overlay pagination pager tags widget toolbar footer masthead paywall login".split()
)
_WANTED_NAMES = frozenset("content body text entry post main quote paragraph caption story".split())
_HIDDEN_NAMES = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only".split())
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def content_of(tree: LexborHTMLParser, language: str | None) -> tuple[str, tuple[Span, ...], tuple[Note, ...]]:
    """`(text, marked, notes)`: the article's text, headline first, the spans in it that the page marks as quotations,
    where it links to, and comments that are meant for us."""
    body = tree.body
    if body is None:
        return "", (), ()
    weights = _Weights(body)
    root = _article_root(tree, body, weights)
    writer = Writer(language, weights.left_out)
    heading = _headline_outside(tree, root)
    if heading is not None:
        writer.write(heading)
    writer.write(root)
    return writer.result()


class _Weights:
    """How many characters of prose each element of a page holds, and which elements are left out."""

    def __init__(self, body: LexborNode) -> None:
        self._prose: dict[int, int] = {}
        self._unwanted: set[int] = set()
        self._hidden: set[int] = set()
        self._gather(body)
        self._heavy = _HEAVY * self._prose.get(body.mem_id, 0)

    def _gather(self, body: LexborNode) -> None:
        """One pass without recursion: each element's own prose, added to its parent when the element ends."""
        links = 0
        for node, entering in _events(body):
            here = node.mem_id
            if node.is_text_node:
                continue
            links += (1 if entering else -1) if node.tag == "a" else 0
            if entering:
                self._prose[here] = 0 if links else sum(map(_prose_length, texts(node)))
                self._classify(node)
            elif node.parent is not None and here not in self._hidden and here != body.mem_id:
                self._prose[node.parent.mem_id] = self._prose.get(node.parent.mem_id, 0) + self._prose[here]

    def _classify(self, node: LexborNode) -> None:
        if node.tag in NO_TEXT or _is_hidden(node):
            self._hidden.add(node.mem_id)
        elif _is_unwanted(node):
            self._unwanted.add(node.mem_id)

    def of(self, node: LexborNode) -> int:
        """Characters of prose in `node` that stand in no link."""
        return self._prose.get(node.mem_id, 0)

    def left_out(self, node: LexborNode) -> bool:
        """Whether `node` is no part of the article."""
        if node.tag in NO_TEXT:
            return True
        unwanted = node.mem_id in self._hidden or node.mem_id in self._unwanted
        return unwanted and (self.of(node) < self._heavy or not self._heavy)


def _events(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """`(node, entering)` in document order, each element twice. Without recursion: pages nest thousands deep."""
    stack = [(root, True)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        if not entering or node.is_text_node:
            continue
        stack.append((node, False))
        child = node.last_child
        while child is not None:
            if child.is_text_node or child.is_element_node:
                stack.append((child, True))
            child = child.prev


def _prose_length(text: str) -> int:
    length = len(text.strip())
    return length if length >= _PROSE else 0


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or _INVISIBLE.search((attributes.get("style") or "")[:500]):
        return True
    return not _HIDDEN_NAMES.isdisjoint((attributes.get("class") or "")[:500].lower().split())


def _is_unwanted(node: LexborNode) -> bool:
    attributes = node.attributes
    if node.tag in _UNWANTED_TAGS or (attributes.get("role") or "").lower() in _UNWANTED_ROLES:
        return True
    if node.tag in ("article", "main", "body", "p", "q", "blockquote", "figure", "figcaption"):
        return False
    for name in f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:500].split():
        parts = {part.lower() for part in _NAME_PART.findall(name)}
        if parts & _UNWANTED_NAMES and not parts & _WANTED_NAMES:
            return True
    return False


def _article_root(tree: LexborHTMLParser, body: LexborNode, weights: _Weights) -> LexborNode:
    """The element that holds the article: the one that is named so, else the smallest with nearly all the prose."""
    total = weights.of(body)
    for selector in ("[itemprop~=articleBody]", "article", "main, [role=main]"):
        named = [node for node in tree.css(selector) if not weights.left_out(node)]
        if named:
            heaviest = max(named, key=weights.of)
            if weights.of(heaviest) >= total * _HEAVY and weights.of(heaviest):
                return heaviest if selector != "main, [role=main]" else _narrowed(heaviest, weights)
    return _narrowed(body, weights)


def _narrowed(root: LexborNode, weights: _Weights) -> LexborNode:
    while True:
        children = [child for child in _elements(root) if child.tag in _CONTAINERS and not weights.left_out(child)]
        heaviest = max(children, key=weights.of, default=None)
        if heaviest is None or weights.of(heaviest) < _NEARLY_ALL * max(weights.of(root), 1):
            return root
        root = heaviest


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next


def _headline_outside(tree: LexborHTMLParser, root: LexborNode) -> LexborNode | None:
    """The page's only `<h1>` where it stands outside `root`, else None."""
    headings = [node for node in tree.css("h1") if not is_blank(node)]
    if len(headings) != 1:
        return None
    ancestor: LexborNode | None = headings[0]
    while ancestor is not None:
        if ancestor.mem_id == root.mem_id:
            return None
        ancestor = ancestor.parent
    return headings[0]
