"""Transcripts with times: WebVTT and SubRip captions, and texts whose lines begin with a time.

Captions are cut to fit a screen, so their lines are put together again: what one speaker says without a pause is a
paragraph. A voice (`<v Ana Ruiz>`) becomes the label that printed transcripts have ("Ana Ruiz: …"), and what follows it
is marked as speech. Times are places: an editor finds the second in the recording. What was said stands nearest to the
words: the tier is primary.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from citecheck.models import Article, Tier
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.metadata import language_code
from citecheck.readers.pieces import Pieces, clock

_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{1,3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<[\d:.]{1,20}>|\{\\[^{}\n]{0,100}\}")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,80})?[ \t]+([^<>\n]{1,100})>")
#: ">> " is how live captions mark that somebody else speaks; a dash does so in subtitles of films.
_TURN = re.compile(r"^(?:>>+|[-–—])[ \t]*(?=\S)")
_LABEL = re.compile(r"([A-Z][A-Za-z.'’ \-]{1,40}):[ \t]+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
#: Seconds of silence behind the end of a sentence from which on a paragraph begins.
_PAUSE = 2.0
#: A paragraph of captions that never pause is cut at the end of a sentence behind this many characters.
_LONGEST = 600


class _Cue(NamedTuple):
    start: float
    end: float
    voice: str | None  # "" where somebody else speaks and is not named
    text: str


def read_captions(document: Document) -> Iterator[Article]:
    """The one article of a `.vtt` or `.srt` file."""
    source, encoding = document.text()
    cues = list(_cues(source.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")))
    if not cues:
        raise UnreadableError("no caption with a time in it (00:01.000 --> 00:04.000)")
    pieces = Pieces()
    spoken: str | None = None
    last: _Cue | None = None
    since = 0
    for cue in cues:
        new = last is None or (cue.voice is not None and (cue.voice != spoken or not cue.voice))
        if last is not None and not new and _SENTENCE_END.search(last.text):
            new = cue.start - last.end >= _PAUSE or pieces.length - since > _LONGEST
        if cue.voice is not None:
            spoken = cue.voice
        since = pieces.length if new else since
        label = f"{spoken}: " if new and spoken else ""
        text = label + cue.text
        marked = [(len(label), len(text))] if spoken else []
        pieces.add(text, "\n\n" if new else " ", clock(cue.start), marked)
        if spoken and not new and len(pieces.marked) > 1:  # one turn is one span
            (start, _), (_, end) = pieces.marked[-2:]
            pieces.marked[-2:] = [(start, end)]
        last = cue
    yield finished(
        Article(
            id=document.id,
            text=pieces.text,
            language=_language(source),
            path=document.path,
            encoding=encoding,
            marked=tuple(pieces.marked),
            places=tuple(pieces.places),
            tier=Tier.PRIMARY,
        )
    )


def _cues(source: str) -> Iterator[_Cue]:
    """The cues that say something new: rolling captions repeat the line before. An overlong line ends no cue."""
    before = ""
    lines = iter(source.split("\n"))
    for line in lines:
        timing = _TIMING.match(line)
        if timing is None:
            continue
        start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
        block = []
        for words in lines:
            if not words.strip():
                break
            block.append(words)
        for cue in _voices(block, start, end):
            if cue.text and cue.text != before:
                before = cue.text
                yield cue


def _voices(block: list[str], start: float, end: float) -> Iterator[_Cue]:
    """The lines of one cue, put together as long as one voice speaks; a line that was said before is dropped."""
    voice: str | None = None
    said: list[str] = []
    for line in block:
        named = _VOICE.search(line)
        text = " ".join(html.unescape(_TAG.sub("", line)).split())
        turn = _TURN.match(text)
        here: str | None = " ".join(html.unescape(named[1]).split()) if named else "" if turn else None
        if turn:
            text = text[turn.end() :]
            label = _LABEL.match(text)
            if label:
                here, text = label[1], text[label.end() :]
        if here is not None and said:
            yield _Cue(start, end, voice, " ".join(said))
            said = []
        voice = here if here is not None else voice if said else None
        if text:
            said.append(text)
    if said:
        yield _Cue(start, end, voice, " ".join(said))


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")


def _language(source: str) -> str | None:
    found = re.search(r"^Language:[ \t]*([A-Za-z-]{2,20})", source[:500], re.MULTILINE)
    return language_code(found[1]) if found else None
