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
        "CC203",
        "Pronoun or name that reads as somebody else, or as nobody",
        "Whom does it stand for? Name the speaker.",
        "SPJ: identify sources clearly. A reader takes “he” for the man named last.",
        "“We have waited ten years for this bridge to be repaired,” said Paul Okoye, the engineer. Nearly all of the "
        "work was done at night.",
        "The mayor, Pedro Ruiz, opened the meeting at nine. “We have waited ten years for this bridge to be repaired,” "
        "he said.",
        "The engineer, Paul Okoye, opened the meeting at nine. “We have waited ten years for this bridge to be "
        "repaired,” he said.",
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
    Rule(
        "CC302",
        "Source not credited",
        "Where did we get these words? Credit the outlet that had them first.",
        "AP, Reuters and NPR alike: nothing without attribution; words that were told to one outlet are that outlet’s.",
        "ORLA, May 3 (Reuters) - “We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz.",
        "“We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.",
    ),
    Rule(
        "CC303",
        "Several witnesses, one origin",
        "Is one origin enough for this? If not, ask the speaker.",
        "BBC: reluctant to rely on a single source. Outlets that repeat one report are one witness.",
        "“We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.\n"
        "=====\n"
        "ORLA, May 3 (Reuters) - “We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.",
        "“We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.",
        "Ana Ruiz told Reuters that the bridge had waited for ten years.",
    ),
    Rule(
        "CC304",
        "Second-hand only",
        "Can the outlet that is credited be read, or the speaker be asked?",
        "Reuters: go to the source. Every witness that was searched had the words from somebody else.",
        "“We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.",
        "“We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.",
        "Ana Ruiz told Reuters that the bridge had waited for ten years.",
    ),
    Rule(
        "CC305",
        "Circular credit",
        "Who had it first? Ask one of them.",
        "A chain of credits that ends where it began proves nothing.",
        "The Guardian\n\n“We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.\n"
        "=====\n"
        "ORLA, May 3 (Reuters) - “We have waited ten years for this bridge to be repaired,” Ana Ruiz told "
        "The Guardian.",
        "“We have waited ten years for this bridge to be repaired,” Ana Ruiz told Reuters.",
        "Ana Ruiz told Reuters that the bridge had waited for ten years.",
    ),
    Rule(
        "CC306",
        "Not in the source that is given",
        "Is it the right source? Give the one that has the words.",
        "SPJ: identify sources clearly. What a link, a footnote or a comment on a quotation gives is read first; words "
        "that stand elsewhere only are wrongly sourced.",
        "The Herald\n\n“We have waited ten years for this bridge to be repaired,” said Ana Ruiz, the mayor.\n"
        "=====\n"
        "Reuters\n\nThe council of Orla met for two hours on Monday and put off its vote on the new school.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz.[^1]\n\n[^1]: Reuters, Monday",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz.[^1]\n\n[^1]: The Herald, Monday",
    ),
    Rule(
        "CC307",
        "Source that is given was not searched",
        "Can the source be added to the archive, so that the words are looked for where they are from?",
        "A source that nobody has opened proves nothing. It was looked for in the archive by its address, file, title "
        "or outlet.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz, the mayor.",
        "[“We have waited ten years for this bridge to be repaired,”](https://herald.example/orla) said Ana Ruiz.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz.",
    ),
    Rule(
        "CC401",
        "Date in conflict with the witnesses",
        "Which date is meant? Both can be right: an order is signed on one day and published on another.",
        "A date is checked like a name: against the document or two witnesses.",
        "The old bridge over the Orla was closed to lorries on March 3 after a crack was found in its arch.",
        "The old bridge over the Orla was closed to lorries on March 13 after a crack was found in its arch.",
        "The old bridge over the Orla was closed to lorries on 3 March after a crack was found in its arch.",
    ),
    Rule(
        "CC402",
        "Number in conflict with the witnesses",
        "Which figure is right? Ask for the document.",
        "BBC and Reuters: figures are checked at their source.",
        "The valley has spent 45 million euros on the old bridge over the Orla since the flood.",
        "The valley has spent 54 million euros on the old bridge over the Orla since the flood.",
        "The valley has spent about 45 million euros on the old bridge over the Orla since the flood.",
    ),
    Rule(
        "CC403",
        "Title in conflict with the witnesses",
        "Which office does the speaker hold?",
        "AP: a title says why a reader should listen; it has to be right on the day.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz, the transport minister.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz, the health minister.",
        "“We have waited ten years for this bridge to be repaired,” said Ana Ruiz, the minister of transport.",
    ),
    Rule(
        "CC501",
        "Set otherwise than in the witness",
        "None: house style.",
        "Marks, dashes and spaces are the house’s own. Counted, and shown with --min-level cosmetic.",
        "Ana Ruiz said: “We have waited ten years - no, eleven - for this bridge.”",
        "Ana Ruiz said: “We have waited ten years – no, eleven – for this bridge.”",
        "Ana Ruiz said: “We have waited ten years - no, eleven - for this bridge.”",
    ),
    Rule(
        "CC502",
        "Spelled or punctuated otherwise than in the witness",
        "None: house style.",
        "Spelling, case and commas follow the house. Counted, and shown with --min-level cosmetic.",
        "Ana Ruiz said: “The colour of this bridge, they say, was grey for a hundred years.”",
        "Ana Ruiz said: “The color of this bridge, they say, was gray for a hundred years.”",
        "Ana Ruiz said: “The colour of this bridge, they say, was grey for a hundred years.”",
    ),
    Rule(
        "CC503",
        "Straight and curly marks in one draft",
        "None: house style.",
        "One kind of mark in one text. Counted, and shown with --min-level cosmetic.",
        "“We have waited ten years for this bridge,” said Ana Ruiz. “It was grey once and it will be grey again,” she "
        "said.",
        '“We have waited ten years for this bridge,” said Ana Ruiz. "It was grey once and it will be grey again," she '
        "said.",
        "“We have waited ten years for this bridge,” said Ana Ruiz. “It was grey once and it will be grey again,” she "
        "said.",
    ),
    Rule(
        "CC901",
        "Ignore that ignores nothing",
        "Take the comment away, or correct its code.",
        "An ignore that is not needed hides the next finding. Every one has a reason and a finding.",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.”",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.” "
        "<!-- citecheck: ignore CC103 -- she repeated it so -->",
        "Ana Ruiz said: “This old bridge has carried our children to market for a century.” "
        "<!-- citecheck: ignore CC103 -- she repeated it so -->",
    ),
    Rule(
        "CC902",
        "Sign-off that lapsed",
        "Look at it again, and sign it off with citecheck signoff.",
        "A sign-off holds for the words, the speaker and the witnesses that the editor saw, and for no others.",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.”",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.”",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.”",
    ),
    Rule(
        "CC903",
        "Ignore without a reason",
        "Write the reason behind two dashes: <!-- citecheck: ignore CC106 -- reason -->",
        "An exception that nobody can explain a year later is a mistake. Without a reason nothing is ignored.",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.”",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.” "
        "<!-- citecheck: ignore CC103 -->",
        "Ana Ruiz said: “This old bridge has carried our children to school for a century.”",
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
