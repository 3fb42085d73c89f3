"""How severities, labels, kinds, dates and links are shown. Never by colour alone: each has a sign and a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from citecheck.models import Article, Drift, Kind, Label, When
from citecheck.text.patterns import regex

#: Fixed, so that no locale changes the bytes of a report.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class SeverityMark(NamedTuple):
    """A severity as a word and what an editor does about it; its sign stands in the style sheet."""

    level: int
    word: str
    action: str


SEVERITIES = (
    SeverityMark(0, "none", "nothing to do"),
    SeverityMark(1, "cosmetic", "nothing to do, or house style"),
    SeverityMark(2, "minor", "may look: wording moved, sense untouched"),
    SeverityMark(3, "major", "must look: content changed inside the marks, or an attribution weakened"),
    SeverityMark(4, "critical", "must not publish before it is settled"),
)


def severity_mark(severity: int) -> SeverityMark:
    return SEVERITIES[severity]


#: What each kind is called in running text, and whether it wears marks.
KINDS = {
    Kind.DIRECT: "quoted",
    Kind.FRAGMENT: "quoted in part",
    Kind.INDIRECT: "told without marks",
    Kind.RESTATED: "restated, unquoted",
    Kind.SCARE: "scare quotes",
    Kind.TITLE: "title of a work",
}

#: A few words per label, as an editor would say it. The full policy stands on the method page.
LABELS = {
    Label.TYPOGRAPHIC: "typography only",
    Label.CASE_PUNCTUATION: "case or punctuation",
    Label.SPELLING: "spelling",
    Label.MARKED_EDIT: "marked edit",
    Label.INNER_MARKS: "inner marks changed",
    Label.TRUNCATION: "cut at an edge",
    Label.OMISSION: "words left out",
    Label.INSERTION: "words put in",
    Label.EXTENSION: "longer than the base",
    Label.SUBSTITUTION: "words exchanged",
    Label.REORDER: "order changed",
    Label.INFLECTION: "form of a word changed",
    Label.REWORDING: "told in other words",
    Label.SPLICE: "spliced",
    Label.NUMBER: "number differs",
    Label.DATE: "date differs",
    Label.ENTITY: "name differs",
    Label.POLARITY: "negation differs",
    Label.CERTAINTY: "certainty differs",
    Label.INTENSITY: "intensity differs",
    Label.LOADED: "loaded term",
    Label.DIRECT_TO_INDIRECT: "marks dropped",
    Label.INDIRECT_TO_DIRECT: "marks added",
    Label.FRAGMENT: "quoted in part",
    Label.SPEAKER_CHANGED: "speaker changed",
    Label.SPEAKER_GENERALISED: "speaker generalised",
    Label.SPEAKER_LOST: "speaker lost",
    Label.SOURCE_CHANGED: "source changed",
    Label.SOURCE_LOST: "source lost",
    Label.DATE_CONFLICT: "dates in conflict",
}

#: Labels that say that who said it, or where it was said, was weakened on the way.
DECAY = frozenset({Label.SPEAKER_GENERALISED, Label.SPEAKER_LOST, Label.SOURCE_LOST})


_ORDER = {label: at for at, label in enumerate(Label)}


class LabelMark(NamedTuple):
    """A label of docs/drift.md with its words for people and the worst severity it has here."""

    name: str
    words: str
    severity: SeverityMark


def label_marks(drifts: list[Drift]) -> tuple[LabelMark, ...]:
    """Each label once with its worst severity, worst first."""
    worst: dict[Label, int] = {}
    for drift in drifts:
        worst[drift.label] = max(worst.get(drift.label, 0), drift.severity)
    ordered = sorted(worst.items(), key=lambda item: (-item[1], _ORDER[item[0]]))
    return tuple(LabelMark(str(label), LABELS[label], severity_mark(level)) for label, level in ordered)


# Hostile text -------------------------------------------------------------------------------------------------------

#: Characters that reorder or hide what stands around them: an article must not look like another.
_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = regex(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_REORDERING}\ud800-\udfff]")


def visible(text: str) -> str:
    """`text` with control characters and bidirectional overrides made visible, so that they cannot act."""
    if text.isprintable():  # nearly all; Python counts none of `_CONTROL` as printable
        return text
    return _CONTROL.sub(_shown, text)


def _shown(control: re.Match[str]) -> str:
    """A picture of a character below the space, the name of one that reorders, and one sign for all others."""
    code = ord(control[0])
    if code < 32:
        return chr(0x2400 + code)
    if code == 127:
        return "␡"
    return "�" if code < 160 or 0xD800 <= code < 0xE000 else f"⟦U+{code:04X}⟧"


def web_link(url: str | None) -> str | None:
    """`url` where it is a plain web address that can be linked to; None for any other scheme or for nonsense."""
    if not url or len(url) > 2000 or not url.isprintable() or re.search(r"[\s\"'<>\\^`{|}]", url):
        return None
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return url if fine else None


def live_link(article: Article, words: str) -> str | None:
    """A link to the words on the live page (a text fragment), or None where the article has no web address."""
    url = web_link(article.url)
    if not url or "#" in url:
        return url
    tokens = words.split()
    if not tokens:
        return url
    ends = [" ".join(tokens)] if len(tokens) <= 8 else [" ".join(tokens[:4]), " ".join(tokens[-4:])]
    return f"{url}#:~:text=" + ",".join(quote(end, safe="", errors="replace").replace("-", "%2D") for end in ends)


def language(tag: str | None) -> str | None:
    """`tag` as the value of a `lang` attribute, where it has the form of a language tag (BCP 47) and is not English,
    which the page is in."""
    return (
        tag
        if tag
        and not re.fullmatch(r"en(?:-.*)?", tag, re.IGNORECASE)
        and re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", tag)
        else None
    )


# Words and dates ----------------------------------------------------------------------------------------------------


def clip(text: str, limit: int) -> str:
    """`text` on one line, at most about `limit` characters long, cut between words and marked with an ellipsis."""
    flat = " ".join(text[: limit * 4].split())
    if len(flat) <= limit:
        return flat
    cut = flat[:limit]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:–—") + "…"


def headline(text: str) -> str:
    """Quoted words as a heading: without the comma before the closing mark, which belongs to the sentence around."""
    return text.strip().rstrip(",;").strip()


def day(iso: str | None) -> str | None:
    """An ISO 8601 date or time as people write it: `2025-01-01T09:30Z` is `1 January 2025`. Others are kept."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso or "")
    if not iso or not found:
        return iso or None
    year, month, number = found.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}" if number else f"{MONTHS[int(month) - 1]} {year}"


def when_words(when: When) -> str:
    """A date as the text gives it, and the interval it means where that adds something."""
    if when.earliest is None or when.latest is None:
        return when.text
    first, last = day(when.earliest.isoformat()), day(when.latest.isoformat())
    return f"{when.text} ({first})" if first == last else f"{when.text} ({first} to {last})"


def count(number: int) -> str:
    return f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 article`, `2,400 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of each run: (1, 3) and (7, 7) for 1, 2, 3, 7, which are in order."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
