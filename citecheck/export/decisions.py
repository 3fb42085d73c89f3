"""Decisions kept in files: sign-offs beside the draft (TOML, to be read and reviewed), a baseline (JSON)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from citecheck.checks.decisions import Decisions
from citecheck.checks.signoffs import Ignored, SignOff
from citecheck.errors import InputError
from citecheck.files import write_whole
from citecheck.models import Checked, Reason

SIDECAR = ".signoffs.toml"
_HEAD = "# Quotations that an editor signed off, and findings to ignore; kept by citecheck signoff and review.\n"
_KEYS = ("text", "speaker", "witnesses", "by", "reason")
_IGNORED = ("fingerprint", "code", "text", "by", "reason")


def sidecar(draft: Path) -> Path:
    """Where the sign-offs of a draft are kept: beside it."""
    return draft.with_name(draft.name + SIDECAR)


class Sidecar(NamedTuple):
    """What was decided about one draft; `signoffs` is None where nobody began to sign off."""

    signoffs: list[SignOff] | None = None
    ignored: list[Ignored] = []  # noqa: RUF012 nobody adds to it


def read_sidecar(path: Path) -> Sidecar:
    """The decisions in `path`; none where there is no such file. Raises `InputError` for one that is broken."""
    if not path.is_file():
        return Sidecar()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        ignored = [Ignored(**{key: str(row.get(key, "")) for key in _IGNORED}) for row in tables.get("ignore", [])]
        signed = [SignOff(**{key: str(row.get(key, "")) for key in _KEYS}) for row in tables.get("signoff", [])]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
        raise InputError(f"{path}: these are no sign-offs: {error}; mend the line, or take the file away") from None
    return Sidecar(signed if signed or not ignored else None, ignored)


def with_sidecars(decisions: Decisions, checked: Sequence[Checked], since: bool = False) -> Decisions:
    """The decisions with those that are kept beside each draft. since: all quotations are to be signed off."""
    signoffs: dict[str, list[SignOff]] = {}
    ignored: dict[str, list[Ignored]] = {}
    for item in checked:
        article = item.extraction.article
        kept = read_sidecar(sidecar(Path(article.path))) if article.path else Sidecar()
        ignored[article.id] = kept.ignored
        if kept.signoffs is not None or since:
            signoffs[article.id] = kept.signoffs or []
    return replace(decisions, signoffs=signoffs, ignored=ignored)


def write_sidecar(path: Path, decided: Sidecar) -> None:
    """Write all decisions about a draft, whole or not at all."""
    tables = [_table("signoff", one, _KEYS) for one in decided.signoffs or ()]
    tables += [_table("ignore", one, _IGNORED) for one in decided.ignored]
    write_whole(path, [(_HEAD + "\n".join(tables) + "\n").encode()])


def _table(name: str, decision: SignOff | Ignored, keys: Sequence[str]) -> str:
    rows = (f"{key} = {_quoted(value)}" for key in keys if (value := getattr(decision, key)))
    return "\n".join(("", f"[[{name}]]", *rows))


def _quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does, and DEL besides."""
    return json.dumps(text.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False).replace("\x7f", "\\u007f")


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline. Raises `InputError` for a file that is missing or none of ours."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(str(row["fingerprint"]) for row in table["findings"])
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; write it first with --write-baseline") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(f"{path}: this is no baseline; write it anew with --write-baseline") from None


def write_baseline(path: Path, checked: Sequence[Checked]) -> int:
    """Write all that is open now, and all that the last baseline holds and is still there; how many that are."""
    found = {
        (item.fingerprint, item.code, " ".join(item.text.split()))
        for one in checked
        for item in (
            *one.findings,
            *one.hidden,
            *(kept.finding for kept in one.suppressed if kept.reason is Reason.BASELINE),
        )
    }
    rows = [{"fingerprint": mark, "code": code, "text": text} for mark, code, text in sorted(found)]
    lines = ",\n".join(json.dumps(row) for row in rows)
    write_whole(path, [f'{{"schema": 1, "findings": [\n{lines}\n]}}\n'.encode()])
    return len(rows)
