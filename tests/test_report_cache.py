"""The cache of compiled templates is only ever a shortcut: whatever is in it, the report is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck.html import compiled, render
from citecheck.html.addresses import Here


class Words:
    """Enough of a page for its footer and its document."""

    title = "A title"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of a user of this test alone."""
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def printed() -> str:
    """A page from templates that were loaded for it alone."""
    render.environment.cache_clear()
    try:
        return render.page("base.html", Here("index"), Words())
    finally:
        render.environment.cache_clear()


def test_the_second_run_reads_what_the_first_compiled(folder: Path) -> None:
    first = printed()
    made = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert made
    assert printed() == first
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == made


@pytest.mark.parametrize(
    "keep",
    [
        0,  # an empty file
        10,  # cut within the header
        60,  # cut within the code
    ],
)
def test_a_broken_cache_is_made_anew(folder: Path, keep: int) -> None:
    first = printed()
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:keep])
    assert printed() == first
    assert all(path.stat().st_size > 60 for path in folder.iterdir())


def test_nonsense_in_the_cache_is_made_anew(folder: Path) -> None:
    first = printed()
    for path in folder.iterdir():
        path.write_bytes(compiled_header() + b"\x80nonsense" * 9)
    assert printed() == first


def compiled_header() -> bytes:
    from jinja2.bccache import bc_magic

    return bc_magic


def test_a_cache_that_cannot_be_written_is_done_without(folder: Path) -> None:
    folder.write_text("a file stands where the folder would be")
    assert "A title" in printed()


def test_a_user_without_a_home_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(compiled, "cache_folder", homeless)
    assert compiled.compiled("") is None
