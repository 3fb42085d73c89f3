"""The words of a text as keys for comparison, each with its place: contractions opened, spellings, numerals, dates and
abbreviations brought to one form. `don't` is two words (`do`, `not`), `2.5 million dollars` one (`#2500000$`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from citecheck.models import Span
from citecheck.text.fold import Folded, fold, plain
from citecheck.text.lexicons import rows
from citecheck.text.numbers import figure, number_words, read_quantity, shown
from citecheck.text.patterns import regex

#: What a word is: WORD anything plain, NUMBER a quantity, ORDINAL a rank, DATE a day, month or period, TIME of day.
WORD, NUMBER, ORDINAL, DATE, YEAR, TIME = "word", "number", "ordinal", "date", "year", "time"
#: How a word is written: lower case, a capital where a sentence starts, a capital elsewhere, capitals throughout.
LOWER, STARTS, CAPITAL, CAPITALS = range(4)


class Word(NamedTuple):
    """A word of a text: `key` is what is compared, `start:end` its place in the source, `value` that of a number."""

    key: str
    start: int
    end: int
    kind: str = WORD
    case: int = LOWER
    value: float | None = None


class _Token(NamedTuple):
    """A piece of folded text before it is joined with its neighbours."""

    key: str
    start: int
    end: int
    case: int
    sign: str = ""


#: A word that joins nothing is ready at once.
_Piece = _Token | Word


_TOKEN = re.compile(
    r"(?P<plain>[a-z]{2,}+(?![\w'$€£¥]))"  # nearly all words are told at once
    r"|(?P<sign>(?:\b(?:us|a|c|hk|nz|s))?[$€£¥] ?(?=\d))?"
    r"(?:(?P<scanned>(?<![^\W_])(?![a-z]*(?:10|00))(?:[a-z]+[01]{1,2}[a-z]+|[a-z]{3,}[01]{1,2}|[01][a-z]{3,})[a-z01]*(?![^\W_]))"
    r"|(?P<clock>\d{1,2}:\d{2})(?!\d)"
    r"|(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<suffix>(?:st|nd|rd|th|s|k|m|mn|bn|tn|b|x)(?![^\W_]))?"
    r"|(?P<dotted>(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?)"
    r"|(?P<word>'?[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<mark>[%&@]))"
)
_AS_THEY_ARE = frozenset(("plain", "word"))
_MARKS = {"%": "percent", "&": "and", "@": "at"}
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_ENDS = re.compile(r"[.!?:…]|[\"(\[]\s*$")


@lru_cache(maxsize=1)
def _contractions() -> dict[str, tuple[str, ...]]:
    return {row["form"]: tuple(row["words"].split()) for row in rows("contractions.tsv")}


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {row["form"]: row["words"] for row in rows("abbreviations.tsv")}


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    endings: tuple[str, ...] = (
        "s",
        "ed",
        "d",
        "ing",
        "er",
        "ers",
        "r",
        "rs",
        "able",
        "ably",
        "al",
        "ally",
        "less",
        "ful",
        "fully",
        "ist",
    )
    endings += ("ists", "ite", "ites", "hood", "hoods", "ly", "y", "ism", "ship", "ation", "ive", "men", "man", "ling")
    for row in rows("spelling.tsv"):
        table[row["variant"]] = row["key"]
        for ending in endings if row["suffixes"] else ():
            table.setdefault(row["variant"] + ending, row["key"] + ending)
            if row["variant"].endswith("e") and ending in ("ing", "ation", "able", "ed", "ist", "ism", "ive"):
                key = row["key"].removesuffix("e")
                table.setdefault(row["variant"].removesuffix("e") + ending, key + ending)
    return table


# Words in -ise, -yse whose s is no spelling of z; all others take either.
_ONLY_S = regex(
    r"(?:^(?:rise|wise|arise|noise|poise|raise|praise|bruise|cruise|guise|vise|demise|devise|revise|advise|excise|exercise"
    r"|incise|precise|concise|promise|premise|comprise|compromise|surprise|enterprise|reprise|apprise|supervise|televise"
    r"|improvise|disguise|franchise|merchandise|paradise|treatise|expertise|likewise|otherwise|clockwise|chemise|anise"
    r"|tortoise|porpoise|turquoise|malaise|appraise|chaise|liaise|advertise|circumcise|despise|uprise|sunrise|chastise"
    r"|mayonnaise|marquise|reraise|bouillabaisse|crises?)|raise|wise)$"
)
_ISE = re.compile(r"^([a-z]{3,}?)(is)(e|ed|es|er|ers|ing|ation|ations|able|ational)$")


@lru_cache(maxsize=65536)
def spelled(word: str) -> str:
    """The key of one folded word: its accents gone, British and other spellings brought to one form."""
    word = plain(word)
    known = _spellings().get(word)
    if known is not None:
        return known
    match = _ISE.match(word)
    if match and not _ONLY_S.search(match.group(1) + "ise"):
        return f"{match.group(1)}iz{match.group(3)}"
    return word


@lru_cache(maxsize=65536)
def _plain_key(word: str) -> str | None:
    """The key of a word that stands for itself whatever follows it; None for one that has to be looked at."""
    if "'" in word or word in _contractions() or word in _abbreviations() or word + "." in _abbreviations():
        return None
    return None if word.upper() in _abbreviations() else spelled(word)


def _tokens(folded: Folded, source: str) -> Iterator[_Piece]:
    """The tokens of a folded text, contractions and abbreviations opened."""
    shouting = source.isupper()
    last = 0
    text, origin, joining = folded.text, folded.origin, _joining()
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < last:
            continue
        key = _plain_key(match.group()) if match.lastgroup in _AS_THEY_ARE else None
        if key is not None and not source[origin[start]].isupper():
            last = end
            yield _Token(key, start, end, LOWER) if key in joining else Word(key, start, end)
            continue
        starts = last == 0 or _ENDS.search(text, last, start) is not None
        found = _token(match, folded, source, starts, shouting)
        yield from found
        last = found[-1].end


def _case(source: str, span: Span, starts: bool, shouting: bool) -> int:
    """How the word at `span` of `source` is written."""
    start, end = span
    head = source[start : start + 1]
    if shouting or not head.isupper():
        return LOWER
    written = source[start:end]
    if len(written) > 1 and written.isupper():
        return CAPITALS
    return STARTS if starts else CAPITAL


def _token(match: re.Match[str], folded: Folded, source: str, starts: bool, shouting: bool) -> list[_Token]:
    """The tokens of one match: one, or the words of a contraction."""
    kind, (start, end) = match.lastgroup, match.span()
    sign = (match.group("sign") or "").strip()
    if kind in ("figure", "suffix"):
        return [_figure(match, start, end, sign)]
    if kind == "scanned":  # o1d: a scanning error, for `drift` to say
        return [_Token(match.group(), start, end, LOWER)]
    if kind == "clock":
        return [_Token(match.group("clock"), start, end, LOWER, "clock")]
    if kind == "mark":
        return [_Token(_MARKS[match.group("mark")], start, end, LOWER)]
    word = match.group(kind or "word")
    if word[0] == "'" and word not in _contractions():
        word, start = word[1:], start + 1
    source_start, source_end = folded.span(start, end)
    case = _case(source, (source_start, source_end), starts, shouting)
    dot = folded.text[end : end + 1] == "."
    full = _abbreviated(word, dot, source[source_start:source_end], shouting)
    if full is not None:
        return [_Token(full[0], start, end + full[1], case)]
    return _contracted(word, start, end, case)


def _figure(match: re.Match[str], start: int, end: int, sign: str) -> _Token:
    digits, suffix = match.group("figure"), match.group("suffix") or ""
    if suffix in ("st", "nd", "rd", "th"):
        return _Token(digits + "th", start, end, LOWER, "ordinal")
    if suffix in _SCALES and (sign or suffix in ("k", "bn", "tn", "mn")):
        value = figure(digits)
        return _Token(shown((value or 0.0) * _SCALES[suffix]), start, end, LOWER, sign or "scaled")
    return _Token(digits + suffix, start, end, LOWER, sign)


def _abbreviated(word: str, dot: bool, written: str, shouting: bool) -> tuple[str, int] | None:
    """The words an abbreviation stands for and whether its full stop belongs to it, or None."""
    table = _abbreviations()
    bare = word.rstrip(".")
    if dot and word + "." in table:
        return table[word + "."], 1
    capitals = written.rstrip(".")
    if not shouting and capitals in table and capitals.isupper():
        return table[capitals], 0
    if "." in word:
        return table.get(bare) or bare.replace(".", ""), 0
    return (table[bare], 0) if bare in table else None


def _contracted(word: str, start: int, end: int, case: int) -> list[_Token]:
    parts = _contractions().get(word)
    if parts is not None:
        return _split(parts, start, end, case, start + _cut(word))
    for ending, full in (
        ("n't", "not"),
        ("'s", "'s"),
        ("'re", "are"),
        ("'ve", "have"),
        ("'ll", "will"),
        ("'d", "would"),
    ):
        if "'" in word and word.endswith(ending):
            cut = end - len(ending)
            if start == cut:  # texts that were cut into words have `do n't`
                return [_Token(full, start, end, case)]
            return [_Token(spelled(word[: -len(ending)]), start, cut, case), _Token(full, cut, end, LOWER)]
    return [_Token(spelled(word), start, end, case)]


def _split(parts: tuple[str, ...], start: int, end: int, case: int, cut: int = 0) -> list[_Token]:
    """The words of a contraction share its letters: the last one has what follows `cut`."""
    if len(parts) == 1:
        return [_Token(parts[0], start, end, case)]
    return [_Token(" ".join(parts[:-1]), start, cut, case), _Token(parts[-1], cut, end, LOWER)]


def _cut(word: str) -> int:
    """Where the last word of a contraction begins: `do|n't`, `they|'re`, `can|not`, `gon|na`."""
    mark = word.find("'")
    if mark > 0:
        return mark - 1 if word.endswith("n't") and word != "can't" else mark
    return len(word) - (3 if word == "cannot" else 2)


# Joining ------------------------------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_RELATIVE = frozenset("today yesterday tomorrow tonight".split())
_WHICH = frozenset("last next past previous coming".split())
_PERIODS = frozenset(
    "week weekend month year quarter decade century spring summer fall autumn winter night morning afternoon evening "
    "season term semester".split()
)
_DOLLARS = {"dollar": "$", "dollars": "$", "bucks": "$", "euro": "€", "euros": "€", "yen": "¥"}
_PHRASES = {
    ("per", "cent"): "percent",
    ("united", "states"): "united states",
    ("united", "kingdom"): "united kingdom",
    ("united", "nations"): "united nations",
    ("european", "union"): "european union",
}
_FIRST = frozenset(first for first, _ in _PHRASES)


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    """The words that may join what follows them."""
    return frozenset(
        {*_FIRST, *_MONTHS, *_WEEKDAYS, *_RELATIVE, *_WHICH, *number_words(), "a", "an", "half", *_DECADES}
    )


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; their spans do not overlap."""
    folded = fold(text)
    tokens = list(_tokens(folded, text))
    keys = [token.key for token in tokens]
    found: list[Word] = []
    same = isinstance(folded.origin, range)
    joining = _joining()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if isinstance(token, Word):
            word, size = token, 1
        elif token.key in joining or token.key[:1].isdecimal() or token.sign or token.case == CAPITALS:
            word, size = _join(tokens, keys, at)
        else:
            word, size = Word(token.key, token.start, token.end, WORD, token.case), 1
        if not same or size > 1 or not word.end:
            start, end = folded.span(token.start, tokens[at + size - 1].end)
            word = word._replace(start=start, end=end)
        found.append(word)
        at += size
    return tuple(found)


def _join(tokens: list[_Piece], keys: list[str], at: int) -> tuple[Word, int]:
    """The word that starts at a token, places left open, and how many tokens it takes."""
    token, key, case = tokens[at], keys[at], tokens[at].case
    plain_word = Word(key, 0, 0, WORD, case), 1
    if key in _FIRST and (*keys[at + 1 : at + 2],) and (key, keys[at + 1]) in _PHRASES:
        return Word(_PHRASES[key, keys[at + 1]], 0, 0, WORD, case), 2
    if key in _MONTHS:
        return _month(tokens, keys, at)
    if key in _WEEKDAYS or key in _RELATIVE:
        return Word(f"@{key}", 0, 0, DATE, case), 1
    if key in _WHICH and at + 1 < len(keys) and (keys[at + 1] in _PERIODS or keys[at + 1] in _WEEKDAYS):
        which = {"past": "last", "previous": "last", "coming": "next"}.get(key, key)
        return Word(f"@{which} {keys[at + 1]}", 0, 0, DATE, LOWER), 2
    if isinstance(token, _Token) and token.sign == "ordinal":
        return _ordinal(tokens, keys, at)
    return _number(tokens, keys, at) or plain_word


def _month(tokens: list[_Piece], keys: list[str], at: int) -> tuple[Word, int]:
    """A month, with its day where that follows. `may` and `march` are months only where they look like names."""
    key, month = keys[at], _MONTHS[keys[at]]
    day = _day(keys, at + 1)
    if day:
        return Word(f"@{month:02}-{day:02}", 0, 0, DATE), 2
    if key in ("may", "march", "august") and tokens[at].case != CAPITAL:
        return Word(key, 0, 0, WORD, tokens[at].case), 1
    return Word(f"@{month:02}", 0, 0, DATE), 1


def _day(keys: list[str], at: int) -> int:
    """The day of a month written at `at` (`11`, `11th`), or 0."""
    if at >= len(keys):
        return 0
    bare = keys[at].removesuffix("th")
    return int(bare) if bare.isdecimal() and len(bare) <= 2 and 1 <= int(bare) <= 31 else 0


def _ordinal(tokens: list[_Piece], keys: list[str], at: int) -> tuple[Word, int]:
    dated = _dated(keys, at)
    if dated is not None:
        return dated
    value = figure(keys[at].removesuffix("th"))
    return Word(f"#{keys[at]}", 0, 0, ORDINAL, LOWER, value), 1


def _dated(keys: list[str], at: int) -> tuple[Word, int] | None:
    """`11 September`, `11th of September` or `9/11` from `at` on."""
    day = _day(keys, at)
    step = 2 if keys[at + 1 : at + 2] == ["of"] else 1
    month = _MONTHS.get(keys[at + step]) if at + step < len(keys) else None
    if day and month and not (month == 5 and step == 1 and keys[at + step] == "may" and not keys[at].isdecimal()):
        return Word(f"@{month:02}-{day:02}", 0, 0, DATE), step + 1
    return None


def _number(tokens: list[_Piece], keys: list[str], at: int) -> tuple[Word, int] | None:
    """A quantity with its sign, scale and unit; a year, a clock time, a rank."""
    token, key = tokens[at], keys[at]
    sign = token.sign if isinstance(token, _Token) else ""
    if sign == "clock" or (key.isdecimal() and keys[at + 1 : at + 2] in (["am"], ["pm"])):
        return _clock(keys, at)
    if key[:1].isdecimal() and not sign:
        short = _short_date(tokens, keys, at) or _dated(keys, at) or _year(keys, at)
        if short is not None:
            return short
    if key in _DECADES and at and keys[at - 1] in _DECADE_AFTER:
        return Word(_DECADES[key], 0, 0, YEAR), 1
    part = number_words().get(key)
    second = (
        number_words().get(keys[at + 1]) if part is not None and part.part == "ten" and at + 1 < len(keys) else None
    )
    if part is not None and second is not None and second.part == "ordinal" and second.value < 10:
        value = part.value + second.value  # twenty-first
        return Word(f"#{shown(value)}th", 0, 0, ORDINAL, LOWER, value), 2
    if at and token.case == CAPITALS and tokens[at - 1].case in (STARTS, CAPITAL) and key in _ROMAN:
        return Word(f"#{_ROMAN[key]}", 0, 0, NUMBER, LOWER, float(_ROMAN[key])), 1
    if part is not None and part.part == "ordinal":
        return Word(f"#{shown(part.value)}th", 0, 0, ORDINAL, LOWER, part.value), 1
    quantity = read_quantity(keys, at)
    if quantity is None:
        return None
    unit = "" if sign in ("", "scaled") else sign.replace("us$", "$")
    end = quantity.end
    following = keys[end] if end < len(keys) else ""
    if not unit and following in _DOLLARS:
        unit, end = _DOLLARS[following], end + 1
    elif not unit and following in ("percent", "per"):
        size = 1 if following == "percent" else 2 if keys[end + 1 : end + 2] == ["cent"] else 0
        unit, end = "%" if size else "", end + size
    return Word(f"#{shown(quantity.value)}{unit}", 0, 0, NUMBER, LOWER, quantity.value), end - at


_DECADE_AFTER = frozenset(("the", "early", "mid", "late"))
_DECADES = {
    name: f"@19{tens}0s"
    for tens, name in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}
#: Behind a name these are figures: Henry VIII, World War II. `I`, `V`, `X` and `XL` are more often something else.
_ROMAN = {
    numeral: value
    for value, numeral in enumerate(
        "ii iii iv - vi vii viii ix - xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv".split(), 2
    )
    if numeral != "-"
}


def _clock(keys: list[str], at: int) -> tuple[Word, int]:
    hour, _, minute = keys[at].partition(":")
    half = keys[at + 1] if keys[at + 1 : at + 2] in (["am"], ["pm"]) else ""
    return Word(f"@{hour}:{minute or '00'}{half}", 0, 0, TIME), 2 if half else 1


def _short_date(tokens: list[_Piece], keys: list[str], at: int) -> tuple[Word, int] | None:
    """`9/11` and `9-11`, the one date that is written so by itself."""
    if keys[at : at + 2] == ["9", "11"] and tokens[at + 1].start == tokens[at].end + 1:
        return Word("@09-11", 0, 0, DATE), 2
    return None


def _year(keys: list[str], at: int) -> tuple[Word, int] | None:
    key = keys[at]
    bare = key.removesuffix("s")
    if len(bare) == 2 and bare[1] == "0" and key != bare and at and keys[at - 1] in _DECADE_AFTER:
        return Word(f"@19{key}", 0, 0, YEAR, LOWER, 1900 + float(bare)), 1  # the 90s
    following = number_words().get(keys[at + 1]) if at + 1 < len(keys) else None
    scaled = following is not None and following.part == "scale"
    if len(bare) == 4 and bare.isdecimal() and 1500 <= int(bare) < 2100 and not scaled:
        return Word(f"@{key}", 0, 0, YEAR, LOWER, float(bare)), 1
    return None


def keys(text: str) -> str:
    """The words of `text` in one spelling."""
    return " ".join(word.key for word in words(text))
