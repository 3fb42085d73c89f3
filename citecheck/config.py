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

docs/configuration.md has every key. An unknown key is an error that names its line and says what was meant: a setting
never silently does nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from citecheck.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from citecheck.checks.decisions import Decisions
    from citecheck.checks.house import House
    from citecheck.drift import Profile

FILE = "citecheck.toml"
#: The fields of an article that a column of a table can hold.
MAP_KEYS = dict.fromkeys("id text title publisher published modified url byline language".split(), str)
OUTLET_KEYS = {"name": str, "kind": str, "aliases": list, "short_forms": list, "domain": str}
REPORT_KEYS = {"templates": str, "colours": dict, "dark": dict}
#: The colours of the report that can be set, by their names in its style sheet; s0 to s4 are the severities.
COLOURS = dict.fromkeys("paper wash rule ink soft link base s0 s1 s2 s3 s4 del ins del-ink ins-ink".split(), str)
SPEAKER_KEYS = {"name": str, "aliases": list}
EXEMPTION_KEYS = {"public_events": list}
KEYS = {
    "profile": str,
    "select": list,
    "ignore": list,
    "min_level": str,
    "fail_on": str,
    "max_bytes": int,
    "max_seconds": int,
    "pinned": list,
    "per_file_ignores": dict,
    "tiers": dict,
    "exemptions": dict,
    "profiles": dict,
    "outlets": list,
    "speakers": list,
    "map": dict,
    "report": dict,
}
LEVELS = ("cosmetic", "minor", "major", "critical")


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
    #: Processes that extract at once; None for as many as there are processors.
    jobs: int | None = None

    #: Codes of findings, or their beginnings, and the levels from which they are shown and fail a run.
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_level: str = "minor"
    fail_on: str = "major"
    per_file_ignores: Mapping[str, Sequence[str]] = MappingProxyType({})
    #: Another name of a speaker, in lower case → the name; an outlet → its tier.
    speakers: Mapping[str, str] = MappingProxyType({})
    tiers: Mapping[str, str] = MappingProxyType({})
    pinned: tuple[str, ...] = ()
    public_events: tuple[str, ...] = ()
    #: The user's own profiles: a base, and the severity of each label that it moves.
    profiles: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    #: Each setting as it was written, with its line, for `config show`.
    given: Mapping[str, tuple[str, int | None]] = MappingProxyType({})

    def house(self, profile: str | None = None) -> House:
        """What the check needs of it; `profile` comes before the one of the file."""
        from citecheck.checks.house import House  # noqa: PLC0415 most commands check nothing

        return House(self.named_profile(profile), self.speakers, self.tiers, frozenset(self.pinned), self.public_events)

    def decisions(self) -> Decisions:
        """Which findings are shown, as far as the configuration says."""
        from citecheck.checks.decisions import Decisions  # noqa: PLC0415
        from citecheck.models import Severity  # noqa: PLC0415

        lowest = Severity[self.min_level.upper()]
        return Decisions(select=self.select, ignore=self.ignore, per_file=self.per_file_ignores, min_level=lowest)

    def named_profile(self, name: str | None = None) -> Profile:
        """The profile of that name (else the one that the file names): a shipped one, or one of the file's own.

        Raises `UsageError` for a name that is none.
        """
        from citecheck.drift import Profile, profile, profile_names  # noqa: PLC0415 most commands compare nothing
        from citecheck.models import Label, Severity  # noqa: PLC0415

        name = name or self.profile
        own = self.profiles.get(name)
        if own is None:
            if name not in profile_names():
                raise UsageError(_no_profile(name, [*profile_names(), *self.profiles]))
            return profile(name)
        base = profile(own.get("base", "default"))
        moved = {Label(label): Severity(level) for label, level in own.items() if label != "base"}
        return Profile(name, {**base.least, **moved}, {**base.most, **moved})


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


#: What a `pyproject.toml` with settings of ours has at the beginning of a line. Most have none, and to parse one takes
#: as long as to extract an article.
_OURS = re.compile(r"""^[ \t]*+\[*+[ \t]*+["']?tool["']?[ \t]*+(?:[\]=]|\.[ \t]*+["']?citecheck)""", re.MULTILINE)


def _read(path: Path) -> Config | None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: this is no valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    if path.name == "pyproject.toml" and not _OURS.search(text):
        return None
    import tomllib  # noqa: PLC0415 most runs find no configuration

    try:
        table: Mapping[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError(f"{path}{f':{line[1]}' if line else ''}: this is no valid TOML: {error}") from None
    if path.name == "pyproject.toml":
        table = table.get("tool", {})
        if "citecheck" not in table:
            return None
        table = table["citecheck"]
    return _Reader(path, text).config(table)


class _Reader:
    """Reads one table of settings; whatever is wrong is an error that names the line."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.split("\n")

    def config(self, table: Mapping[str, Any]) -> Config:
        """The settings of `table`, each checked."""
        self._check("", table, KEYS)
        for key in ("min_level", "fail_on"):
            known = (*LEVELS, "never") if key == "fail_on" else LEVELS
            if table.get(key, "major") not in known:
                raise self.error(key, f"{key} should be one of {', '.join(known)}, not {table[key]!r}")
        self._check("exemptions", exempt := table.get("exemptions", {}), EXEMPTION_KEYS)
        self._check("map", columns := table.get("map", {}), MAP_KEYS)
        tiers = self._tiers(table.get("tiers", {}))
        per_file = table.get("per_file_ignores", {})
        self._check("per_file_ignores", per_file, dict.fromkeys(per_file, list))
        profiles = self._profiles(table.get("profiles", {}))
        if "profile" in table:
            self._check_profile("profile", table["profile"], profiles)
        speakers = self._rows(table, "speakers", SPEAKER_KEYS, "the name that the speaker goes by")
        return Config(
            profile=table.get("profile", "default"),
            outlets=tuple(self._outlets(table)),
            path=self._path,
            max_bytes=table.get("max_bytes"),
            max_seconds=table.get("max_seconds"),
            columns=columns,
            report=self._report(table.get("report", {})),
            select=self._codes(table, "select"),
            ignore=self._codes(table, "ignore"),
            min_level=table.get("min_level", "minor"),
            fail_on=table.get("fail_on", "major"),
            per_file_ignores={name: self._codes(per_file, name, "per_file_ignores") for name in per_file},
            speakers={alias.lower(): row["name"] for row in speakers for alias in row.get("aliases", ())},
            tiers={outlet: tier for tier, outlets in tiers.items() for outlet in outlets},
            pinned=tuple(table.get("pinned", ())),
            public_events=tuple(exempt.get("public_events", ())),
            profiles=profiles,
            given={key: (json.dumps(value, ensure_ascii=False), self.line(key)) for key, value in table.items()},
        )

    def _tiers(self, table: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
        if table:
            from citecheck.checks.house import TIERS  # noqa: PLC0415 most configurations rank no outlets

            self._check("tiers", table, dict.fromkeys(TIERS, list))
        return table

    def _outlets(self, table: Mapping[str, Any]) -> Iterable[OutletRow]:
        for row in self._rows(table, "outlets", OUTLET_KEYS, "the canonical name of the outlet"):
            aliases, short_forms = tuple(row.get("aliases", ())), tuple(row.get("short_forms", ()))
            yield OutletRow(row["name"], row.get("kind", "outlet"), aliases, short_forms, row.get("domain"))

    def _rows(
        self, table: Mapping[str, Any], key: str, known: Mapping[str, type], what: str
    ) -> list[Mapping[str, Any]]:
        """The tables `[[key]]`, each with a name."""
        for number, row in enumerate(table.get(key, ()), 1):
            where = f"{key}[{number}]"
            if not isinstance(row, Mapping):
                raise self.error(key, f"{where} should be a table; write [[{key}]] above it")
            self._check(where, row, known)
            if not row.get("name"):
                raise self.error(where, f"{where}.name is missing: {what}")
        return list(table.get(key, ()))

    def _report(self, table: Mapping[str, Any]) -> ReportRow:
        self._check("report", table, REPORT_KEYS)
        templates = self._path.parent / table["templates"] if "templates" in table else None
        if templates is not None and not templates.is_dir():
            raise self.error("report.templates", f"report.templates: {templates} is no folder")
        colours = (self._colours(f"report.{key}", table.get(key, {})) for key in ("colours", "dark"))
        return ReportRow(templates, *colours)

    def _colours(self, where: str, table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        self._check(where, table, COLOURS)
        for name, value in table.items():
            if not re.fullmatch(r"#(?:[0-9A-Fa-f]{3}){1,2}", value):
                place = f"{where}.{name}"
                raise self.error(place, f"{place} should be a colour such as #1c4f80, not {value!r}")
        return tuple(table.items())

    def _codes(self, table: Mapping[str, Any], key: str, above: str = "") -> tuple[str, ...]:
        """The codes under `key`, each the beginning of one that exists: a mistyped code would do nothing."""
        found = tuple(code.upper() for code in table.get(key, ()))
        unknown = unknown_codes(found)
        if unknown:
            raise self.error(f"{above}.{key}" if above else key, f"{key}: {unknown}")
        return found

    def _profiles(self, table: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        from citecheck.models import Label  # noqa: PLC0415 most configurations have no profile of their own

        for name, rows in table.items():
            where = f"profiles.{name}"
            if not isinstance(rows, Mapping):
                raise self.error(where, f"{where} should be a table; write [{where}] above it")
            self._check(where, rows, {"base": str, **dict.fromkeys(Label, int)})
            if "base" in rows:
                self._check_profile(f"{where}.base", rows["base"], {})
            for label, level in rows.items():
                if label != "base" and not 0 <= level <= 4:
                    raise self.error(
                        f"{where}.{label}", f"{where}.{label} should be a severity from 0 to 4, not {level}"
                    )
        return table

    def _check_profile(self, where: str, name: str, own: Iterable[str]) -> None:
        from citecheck.drift import profile_names  # noqa: PLC0415 most configurations name no profile

        if name not in (known := [*profile_names(), *own]):
            raise self.error(where, _no_profile(name, known))

    def _check(self, where: str, table: Mapping[str, Any], known: Mapping[str, type]) -> None:
        for key, value in table.items():
            place = f"{where}.{key}" if where else key
            if key not in known:
                raise self.error(place, f"unknown key “{place}”: {_hint(key, sorted(known))}")
            if not isinstance(value, known[key]):
                raise self.error(place, f"{place} should be a {known[key].__name__}, not {value!r}")
            tables = key in ("outlets", "speakers") and not where
            if isinstance(value, list) and not tables and not all(isinstance(item, str) for item in value):
                raise self.error(place, f"{place} should be a list of strings")

    def error(self, where: str, message: str) -> ConfigError:
        """An error about the setting `where` ("outlets[2].kind"), with its line where that can be told."""
        line = self.line(where)
        return ConfigError(f"{self._path}{f':{line}' if line else ''}: {message}")

    def line(self, where: str) -> int | None:
        """The line of a setting, or of the table that holds it, from one; tables written inline share their line."""
        above, _, key = where.rpartition(".")
        counts: dict[str, int] = {}
        here, holder = "", None
        for number, line in enumerate(self._lines, 1):
            header = re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", line)
            if header:
                here = header[2].replace('"', "").removeprefix("tool.citecheck").lstrip(".")
                if header[1] == "[[":
                    counts[here] = counts.get(here, 0) + 1
                    here = f"{here}[{counts[here]}]"
                if here in (where, f"{where}[1]"):
                    return number
                holder = number if here == above and above else holder
            elif here == above and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
                return number
        return holder


def _no_profile(name: str, known: Sequence[str]) -> str:
    return f"no profile is named “{name}”: {_hint(name, known)}"


def _hint(name: str, known: Sequence[str]) -> str:
    """What was meant, or what there is."""
    near = get_close_matches(name, known, 1)
    return f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"


def unknown_codes(codes: Sequence[str]) -> str:
    """What is wrong with the first of `codes` that no code begins with; empty when nothing is."""
    from citecheck.checks.codes import codes as known  # noqa: PLC0415 most runs name no code

    for code in codes:
        if not any(one.startswith(code.upper()) for one in known()):
            near = get_close_matches(code.upper(), known(), 1)
            return f"no code begins with “{code}”{f': did you mean “{near[0]}”?' if near else ''}"
    return ""


def shown(config: Config) -> Iterable[str]:
    """A line for each setting: what holds, and from where."""
    defaults: dict[str, object] = {
        "profile": "default",
        "min_level": "minor",
        "fail_on": "major",
        **{key: [] if kind is list else {} for key, kind in KEYS.items() if kind in (list, dict)},
    }
    for key in KEYS:
        if key in config.given:
            value, line = config.given[key]
            yield f"{key} = {value}    # {config.path}{f':{line}' if line else ''}"
        else:
            value = json.dumps(defaults[key]) if key in defaults else "(the reader’s own bound)"
            yield f"{key} = {value}    # default"


def read_map(words: str) -> dict[str, str]:
    """`text=Body,title=Headline` as a mapping. Raises `UsageError` for what is no field of an article."""
    columns = {}
    for part in words.split(","):
        field, _, column = (piece.strip() for piece in part.partition("="))
        if field not in MAP_KEYS or not column:
            raise UsageError(f"--map {part.strip()}: write FIELD=COLUMN; fields are {', '.join(MAP_KEYS)}")
        columns[field] = column
    return columns
