"""How each reporting word builds its sentence, from the column `reported` of `cues.tsv`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import NamedTuple

from citecheck.text.lexicons import rows

#: The kinds of rows that are verbs; an `attitude` reports a belief or a wish and introduces no quotation by itself.
VERB_KINDS = ("verb", "attitude")


class Shape(Enum):
    """The part of its paradigm that a form of a verb is."""

    BASE = "base"
    THIRD = "third person"
    PAST = "past"
    PARTICIPLE = "past participle"  # only where it differs from the past: written
    ING = "present participle"


class Frames(NamedTuple):
    """What may follow a reporting verb to give what was said.

    `that` a clause opened by that; `clause` one without it, where it shows a finite verb; `any` whatever follows;
    `wh` how, what, whether …; `to` an infinitive; `hear` a hearer comes first; `tail` the verb may follow its clause
    ("…, he noted"); `doc` whatever follows, where a document is its subject. `prepositions` open the content themselves
    (called *for*); `particle` belongs to the verb (pointed *out*). `negative`: what it reports was denied or declined;
    `attitude`: a verb of belief or judgment.
    """

    lemma: str
    shape: Shape
    kinds: frozenset[str]
    prepositions: frozenset[str]
    particle: str | None
    negative: bool
    attitude: bool

    def takes(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


def _shape(form: str, forms: list[str]) -> Shape:
    if form == forms[0]:
        return Shape.BASE
    if form.endswith("ing") and form == forms[-1]:
        return Shape.ING
    if form == forms[1] or form.endswith("s"):
        return Shape.THIRD
    return Shape.PARTICIPLE if forms.index(form) > 2 else Shape.PAST


@cache
def frames() -> Mapping[str, Frames]:
    """Each form of an English reporting verb, lower case, to its frames; the first entry that has a form holds."""
    table: dict[str, Frames] = {}
    for row in rows("cues.tsv"):
        if row["kind"] not in VERB_KINDS or row["language"] != "en" or not row["reported"]:
            continue
        codes, forms = row["reported"].split(), row["forms"].split()
        prepositions = frozenset(code[2:] for code in codes if code.startswith("p:"))
        particle = next((code[5:] for code in codes if code.startswith("part:")), None)
        kinds = frozenset(code for code in codes if ":" not in code)
        for form in dict.fromkeys(forms):
            shape = _shape(form, forms)
            table.setdefault(
                form,
                Frames(
                    row["lemma"],
                    shape,
                    kinds,
                    prepositions,
                    particle,
                    negative=row["polarity"] == "-",
                    attitude=row["kind"] == "attitude",
                ),
            )
    return table
