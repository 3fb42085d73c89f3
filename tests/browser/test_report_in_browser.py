"""The report as an editor meets it: filters, sorting, keys, switching, copying, paper, phones, and no script at all.

The `tab` fixture also fails each test in which the page writes to the console or asks for anything but its own files.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from report_corpus import corpus, crowd, families
from test_report import hostile

from citecheck.html import addresses
from citecheck.html.addresses import article_page, family_page, source_page, speaker_page
from citecheck.html.write import write_report

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

GATES = f"{family_page('f-gates')}.html"
LEDGER = f"{article_page('ledger.txt')}.html"
KINDS_OF_PAGES = [
    "index.html",
    "articles.html",
    "speakers.html",
    "sources.html",
    "chains.html",
    "conflicts.html",
    "method.html",
    GATES,
    LEDGER,
    f"{speaker_page('Ines Marlow')}.html",
    f"{source_page('Harbour Wire')}.html",
]


def statements(tab) -> list[str]:
    """The statements that are listed. A row that was not reached yet has a text, and nothing that is drawn."""
    found = tab.page.query_selector_all(".queue-table tbody .statement-cell a")
    return [node.text_content()[:12] for node in found if node.is_visible()]


def test_filters_narrow_the_queue_and_say_so(tab, report: Path) -> None:
    page = tab.open(report / "index.html")
    assert len(statements(tab)) == 2
    page.fill("input[name=q]", "flood beacon")
    assert statements(tab) == ["The port ran"]
    assert tab.shown(".shown") == ["1 of 2 statements"]
    page.fill("input[name=q]", "nothing like it")
    assert statements(tab) == []
    page.click("[data-clear]")
    assert len(statements(tab)) == 2
    page.select_option("select[name=label]", "l-number")
    assert statements(tab) == ["We will clos"]
    page.select_option("select[name=severity]", "s3")
    assert statements(tab) == []
    page.click("button[type=reset]")
    assert len(statements(tab)) == 2


@pytest.fixture
def two_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report whose queue has one statement a page."""
    monkeypatch.setattr(addresses, "ROWS_PER_PAGE", 1)
    return write_report(corpus(), families(), tmp_path / "report").parent


def test_filters_reach_the_other_pages_of_the_queue(tab, two_pages: Path) -> None:
    page = tab.open(two_pages / "index.html")
    assert (statements(tab), tab.shown(".shown")) == (["We will clos"], ["All 2 statements"])
    assert not [url for url in tab.requests if url.endswith("queue.js")], "read when somebody searches"
    page.fill("input[name=q]", "coastal institute")
    page.wait_for_selector(".others a")
    assert (statements(tab), tab.shown(".shown")) == (["The port ran"], ["1 of 2 statements"])
    assert tab.shown(".others td") == [
        "major",
        "The port ranks 12th of 40 for flood risk no speaker given",
        "source lost",
        "2 The Beacon, Nine minutes",
        "not stated",
    ]
    page.fill("input[name=q]", "")
    page.select_option("select[name=label]", "l-source-lost")
    assert statements(tab) == ["We will clos", "The port ran"]
    page.click("nav.pages a >> nth=1")
    page.wait_for_selector(".others a")
    assert statements(tab) == ["We will clos", "The port ran"], "a filter holds on the next page, in the same order"
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{GATES}")
    page.keyboard.press("]")
    page.wait_for_url(f"**/{family_page('f-rank')}.html")
    page.keyboard.press("u")
    page.wait_for_url("**/index-2.html")
    page.click("button[type=reset]")
    assert statements(tab) == ["The port ran"]


def test_all_pages_of_the_queue_can_be_reached_without_scripts(browser, two_pages: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((two_pages / "index.html").as_uri())
    page.click("nav.pages a >> nth=1")
    page.click("tbody a >> nth=0")
    page.click("nav.stepper a")
    assert page.url.endswith("index.html")
    context.close()


def test_what_is_folded_opens_and_is_printed(tab, tmp_path: Path) -> None:
    page = tab.open(write_report(*crowd(), tmp_path / "r").parent / f"{family_page('f-crowd')}.html")
    assert len(tab.shown("tr.rendering")) == 2
    words = (
        "document.querySelector('[aria-label=\"Copy words of rendering 2\"]').click(), navigator.clipboard.readText()"
    )
    assert len(page.evaluate(words)) == len(crowd()[1][0].renderings[1].text)
    hidden = page.get_attribute("[data-step='31']", "id")
    page.goto(f"{page.url}#{hidden}")
    assert page.is_visible("[data-step='31']")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('main details:not([open], .fold)').length") == 0


def test_a_severity_is_a_sign_and_a_word_and_never_colour_alone(tab, report: Path) -> None:
    page = tab.open(report / "index.html")
    signs = "[...document.querySelectorAll('.strip .sev')].map(one => getComputedStyle(one, '::before').content[1])"
    assert page.evaluate(signs) == ["●", "◕", "◑", "◔", "○"]
    assert tab.shown(".strip .sev") == ["critical", "major", "minor", "cosmetic", "none"]


def test_hiding_what_is_fine_is_remembered(tab, report: Path) -> None:
    page = tab.open(report / "index.html")
    page.check("input[name=fine]")
    page.reload()
    assert page.is_checked("input[name=fine]")


def test_columns_sort_both_ways(tab, report: Path) -> None:
    page = tab.open(report / "index.html")
    page.click("th[data-sort=renderings] button")
    assert statements(tab) == ["We will clos", "The port ran"]
    page.click("th[data-sort=renderings] button")
    assert statements(tab) == ["The port ran", "We will clos"]
    assert page.get_attribute("th[data-sort=renderings]", "aria-sort") == "ascending"


def test_the_queue_is_worked_by_keys_alone(tab, report: Path) -> None:
    page = tab.open(report / "index.html")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent").startswith("The port")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/families/*")
    page.keyboard.press("]")
    page.wait_for_url(f"**/{family_page('f-rank')}.html")
    page.keyboard.press("[")
    page.wait_for_url(f"**/{GATES}")
    page.keyboard.press("u")
    page.wait_for_url("**/index.html")
    page.keyboard.press("/")
    page.keyboard.type("flood")
    assert statements(tab) == ["The port ran"]
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.is_visible("dialog.keys-box")
    page.keyboard.press("?")
    assert not page.is_visible("dialog.keys-box")


def test_the_words_can_be_read_against_another_rendering(tab, report: Path) -> None:
    page = tab.open(report / GATES)
    before = tab.shown("[data-step='4'] .said")
    page.select_option("[data-switch] select", "4")
    assert page.query_selector_all("[data-step='4'] .said del, [data-step='4'] .said ins") == []
    assert "will" in tab.shown("[data-step='1'] .said ins")[0]
    assert "labels and severities stay" in tab.shown("[data-switch] .hint")[0]
    page.select_option("[data-switch] select", "1")
    assert tab.shown("[data-step='4'] .said") == before


def test_a_rendering_is_copied_as_words_as_a_citation_and_as_json(tab, report: Path) -> None:
    page = tab.open(report / GATES)
    words = "We shall close the gates within nine minutes,"

    def copied(name: str) -> str:
        page.click(f"[data-step='4'] .tools button:text-is('{name}')")
        page.wait_for_selector("[data-step='4'] .tools button:text-is('copied')")
        page.wait_for_selector(f"[data-step='4'] .tools button:text-is('{name}')")
        return str(page.evaluate("navigator.clipboard.readText()"))

    assert copied("words") == words
    assert copied("citation") == f"“{words}” — Ines Marlow — Nine minutes — publisher not given — undated"
    made = json.loads(copied("JSON"))
    assert (made["text"], made["speaker"], made["sources"]) == (words, "Ines Marlow", ["Harbour Wire"])


def test_notes_fold_on_a_phone_and_open_for_a_link(tab, report: Path) -> None:
    tab.page.set_viewport_size({"width": 360, "height": 740})
    page = tab.open(report / LEDGER)
    assert not page.is_visible("#n1")
    page.click("summary >> nth=0")
    assert page.is_visible("#n1")
    page.click("a.ref[href='#n2']")
    assert page.is_visible("#n2")


@pytest.mark.parametrize("name", KINDS_OF_PAGES)
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(tab, report: Path, name: str, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 800})
    page = tab.open(report / name)
    page.evaluate("for (const fold of document.querySelectorAll('details')) { fold.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
@pytest.mark.parametrize("name", KINDS_OF_PAGES)
def test_axe_finds_nothing(browser, report: Path, name: str, scheme: str, width: int) -> None:
    size = {"width": width, "height": 800}
    context = browser.new_context(color_scheme=scheme, viewport=size, bypass_csp=True)  # axe comes from outside
    page = context.new_page()
    page.goto((report / name).as_uri())
    every = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.Axe().run(page, options={"runOnly": every if scheme == "light" else ["color-contrast"]})
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_paper_shows_the_words_and_boxes_to_tick(tab, report: Path) -> None:
    page = tab.open(report / LEDGER)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.note-head'), '::before').borderTopStyle") == "solid"
    assert page.is_visible("#n3")
    assert not page.is_visible(".masthead nav")
    assert not page.is_visible(".stepper")


def test_a_statement_and_an_article_print_on_one_sheet_and_two(tab, report: Path) -> None:
    page = tab.open(report / GATES)
    page.emulate_media(media="print")
    for told_above in (".tally", ".wording", ".chain svg", ".tools", ".quiet"):
        assert tab.shown(told_above) == [], "printed once, or for a screen alone"
    assert tab.shown(".said") and tab.shown(".notes li") and tab.shown(".hops li")
    assert sheets(page) == 1
    assert sheets(tab.open(report / LEDGER)) == 1


def test_folded_words_stay_folded_on_paper(tab, tmp_path: Path) -> None:
    page = tab.open(write_report(*crowd(), tmp_path / "r").parent / f"{family_page('f-crowd')}.html")
    assert sheets(page) <= 3, "forty renderings, thirty-eight of them word for word as the base"


def sheets(page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_all_can_be_read_without_scripts(browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / GATES).as_uri())
    assert page.is_visible("text=Where the words came from")
    assert not page.is_visible("[data-switch]")
    page.goto((report / LEDGER).as_uri())
    assert page.is_visible("#n1")
    page.goto((report / "index.html").as_uri())
    assert page.locator("tbody tr").count() == 2
    assert not page.is_visible("form")
    context.close()


def test_nothing_hostile_runs(tab, tmp_path: Path) -> None:
    folder = write_report(*hostile(), tmp_path / "report").parent
    for path in sorted(folder.rglob("*.html")):
        page = tab.open(path)
        assert page.evaluate("document.querySelectorAll('main img, main script').length") == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path
        assert re.search("citecheck", page.title())


def test_the_report_in_one_file_shows_a_page_at_a_time(tab, tmp_path: Path) -> None:
    page = tab.open(write_report(corpus(), families(), tmp_path / "report.html"))
    assert [node.get_attribute("id") for node in page.query_selector_all(".page") if node.is_visible()] == ["index"]
    assert len(statements(tab)) == 2
    page.click(".queue-table tbody a >> nth=0")
    shown = [node for node in page.query_selector_all(".page") if node.is_visible()]
    assert [node.query_selector("h1").inner_text()[:8] for node in shown] == ["We will "]
    page.keyboard.press("]")
    assert tab.shown(".page h1") == ["The port ranks 12th of 40 for flood risk"]
    page.keyboard.press("u")
    assert tab.shown(".page h1") == ["Provenance report"]
