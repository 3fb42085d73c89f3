"""The only door to Jinja2: finds the templates, escapes everything, fails on a name that a template got wrong."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

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
    """One whole HTML document, or one section of the single file. Templates see the dataclass `context` as `page`."""
    return environment().get_template(template).render(here=here, page=context)


def shell(here: Here) -> str:
    """The document around the sections of the report in one file; they belong where it says `@@SECTIONS@@`."""
    style, script = asset("style.css"), asset("report.js")
    return (
        environment()
        .get_template("single.html")
        .render(
            here=here,
            style=Markup(style),
            script=Markup(script),
            style_hash=Markup(csp_hash(style)),
            script_hash=Markup(csp_hash(script)),
        )
    )


def asset(name: str) -> str:
    """The text of a file that is shipped beside the templates."""
    return (templates_folder() / name).read_text(encoding="utf-8")


def csp_hash(text: str) -> str:
    """The source expression that lets exactly this inline script or style run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
