"""Dates as news texts say them: a small grammar, longest match first, each with the interval that it means.

Whole dates (“December 30, 2024”), parts of dates (“in July”, “2023”) and relative ones (“last month”, “on Monday”,
“three weeks ago”). What needs a reference date to be resolved keeps only its words where there is none; nothing is
guessed. “may”, “march” and “second” are no dates without a number or a preposition that makes them one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from citecheck.models import When
from citecheck.text.lexicons import rows

Interval = tuple[date | None, date | None]
OPEN: Interval = (None, None)


class Reading(NamedTuple):
    """What one form says: the parts said literally, and the interval they mean (inclusive, None where open)."""

    interval: Interval = OPEN
    year: int | None = None
    month: int | None = None
    day: int | None = None


Reader = Callable[[re.Match[str], date | None], Reading | None]


# Intervals ---------------------------------------------------------------------------------------------------------


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def _months(year: int, month: int, count: int = 1) -> Interval:
    """`count` whole months from `month` (1 to 12) of `year` on."""
    last = year * 12 + month - 1 + count - 1
    return date(year, month, 1), date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])


def _years(first: int, count: int = 1) -> Interval:
    return date(first, 1, 1), date(first + count - 1, 12, 31)


def _last_of_month(month: int, reference: date, day: int = 1) -> int:
    """The year of the last `month` (and `day`) up to the reference: reports look back."""
    return reference.year if (month, day) <= (reference.month, reference.day) else reference.year - 1


def _around(unit: str, steps: int, reference: date) -> Interval:
    """The week, month, quarter, year … `steps` away from that of the reference."""
    if unit.startswith("week"):
        monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=steps)
        return (monday + timedelta(days=5 if unit == "weekend" else 0)), monday + timedelta(days=6)
    if unit.startswith("month"):
        at = reference.year * 12 + reference.month - 1 + steps
        return _months(at // 12, at % 12 + 1)
    if unit.startswith("quarter"):
        at = reference.year * 4 + (reference.month - 1) // 3 + steps
        return _months(at // 4, at % 4 * 3 + 1, 3)
    if unit.startswith("decade"):
        return _years(reference.year // 10 * 10 + 10 * steps, 10)
    return _years(reference.year + steps)


def _part(words: str, interval: Interval) -> Interval:
    """The part of a month or a year that “early”, “late” or “mid” leaves: a third, or the half about the middle."""
    first, last = interval
    found = re.match(
        r"early|late\b|mid|(?:the |at the )?(?:start|beginning|end)|Anfang|Ende|Mitte|début|fin|finales|principios",
        words,
        re.I,
    )
    if first is None or last is None or found is None:
        return interval
    third = (last - first) / 3
    which = found.group().lower()
    if which.startswith(("late", "the end", "at the end", "end", "fin")):
        return last - third, last
    if which.startswith(("mid", "mitte")):
        return first + third * 0.75, last - third * 0.75
    return first, first + third


# Words -------------------------------------------------------------------------------------------------------------


@cache
def _numbers(class_: str) -> dict[str, int]:
    return {row["word"].lower(): int(row["number"]) for row in rows("calendar.tsv") if row["class"] == class_}


def _number(class_: str, word: str) -> int:
    return _numbers(class_)[word.lower().rstrip(".")]


@cache
def _any(class_: str) -> str:
    found = sorted(
        (row["word"] for row in rows("calendar.tsv") if row["class"] == class_), key=lambda word: (-len(word), word)
    )
    return "(?:" + "|".join(map(re.escape, found)) + ")"


def told_apart(one: When, other: When) -> tuple[str, str]:
    """The words of two dates; where they are the same words, with the days that each means behind them."""
    if one.text.lower() != other.text.lower():
        return f"‘{one.text}’", f"‘{other.text}’"
    return f"‘{one.text}’{_means(one)}", f"‘{other.text}’{_means(other)}"


def _means(when: When) -> str:
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return ""
    return f" ({first.isoformat()})" if first == last else f" ({first.isoformat()} to {last.isoformat()})"


def in_calendar(word: str) -> bool:
    """Whether `word` names a month or a day of the week."""
    return word.lower() in _numbers("month") or word.lower() in _numbers("weekday")


# Readers, a form each ----------------------------------------------------------------------------------------------


def _whole(
    year: int | None, month: int, day: int, reference: date | None, last_day: int | None = None
) -> Reading | None:
    known = year if year is not None else _last_of_month(month, reference, day) if reference else None
    if known is None:
        return Reading(OPEN, None, month, day) if day <= monthrange(2024, month)[1] else None
    first = _day(known, month, day)
    last = _day(known, month, last_day) if last_day else first
    return Reading((first, last or first), year, month, day) if first else None


def _read_iso(match: re.Match[str], _: date | None) -> Reading | None:
    return _whole(int(match["y"]), int(match["m"]), int(match["d"]), None)


def _read_named(match: re.Match[str], reference: date | None) -> Reading | None:
    year = int(match["y"]) if match["y"] else None
    day = int(re.sub(r"\D", "", match["d"]))
    last = int(match["to"]) if "to" in match.re.groupindex and match["to"] else None
    return _whole(year, _number("month", match["month"]), day, reference, last)


def _read_month_year(match: re.Match[str], _: date | None) -> Reading:
    year, month = int(match["y"]), _number("month", match["month"])
    return Reading(_part(match.group(), _months(year, month)), year, month)


def _read_month(match: re.Match[str], reference: date | None) -> Reading:
    month = _number("month", match["month"])
    if reference is None:
        return Reading(OPEN, None, month)
    ahead = re.match(r"(?:by|until|next|coming|bis)\b", match.group(), re.I)
    year = reference.year + (month < reference.month) if ahead else _last_of_month(month, reference)
    return Reading(_part(match["said"], _months(year, month)), None, month)


def _read_year(match: re.Match[str], _: date | None) -> Reading:
    year = int(match["y"])
    return Reading(_part(match["said"], _years(year)), year)


def _read_decade(match: re.Match[str], _: date | None) -> Reading:
    return Reading(_part(match["said"], _years(int(match["y"]) * 10, 10)))


def _read_quarter(match: re.Match[str], reference: date | None) -> Reading:
    which = match["digit"] or {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}[match["ordinal"]]
    year = int(match["y"]) if match["y"] else None
    if year is None and reference is None:
        return Reading()
    known = year if year is not None else reference.year if reference else 0
    return Reading(_months(known, int(which) * 3 - 2, 3), year)


def _read_season(match: re.Match[str], _: date | None) -> Reading:
    year = int(match["y"])
    return Reading(_part(match.group(), _months(year, _number("season", match["season"]), 3)), year)


def _read_ago(match: re.Match[str], reference: date | None) -> Reading:
    said = match["count"].lower()
    count = int(said) if said.isdigit() else _numbers("count")[said]
    unit = match["unit"].lower()
    if reference is None or not count:
        return Reading()
    if unit[:1] in "dt":
        day = reference - timedelta(days=count)
        return Reading((day, day))
    return Reading(_around({"w": "week", "m": "month", "y": "year", "j": "year"}[unit[0]], -count, reference))


def _read_relative(match: re.Match[str], reference: date | None) -> Reading:
    what, near = match["what"].lower(), match["near"].lower()
    month = _numbers("month").get(what)
    if reference is None:
        return Reading(month=month)
    steps = {"this": 0, "next": 1, "coming": 1, "following": 1}.get(near, -1)
    if month is not None:
        year = reference.year + (month <= reference.month) if steps > 0 else _last_of_month(month, reference)
        return Reading(_months(year, month), month=month)
    if what.split()[0] in _numbers("weekday"):
        return Reading(_weekday(what.split()[0], reference, ahead=steps > 0))
    if what in _numbers("season"):
        first = _number("season", what)
        year = reference.year if steps == 0 else reference.year + 1 if steps > 0 else _last_of_month(first, reference)
        return Reading(_months(year, first, 3))
    return Reading(_part(match.group(), _around(what, steps, reference)))


def _read_foreign_relative(match: re.Match[str], reference: date | None) -> Reading:
    unit = next(unit for unit in ("week", "month", "year") if match[unit])
    return Reading(_around(unit, -1, reference)) if reference else Reading()


def _weekday(name: str, reference: date, ahead: bool = False) -> Interval:
    back = (reference.weekday() - _number("weekday", name)) % 7
    day = reference + timedelta(days=7 - back) if ahead else reference - timedelta(days=back)
    return day, day


def _read_weekday(match: re.Match[str], reference: date | None) -> Reading:
    return Reading(_weekday(match["weekday"], reference)) if reference else Reading()


def _read_day(match: re.Match[str], reference: date | None) -> Reading:
    if reference is None:
        return Reading()
    day = reference + timedelta(days=_number("day", match.group()))
    return Reading((day, day))


# The grammar -------------------------------------------------------------------------------------------------------

_YEAR = r"(?P<y>(?:1[89]|20)\d\d)(?![\d%]|[.,]\d)"
_OF = r"\s(?:of\s|de\s|del\s)?"
_DAY = r"(?P<d>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?)(?![\d%]|[.,]\d)"
_PART = (
    r"(?:(?:early|late|mid|the start of|the beginning of|the end of|Anfang|Mitte|Ende|début|fin|finales de|"
    r"principios de)[\s-](?:of\s|in\s)?)?"
)
_BEFORE_MONTH = (
    r"(?:in|since|until|till|by|during|from|through|after|before|between|of|last|this|next|early|late|mid|each|"
    r"im|seit|bis|en|em|nel|a|ad|d[e']|fin|début|depuis|desde|para)[\s-]"
)
_BEFORE_YEAR = (
    r"(?:\(|(?:in|since|of|during|until|till|from|by|before|after|for|and|or|through|to|its|his|her|their|the|a|"
    r"im Jahr|seit|en|nel|em|depuis|desde|dal)[\s-])"
)
#: A number of years is no year: “2000 people”.
_COUNTED = (
    r"\s(?:people|men|women|votes|seats|jobs|percent|dollars|miles|feet|pages|euros|acres|soldiers|cases|members|"
    r"points|words|delegates|employees|workers|students|children|families|homes|units)"
)
_TIME = r"(?:\s(?:morning|afternoon|evening|night))?"
_UNIT = r"(?P<unit>(?:day|week|month|year)s?)"

#: Months of the year that are also names, verbs or other words: alone they need a preposition.
_SAFE_MONTH = "January|February|July|September|October|November|December|Januar|Februar|Oktober|Dezember|Juli"


#: Words one of which each form of some kind has: a pattern is tried only where one of its words stands.
_CENTURIES = frozenset(("18", "19", "20"))
_QUARTERS = frozenset(("first", "second", "third", "fourth", "last", "Q"))
_AGO = frozenset(("ago", "earlier"))
_VOR = frozenset(("vor",))
_NEAR = frozenset(("last", "this", "next", "past", "previous", "coming"))
_FOREIGN = frozenset(
    "dernier dernière dernièr passé passée pasado pasada passado passada scorso scorsa vergangene vergangenen letzte "
    "letzten letztes vorige vorigen voriges".split()
)
#: Runs of letters, and of digits two by two.
_PIECE = re.compile(r"[^\W\d_]+|\d\d?")


class _Form(NamedTuple):
    """One way to say a date: a pattern, what reads its match, and the pieces one of which each match has."""

    pattern: str
    reader: Reader
    needs: frozenset[str]


def _first_words(class_: str) -> frozenset[str]:
    return frozenset(_PIECE.findall(row["word"])[0] for row in rows("calendar.tsv") if row["class"] == class_)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'-]){pattern}")


@cache
def _forms() -> tuple[_Form, ...]:
    month, weekday, season, count = rf"(?P<month>{_any('month')})\b\.?", _any("weekday"), _any("season"), _any("count")
    months = _first_words("month")
    named = rf"(?:{weekday},?\s(?:the\s|le\s|el\s|den\s)?)?"
    return (
        _Form(r"(?P<y>(?:1[89]|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", _read_iso, _CENTURIES),
        _Form(r"(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.(?P<y>(?:19|20)\d\d)(?!\d)", _read_iso, _CENTURIES),
        _Form(rf"{named}{month}\s{_DAY}(?:\s?[-–]\s?(?P<to>[1-3]?\d)(?!\d))?(?:,?\s{_YEAR})?", _read_named, months),
        _Form(rf"{named}{_DAY}\.?{_OF}{month}(?:,?{_OF}{_YEAR})?", _read_named, months),
        _Form(rf"{_PART}{month},?{_OF}{_YEAR}", _read_month_year, months),
        _Form(
            r"(?:the\s)?(?:(?P<ordinal>first|second|third|fourth|last)\squarter|Q(?P<digit>[1-4]))"
            rf"(?:\s(?:of\s)?{_YEAR})?",
            _read_quarter,
            _QUARTERS,
        ),
        _Form(rf"{_PART}(?P<season>{season}){_OF}{_YEAR}", _read_season, _first_words("season")),
        _Form(rf"(?:a\s)?(?P<count>{count}|\d{{1,3}})\s(?:of\s)?{_UNIT}\s(?:ago|earlier)\b", _read_ago, _AGO),
        _Form(
            rf"vor\s(?P<count>{count}|\d{{1,3}})\s(?P<unit>Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?)\b",
            _read_ago,
            _VOR,
        ),
        _Form(
            rf"(?:(?:early|late|earlier|later)\s)?(?P<near>last|this|next|past|previous|coming)\s"
            rf"(?P<what>week(?:end)?|month|year|quarter|decade|{season}|{_any('month')}|{weekday}{_TIME})\b",
            _read_relative,
            _NEAR,
        ),
        _Form(
            r"(?:(?P<week>semaine dernière|semana pasada|settimana scorsa|semana passada|"
            r"(?:vergangenen?|letzten?|vorigen?) Woche)"
            r"|(?P<month>mois dernier|mes pasado|mese scorso|scorso mese|mês passado|"
            r"(?:vergangenen|letzten|vorigen) Monat)"
            r"|(?P<year>an(?:née)? (?:dernière?|passée?)|año pasado|anno scorso|scorso anno|ano passado|"
            r"(?:vergangenen|letzten|voriges|letztes) Jahr))\b",
            _read_foreign_relative,
            _FOREIGN,
        ),
        _Form(rf"(?P<said>{_PART}(?:the\s)?(?P<y>(?:19|20)\d)0s)\b", _read_decade, _CENTURIES),
        _Form(rf"(?:{_any('day')})\b", _read_day, _first_words("day")),
        _Form(rf"(?P<weekday>{weekday}){_TIME}(?![\w-])", _read_weekday, _first_words("weekday")),
        _Form(rf"(?P<before>{_BEFORE_MONTH})(?P<said>{_PART}{month})(?!\w)", _read_month, months),
        _Form(rf"(?P<said>{_PART}(?P<month>{_SAFE_MONTH}))(?!\w|\s[A-Z][a-z])", _read_month, months),
        _Form(rf"(?P<before>{_BEFORE_YEAR})(?P<said>{_PART}{_YEAR})(?!-?\w|{_COUNTED})", _read_year, _CENTURIES),
    )


@cache
def _needed() -> frozenset[str]:
    """Pieces without which there is no date of any form."""
    return frozenset().union(*(form.needs for form in _forms()))


def find_dates(text: str, start: int = 0, end: int | None = None, reference: date | None = None) -> list[When]:
    """Every date said in `text[start:end]`, in order, none overlapping; the longest wins where two begin together.

    `reference` is the day of publication. Without it relative dates, and parts of dates without a year, have no
    interval. A weekday or month alone means the last one up to the reference.
    """
    end = len(text) if end is None else end
    pieces = set(_PIECE.findall(text, start, end))
    if _needed().isdisjoint(pieces):
        return []
    found: list[When] = []
    for form in _forms():
        if form.needs.isdisjoint(pieces):
            continue
        pattern = _compiled(form.pattern)
        for match in pattern.finditer(text, start, end):
            reading = form.reader(match, reference)
            if reading is not None:
                first, last = match.span("said") if "said" in pattern.groupindex else match.span()
                last -= text[last - 1] == "."
                found.append(
                    When(text[first:last], first, last, *reading.interval, reading.year, reading.month, reading.day)
                )
    found.sort(key=lambda when: (when.start, -when.end))
    kept: list[When] = []
    for when in found:
        if not kept or when.start >= kept[-1].end:
            kept.append(when)
    return kept


# Conflicts ---------------------------------------------------------------------------------------------------------


def conflict(a: When, b: When) -> bool:
    """Whether two dates name different times: “December 30” and “January 1”, “2022” and “last year” of 2024.

    A date that is only less precise than the other is no conflict, and where one of them is left open by its text
    there is none either.
    """
    for mine, yours in ((a.year, b.year), (a.month, b.month)):
        if mine is not None and yours is not None and mine != yours:
            return True
    if a.month is not None and a.month == b.month and a.day is not None and b.day is not None and a.day != b.day:
        return True
    if a.earliest and a.latest and b.earliest and b.latest:
        return a.latest < b.earliest or b.latest < a.earliest
    days = [
        {
            _numbers("weekday")[word]
            for word in re.findall(r"[^\W\d_]+(?:-feira)?", when.text.lower())
            if word in _numbers("weekday")
        }
        for when in (a, b)
    ]
    return bool(days[0] and days[1] and not days[0] & days[1]) and a.day is None and b.day is None
