"""The configuration: found upwards, checked to the last key."""

from pathlib import Path

import pytest

from citecheck import pipeline
from citecheck.config import Config, load_config
from citecheck.errors import ConfigError
from citecheck.models import BaseReason


def test_nearest_file_upwards_wins(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('profile = "ap"\n')
    inner = tmp_path / "desk" / "politics"
    inner.mkdir(parents=True)
    assert load_config(inner).profile == "ap"
    (inner / "citecheck.toml").write_text('profile = "npr"\n')
    assert load_config(inner).profile == "npr"


@pytest.mark.parametrize(
    "text",
    [
        '[tool.citecheck]\nprofile = "ap"\n',
        '[project]\nname = "x"\n\n  [ tool . "citecheck" ]  # indented\nprofile = "ap"\n',
        '[tool]\ncitecheck.profile = "ap"\n',
        'tool.citecheck.profile = "ap"\n',
        'tool = {citecheck = {profile = "ap"}}\n',
    ],
)
def test_every_way_to_write_our_table_in_a_pyproject_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert load_config(tmp_path).profile == "ap"


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('profile = "reuters"\n')
    inner = tmp_path / "package"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert load_config(inner).profile == "reuters"
    (inner / "pyproject.toml").write_text('[tool.citecheck]\nprofile = "ap"\n')
    assert load_config(inner).profile == "ap"


def test_the_search_ends_at_a_repository(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text('profile = "ap"\n')
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    assert load_config(repository) == Config()


def test_outlets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "citecheck.toml"
    path.write_text(
        '[[outlets]]\nname = "Valley Courier"\naliases = ["The Courier of the Valley"]\ndomain = "valley.example"\n'
    )
    (row,) = load_config(tmp_path).outlets
    assert (row.name, row.aliases, row.domain) == ("Valley Courier", ("The Courier of the Valley",), "valley.example")


def test_the_look_of_the_report_is_read(tmp_path: Path) -> None:
    (tmp_path / "newsroom").mkdir()
    path = tmp_path / "citecheck.toml"
    path.write_text("[report]\ntemplates = 'newsroom'\n[report.colours]\nlink = '#7a1f3d'\n")
    assert load_config(tmp_path).report == (tmp_path / "newsroom", (("link", "#7a1f3d"),), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profil = 'ap'", "did you mean “profile”?"),
        ("profile = 3", "profile should be a str"),
        ("profile = 'reuter'", "no profile is named “reuter”: did you mean “reuters”?"),
        ("outlets = ['Courier']", r"outlets\[1\] should be a table"),
        ("[[outlets]]\nnmae = 'Courier'", r"unknown key “outlets\[1\].nmae”: did you mean “name”"),
        ("[[outlets]]\nkind = 'agency'", r"outlets\[1\].name is missing"),
        ("[[outlets]]\nname = 'Courier'\naliases = [1]", "should be a list of strings"),
        ("profile = ", "no valid TOML"),
        ("[report]\ntemplates = 'none'", "report.templates: .* is no folder"),
        ("[report.colours]\nlnk = '#fff'", "unknown key “report.colours.lnk”: did you mean “link”?"),
        ("[report.dark]\nlink = 'red; }'", "report.dark.link should be a colour such as #1c4f80"),
    ],
)
def test_what_is_wrong_is_an_error_that_names_the_file(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "citecheck.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message) as caught:
        load_config(tmp_path)
    assert str(path) in str(caught.value)


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such configuration file"):
        load_config(tmp_path, tmp_path / "none.toml")


def test_a_pinned_article_is_the_base_in_the_report(tmp_path: Path) -> None:
    """Without a pin the fuller rendering is the base; with one the article that the desk chose."""
    (tmp_path / "full.txt").write_text("“The old bridge will open again in May, before the feast,” said Ana Ruiz.\n")
    (tmp_path / "minutes.txt").write_text("“The old bridge will open again in May,” said Ana Ruiz.\n")
    corpus = pipeline.open_corpus([tmp_path])
    (family,) = pipeline.group(corpus)
    assert family.renderings[family.base].article == "full.txt"
    (pinned,) = pipeline.group(corpus, Config(pinned=("minutes.txt",)))
    assert pinned.renderings[pinned.base].article == "minutes.txt"
    assert pinned.reason is BaseReason.PINNED
