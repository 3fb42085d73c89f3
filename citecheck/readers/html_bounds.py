"""Pages built to exhaust a parser are refused before they are parsed.

An HTML parser walks its stack of open elements for many a tag, compares each attribute of a tag with those before it,
and opens unclosed formatting elements (`<b>`, `<font>`) again in each block that follows. So time and memory grow with
the product of tags and depth. This scan is linear, follows the tokenizer of the HTML standard where text could be taken
for tags and the other way round (comments, scripts, attribute values), and adds these products up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

#: Steps up the stack that a parser would take; 250 million take it a second. Saved pages need below one million.
_MOST_STEPS = 250_000_000
#: Elements that unclosed formatting would make it copy. Hand-written old pages reach some ten thousand.
_MOST_COPIES = 2_000_000
#: Tags of one page; a long live blog has some ten thousand. The tree takes about 300 bytes for each.
_MOST_TAGS = 500_000
#: Attributes of one tag; browsers' own saved pages have below 50.
_MOST_ATTRIBUTES = 1_000

_OPENING = re.compile(r"<!--|<(/?)([A-Za-z][^\s/>]*)")
_COMMENT_END = re.compile(r"--!?>")
_TAG_PART = re.compile(r">|=\s*([\"'])")
_ATTRIBUTE = re.compile(r"[\s/]+[^\s/>=]|=")
_RAW_TEXT = frozenset("script style textarea title xmp iframe noembed noframes noscript".split())
_FOREIGN = ("svg", "math")
#: Elements that hold nothing, or are closed by the next of their kind.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot option "
    "optgroup html head body path circle rect line polygon polyline ellipse use stop".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def excess(page: str) -> str | None:
    """What `page` has too much of, in words for the user, or None where it can be parsed in good time."""
    opened: Counter[str] = Counter()
    depth = formatting = steps = copies = 0
    for number, (closing, name, attributes) in enumerate(_tags(page, opened)):
        if number >= _MOST_TAGS:
            return f"it has more than {_MOST_TAGS:,} tags"
        if attributes > _MOST_ATTRIBUTES:
            return f"a tag in it has more than {_MOST_ATTRIBUTES:,} attributes"
        steps += depth
        copies += formatting
        if steps > _MOST_STEPS or copies > _MOST_COPIES:
            return "its elements are nested too deeply to be parsed in reasonable time"
        if name in _FLAT or (closing and not opened[name]):
            continue
        change = -1 if closing else 1
        opened[name] += change
        depth += change
        formatting += change if name in _FORMATTING else 0
    return None


def _tags(page: str, opened: Counter[str]) -> Iterator[tuple[bool, str, int]]:
    """`(closing, name, attributes)` of each tag. `opened` says, while it is filled, whether this is SVG or MathML."""
    at = 0
    while match := _OPENING.search(page, at):
        if match[2] is None:
            if page.startswith((">", "->"), match.end()):
                at = match.end() + 1
                continue
            end = _COMMENT_END.search(page, match.end())
            if end is None:
                return
            at = end.end()
            continue
        name = match[2].lower()
        at, attributes = _tag_end(page, match.end())
        yield bool(match[1]), name, attributes
        if name in _RAW_TEXT and not match[1] and not any(opened[foreign] for foreign in _FOREIGN):
            closing = re.compile(rf"</{name}", re.IGNORECASE).search(page, at)
            if closing is None:
                return
            at = closing.start()


def _tag_end(page: str, at: int) -> tuple[int, int]:
    """The offset behind the `>` of a tag whose name ends at `at`, and about how many attributes it has."""
    attributes = 0
    while part := _TAG_PART.search(page, at):
        attributes += sum(1 for _ in _ATTRIBUTE.finditer(page, at, part.end()))
        if part[1] is None:
            return part.end(), attributes
        at = page.find(part[1], part.end()) + 1
        if at == 0:
            break
    return len(page), attributes + sum(1 for _ in _ATTRIBUTE.finditer(page, at or len(page)))
