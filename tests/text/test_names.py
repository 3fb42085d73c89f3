"""Names as bare strings."""

import pytest

from citecheck.text.names import gender_told, is_generalisation, same_person, surname

SAME = [
    ("Ana Ruiz", "Ruiz"),  # family name alone
    ("Ana Ruiz", "Ms. Ruiz"),  # with a form of address
    ("Dr. Ana Ruiz", "Prof. Ruiz"),  # two titles that do not clash
    ("Vladimir Orlov", "Vladimir V. Orlov"),  # a middle initial
    ("William Hart", "Bill Hart"),  # a short form
    ("J. Hart", "John Hart"),  # an initial
    ("José Núñez", "Jose Nunez"),  # accents
    ("Vedyakhin", "Alexander Vediakhin"),  # another transliteration
    ("Ursula von der Leyen", "von der Leyen"),  # particles
    ("the Kestrel Bank", "Kestrel Bank"),  # an article
    ("Orlov’s", "Pavel Orlov"),  # a possessive
    ("Conor O’Brien", "O'Brien"),  # two apostrophes
]
OTHER = [
    ("Ana Ruiz", "Marta Ruiz"),  # two of one family
    ("Mr. Ruiz", "Ms. Ruiz"),  # told apart by the form of address
    ("Ana Ruiz", "Ana Lopez"),  # one given name, two people
    ("Ana Ruiz", ""),  # nobody
    ("Hart", "Hard"),  # short names one letter apart
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_forms_of_one_name(a: str, b: str) -> None:
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_two_names(a: str, b: str) -> None:
    assert not same_person(a, b)
    assert not same_person(b, a)


def test_surname_keeps_particles() -> None:
    assert surname("Dr. Ludwig van der Berg") == "van der berg"
    assert surname("Ruiz") == "ruiz"


def test_gender_is_told_by_titles_only() -> None:
    assert [gender_told(name) for name in ("Mrs. Hart", "Sir Ian Hart", "Ian Hart")] == ["f", "m", "-"]


def test_generalisation() -> None:
    assert is_generalisation("German Gref", "the bank’s leadership")
    assert is_generalisation("Ana Ruiz", "officials")
    assert not is_generalisation("Ana Ruiz", "Marta Ruiz")
    assert not is_generalisation("officials", "sources")
