"""Each code has a case that fires and one that does not, and those are what `citecheck explain` shows."""

import pytest

from citecheck import pipeline
from citecheck.checks.codes import RULES, Rule, codes, explain
from citecheck.checks.decisions import Decisions, decide
from citecheck.models import Article, Checked, Corpus, Severity


def article(id_: str, text: str) -> Article:
    return Article(id_, text, digest=f"digest of {id_}")


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
