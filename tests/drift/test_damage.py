"""Damage on the way, by encodings and scanners: recognised, said, and never a cloak for another word."""

from __future__ import annotations

import pytest

from citecheck.drift import compare
from citecheck.drift.ops import replay
from citecheck.models import Side

#: Sound words, the same damaged, what the note says.
DAMAGED = [
    # UTF-8 read as Windows-1252: marks, dashes, accents, signs; the byte that has no character kept or lost
    ("He said “we won’t go” and left – at once", "He said â€œwe wonâ€™t goâ€\x9d and left â€“ at once", "encoding"),
    ("He said “we won’t go” and left", "He said â€œwe wonâ€™t goâ€ and left", "encoding"),
    ("The café in Málaga was closed", "The cafÃ© in MÃ¡laga was closed", "encoding"),
    ("We paid £40 for the crane", "We paid Â£40 for the crane", "encoding"),
    # scanning
    ("We will keep the modern yard open all winter", "We will keep the rnodern yard open all winter", "scanning"),
    ("The old mill stood still all winter", "The o1d mill stood sti11 all winter", "scanning"),
    ("The old mill stood still in the corner", "The old mill stood still in the comer", "scanning"),
    ("We will keep the yard open all winter", "We wi1l keep the yard 0pen all vvinter", "scanning"),
]


@pytest.mark.parametrize(("sound", "damaged", "cause"), DAMAGED)
def test_damage_is_recognised_and_said(sound: str, damaged: str, cause: str) -> None:
    for one, other in ((sound, damaged), (damaged, sound)):
        found = compare(Side(one), Side(other))
        assert found.same
        assert found.severity == 1
        assert any(cause in drift.note for drift in found.drift)
        assert replay(one, other, found.ops) == other


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The stern of the ship was wet", "The stem of the ship was wet"),  # two words of the language
        ("Room B12 and route H1N1 were shut", "Room B13 and route H1N1 were shut"),
        ("We had 10 boats and 100 nets", "We had lO boats and 1000 nets"),
        ("CAFÉ… and voilà”", "CAFÉ and voilà”"),  # no mojibake
    ],
)
def test_no_other_word_passes_for_a_damaged_one(a: str, b: str) -> None:
    assert not any("scanning" in drift.note or "encoding" in drift.note for drift in compare(Side(a), Side(b)).drift)
