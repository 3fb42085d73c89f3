"""Second signals: who speaks at a place of a text."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum

from citecheck.matching.index import Index
from citecheck.text.names import name_words, same_person


class Voice(Enum):
    """What a place says about a speaker that the query names."""

    SAME = "same"
    SILENT = "silent"
    OTHER = "other"


def voice_at(index: Index, text: int, start: int, end: int, speaker: str) -> Voice:
    """Whether `speaker` is the one who speaks at `start:end`: by the record there, the turn of a transcript, or the
    names in the sentence around."""
    quotation = index.quotation_at(text, start, end)
    turn = _turn_at(index.turns(text), start)
    said_by = quotation.speaker.name if quotation and quotation.speaker else None
    if any(name and (same_person(name, speaker) or _shares_surname(name, speaker)) for name in (said_by, turn)):
        return Voice.SAME
    if said_by or turn:
        return Voice.OTHER
    first, last = index.sentence_around(text, start, end)
    around = set(name_words(index.article(text).text[first:last]))
    return Voice.SAME if set(name_words(speaker)[-1:]) & around else Voice.SILENT


def _turn_at(turns: list[tuple[int, str]], start: int) -> str | None:
    at = bisect_right(turns, (start, "\U0010ffff")) - 1
    return turns[at][1] if at >= 0 else None


def _shares_surname(turn: str, speaker: str) -> bool:
    """Transcripts mix "SEN. ANA RUIZ, D-TX" with "RUIZ": one name's last word stands in the other."""
    left, right = name_words(turn.partition(",")[0]), name_words(speaker.partition(",")[0])
    return bool(left and right) and (left[-1] in right or right[-1] in left)
