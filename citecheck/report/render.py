"""The only door to Jinja2: finds the templates, escapes everything, fails on a name that a template got wrong."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from citecheck.errors import OutputError
from citecheck.report.addresses import Here
from citecheck.report.marks import count, counted, visible


def templates_folder() -> Path:
    """Where the templates are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "base.html").is_file():
            return folder
    raise OutputError(f"the templates of the report are missing beside {package}; install citecheck again")


def _finalize(value: object) -> object:
    """Every printed value passes here before it is escaped: hostile characters are made visible."""
    if isinstance(value, Markup):
        return value
    return visible(value) if isinstance(value, str) else value


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(templates_folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"count": count, "counted": counted}
    return made


def page(template: str, here: Here, context: object) -> str:
    """One whole HTML document. `context` is the page's dataclass; templates see it as `page`."""
    return environment().get_template(template).render(_names(here, context))


def main_block(template: str, here: Here, context: object) -> str:
    """Only what stands in the `main` block, for the report in one file."""
    loaded = environment().get_template(template)
    return "".join(loaded.blocks["main"](loaded.new_context(_names(here, context))))


def _names(here: Here, context: object) -> dict[str, Any]:
    return {"here": here, "page": context}


def asset(name: str) -> str:
    """The text of a file that is shipped beside the templates."""
    return (templates_folder() / name).read_text(encoding="utf-8")


def csp_hash(text: str) -> str:
    """The source expression that lets exactly this inline script or style run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
