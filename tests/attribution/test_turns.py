"""Turns of interviews and transcripts: the label says who speaks, and nobody else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck import pipeline
from citecheck.config import Config
from citecheck.models import Extraction, SpeakerKind

INTERVIEW = """Talk with the harbour master

{q}: When will the ferry run again?

{a}: We will sail before the end of May, whatever the council decides.

{q}: Is that a promise?

{b}: It is as good as one. I have never missed a date.
"""


def speakers(folder: Path, text: str, name: str = "talk.txt") -> list[tuple[str, str] | None]:
    """Name and kind of the speaker of each record, in order."""
    (folder / name).write_text(text, encoding="utf-8")
    (found,) = pipeline.extract_all([folder / name], Config())
    assert isinstance(found, Extraction)
    assert len({one.id for one in found.quotations}) == len(found.quotations)
    for one in found.quotations:
        assert one.speaker is None or found.article.text[one.speaker.start : one.speaker.end] == one.speaker.mention
    return [(one.speaker.name, one.speaker.kind.value) if one.speaker else None for one in found.quotations]


ROLE, NAME = SpeakerKind.DESCRIPTION.value, SpeakerKind.PERSON.value
LABELS = [
    # a role and a name; the surname alone is the same person
    (("INTERVIEWER", "ANA RUIZ", "RUIZ"), ("INTERVIEWER", ROLE), ("ANA RUIZ", NAME)),
    (("Interviewer", "Ana Ruiz", "Ruiz"), ("Interviewer", ROLE), ("Ana Ruiz", NAME)),
    # roles alone: nobody is named, and neither speaks for the other
    (("Q", "A", "A"), ("Q", ROLE), ("A", ROLE)),
    (("MODERATOR", "SPEAKER 2", "SPEAKER 2"), ("MODERATOR", ROLE), ("SPEAKER 2", ROLE)),
    (("Unidentified reporter", "WITNESS", "WITNESS"), ("Unidentified reporter", ROLE), ("WITNESS", ROLE)),
    # other languages
    (("FRAGE", "ANTWORT", "ANTWORT"), ("FRAGE", ROLE), ("ANTWORT", ROLE)),
]


@pytest.mark.parametrize(("labels", "first", "second"), LABELS)
def test_the_label_is_the_speaker(
    tmp_path: Path, labels: tuple[str, str, str], first: tuple[str, str], second: tuple[str, str]
) -> None:
    text = INTERVIEW.format(**dict(zip("qab", labels, strict=True)))
    assert speakers(tmp_path, text) == [first, second, first, second]
    page = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
    assert speakers(tmp_path, f"<html lang=en><body><article>{page}</article></body></html>", "talk.html") == [
        *(first, second, first, second)
    ]


def test_german_turns(tmp_path: Path) -> None:
    text = (
        "FRAGE: Wann fährt die Fähre wieder?\n\nRUIZ: Wir fahren vor Ende Mai wieder, egal was der Rat beschließt.\n\n"
        "FRAGE: Ist das ein Versprechen?\n\nRUIZ: So gut wie eines, und wir haben noch nie eines gebrochen.\n"
    )
    names = [found and found[0] for found in speakers(tmp_path, text)]
    assert names == ["FRAGE", "RUIZ", "FRAGE", "RUIZ"]


@pytest.mark.parametrize(
    "before",
    [
        "[00:01:05] ",  # a time
        "00:01:05 ",
        ">> ",  # live captions
    ],
)
def test_what_stands_before_a_label(tmp_path: Path, before: str) -> None:
    turns = ["MODERATOR: Who pays?", "RUIZ (off camera): The insurers pay for it.", "MODERATOR: All of it?"]
    found = speakers(tmp_path, "\n".join(before + turn for turn in turns))
    assert [speaker and speaker[0] for speaker in found] == ["MODERATOR", "RUIZ", "MODERATOR"]


def test_a_quotation_inside_a_turn_has_its_speaker(tmp_path: Path) -> None:
    text = INTERVIEW.format(q="REPORTER", a="RUIZ", b="RUIZ").replace("sail before", "“sail with the tide” before")
    found = speakers(tmp_path, text)
    assert [speaker and speaker[0] for speaker in found] == ["REPORTER", "RUIZ", "RUIZ", "REPORTER", "RUIZ"]


def test_a_label_in_an_article_is_no_turn(tmp_path: Path) -> None:
    text = "The vote was close.\n\nWinner: The harbour party.\n\n“We will sail,” Ana Ruiz said.\n\nPHOTO: The ferry.\n"
    assert [speaker and speaker[0] for speaker in speakers(tmp_path, text)] == ["Ana Ruiz"]


BRIEFING = """Briefing at the harbour office

MODERATOR: Good morning. Ms Ruiz will take your questions.

RUIZ: Thank you. The northern bridge was inspected twice this spring.

We found cracks in four of the nine bearings and closed it to lorries at once.

(Laughter.)

The Repairs

PHOTO: The bridge.

“It was close,” a driver had said that week.

It will open again before the end of May.

MODERATOR: Thank you all for coming.

RUIZ: Thank you.

The briefing ended at noon.
"""


def test_a_turn_runs_over_paragraphs(tmp_path: Path) -> None:
    """Up to the next label, without what is no speech; and what follows the last turn may be anybody's."""
    (tmp_path / "talk.txt").write_text(BRIEFING, encoding="utf-8")
    (found,) = pipeline.extract_all([tmp_path / "talk.txt"], Config())
    assert isinstance(found, Extraction)
    said = [one for one in found.quotations if one.speaker and one.speaker.name == "RUIZ"]
    assert [one.text.split()[0] for one in said] == ["Thank", "We", "It", "Thank"]
    assert len({one.group for one in said[:3]}) == 1
    assert said[0].group is not None
    assert said[3].group is None


def test_prose_between_labels_is_the_writers(tmp_path: Path) -> None:
    prose = "Rain fell on the harbour all night, and the boats lay still.\n\n" * 8
    text = f"Talk\n\nRUIZ: We will stay.\n\n{prose}BERG: Nobody will.\n\n{prose}RUIZ: We will all stay.\n"
    found = speakers(tmp_path, text)
    assert [speaker and speaker[0] for speaker in found] == ["RUIZ", "BERG", "RUIZ"]


def test_a_later_paragraph_of_a_turn_confirms_a_quotation(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "talk.txt").write_text(BRIEFING, encoding="utf-8")
    draft = "“We found cracks in four of the nine bearings and closed it to lorries at once,” Ruiz said.\n"
    (tmp_path / "draft.txt").write_text(draft, encoding="utf-8")
    (checked,) = pipeline.check(
        pipeline.open_corpus([tmp_path / "draft.txt"]), pipeline.open_corpus([tmp_path / "desk"])
    )
    assert checked.findings == ()
