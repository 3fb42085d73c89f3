"""The only door to Jinja2: finds the templates, escapes everything, fails on a name that a template got wrong."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from citecheck.errors import OutputError
from citecheck.html.addresses import Here
from citecheck.html.compiled import compiled
from citecheck.html.marks import count, counted, visible

#: The indentation of the templates, a fifth of a page's bytes. The galley, where blanks count, has no line breaks.
_INDENT = re.compile(r"\n[ \n]+")


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
        auto_reload=False,
    )
    options = (made.autoescape, made.trim_blocks, made.lstrip_blocks, made.keep_trailing_newline)
    made.bytecode_cache = compiled(options)
    made.filters |= {"count": count, "counted": counted}
    # Severities and labels stand on a page by the dozen and are few: each is printed once.
    signs = made.get_template("signs.html").module
    made.globals |= {"sev": lru_cache(getattr(signs, "sev")), "label": lru_cache(getattr(signs, "label"))}  # noqa: B009
    return made


def page(template: str, here: Here, context: object) -> str:
    """One whole HTML document, or one section of the single file. Templates see the named tuple `context` as `page`."""
    return _INDENT.sub("\n", environment().get_template(template).render(here=here, page=context))


def alone(template: str, here: Here, context: object = None) -> str:
    """One whole HTML document with the style and the script inside, which are all that its policy lets run.

    In the shell of the report in one file, `single.html`, the sections belong where it says `@@SECTIONS@@`.
    """
    style, script = asset("style.css"), asset("report.js")
    made = environment().get_template(template)
    return made.render(
        here=here,
        page=context,
        style=Markup(style),
        script=Markup(script),
        style_hash=Markup(csp_hash(style)),
        script_hash=Markup(csp_hash(script)),
    )


def asset(name: str) -> str:
    """The text of a file that is shipped beside the templates."""
    return (templates_folder() / name).read_text(encoding="utf-8")


def csp_hash(text: str) -> str:
    """The source expression that lets exactly this inline script or style run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
