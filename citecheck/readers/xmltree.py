"""XML from strangers as a tree: no external reference is followed, and a document that would grow is refused.

Expat loads nothing by itself. What is left are entities that a document declares to multiply its text, which are
refused where they are declared, and trees too deep or too large to hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from citecheck.readers.document import UnreadableError

#: Feeds and news items are ten deep, texts inside them thirty.
_DEEPEST = 500
#: A feed has some thousand elements, a wire item some hundred; an element takes about 300 bytes.
_MOST_ELEMENTS = 500_000


def parse_xml(data: bytes) -> Element:
    """The root element; names are `{namespace}name`. Raises UnreadableError where the document is broken or hostile."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            raise UnreadableError("its XML has too many elements, or they are nested too deeply")
        builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_qualified(name))

    def refuse(*_: object) -> None:
        raise UnreadableError("its XML declares entities, which no news system writes")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, LookupError, ValueError) as error:
        raise UnreadableError(f"its XML is broken ({error})") from None


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def local(element: Element) -> str:
    """The name of an element without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of `element` under one of `names` (local, lower case), in order."""
    return (child for child in (element if element is not None else ()) if local(child) in names)


def child(element: Element | None, *names: str) -> Element | None:
    """The first child under the first of `names` that there is."""
    return next((found for name in names for found in children(element, name)), None)


def said(element: Element | None, *names: str) -> str | None:
    """The text of the first child under the first of `names` that has one."""
    for name in names:
        for found in children(element, name):
            text = "".join(found.itertext()).strip()
            if text:
                return text
    return None


def descendants(root: Element, *names: str) -> Iterator[Element]:
    """All elements under and including `root` with one of these local names, in document order."""
    return (element for element in root.iter() if local(element) in names)
