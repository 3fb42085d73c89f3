"""The vote of the small words."""

from __future__ import annotations

import pytest

from citecheck.text.language import guess_language

CASES = [
    ("The minister said that the bridge would be closed for a year, and that it was not safe.", "en"),
    ("Die Ministerin sagte, dass die Brücke für ein Jahr geschlossen werde und nicht sicher sei.", "de"),
    ("La ministre a déclaré que le pont serait fermé pour un an et qu'il n'était pas sûr.", "fr"),
    ("La ministra dijo que el puente estará cerrado durante un año y que no es seguro.", "es"),
    ("La ministra ha detto che il ponte sarà chiuso per un anno e che non è sicuro.", "it"),
    ("A ministra disse que a ponte ficará fechada durante um ano e que não é segura.", "pt"),
    ("Ministeren sa at broen blir stengt i ett år.", None),  # a language that is not among them
    ("Osterby Harbour Bridge", None),  # names only
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_language(text: str, expected: str | None) -> None:
    assert guess_language(text) == expected
