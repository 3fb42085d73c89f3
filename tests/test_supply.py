"""What the program depends on: permissive in the core, locked for the tests, named in the documentation."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COPYLEFT = re.compile(r"\b(?:[AL]?GPL|MPL|EUPL|CDDL|SSPL|General Public|Mozilla Public)", re.IGNORECASE)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(requirements: Iterable[str]) -> set[str]:
    """All that these requirements need, and what that needs."""
    found: set[str] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        name = waiting.pop().name
        if canonical(name) not in found:
            found.add(canonical(name))
            needed = (Requirement(text) for text in metadata.requires(name) or ())
            waiting += [item for item in needed if item.marker is None or item.marker.evaluate({"extra": ""})]
    return found


@pytest.mark.parametrize("name", sorted(closure(PROJECT["dependencies"])))
def test_nothing_in_the_core_is_copyleft(name: str) -> None:
    about = metadata.metadata(name)
    said = [about.get("License-Expression", ""), *(about.get_all("Classifier") or ())]
    said += [(about.get("License") or "")[:200]]
    assert not any(COPYLEFT.search(text) for text in said if text.startswith("License") or text in (said[0], said[-1]))


def test_each_dependency_is_named_with_its_licence() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    extras = {name: rows for name, rows in PROJECT["optional-dependencies"].items() if name not in ("dev", "bench")}
    for text in [*PROJECT["dependencies"], *(row for rows in extras.values() for row in rows)]:
        assert f"`{canonical(Requirement(text).name)}` |" in page


def test_each_dependency_has_a_lower_bound_and_is_locked() -> None:
    locked = set(re.findall(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==\S+ \\\n    --hash=sha256:", LOCK, re.MULTILINE))
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        requirement = Requirement(text)
        assert any(bound.operator == ">=" for bound in requirement.specifier), text
        assert canonical(requirement.name) in locked, f"{requirement.name}: renew the lock file, see docs/licences.md"


def test_the_lock_file_names_no_place_to_fetch_from() -> None:
    assert not re.search(r"://|^\s*-(?:i|f|-[a-gi-z])|^ *--(?!hash)", LOCK, re.MULTILINE)


LOCK = (ROOT / "requirements-ci.txt").read_text(encoding="utf-8")
