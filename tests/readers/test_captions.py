"""Transcripts: captions put together to paragraphs, voices and times kept; labelled plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers.made import article, places, reasons

from citecheck.models import Article
from citecheck.readers.transcripts import times, turns

VTT = """WEBVTT
Kind: captions
Language: en-GB

intro
00:01.000 --> 00:03.500 align:start
<v Ana Ruiz>We will open
the bridge

00:03.500 --> 00:05.000
<v Ana Ruiz>in <i>May</i>.

00:09.000 --> 00:11.000
<v Tom Okoye>And the &amp; money?
"""
SRT = """1
00:00:01,000 --> 00:00:02,000
The harbour is closed.

2
01:00:07,500 --> 01:00:09,000
{\\an8}<font color="red">It opens</font> in spring.

3
01:00:09,000 --> 01:00:10,000
It opens in spring.

4
01:00:10,000 --> 01:00:12,000
>> MAYOR: We shall see.
"""


def marked(found: Article) -> list[str]:
    return [found.text[start:end] for start, end in found.marked]


def test_voices_become_labels_and_their_words_are_marked(tmp_path: Path) -> None:
    found = article(tmp_path, "talk.vtt", VTT)
    assert found.text == "Ana Ruiz: We will open the bridge in May.\n\nTom Okoye: And the & money?"
    assert marked(found) == ["We will open the bridge in May.", "And the & money?"]
    assert places(found) == [
        ("00:00:01", "Ana Ruiz: We"),
        ("00:00:03", "in May.\n\nTom"),
        ("00:00:09", "Tom Okoye: A"),
    ]
    assert found.language == "en"


def test_a_pause_ends_a_paragraph_and_rolling_lines_come_once(tmp_path: Path) -> None:
    found = article(tmp_path, "talk.srt", SRT.replace("\n", "\r\n"))
    assert found.text == "The harbour is closed.\n\nIt opens in spring.\n\nMAYOR: We shall see."
    assert found.place(found.text.index("opens")) == "01:00:07"
    assert marked(found) == ["We shall see."]


def test_a_file_without_a_caption_is_skipped(tmp_path: Path) -> None:
    assert reasons(tmp_path, "talk.vtt", "WEBVTT\n\nnothing here\n") == [
        "no caption with a time in it (00:01.000 --> 00:04.000)"
    ]


TALK = """[00:00:05] ANA RUIZ: We open in May.

[00:01:10] TOM OKOYE (engineer): The steel is here.

[01:02:03] ANA RUIZ: Nobody pays a toll.
"""


def test_labelled_text_keeps_its_words_and_gets_times_and_turns(tmp_path: Path) -> None:
    found = article(tmp_path, "talk.txt", TALK)
    assert found.text == TALK
    assert marked(found) == ["We open in May.", "The steel is here.", "Nobody pays a toll."]
    assert [label for _, label in found.places] == ["00:00:05", "00:01:10", "01:02:03"]


@pytest.mark.parametrize(
    "text",
    [
        "A story.\n\nNote: the bridge is old.\n\nUpdate: it is closed.\n\nCorrection: it opens.",  # nobody twice
        "Ruiz: yes.\nOkoye: no.",  # too few turns to be sure
        "Long prose goes on.\n" * 10 + "Ruiz: yes.\nOkoye: no.\nRuiz: yes.\n",  # a passage in an article
    ],
)
def test_what_only_looks_like_a_transcript_is_none(text: str) -> None:
    assert turns(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "18:00 News\n20:15 Film\n19:00 Weather\n",  # a schedule that runs backwards
        "At 10:15 it rained.\n10:20 was dry.\n",  # too few
    ],
)
def test_stray_times_are_no_places(text: str) -> None:
    assert times(text) == ()
