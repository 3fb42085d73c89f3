"""Transcripts: what follows a name and a colon at the start of a line are the speaker's own words, without marks.

A label is only trusted in company: a "PHOTO:" or a "Winner:" stands in any article, turns of a conversation come in
rows and their speakers come back. A turn that is missed is found as text all the same; a heading that is taken for a
speaker is a false name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from citecheck.models import Span
from citecheck.text.lexicons import words
from citecheck.text.patterns import regex

_LABEL = regex(r"([A-Z][\w.'’-]{0,30}(?: [\w(][\w.,'’()-]{0,30}){0,4})\s?:[ \t\u00a0]+(?=[^\s\"“„«‘'])")
_CAPITALS = regex(r"\S+(?: [A-Z(]\S*)*")
#: What stands before a turn in its line: a time, the mark of a new voice, the label, what it adds in brackets.
_BEFORE = regex(
    r"[ \t\ufeff]{0,20}(?:[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])]?[ \t]{1,20})?(?:>{2,4} ?)?(?:\*\*)?"
    r"(?P<label>[^\W\d_a-zß-öø-ÿ][^:\n()\[\]“”«»\"]{0,79}?)(?: ?[(\[][^()\[\]\n]{1,60}[)\]])?"
    r"\s?(?::\*\*|\*\*:|:)[ \t\u00a0]{1,20}"
)
_LONGEST_LABEL = 180
_MARKS = regex(r"[\"“”„«»]")
#: A conversation has at least this many turns.
FEWEST = 3
#: With more voices than this the labels are a list of something; it also bounds the work on a text made to be slow.
MOST = 40


def find_turns(text: str, blocks: Sequence[Span]) -> list[Span]:
    """The spans behind the labels of a transcript, one for each labelled line; empty where `text` is none."""
    later = blocks[1:]  # the first line is the headline: "Ruiz: We Stay"
    likely = [span for span in later if ":" in text[span[0] : span[0] + _LONGEST_LABEL]]
    matches = ((_LABEL.match(text, start, end), end) for start, end in likely)
    found = [(match[1], (match.end(), end)) for match, end in matches if match]
    labels = [(label, span) for label, span in found if is_role(label) or _CAPITALS.fullmatch(label)]
    if len(labels) < FEWEST:
        return []
    count = Counter(label for label, _ in labels)
    if len(count) > MOST:
        return []
    named = {label for label in count if is_role(label) or _is_name(text, label)}
    if any(is_role(label) for label in named):  # somebody is asked, so the one who answers time and again is a person
        last = Counter(label.split()[-1] for label, _ in labels)
        named |= {label for label in count if last[label.split()[-1]] > 1 and not _is_no_name(label)}
    turns = [span for label, span in labels if label in named]
    enough = len(turns) >= FEWEST and len(named) > 1 and any(count[label] > 1 for label in named)
    return turns if enough else []


def with_paragraphs(text: str, blocks: Sequence[Span], turns: Sequence[Span]) -> list[list[Span]]:
    """Each turn (in order) with the paragraphs behind it that go on with it, up to the next turn.

    Where most of what stands between the turns is no turn, they are parts of an article: then it is the writer's. What
    follows the last turn may be anybody's.
    """
    starts = [start for start, _ in blocks]
    at = [bisect_right(starts, start) - 1 for start, _ in turns]
    if not turns or 3 * len(turns) < at[-1] - at[0] + 1:
        return [[turn] for turn in turns]
    following = [*(blocks[here + 1 : there] for here, there in pairwise(at)), ()]
    return [
        [turn, *(span for span in rest if _goes_on(text, span))] for turn, rest in zip(turns, following, strict=True)
    ]


def _goes_on(text: str, span: Span) -> bool:
    """Whether a paragraph is speech: sentences, no "(Laughter)" or "Photo: …", and nobody whom the writer quotes."""
    start, end = span
    sentences = text[start].isalnum() and text[end - 1] in ".?!…"
    return sentences and not _MARKS.search(text, start, end) and not _LABEL.match(text, start, end)


def turn_label(text: str, start: int) -> Span | None:
    """The label of the turn whose words begin at `start`; None where they are no turn, or stand in marks."""
    if not start or text[start - 1] not in " \t\u00a0":
        return None
    line = text.rfind("\n", max(0, start - _LONGEST_LABEL), start) + 1
    if not line and start > _LONGEST_LABEL:
        return None
    found = _BEFORE.fullmatch(text, line, start)
    return found.span("label") if found else None


def is_role(label: str) -> bool:
    """Whether a label says what somebody does in a conversation, and not who it is: "Interviewer", "Q", "SPEAKER 2"."""
    return label.rstrip(" .#0123456789").lower() in words("turn_roles.txt")


def _is_name(text: str, label: str) -> bool:
    """Whether the label names somebody: in capitals, or as a name that stands in full elsewhere in the text."""
    found = _words(label)
    if _is_no_name(label):
        return False
    last = found[-1]
    if label.upper() == label:
        return len(last) > 2
    before = r"(?<![.!?:] )\b[A-Z][\w.’'-]{1,30} " if len(found) == 1 else r"\b"
    return re.search(rf"{before}{re.escape(last)}(?![\w:])", text) is not None


def _is_no_name(label: str) -> bool:
    found = _words(label)
    return not found or any(word.lower() in words("label_words.txt") for word in found)


def _words(label: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", label)
