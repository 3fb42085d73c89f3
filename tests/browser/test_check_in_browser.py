"""The page of a check as an editor meets it: ticking, keys, paper, a phone, both colour schemes."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_check_page import BAD, DRAFT, WITNESS, checked

from citecheck.html.check import write_check

axe = pytest.importorskip("axe_playwright_python.sync_playwright")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_check([checked()], tmp_path_factory.mktemp("check") / "draft.html")


def test_a_tick_settles_a_finding_and_lapses_with_its_words(tab, file: Path, tmp_path: Path) -> None:
    page = tab.open(file)
    assert tab.shown("[data-settled]") == ["0 of 2 settled"]
    page.check(".settle input >> nth=1")
    page.reload()
    assert tab.shown("[data-settled]") == ["1 of 2 settled"]
    assert len(tab.shown(".beside")) == 1
    edited = DRAFT.replace("capital", "city")
    page = tab.open(write_check([checked("A new first line.\n" + edited)], tmp_path / "draft.html"))
    assert tab.shown("[data-settled]") == ["0 of 2 settled"]


def test_findings_are_walked_by_keys(tab, file: Path) -> None:
    page = tab.open(file)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.query_selector(".finding.at").get_attribute("id") == "draft-1--f2"


def test_on_paper_both_sides_stand_beside_boxes(tab, file: Path) -> None:
    page = tab.open(file)
    page.check(".settle input >> nth=0")
    page.emulate_media(media="print")
    assert len(tab.shown(".theirs")) == 2
    assert tab.shown(".sign-off") == ["Checked by on"]
    assert page.evaluate("getComputedStyle(document.querySelector('.note-head'), '::before').borderTopStyle") == "solid"


@pytest.mark.parametrize("scheme,width", [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing(browser, file: Path, scheme: str, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(file.as_uri())
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_nothing_hostile_runs(tab, tmp_path: Path) -> None:
    bad = checked(DRAFT + BAD, WITNESS + BAD, title=BAD, byline=BAD, publisher=BAD)
    page = tab.open(write_check([bad], tmp_path / "bad.html"))
    assert page.evaluate("document.querySelectorAll('main img, main script, main [href^=javascript]').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_the_keys_that_are_told_are_those_that_work_here(tab, file: Path) -> None:
    page = tab.open(file)
    page.keyboard.press("?")
    assert tab.shown("dialog.keys-box kbd") == ["j", "k", "Enter", "?"]
