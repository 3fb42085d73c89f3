"""The codes of the findings: what each means, the newsroom rule behind it, a case that fires and one that does not.

Codes are stable: a code is never given another meaning. Published rules: the Reuters Handbook of Journalism ("quotes
are sacred"; words may be cut, never changed), the AP Stylebook (no alteration of quotations, even of grammar), the
Guardian style guide, the NPR Ethics Handbook (attribution), the SPJ Code of Ethics (identify sources clearly).
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """One code. `fires` and `silent` are drafts against the same witness; `ask` is the question for the writer."""

    code: str
    title: str
    ask: str
    why: str
    witness: str
    fires: str
    silent: str


RULES = (
    Rule(
        "CC101",
        "Meaning changed inside the marks",
        "Which wording is right? Listen to the recording or ask the witness’s desk.",
        "Reuters: quotes are sacred. A number, date, name, negation or hedge inside the marks is the speaker’s own.",
        "The mayor, Ana Ruiz, said: “We will not close four schools in the valley this year.”",
        "Ana Ruiz said: “We will close four schools in the valley this year.”",
        "Ana Ruiz said: “We will not close four schools in the valley this year.”",
    ),
    Rule(
        "CC102",
        "Marks put round a paraphrase",
        "Are these the speaker’s very words? If not, take the marks away.",
        "AP: quotation marks only around the exact words. A witness tells this in its own words, without marks.",
        "The mayor, Ana Ruiz, said the town would rather repair the old bridge than build another one.",
        "“The town would rather repair the old bridge than build another one,” said Ana Ruiz.",
        "Ana Ruiz said the town would rather repair the old bridge than build another one.",
    ),
    Rule(
        "CC103",
        "Words altered inside the marks",
        "Which wording is right? Restore it, or paraphrase without marks.",
        "Reuters: words may be left out where it is shown, never changed. AP: not even to mend the grammar.",
        "The mayor, Ana Ruiz, said: “This old bridge has carried our children to school for a century.”",
        "Ana Ruiz said: “This old bridge has carried our children to market for a century.”",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.”",
    ),
    Rule(
        "CC104",
        "Words spoken apart run together",
        "Were these one sentence? Part them, or show the cut with an ellipsis.",
        "SPJ: never distort. Two remarks joined without a mark can say what neither said.",
        "“The bridge is safe to cross today,” said Ana Ruiz. The meeting went on for two hours in the old town hall. "
        "“Our engineers will look at every bolt next spring,” she said.",
        "“The bridge is safe to cross today our engineers will look at every bolt next spring,” said Ana Ruiz.",
        "“The bridge is safe to cross today,” said Ana Ruiz.",
    ),
    Rule(
        "CC105",
        "Trimmed of a qualifier",
        "Does the speaker still say it without the words that were cut?",
        "Masson v. New Yorker: alteration matters where it materially changes the meaning; a lost “if” can.",
        "The mayor, Ana Ruiz, said: “If the state pays its share, we will rebuild the bridge before winter.”",
        "Ana Ruiz said: “We will rebuild the bridge before winter.”",
        "Ana Ruiz said: “If the state pays its share, we will rebuild the bridge before winter.”",
    ),
    Rule(
        "CC106",
        "Trimmed",
        "Is the cut fair to the speaker, and should an ellipsis show it?",
        "Reuters: deletions that keep the sense are allowed, and marked.",
        "The mayor, Ana Ruiz, said: “The bridge will open again in May, and the whole valley is invited to the feast.”",
        "Ana Ruiz said: “The bridge will open again in May.”",
        "Ana Ruiz said: “The bridge will open again in May, and the whole valley is invited to the feast.”",
    ),
    Rule(
        "CC201",
        "Another speaker",
        "Who said it? The witness names somebody else.",
        "SPJ: identify sources clearly. Words in the wrong mouth are the gravest of attribution errors.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz, the mayor.",
        "“We have waited ten years for this bridge to be repaired,” said Paul Okoye, an engineer.",
        "“We have waited ten years for this bridge to be repaired,” Ana Ruiz said.",
    ),
    Rule(
        "CC202",
        "Speaker weaker than the witness gives",
        "The witness names the speaker: should the draft?",
        "NPR: readers should be able to judge who speaks. A name is on record; “officials” is not.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz, the mayor.",
        "“We have waited ten years for this bridge to be repaired,” officials said.",
        "“We have waited ten years for this bridge to be repaired,” Ana Ruiz said.",
    ),
    Rule(
        "CC301",
        "Not found in what was searched",
        "Where is this from? Add the source to the archive, or ask the writer for notes or a recording.",
        "A quotation without a witness is unverified, no more: what was searched is said beside it.",
        "The mayor, Ana Ruiz, said the bridge would open again in May.",
        "“Nobody in this valley has ever trusted the engineers from the capital,” said Ana Ruiz.",
        "Ana Ruiz said the bridge would open again in May.",
    ),
)

_BY_CODE = {rule.code: rule for rule in RULES}


def rule(code: str) -> Rule:
    """The rule of a code. Raises `KeyError` for one that is not known."""
    return _BY_CODE[code]


def codes() -> list[str]:
    """All codes, in their order."""
    return list(_BY_CODE)


def explain(code: str) -> str | None:
    """What a code means, its rule and its two cases, as text; None for a code that is not known."""
    found = _BY_CODE.get(code.upper())
    if found is None:
        return None
    return "\n".join(
        (
            f"{found.code}: {found.title}",
            "",
            f"Why: {found.why}",
            f"Ask: {found.ask}",
            "",
            f"Witness: {found.witness}",
            f"Fires:   {found.fires}",
            f"Silent:  {found.silent}",
        )
    )
