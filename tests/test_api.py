"""The public interface: its verbs are there, and each example of docs/api.md runs."""

import os
import re
import shutil
import textwrap
from pathlib import Path

import citecheck

ROOT = Path(__file__).parent.parent


def test_every_public_name_is_there() -> None:
    for name in citecheck.__all__:
        assert getattr(citecheck, name) is not None


def test_the_examples_run_one_after_the_other(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds" / "articles", tmp_path / "articles")
    shutil.copy(ROOT / "seeds" / "draft.txt", tmp_path)
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)
    names: dict[str, object] = {}
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        citecheck.add(["articles/"], Path("desk.db"))
        for block in blocks:
            exec(compile(textwrap.dedent(block), "docs/api.md", "exec"), names)
        assert names["quotation"].speaker.name == "Ana Ruiz"  # type: ignore[attr-defined]
        assert names["found"].hits  # type: ignore[attr-defined]
        assert Path("report/index.html").is_file()
    finally:
        os.chdir(before)
