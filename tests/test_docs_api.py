"""The examples of docs/api.md run, top to bottom, and use every public name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import citecheck

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    code = re.sub("^    ", "", "".join(re.findall(r"(?:^    .*\n|^\n)+", PAGE, re.M)), flags=re.M)
    exec(code, {})
    printed = capsys.readouterr().out
    assert "direct We will appeal to the highest court, Ana Ruiz ['Reuters']" in printed
    assert "CRITICAL ['substitution', 'number']" in printed
    assert (tmp_path / "report" / "index.html").is_file()
    assert (tmp_path / "desk.db").is_file()


VERBS = [name for name in citecheck.__all__ if name.islower()]


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_there_and_documented(verb: str) -> None:
    assert callable(getattr(citecheck, verb))
    assert re.search(rf"\b{verb}\b", PAGE)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'extractt'"):
        _ = citecheck.extractt  # type: ignore[attr-defined]


def test_a_verb_stays_what_it_is_when_the_stages_are_imported() -> None:
    """A package of the same name would take the place of a function: the report's is therefore `citecheck.html`."""
    import pkgutil

    assert not {module.name for module in pkgutil.iter_modules(citecheck.__path__)} & set(citecheck.__all__)
