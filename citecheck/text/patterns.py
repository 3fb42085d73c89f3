"""Regular expressions that are compiled when they are used first: a run uses half of those that its modules name."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class Later:
    """Stands for a pattern. From its first use on it has the methods of the compiled one, and costs nothing more."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source, self._flags = source, flags

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        made = self.compiled()
        for method in _METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """What a module keeps instead of `re.compile(source, flags)`; for `re.sub` and the like it is none."""
    return cast("re.Pattern[str]", Later(source, flags))
