"""Ignores, sign-offs, baselines, levels: what is kept back, what lapses, what is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from citecheck import pipeline
from citecheck.checks.decisions import Decisions, decide
from citecheck.checks.signoffs import SignOff, resigned, sign
from citecheck.errors import InputError
from citecheck.export import decisions as files
from citecheck.models import Article, Checked, Corpus, Reason, Severity, Skipped

WITNESS = "The mayor, Ana Ruiz, said: “This old bridge has carried our children to school for a century.”"
WRONG = "Ana Ruiz said: “This old bridge has carried our children to market for a century.”"


def found(draft: str, witness: str = WITNESS) -> Checked:
    against = Corpus((pipeline.extract(Article("witness", witness, digest="w")),))
    (checked,) = pipeline.check(Corpus((pipeline.extract(Article("draft", draft, digest="d")),)), against)
    return checked


def codes(checked: Checked) -> list[str]:
    return [item.code for item in checked.findings]


# (the draft, the codes that are left, the reasons why others are kept back)
IGNORES = [
    (f"{WRONG} <!-- citecheck: ignore CC103 -- she repeated it -->", [], ["she repeated it"]),
    (f"<!-- citecheck: ignore CC103 -- on its own line -->\n\n{WRONG}", [], ["on its own line"]),
    (f"{WRONG} <!-- citecheck: ignore CC1 -- all of the wording -->", [], ["all of the wording"]),  # a beginning
    (f"{WRONG} <!-- citecheck: ignore CC302, CC103 -- two codes -->", [], ["two codes"]),
    (f"{WRONG} <!-- citecheck: ignore CC106 -- another code -->", ["CC103", "CC901"], []),  # and it is not needed
    (f"{WRONG} <!-- citecheck: ignore CC103 -->", ["CC103", "CC903"], []),  # no reason
    (f"{WRONG} <!-- citecheck: ignore CC103 -- -->", ["CC103", "CC903"], []),  # an empty one
    (f"{WRONG}\n\nThe end. <!-- citecheck: ignore CC103 -- too far away -->", ["CC103", "CC901"], []),
]


@pytest.mark.parametrize(("draft", "left", "notes"), IGNORES)
def test_ignores(draft: str, left: list[str], notes: list[str]) -> None:
    checked = decide(found(draft), Decisions())
    assert codes(checked) == left
    assert [item.note for item in checked.suppressed] == notes
    assert all(item.reason is Reason.IGNORE for item in checked.suppressed)


IGNORE = "<!-- citecheck: ignore CC103 -- so she said -->"
# (the body of a web page, the codes that are left, the reasons why others are kept back)
IGNORES_IN_PAGES = [
    (f"<p>{WRONG}</p>", ["CC103"], []),
    (f"<p>{WRONG} {IGNORE}</p>", [], ["so she said"]),
    (f"<p>{WRONG}</p> {IGNORE}", ["CC103", "CC901"], []),  # between two paragraphs it is for the next
    (f"<p>Rain all day.</p>\n{IGNORE}\n<p>{WRONG}</p>", [], ["so she said"]),
    (f"<p>Rain.{IGNORE}</p><p>{WRONG}</p>", ["CC103", "CC901"], []),  # of another paragraph
    (f"<p>{WRONG} <!-- citecheck: ignore CC103 --></p>", ["CC103", "CC903"], []),
    (f"<p>{WRONG} <!-- ignore CC103 -- not for us --></p>", ["CC103"], []),
]


@pytest.mark.parametrize(("body", "left", "notes"), IGNORES_IN_PAGES)
def test_ignores_in_a_web_page(tmp_path: Path, body: str, left: list[str], notes: list[str]) -> None:
    page = tmp_path / "draft.html"
    page.write_text(f"<!doctype html><title>Bridge</title><body>{body}<p>It was built of oak.</p>", encoding="utf-8")
    (item,) = pipeline.extract_all([page])
    assert not isinstance(item, Skipped)
    against = Corpus((pipeline.extract(Article("witness", WITNESS, digest="w")),))
    checked = decide(pipeline.check(Corpus((item,)), against)[0], Decisions())
    assert codes(checked) == left
    assert [one.note for one in checked.suppressed] == notes


def test_an_ignore_as_a_comment_of_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    runs = document.add_paragraph(WRONG).runs
    document.add_comment(runs, text="citecheck: ignore CC103 -- on the tape it is market", author="Desk")
    document.save(str(tmp_path / "draft.docx"))
    (item,) = pipeline.extract_all([tmp_path / "draft.docx"])
    assert not isinstance(item, Skipped)
    against = Corpus((pipeline.extract(Article("witness", WITNESS, digest="w")),))
    checked = decide(pipeline.check(Corpus((item,)), against)[0], Decisions())
    assert not checked.findings
    assert [one.note for one in checked.suppressed] == ["on the tape it is market"]


# (select, ignore, what is left of CC103)
SELECTED = [
    ((), (), True),
    (("CC1",), (), True),
    (("CC2",), (), False),
    ((), ("CC1",), False),
    (("CC103",), ("CC1",), True),  # the longer one decides
    (("CC1",), ("CC103",), False),
]


@pytest.mark.parametrize(("select", "ignore", "left"), SELECTED)
def test_selected_codes(select: tuple[str, ...], ignore: tuple[str, ...], left: bool) -> None:
    assert bool(codes(decide(found(WRONG), Decisions(select=select, ignore=ignore)))) is left


def test_codes_are_left_out_of_some_files() -> None:
    assert codes(decide(found(WRONG), Decisions(per_file={"dr*": ("CC1",)}))) == []
    assert codes(decide(found(WRONG), Decisions(per_file={"letters/*": ("CC1",)}))) == ["CC103"]


def test_what_is_below_the_level_is_hidden_and_not_lost() -> None:
    checked = decide(found(WRONG), Decisions(min_level=Severity.CRITICAL))
    assert codes(checked) == []
    assert [item.code for item in checked.hidden] == ["CC103"]


def test_a_baseline_goes_by_content() -> None:
    known = frozenset(item.fingerprint for item in found(WRONG).findings)
    moved = found(f"A line before it.\n\n{WRONG}")
    assert codes(decide(moved, Decisions(baseline=known))) == []
    assert codes(decide(found(WRONG.replace("century", "decade")), Decisions(baseline=known))) == ["CC101"]


def signed(draft: str = WRONG) -> list[SignOff]:
    return [sign(item, "A. Editor") for item in found(draft).standings]


# (the draft now, the witness now, codes that are shown, a word of what changed)
SIGNED = [
    (WRONG, WITNESS, [], ""),
    (f"A line before it.\n\n{WRONG}\n\nAnd one behind.", WITNESS, [], ""),  # edits elsewhere
    (WRONG.replace("a century", "two centuries"), WITNESS, ["CC101", "CC902"], "words"),
    (WRONG.replace("Ana Ruiz", "Paul Okoye"), WITNESS, ["CC201", "CC103", "CC902"], "speaker"),
    (WRONG, WITNESS.replace("old", "older"), ["CC103", "CC902"], "witnesses"),
]


@pytest.mark.parametrize(("draft", "witness", "left", "what"), SIGNED)
def test_a_sign_off_holds_until_something_changes(draft: str, witness: str, left: list[str], what: str) -> None:
    checked = decide(found(draft, witness), Decisions(signoffs={"draft": signed()}))
    assert codes(checked) == left
    lapsed = [item for item in checked.findings if item.code == "CC902"]
    assert all(what in item.message for item in lapsed)
    assert len(checked.left or ()) == len(lapsed)


def test_quotations_left_are_counted_and_alone_are_shown_on_request() -> None:
    draft = f"{WRONG}\n\n“Nobody in this valley has ever trusted the engineers from the capital,” said Paul Okoye."
    checked = decide(found(draft), Decisions(signoffs={"draft": signed()}, since_signoff=True))
    assert codes(checked) == ["CC301"]
    assert [item.quotation.text[:6] for item in checked.left or ()] == ["Nobody"]


def test_signing_again_keeps_what_holds_and_drops_what_is_gone() -> None:
    standings = found(WRONG).standings
    gone = SignOff("Some words of another draft that nobody has said here", "Paul Okoye", "x")
    assert resigned(standings, [*signed(), gone], [], "B", "") == signed()
    assert resigned(standings, signed(), standings, "B", "seen") == [replace(signed()[0], by="B", reason="seen")]


def test_sign_offs_are_kept_in_a_file(tmp_path: Path) -> None:
    path = files.sidecar(tmp_path / "draft.md")
    odd = SignOff('He said "no"\\\u007f\n', "Ana", "w", "E. O’Neil", "heard “it”")
    files.write_sidecar(path, files.Sidecar([*signed(), odd]))
    assert files.read_sidecar(path).signoffs == [*signed(), odd]
    path.write_text("[[signoff]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"draft\.md\.signoffs\.toml"):
        files.read_sidecar(path)
    assert files.read_sidecar(tmp_path / "none").signoffs is None


def test_a_baseline_is_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    checked = decide(found(WRONG), Decisions())
    assert files.write_baseline(path, [checked]) == 1
    assert files.read_baseline(path) == {checked.findings[0].fingerprint}
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(InputError, match="--write-baseline"):
        files.read_baseline(path)


def test_house_rules_of_a_configuration(tmp_path: Path) -> None:
    from citecheck.config import load_config

    (tmp_path / "citecheck.toml").write_text(
        'profile = "desk"\n[profiles.desk]\nbase = "ap"\nsubstitution = 1\n'
        '[[speakers]]\nname = "Ana Ruiz"\naliases = ["The Iron Lady"]\n'
        '[exemptions]\npublic_events = ["press conference"]\n',
        encoding="utf-8",
    )
    settings = load_config(tmp_path)
    told = WITNESS.replace("The mayor, Ana Ruiz, said", "Ana Ruiz told Reuters")
    against = Corpus((pipeline.extract(Article("witness", told, digest="w")),))

    def of(draft: str) -> list[str]:
        drafts = Corpus((pipeline.extract(Article("draft", draft, digest="d")),))
        return codes(decide(pipeline.check(drafts, against, None, settings)[0], Decisions()))

    right = told.replace("told Reuters", "said")
    assert of(right) == ["CC302"]
    assert of(right.replace("said", "told a press conference")) == []  # everybody could hear it
    assert of(told.replace("Ana Ruiz", "The Iron Lady")) == []  # an alias is no other speaker
    assert of(told.replace("school", "market")) == []  # the profile makes little of exchanged words
