"""The documentation names what the program has: a command, an option, a label or a code cannot be added in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from citecheck import config
from citecheck.cli.commands import app
from citecheck.drift import profile_names
from citecheck.models import BaseReason, Kind, Label, Relation, Severity, SpeakerKind, Status

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """The part of a page under one `## title`."""
    return text.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def commands() -> Iterator[tuple[str, Any]]:
    yield from typer.main.get_command(app).commands.items()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name,command", list(commands()), ids=lambda value: value if isinstance(value, str) else "")
def test_each_command_is_documented_with_each_of_its_options(name: str, command: Any) -> None:
    text = page("commands.md")
    assert f"[`{name}`](#{name})" in text
    part = section(text, name)
    assert f"citecheck {name}" in part
    shared = text.split("\n## ", maxsplit=1)[0]
    for option in (opt for parameter in command.params for opt in parameter.opts if opt.startswith("-")):
        assert option in part or f"`{option}" in shared, f"{option} of {name} is not in docs/commands.md"


def test_each_option_in_the_commands_page_exists() -> None:
    known = {opt for _, command in commands() for parameter in command.params for opt in parameter.opts}
    known |= {opt for parameter in typer.main.get_command(app).params for opt in parameter.opts} | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page("commands.md"))) <= known


@pytest.mark.parametrize("label", Label)
def test_each_label_has_its_row_with_a_severity(label: Label) -> None:
    assert re.search(rf"^\| `{label}` \| .+ \| \d.* \|$", page("drift.md"), re.M)


def test_each_severity_is_named() -> None:
    assert all(f"| {severity.value} | {severity.name.lower()} |" in page("drift.md") for severity in Severity)


@pytest.mark.parametrize("value", [*Kind, *Relation, *BaseReason])
def test_the_vocabulary_names_each_value(value: str) -> None:
    assert re.search(rf"[`*]{value}[`*]", page("vocabulary.md"))


@pytest.mark.parametrize("value", [*Status, *SpeakerKind, *Relation])
def test_the_wire_format_names_each_value(value: str) -> None:
    assert f"`{value}`" in page("wire.md")


def test_the_configuration_page_names_each_key_and_profile() -> None:
    text = page("configuration.md")
    keys = [*config.KEYS, *(f"outlets.{key}" for key in config.OUTLET_KEYS), *profile_names()]
    assert [key for key in keys if f"`{key}`" not in text] == []


def test_the_example_of_the_configuration_page_is_read(tmp_path: Path) -> None:
    example = re.findall(r"^    (.*)$", page("configuration.md"), re.M)
    file = tmp_path / "citecheck.toml"
    file.write_text("\n".join(example), encoding="utf-8")
    found = config.load_config(tmp_path)
    assert (found.profile, found.outlets[0].name) == ("reuters", "Harbour Courier")


def test_the_archive_page_names_each_table_and_view() -> None:
    """But for the triggers' and the full-text index's own tables, which `schema.sql` does not create by name."""
    schema = (ROOT / "citecheck" / "archive" / "schema.sql").read_text(encoding="utf-8")
    names = re.findall(r"^CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)", schema, re.M)
    assert len(names) > 10
    assert [name for name in names if f"`{name}`" not in page("archive.md")] == []


@pytest.mark.parametrize("file", PAGES, ids=lambda path: path.name)
def test_links_inside_the_project_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = file.parent / path if path else file
        assert there.exists(), f"{file.name}: {target}"
        if anchor:
            titles = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, target


@pytest.mark.parametrize("file", PAGES, ids=lambda path: path.name)
def test_nobody_is_sent_to_a_package_that_is_not_ours(file: Path) -> None:
    """The name citecheck on the package index belongs to another project."""
    assert not re.search(r"(install|add|run) +(-\S+ +)*citecheck(?![\w-])", file.read_text(encoding="utf-8"))
