"""The configuration: the nearest `citecheck.toml`, or `[tool.citecheck]` in a `pyproject.toml`, at or above a folder.

    profile = "default"                  # how severe a difference is: default, reuters, ap, guardian, npr

    [[outlets]]                          # outlets beside those of the shipped table
    name = "Example Post"
    kind = "newspaper"
    aliases = ["The Example Post", "ExPost"]
    domain = "example.org"

    [report]
    templates = "newsroom"               # a folder with templates that come before the shipped ones

    [report.colours]                     # of its style sheet; [report.dark] for dark screens
    link = "#7a1f3d"

An unknown key is an error that says what was meant: a setting never silently does nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from citecheck.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from citecheck.checks.house import House

FILE = "citecheck.toml"
#: The fields of an article that a column of a table can hold.
MAP_KEYS = dict.fromkeys("id text title publisher published modified url byline language".split(), str)
OUTLET_KEYS = {"name": str, "kind": str, "aliases": list, "short_forms": list, "domain": str}
KEYS = {"profile": str, "outlets": list, "max_bytes": int, "max_seconds": int, "map": dict, "report": dict}
REPORT_KEYS = {"templates": str, "colours": dict, "dark": dict}
#: The colours of the report that can be set, by their names in its style sheet; s0 to s4 are the severities.
COLOURS = dict.fromkeys("paper wash rule ink soft link base s0 s1 s2 s3 s4 del ins del-ink ins-ink".split(), str)


class OutletRow(NamedTuple):
    """An outlet that the user adds. `aliases` are safe by themselves, `short_forms` only after a fuller form."""

    name: str
    kind: str = "outlet"
    aliases: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    domain: str | None = None


class ReportRow(NamedTuple):
    """What the newsroom changes of the HTML: a folder of templates, and colours for light and for dark screens."""

    templates: Path | None = None
    colours: tuple[tuple[str, str], ...] = ()
    dark: tuple[tuple[str, str], ...] = ()


class Config(NamedTuple):
    """What holds for one run. `path` is the file that it was read from, None for the defaults."""

    profile: str = "default"
    outlets: tuple[OutletRow, ...] = ()
    path: Path | None = None
    #: Bounds of one article, in bytes and in seconds of processor time; None for those of the readers.
    max_bytes: int | None = None
    max_seconds: int | None = None
    #: Field of an article → column of a table or key of a JSON line.
    columns: Mapping[str, str] = MappingProxyType({})
    report: ReportRow = ReportRow()

    def house(self, profile: str | None = None) -> House:
        """What the check needs of it; `profile` comes before the one of the file."""
        from citecheck.checks.house import House  # noqa: PLC0415 most commands check nothing
        from citecheck.drift import profile as named  # noqa: PLC0415

        return House(named(profile or self.profile))


def load_config(start: Path, explicit: Path | None = None) -> Config:
    """The configuration in `explicit`, else in the nearest file at or above `start`, else the defaults.

    Raises `ConfigError` for a file that is missing (when named), no TOML, or has an unknown key or a wrong type.
    """
    if explicit is not None:
        if not explicit.is_file():
            raise ConfigError(f"{explicit}: no such configuration file; leave --config away to use the defaults")
        return _read(explicit) or Config()
    for folder in (start.resolve(), *start.resolve().parents):
        for name in (FILE, "pyproject.toml"):
            if (folder / name).is_file() and (found := _read(folder / name)):
                return found
        if (folder / ".git").exists():
            break
    return Config()


def _read(path: Path) -> Config | None:
    try:
        table: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is no valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    if path.name == "pyproject.toml":
        table = table.get("tool", {})
        if "citecheck" not in table:
            return None
        table = table["citecheck"]
    _check(path, "", table, KEYS)
    if "profile" in table:
        _check_profile(path, table["profile"])
    columns = table.get("map", {})
    _check(path, "map.", columns, MAP_KEYS)
    rows = []
    for number, row in enumerate(table.get("outlets", ()), 1):
        where = f"outlets[{number}]."
        if not isinstance(row, Mapping):
            raise ConfigError(f"{path}: outlets[{number}] should be a table; write [[outlets]] above it")
        _check(path, where, row, OUTLET_KEYS)
        if not row.get("name"):
            raise ConfigError(f"{path}: {where}name is missing: the canonical name of the outlet")
        rows.append(
            OutletRow(
                row["name"],
                row.get("kind", "outlet"),
                tuple(row.get("aliases", ())),
                tuple(row.get("short_forms", ())),
                row.get("domain"),
            )
        )
    bounds = (table.get("max_bytes"), table.get("max_seconds"))
    return Config(
        table.get("profile", "default"), tuple(rows), path, *bounds, columns, _report(path, table.get("report", {}))
    )


def _report(path: Path, table: Mapping[str, Any]) -> ReportRow:
    _check(path, "report.", table, REPORT_KEYS)
    templates = path.parent / table["templates"] if "templates" in table else None
    if templates is not None and not templates.is_dir():
        raise ConfigError(f"{path}: report.templates: {templates} is no folder")
    return ReportRow(templates, *(_colours(path, f"report.{key}", table.get(key, {})) for key in ("colours", "dark")))


def _colours(path: Path, where: str, table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    _check(path, f"{where}.", table, COLOURS)
    for name, value in table.items():
        if not re.fullmatch(r"#(?:[0-9A-Fa-f]{3}){1,2}", value):
            raise ConfigError(f"{path}: {where}.{name} should be a colour such as #1c4f80, not {value!r}")
    return tuple(table.items())


def read_map(words: str) -> dict[str, str]:
    """`text=Body,title=Headline` as a mapping. Raises `UsageError` for what is no field of an article."""
    columns = {}
    for part in words.split(","):
        field, _, column = (piece.strip() for piece in part.partition("="))
        if field not in MAP_KEYS or not column:
            raise UsageError(f"--map {part.strip()}: write FIELD=COLUMN; fields are {', '.join(MAP_KEYS)}")
        columns[field] = column
    return columns


def _check(path: Path, where: str, table: Mapping[str, Any], known: Mapping[str, type]) -> None:
    for key, value in table.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(sorted(known))}"
            raise ConfigError(f"{path}: unknown key “{where}{key}”: {hint}")
        if not isinstance(value, known[key]):
            raise ConfigError(f"{path}: {where}{key} should be a {known[key].__name__}, not {value!r}")
        if isinstance(value, list) and key != "outlets" and not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{path}: {where}{key} should be a list of strings")


def _check_profile(path: Path, name: str) -> None:
    from citecheck.drift import profile_names  # noqa: PLC0415 most configurations name no profile

    if name not in profile_names():
        near = get_close_matches(name, profile_names(), 1)
        hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(profile_names())}"
        raise ConfigError(f"{path}: no profile is named “{name}”: {hint}")
