"""No regular expression of the package can be led into work that grows with the square of a text.

Time decides nothing here by comparison: every pattern searches long adversarial texts in a child process with a limit
of processor time that linear work stays a hundred times below and quadratic work cannot survive.
"""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

import citecheck
from citecheck.text.patterns import Later

#: Characters of a text. A quadratic search takes over a thousand million steps, of which a second holds a hundred.
LENGTH = 40_000
#: Processor seconds for all texts together; linear patterns need below 0.2.
SECONDS = 4
#: What is repeated. Each text ends in a character that lets nearly everything fail at the last moment.
FILLERS = [
    *("a", "A", "0", " ", "\n", ".", ",", "-", "“", '"', "'", "’", "<", "(", "[", "&", "\\", "é"),
    *(
        "a ",
        "A ",
        "Aa ",
        "A. ",
        "0 ",
        "0,",
        "0:",
        "a\n",
        "\n ",
        "a.",
        "a-",
        "<a ",
        "</",
        "AB ",
        "U.S. ",
        "A’",
        "a: ",
        "\r\n",
    ),
    *("he said ", "of the ", "January 1, ", "10 percent ", "“a” ", "www.a.b/", "According to ", "From "),
]
LAST = "\x01"
#: Patterns that only ever search a short piece of a text, with what bounds it where they are used.
BOUNDED = {
    "citecheck.quotations.marks._INCHES": "the 6 characters before a mark",
    "citecheck.readers.pdf_layout._joint": "the last 60 characters of a line",
    "citecheck.sources.context._TOKEN_BACK": "the 40 characters before a place",
    "citecheck.sources.context._last_word": "the last 30 characters of a lead",
    "citecheck.sources.publisher._HEADER": "the first 4,000 characters",
    "citecheck.sources.spotting._SENTENCE_BEFORE": "the 34 characters before a name",
    "citecheck.sources.spotting._WORD_BEFORE": "the 30 characters before a name",
    "citecheck.text.segments._WORD_BEFORE": "the 24 characters before a full stop",
}


Pattern = re.Pattern[str] | re.Pattern[bytes]
#: A pattern and the names of the methods that the package calls on it.
Found = tuple[str, Pattern, frozenset[str]]


def patterns() -> Iterator[Found]:
    """Every compiled pattern that a module holds, alone or in a container, and every literal given to `re`."""
    trees = dict(_trees())
    called: dict[str, set[str]] = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called.setdefault(node.value.id, set()).add(node.attr)
    seen: set[object] = set()
    for module, tree in trees.items():
        for name, value in vars(importlib.import_module(module)).items():
            for number, pattern in enumerate(_inside(value, 0)):
                if pattern not in seen:
                    seen.add(pattern)
                    yield (
                        f"{module}.{name}" + (f"[{number}]" if number else ""),
                        pattern,
                        frozenset(called.get(name, ())),
                    )
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for number, (method, text) in enumerate(_literals(function)):
                    yield (
                        f"{module}.{function.name}" + (f"[{number}]" if number else ""),
                        re.compile(text),
                        frozenset([method]),
                    )


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for info in pkgutil.walk_packages(citecheck.__path__, "citecheck."):
        if not info.name.endswith("__main__"):
            source = Path(importlib.import_module(info.name).__file__ or "").read_text(encoding="utf-8")
            yield info.name, ast.parse(source)


def _inside(value: object, depth: int) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Later):
        yield value.compiled()
    elif depth < 3 and isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from _inside(item, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        for item in value.values():
            yield from _inside(item, depth + 1)


def _literals(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Method and pattern of each `re.sub("…", …)` and `re.compile("…").match(…)` in a function."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    applied = {id(call.func.value): call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    for call in calls:
        if not (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.args):
            continue
        text = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        if call.func.value.id == "re" and isinstance(text, str):
            yield applied.get(id(call), call.func.attr), text


def work(pattern: Pattern, methods: frozenset[str]) -> None:
    """Use `pattern` as the package does: from the start of a text alone, or all over it."""
    used = methods & {"match", "fullmatch"} if methods and methods <= {"match", "fullmatch", "pattern"} else None
    for filler in FILLERS:
        text = filler * (LENGTH // len(filler)) + LAST
        subject = text.encode() if isinstance(pattern.pattern, bytes) else text
        for method in used or ():
            getattr(pattern, method)(subject)
        if used is None:
            for _ in pattern.finditer(subject):  # type: ignore[arg-type]
                pass


ALL = {name: (pattern, methods) for name, pattern, methods in patterns()}


def test_all_patterns_are_found() -> None:
    assert len(ALL) > 100
    assert set(BOUNDED) <= set(ALL)


@pytest.mark.parametrize("name", [name for name in ALL if name not in BOUNDED])
def test_linear(name: str) -> None:
    pattern, methods = ALL[name]
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        try:
            work(pattern, methods)
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0, f"{name} takes more than linear time: {pattern.pattern!r}"
