"""The only door to Jinja2: finds the templates, escapes everything, fails on a name that a template got wrong."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from citecheck.errors import OutputError
from citecheck.html.addresses import Here
from citecheck.html.compiled import compiled
from citecheck.html.marks import count, counted, runs, visible

#: What HTML lets a page do without: the indentation of the templates, the end tags of what is ended by what follows it
#: (WHATWG HTML, 13.1.2.4), the quotes of plain values. A quarter of a page. The first two are left out of the templates
#: when they are compiled; no printed text can be taken for the third, since its `"` is escaped.
_INDENT = re.compile(r"\n[ \n]+|^[ ]+")
_ENDS = re.compile(r"</(?:li|td|th|tr|dt|dd|option)>\n?")
_QUOTES = re.compile(r'(?<==)"([\w#./-]+)"(?=[ >])', re.ASCII)


class Look(NamedTuple):
    """What a newsroom changes: a folder whose files come before the shipped ones, and colours by their name in
    `style.css`, as `#rrggbb`, for light and for dark screens."""

    templates: Path | None = None
    colours: tuple[tuple[str, str], ...] = ()
    dark: tuple[tuple[str, str], ...] = ()


SHIPPED = Look()


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


class Compact(Environment):
    """Leaves out of a template what the page can do without."""

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        return _ENDS.sub("", _INDENT.sub("\n", source))


@cache
def environment(look: Look = SHIPPED) -> Environment:
    made = Compact(
        loader=FileSystemLoader(_folders(look), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    options = (made.autoescape, made.trim_blocks, made.lstrip_blocks, made.keep_trailing_newline, _INDENT, _ENDS)
    made.bytecode_cache = compiled(options)
    made.filters |= {"count": count, "counted": counted, "runs": runs}
    # Severities and labels stand on a page by the dozen and are few: each is printed once.
    signs = made.get_template("signs.html").module
    made.globals |= {"sev": lru_cache(getattr(signs, "sev")), "label": lru_cache(getattr(signs, "label"))}  # noqa: B009
    return made


def _folders(look: Look) -> list[Path]:
    return [*([look.templates] if look.templates else []), templates_folder()]


def page(template: str, here: Here, context: object, look: Look = SHIPPED) -> str:
    """One whole HTML document, or one section of the single file. Templates see the named tuple `context` as `page`."""
    return "".join(_QUOTES.split(_printed(look, template, here=here, page=context)))


def alone(template: str, here: Here, context: object = None, look: Look = SHIPPED) -> str:
    """One whole HTML document with the style and the script inside, which are all that its policy lets run.

    In the shell of the report in one file, `single.html`, the sections belong where it says `@@SECTIONS@@`.
    """
    style, script = asset("style.css", look), asset("report.js", look)
    return _printed(
        look,
        template,
        here=here,
        page=context,
        style=Markup(style),
        script=Markup(script),
        style_hash=Markup(csp_hash(style)),
        script_hash=Markup(csp_hash(script)),
    )


def _printed(look: Look, template: str, **values: object) -> str:
    """Raises OutputError with the file and line where a newsroom's own template is wrong."""
    try:
        return environment(look).get_template(template).render(**values)
    except TemplateError as error:
        if look.templates is None:
            raise
        where = f"{error.filename}:{error.lineno}" if isinstance(error, TemplateSyntaxError) else str(look.templates)
        raise OutputError(f"{where}: {error.message}; the shipped template shows what a page holds") from error


def asset(name: str, look: Look = SHIPPED) -> str:
    """The text of a file that stands beside the templates; the style sheet ends with the newsroom's own colours."""
    text = next(folder / name for folder in _folders(look) if (folder / name).is_file()).read_text(encoding="utf-8")
    if name == "style.css" and look.colours:
        text += f"\n:root {{ {_colours(look.colours)} }}\n"
    if name == "style.css" and look.dark:
        text += f"\n@media (prefers-color-scheme: dark) {{ :root {{ {_colours(look.dark)} }} }}\n"
    return text


def _colours(named: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in named)


def csp_hash(text: str) -> str:
    """The source expression that lets exactly this inline script or style run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
