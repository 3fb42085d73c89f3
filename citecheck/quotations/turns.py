"""Transcripts: what follows a name and a colon at the start of a line are the speaker's own words, without marks.

A label is only trusted in company: a "PHOTO:" or a "Winner:" stands in any article, turns of a conversation come in
rows and their speakers come back. A turn that is missed is found as text all the same; a heading that is taken for a
speaker is a false name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from citecheck.models import Span
from citecheck.text.lexicons import words

_LABEL = re.compile(r"([A-Z][\w.'’-]{0,30}(?: [A-Z(][\w.,'’()-]{0,30}){0,4})\s?:[ \t\u00a0]+(?=[^\s\"“„«‘'])")
#: A conversation has at least this many turns.
FEWEST = 3
#: With more voices than this the labels are a list of something; it also bounds the work on a text made to be slow.
MOST = 40


def find_turns(text: str, blocks: Sequence[Span]) -> list[Span]:
    """The spans behind the labels of a transcript, one for each labelled line; empty where `text` is none."""
    later = blocks[1:]  # the first line is the headline: "Ruiz: We Stay"
    labels = [(match[1], (match.end(), end)) for start, end in later if (match := _LABEL.match(text, start, end))]
    if len(labels) < FEWEST:
        return []
    count = Counter(label for label, _ in labels)
    if len(count) > MOST:
        return []
    named = {label for label in count if _is_name(text, label)}
    turns = [span for label, span in labels if label in named]
    enough = len(turns) >= FEWEST and len(named) > 1 and any(count[label] > 1 for label in named)
    return turns if enough else []


def _is_name(text: str, label: str) -> bool:
    """Whether the label names somebody: in capitals, or as a name that stands in full elsewhere in the text."""
    found = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", label)
    if not found or any(word.lower() in words("label_words.txt") for word in found):
        return False
    last = found[-1]
    if label.upper() == label:
        return len(last) > 2
    before = r"(?<![.!?:] )\b[A-Z][\w.’'-]{1,30} " if len(found) == 1 else r"\b"
    return re.search(rf"{before}{re.escape(last)}(?![\w:])", text) is not None
