"""The commands that serve: what is wrong is said before the protocol begins, and never on standard output."""

from __future__ import annotations

import sys

import pytest

from citecheck import cli


def main(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["citecheck", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize("command", ["mcp", "lsp"])
@pytest.mark.parametrize(
    "words,message",
    [
        ([], "needs --against PATH"),
        (["--against", "nowhere.db"], "nowhere.db: there is no such file or folder"),
        (["--against", "-"], "speaks over standard input"),
        (["--against", "seeds/articles", "--config", "nowhere.toml"], "nowhere.toml: no such configuration file"),
    ],
)
def test_trouble_is_said_before_the_protocol_begins(
    command: str, words: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(monkeypatch, command, *words) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("extra,library,module", [("mcp", "mcp", "assistant"), ("lsp", "lsprotocol", "editor")])
def test_a_missing_extra_is_said_with_the_way_to_get_it(
    extra: str, library: str, module: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] == library or name.startswith("citecheck.serve"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delattr(f"citecheck.serve.{module}", raising=False)
    assert main(monkeypatch, extra, "--against", "seeds/articles") == 2
    said = capsys.readouterr().err
    assert f'{extra} needs {library}, which is not installed: pip install "citecheck-news[{extra}]"' in said
