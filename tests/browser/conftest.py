"""One Chromium for the tests of the report: the system's own, driven by Playwright, without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from report_corpus import corpus, families

from citecheck.html.write import write_report

playwright = pytest.importorskip("playwright.sync_api", reason="pip install -e '.[dev]' brings Playwright")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[playwright.Browser]:
    """The system's Chromium. Without one the tests are skipped, but never in CI, where that would hide them."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        missing = "no Chromium on this machine: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(corpus(), families(), tmp_path_factory.mktemp("browser") / "report").parent


class Tab:
    """A page that remembers what went wrong in it and what it asked the network for."""

    def __init__(self, page: playwright.Page) -> None:
        self.page = page
        self.trouble: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.trouble.append(message.text))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("dialog", lambda dialog: (self.trouble.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, path: Path) -> playwright.Page:
        self.page.goto(path.as_uri())
        return self.page

    def shown(self, selector: str) -> list[str]:
        """The text of all that `selector` finds and that can be seen, without what is only for screen readers."""
        found = [node for node in self.page.query_selector_all(selector) if node.is_visible()]
        return [" ".join(node.inner_text().split()) for node in found]


@pytest.fixture
def tab(browser: playwright.Browser) -> Iterator[Tab]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    made = Tab(context.new_page())
    yield made
    context.close()
    assert made.trouble == [], "the page reported errors"
    assert [url for url in made.requests if not url.startswith("file:")] == [], "the page asked the network"
