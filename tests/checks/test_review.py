"""`citecheck review`, driven through standard input as an editor drives it."""

from __future__ import annotations

import io
import shutil
import sys
import webbrowser
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

from citecheck.cli import main
from citecheck.export import decisions as files

DRAFT = """\
The bridge was closed on March 13 after a crack was found in the arch of the old bridge over the Orla.

“We will close four schools in the valley this year,” said Ana Ruiz.

“This old bridge has carried our children to market for a century,” said Paul Okoye.
"""
WITNESS = """\
The bridge was closed on March 3 after a crack was found in the arch of the old bridge over the Orla.

“We will not close four schools in the valley this year,” said Ana Ruiz, the mayor.

“This old bridge has carried our children to school for a century,” said Ana Ruiz.
"""


class Done(NamedTuple):
    """What a run left."""

    status: int
    out: str
    said: str


def run(folder: Path, *words: str, keys: str = "") -> Done:
    out, said = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(said):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["citecheck", *words, "--against", "archive"])
        patch.setattr(sys, "stdin", io.StringIO(keys))
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Done(status, out.getvalue(), said.getvalue())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.txt").write_text(WITNESS, encoding="utf-8")
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    return tmp_path


def review(folder: Path, keys: str, *words: str) -> Done:
    return run(folder, "review", "draft.md", "--sort", "position", *words, keys=keys)


def kept(folder: Path) -> files.Sidecar:
    return files.read_sidecar(folder / "draft.md.signoffs.toml")


def codes(folder: Path, *words: str) -> list[str]:
    lines = run(folder, "check", "draft.md", "--sort", "position", *words).out.splitlines()
    return [line.split()[2] for line in lines if line.startswith("draft.md:") and " CC" in line]


def test_the_findings_are_what_check_shows(folder: Path) -> None:
    assert codes(folder) == ["CC401", "CC101", "CC201", "CC103"]
    done = review(folder, "\n" * 4)
    assert done.status == 0
    assert [f"{n} of 4" in done.out for n in (1, 2, 3, 4)] == [True] * 4
    assert "4 findings: 4 left for the writer" in done.said
    assert "\x1b" not in done.out
    assert not (folder / "draft.md.signoffs.toml").exists()
    assert codes(folder) == ["CC401", "CC101", "CC201", "CC103"]


def test_what_is_decided_holds_in_the_next_check(folder: Path) -> None:
    """A date is ignored, a quotation left, a quotation signed off with both of its findings."""
    done = review(folder, "i\nboth dates are right\nn\ns\nheard so\n", "--by", "A. Ed")
    assert "4 findings: 1 left for the writer, 1 ignored, 2 signed off" in done.said
    assert "kept in draft.md.signoffs.toml" in done.said
    assert [(one.code, one.reason, one.by) for one in kept(folder).ignored] == [
        ("CC401", "both dates are right", "A. Ed")
    ]
    assert [(one.by, one.reason) for one in kept(folder).signoffs or ()] == [("A. Ed", "heard so")]
    assert codes(folder) == ["CC101"]
    assert codes(folder, "--since-signoff") == ["CC101"]
    checked = run(folder, "check", "draft.md").said
    assert "1 kept back (ignore), 2 kept back (signed-off), 1 quotations left to sign off" in checked
    assert "1 findings" in review(folder, "q\n").said or "1 finding" in review(folder, "q\n").said
    (folder / "draft.md").write_text(DRAFT.replace("March 13", "March 14"), encoding="utf-8")
    assert codes(folder) == ["CC401", "CC101"]  # another date is another finding


def test_nothing_is_lost_where_a_review_ends(folder: Path) -> None:
    """The input ends in the middle of a question."""
    done = review(folder, "i\nboth are right\ni\n")
    assert done.status == 0
    assert "1 ignored, 3 not seen" in done.said
    assert codes(folder) == ["CC101", "CC201", "CC103"]


# (what is typed, words of the summary, whether something is kept)
TYPED = [
    ("q\n", "4 not seen", False),
    ("", "4 not seen", False),
    ("i\n\nq\n", "4 not seen", False),  # no reason
    ("s\nq\n", "4 not seen", False),  # a date is no quotation
    ("?\nx\nq\n", "4 not seen", False),
    ("i\nso\nb\nn\nq\n", "1 left for the writer, 3 not seen", False),  # taken back
    ("n\ns\n\nb\nn\nq\n", "2 left for the writer, 2 not seen", False),
    ("N\nI\nso\nQ\n", "1 left for the writer, 1 ignored, 2 not seen", True),
    ("b\nb\nn\nq\n", "1 left for the writer, 3 not seen", False),
]


@pytest.mark.parametrize(("keys", "summary", "written"), TYPED)
def test_keys(folder: Path, keys: str, summary: str, written: bool) -> None:
    done = review(folder, keys)
    assert summary in done.said
    assert (folder / "draft.md.signoffs.toml").exists() is written
    assert ("these keys" in done.out) is ("?" in keys)


def test_decisions_of_before_stay(folder: Path) -> None:
    review(folder, "i\nboth are right\nq\n")
    run(folder, "signoff", "draft.md", "--line", "3")
    assert len(kept(folder).ignored) == len(kept(folder).signoffs or ()) == 1
    review(folder, "s\n\nq\n")
    assert len(kept(folder).ignored) == 1
    assert len(kept(folder).signoffs or ()) == 2
    assert codes(folder) == []


def test_a_finding_is_opened_in_the_browser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    done = review(folder, "n\no\no\nq\n")
    assert len(opened) == 2
    assert opened[0] in done.out
    address = urlsplit(opened[0])
    page = Path(unquote(address.path))
    assert f'id="{address.fragment}"' in page.read_text(encoding="utf-8")
    shutil.rmtree(page.parent)


def test_standard_input_is_for_the_answers(folder: Path) -> None:
    done = run(folder, "review", "-")
    assert done.status == 2
    assert "name a file" in done.said
