"""Each code has a case that fires and one that does not, and those are what `citecheck explain` shows."""

import pytest

from citecheck import pipeline
from citecheck.checks.codes import RULES, Rule, codes, explain
from citecheck.checks.decisions import Decisions, decide
from citecheck.models import Article, Checked, Corpus, Severity
from citecheck.readers.markdown_notes import notes_of


def article(id_: str, text: str) -> Article:
    """A text with its links and footnotes, as a Markdown file has them."""
    notes, markup = notes_of(text, 0)
    return Article(id_, text, digest=f"digest of {id_}", notes=notes, markup=markup)


def check(witness: str, draft: str, level: Severity = Severity.NONE) -> Checked:
    """The draft against one witness, or several parted by a line of `=====`, with the ignores that stand in it."""
    parts = witness.split("\n=====\n")
    against = Corpus(tuple(pipeline.extract(article(f"witness {at}", part)) for at, part in enumerate(parts)))
    (checked,) = pipeline.check(Corpus((pipeline.extract(article("draft", draft)),)), against)
    return decide(checked, Decisions(min_level=level))


#: A sign-off is no text of a draft: tests/checks/test_decisions.py has its cases.
IN_TEXT = [rule for rule in RULES if rule.code != "CC902"]


@pytest.mark.parametrize("rule", IN_TEXT, ids=lambda rule: rule.code)
def test_each_rule_fires_on_its_case(rule: Rule) -> None:
    found = [finding.code for finding in check(rule.witness, rule.fires).findings]
    assert found == [rule.code]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_is_silent_on_the_other_case(rule: Rule) -> None:
    assert check(rule.witness, rule.silent).findings == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_is_explained(rule: Rule) -> None:
    text = explain(rule.code.lower())
    assert text is not None
    assert rule.title in text
    assert rule.ask in text


def test_codes_are_unique_and_in_order() -> None:
    assert codes() == sorted(set(codes()))
    assert explain("CC999") is None


WITNESS = (
    "VALLEY — The council voted on Monday.\n"
    "“We will open the new clinic in March, and nobody will pay for a visit,” said Ana Ruiz, the mayor.\n"
    "The doctor, Paul Okoye, said the clinic would need twelve more nurses before the autumn."
)

#: (draft, the codes that an editor should see), with what the row is for.
CASES = [
    ("“We will open the new clinic in March, and nobody will pay for a visit,” Ruiz said.", []),  # verbatim
    ('"We will open the new clinic in March, and nobody will pay for a visit," Ruiz said.', []),  # other marks
    ("“We will open the new clinic in March and nobody will pay for a visit”, Ruiz said.", []),  # commas
    ("“We will open the new clinic in May, and nobody will pay for a visit,” said Ana Ruiz.", ["CC101"]),  # a date
    ("“We will open the clinic in March, and everybody will pay for a visit,” said Ana Ruiz.", ["CC101"]),  # a sign
    ("It is a “clinic” in name only.", []),  # a scare quote claims nobody's words
    ("“The clinic would need twelve more nurses before the autumn,” said Paul Okoye.", ["CC102"]),  # told, now quoted
    ("“My own children were born in a tent beside the old hospital,” said Ana Ruiz.", ["CC301"]),  # found nowhere
]


@pytest.mark.parametrize(("draft", "expected"), CASES)
def test_a_draft_against_one_witness(draft: str, expected: list[str]) -> None:
    assert [finding.code for finding in check(WITNESS, draft, Severity.MINOR).findings] == expected


def test_a_finding_carries_its_place_and_its_evidence() -> None:
    draft = "A clinic opens.\n“We will open the new clinic in May, and nobody will pay for a visit,” said Ana Ruiz."
    (finding,) = check(WITNESS, draft).findings
    assert (finding.line, finding.column) == (2, 2)
    assert draft[finding.start : finding.end] == finding.text
    assert finding.severity is Severity.CRITICAL
    evidence = finding.evidence[0]
    assert WITNESS[evidence.start : evidence.end] == evidence.text
    assert evidence.before.endswith("“")
    assert "Ana Ruiz" in evidence.after
    assert finding.searched.articles == 1


def test_a_fingerprint_survives_an_edit_elsewhere() -> None:
    words = "“We will open the new clinic in May, and nobody will pay for a visit,” said Ana Ruiz."
    (one,) = check(WITNESS, words).findings
    (other,) = check(WITNESS, f"A line before it.\n\n{words}").findings
    assert one.fingerprint == other.fingerprint


def test_a_draft_is_no_witness_for_itself() -> None:
    words = "“My own children were born in a tent beside the old hospital,” said Ana Ruiz."
    both = Corpus((pipeline.extract(article("witness", WITNESS)), pipeline.extract(article("draft", words))))
    (checked,) = pipeline.check(Corpus(both.extractions[1:]), both)
    assert [finding.code for finding in checked.findings] == ["CC301"]
    assert checked.searched.articles == 1


#: (witnesses, draft, the codes that an editor should see), with what the row is for.
BESIDE = [
    # Told in the writer's words, and credited by the witness.
    (
        "Ana Ruiz, the mayor, told Reuters on Monday that the valley would sell its two ferries before the winter.",
        "Ana Ruiz, the mayor, said that the valley would sell its two ferries before the winter.",
        ["CC302"],
    ),
    (
        "Ana Ruiz, the mayor, told Reuters on Monday that the valley would sell its two ferries before the winter.",
        "Ana Ruiz, the mayor, told Reuters that the valley would sell its two ferries before the winter.",
        [],
    ),
    # One witness has the draft's words, another quotes them otherwise.
    (
        "The Guardian\n\n“We will never sell the old ferries to a stranger,” said Ana Ruiz.\n=====\n"
        "BBC\n\n“We will never sell the ferries to a stranger,” said Ana Ruiz.",
        "“We will never sell the ferries to a stranger,” said Ana Ruiz.",
        ["CC103"],
    ),
    # A range whose lower end changed, and one that is the same in figures.
    (
        "Paul Okoye said the ferries were six to nine months behind the plan of the harbour office.",
        "Paul Okoye said the ferries were three to nine months behind the plan of the harbour office.",
        ["CC402"],
    ),
    (
        "Paul Okoye said the ferries were six to nine months behind the plan of the harbour office.",
        "Paul Okoye said the ferries were 6 to 9 months behind the plan of the harbour office.",
        [],
    ),
    # Polls of two days: the same words around other figures.
    (
        "A poll in March found that 46 percent of voters would keep the ferries, with a margin of error of 3 points.",
        "A survey in June said 52 percent of the islanders want a bridge, with a margin of error of 4 points.",
        [],
    ),
    # A conflict of the day, told as a weekday of a dated witness.
    (
        "ORLA, May 3 (Reuters) - The two old ferries of the valley were sold to a shipyard on Thursday, May 2.",
        "The two old ferries of the valley were sold to a shipyard on May 12.",
        ["CC401"],
    ),
    # A quotation that the witness breaks up is whole in the draft.
    (
        "“We will sell the ferries,” Ana Ruiz said, “and with the money we will build a school.”",
        "“We will sell the ferries, and with the money we will build a school,” Ana Ruiz said.",
        [],
    ),
    # A body that speaks for its own head is weaker, and no other speaker.
    (
        "“The ferries are older than most of our captains,” said Ana Ruiz, chief executive of Orla Lines.",
        "“The ferries are older than most of our captains,” Orla Lines said.",
        ["CC202"],
    ),
    # Nobody is named whom “she” could be.
    ("The ferries are old.", "“The ferries are older than most of our captains,” she said.", ["CC203", "CC301"]),
    # A name for a thing.
    ("The ferries are old.", "The islanders call the ferries “the old ladies”. The “ladies” sail at six.", []),
    # A common phrase that another speaker used too.
    (
        "“Not at all,” said Paul Okoye of the sale.",
        "“Not at all,” said Ana Ruiz when she was asked about the school.",
        [],
    ),
]


@pytest.mark.parametrize(("witness", "draft", "expected"), BESIDE)
def test_what_stands_beside_the_words(witness: str, draft: str, expected: list[str]) -> None:
    assert sorted(finding.code for finding in check(witness, draft, Severity.MINOR).findings) == expected
