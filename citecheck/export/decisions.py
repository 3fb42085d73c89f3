"""Decisions kept in files: sign-offs beside the draft (TOML, to be read and reviewed), a baseline (JSON)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

from citecheck.checks.signoffs import SignOff
from citecheck.errors import InputError
from citecheck.files import write_whole
from citecheck.models import Checked, Reason

SIDECAR = ".signoffs.toml"
_HEAD = "# Quotations that an editor signed off; kept by citecheck signoff.\n"
_KEYS = ("text", "speaker", "witnesses", "by", "reason")


def sidecar(draft: Path) -> Path:
    """Where the sign-offs of a draft are kept: beside it."""
    return draft.with_name(draft.name + SIDECAR)


def read_signoffs(path: Path) -> list[SignOff] | None:
    """The sign-offs in `path`; None where there is no such file. Raises `InputError` for one that is broken."""
    if not path.is_file():
        return None
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("signoff", [])
        return [SignOff(**{key: str(row.get(key, "")) for key in _KEYS}) for row in rows]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
        raise InputError(f"{path}: these are no sign-offs: {error}; mend the line, or take the file away") from None


def write_signoffs(path: Path, signoffs: Sequence[SignOff]) -> None:
    """Write the sign-offs, in the order of the draft."""
    tables = [
        "\n".join(["", "[[signoff]]", *(f"{key} = {_quoted(getattr(one, key))}" for key in _KEYS if getattr(one, key))])
        for one in signoffs
    ]
    write_whole(path, [(_HEAD + "\n".join(tables) + "\n").encode()])


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
