"""The table of sources: names, aliases, web domains and kinds, looked up without a pass over the table.

A *form* is a way in which a text writes a source. Some forms are safe by themselves (“Wall Street Journal”), some
count only after a fuller one (“the Journal”), some stand for a programme or a work of the source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, cached_property
from typing import NamedTuple, Protocol

from citecheck.sources.signs import Signs
from citecheck.text.lexicons import cells

FILE = "outlets.tsv"
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\w+")
_BETWEEN_LETTERS = re.compile(r"[^\w\n]+|_+")

MEDIA = frozenset(["agency", "newspaper", "magazine", "journal", "broadcaster", "online", "factchecker", "outlet"])
RESEARCH = frozenset(["pollster", "research", "ratings", "index"])
PUBLIC = frozenset(["government", "statistics", "central-bank", "international", "company", "institution"])


class Strength(Enum):
    """How surely a form names its source."""

    NAME = "name"  # a name or alias, safe by itself
    SHORT = "short"  # only after a fuller form in the same text
    USUAL = "usual"  # a short form that means its best-known bearer when nothing else is named
    PROGRAMME = "programme"  # a programme or brand of the source


class Outlet(NamedTuple):
    """One source. `common`: its name is also an everyday word or a person's; `publisher`: who publishes an index."""

    name: str
    kind: str = "outlet"
    aliases: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    domain: str | None = None
    common: bool = False
    publisher: str | None = None


class OutletLike(Protocol):
    """What a row of the user's configuration has to offer."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def aliases(self) -> Sequence[str]: ...
    @property
    def short_forms(self) -> Sequence[str]: ...
    @property
    def domain(self) -> str | None: ...


class Form(NamedTuple):
    """A way to write a source, and how surely it means it."""

    text: str
    outlet: Outlet
    strength: Strength


def straight(text: str) -> str:
    """`text` with straight apostrophes and single spaces: the key under which forms are kept."""
    return " ".join(text.replace("’", "'").split())


class Outlets:
    """Frozen lookups over a table of sources; later rows win where two claim one form."""

    def __init__(self, table: Iterable[Outlet]) -> None:
        self.by_name: dict[str, Outlet] = {}
        self._forms: dict[str, list[Form]] = {}
        self._domains: dict[str, Outlet] = {}
        for outlet in table:
            self.by_name[outlet.name] = outlet
            for form in _forms_of(outlet):
                others = self._forms.setdefault(straight(form.text), [])
                if others:
                    others[:] = [old for old in others if old.outlet.name != outlet.name]
                others.append(form)
            if outlet.domain:
                self._domains.setdefault(outlet.domain.casefold(), outlet)
        self._by_word = _by_first_word(self._forms)
        self._lettered: dict[str, dict[str, tuple[int, Outlet]]] = {}
        self._grouped: dict[str, dict[str, tuple[str, ...]]] = {}
        self._after: dict[str, frozenset[str]] = {}
        self.signs = Signs(self._by_word, (form for form in self._forms if form[0].islower()))

    def forms(self, text: str) -> Sequence[Form]:
        """The forms written like `text` (apostrophes and spaces aside), most often one."""
        key = straight(text)
        return self._forms.get(key) or self._shouted.get(key, ())

    def end_at(self, text: str, start: int, word: str) -> int:
        """Where the longest form ends that stands at `start`, where `word` begins; 0 where none does."""
        if word not in self._by_word:
            return 0
        groups = self._grouped.get(word)
        if groups is None:  # made when the word is met: most never are
            groups = self._grouped[word] = _by_next_letter(word, self._by_word[word])
            self._after[word] = frozenset(key[-1:] for key in groups)
        after = text[start + len(word) + 1 : start + len(word) + 2]
        if not groups[""] and after.isalnum() and after not in self._after[word]:
            return 0
        forms = groups.get(_one_spaced(text[start : start + len(word) + 2])) or groups[""]
        here = _one_spaced(text[start : start + len(forms[0])]) if forms else ""
        for form in forms:
            end = start + len(form)
            if here.startswith(form) and not (text[end : end + 1].isalnum() or text[end : end + 1] == "_"):
                return end
        return 0

    def by_domain(self, domain: str) -> Outlet | None:
        """The source of a web domain: `www.` and further subdomains aside."""
        parts = domain.casefold().split(".")
        for i in range(len(parts) - 1):
            if found := self._domains.get(".".join(parts[i:])):
                return found
        return None

    def canonical(self, name: str) -> str:
        """The name that the table gives to `name`; `name` itself where it does not know it."""
        found = self.find(name)
        return found.name if found else name

    def find(self, name: str) -> Outlet | None:
        """The source that `name` means by itself: canonical, alias, domain, or a run-together form of these."""
        bare = name.strip()
        for text in (bare, bare.removeprefix("The ").removeprefix("the "), f"The {bare}"):
            for form in self.forms(text):
                if form.strength is Strength.NAME:
                    return form.outlet
        if re.fullmatch(r"[\w-]+(\.[\w-]+)+", bare):
            return self.by_domain(bare)
        return self._run_together(_letters(straight(bare)))

    @cached_property
    def _shouted(self) -> Mapping[str, Sequence[Form]]:
        return {key.upper(): forms for key, forms in self._forms.items() if len(key) >= SHOUTED}

    def _run_together(self, letters: str) -> Outlet | None:
        """The first source of which a name, with or without “the”, has these letters and no others."""
        bare = letters.removeprefix("the")
        found = [self._by_letters(one[0]).get(one) for one in {letters, bare} if one]
        return min(filter(None, found), default=(0, None))[1]

    def _by_letters(self, initial: str) -> Mapping[str, tuple[int, Outlet]]:
        """The names that begin with a letter, run together, each with its place in the table; made when asked for."""
        known = self._lettered.get(initial)
        if known is None:
            known = self._lettered[initial] = {}
            keys = self._by_initial.get(initial, {})
            lines = _letters("\n".join(keys)).split("\n") if keys else ()
            for (key, place), letters in zip(keys.items(), lines, strict=True):
                named = next((form.outlet for form in self._forms[key] if form.strength is Strength.NAME), None)
                if named:
                    known.setdefault(letters, (place, named))
        return known

    @cached_property
    def _by_initial(self) -> Mapping[str, dict[str, int]]:
        """The forms that may stand run together, with their places, by the letter that they begin with."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for place, key in enumerate(self._forms):
            if len(key) >= SHOUTED:
                initial = key[0].casefold()[0] if key[0].isalnum() else _letters(key)[:1]
                found[initial][key] = place
        return found


#: Forms of fewer letters than this are not looked for in capitals or run together: too many would be words.
SHOUTED = 6


def _letters(text: str) -> str:
    """The letters and digits of each line of `text`, run together and in lower case."""
    return _BETWEEN_LETTERS.sub("", text.casefold())


def _forms_of(outlet: Outlet) -> Iterator[Form]:
    yield Form(outlet.name, outlet, Strength.NAME)
    bare = outlet.name.removeprefix("The ")
    if bare != outlet.name:
        yield Form(bare, outlet, Strength.SHORT if outlet.common else Strength.NAME)
    for alias in outlet.aliases:
        yield Form(alias.removeprefix("The ") if not outlet.common else alias, outlet, Strength.NAME)
    for short in outlet.short_forms:
        yield Form(short.rstrip("*"), outlet, Strength.USUAL if short.endswith("*") else Strength.SHORT)
    for programme in outlet.programmes:
        yield Form(programme, outlet, Strength.PROGRAMME)


def _by_first_word(forms: Iterable[str]) -> dict[str, set[str]]:
    by_word: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        if word := _first_word(form):
            by_word[word].add(form)
            if len(form) >= SHOUTED:
                by_word[word.upper()].add(form.upper())
    return dict(by_word)


def _first_word(form: str) -> str:
    """The letters and digits that a form begins with; nearly always what stands before its first space."""
    word = form.partition(" ")[0]
    if word.isalnum():
        return word
    found = _WORD.match(form)
    return found[0] if found else ""


def _by_next_letter(word: str, forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The forms that begin with `word`, longest first, by their beginning up to the letter after the next sign.

    Shorter ones stand with each of these, and alone under "".
    """
    size = len(word) + 2
    groups: dict[str, list[str]] = {"": []}
    longest_first = sorted(forms, key=len, reverse=True)
    for form in longest_first:
        groups.setdefault(form[:size] if len(form) >= size else "", []).append(form)
    short = groups[""]
    return {key: tuple(group if key == "" else group + short) for key, group in groups.items()}


def _one_spaced(text: str) -> str:
    """`text` with straight apostrophes and a space for each white space: of the same length."""
    if text.isascii() and text.isprintable():
        return text
    return _SPACE.sub(" ", text).replace("’", "'")


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()


@cache
def _shipped() -> tuple[Outlet, ...]:
    return tuple(
        Outlet(
            name,
            kind,
            _listed(aliases),
            _listed(short_forms),
            _listed(programmes),
            domain or None,
            common == "yes",
            publisher or None,
        )
        for name, kind, aliases, short_forms, programmes, domain, common, publisher in cells(FILE)[1:]
    )


@cache
def _shipped_table() -> Outlets:
    return Outlets(_shipped())


def load_outlets(extra: Iterable[OutletLike] = ()) -> Outlets:
    """The shipped table, and `extra` rows of the user's configuration after it."""
    more = tuple(
        Outlet(row.name, row.kind, tuple(row.aliases), tuple(row.short_forms), domain=row.domain) for row in extra
    )
    return Outlets(_shipped() + more) if more else _shipped_table()
