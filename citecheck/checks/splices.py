"""Two remarks of the archive run together in one quotation: CC104 where the search for the whole finds only a half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from citecheck.checks.draft import Draft
from citecheck.checks.witnesses import Library
from citecheck.models import Finding, Label, Quotation, Severity, Tally
from citecheck.text.names import same_person
from citecheck.text.words import keys

#: So many words in a row are a remark and no phrase, and so few may be the writer's own at the seam (“and”).
_PART, _SEAM = 4, 2
#: A sentence that ends inside the quotation.
_ENDED = re.compile(r"[.!?]\s+[A-ZÀ-Þ]")
_DOTS = ("…", "...", ". . .")


class _Parts(NamedTuple):
    """The quotations that the beginning and the end are from, and how many words of each."""

    first: Quotation
    second: Quotation
    begins: int
    ends: int


def judge_splice(draft: Draft, quotation: Quotation, library: Library) -> Iterator[Finding]:
    """One finding where the quotation begins with the words of one remark and ends with those of another, with nothing
    between them that shows it."""
    if any(dots in quotation.text for dots in _DOTS):
        return
    parts = _parts(quotation, library)
    if parts is None:
        return
    shown = [library.evidence_at(library.articles[one.article], (one.start, one.end)) for one in parts[:2]]
    said = quotation.text.split()
    one, other = " ".join(said[: parts.begins]), " ".join(said[len(said) - parts.ends :])
    outlets = [library.outlet(library.articles[item.article]) for item in parts[:2]]
    where = f"in {outlets[0]}" if outlets[0] == outlets[1] else f"in {outlets[0]} and in {outlets[1]}"
    message = f"‘{one}’ and ‘{other}’ are two remarks {where}, run together here."
    severity = library.house.profile.severity(Label.SPLICE, Severity.MAJOR)
    tally = Tally(0, len(set(outlets)))
    yield draft.finding("CC104", severity, quotation, message, evidence=shown, tally=tally)


def _parts(quotation: Quotation, library: Library) -> _Parts | None:
    """The two remarks. Of one speaker, where both are known: what two people said alike is no splice."""
    said = keys(quotation.text).split()
    if len(said) < 2 * _PART:
        return None
    opening, closing = f" {' '.join(said[:_PART])} ", f" {' '.join(said[-_PART:])} "
    rare = max(said[:_PART], key=len), max(said[-_PART:], key=len)  # most remarks are passed over without being read
    begins: tuple[int, Quotation] | None = None
    ends: tuple[int, Quotation] | None = None
    for item in library.records.values():
        low = item.text.casefold() if item.kind.quoted else ""
        if any(word in low for word in rare):
            text = f" {keys(item.text)} "
            if opening in text and closing in text:
                return None  # one remark, cut
            if opening in text and (length := _longest(said, text, True)) > (begins[0] if begins else 0):
                begins = (length, item)
            if closing in text and (length := _longest(said, text, False)) > (ends[0] if ends else 0):
                ends = (length, item)
    if begins is None or ends is None or begins[1].id == ends[1].id:
        return None
    one, other = begins[1].speaker, ends[1].speaker
    if begins[0] + ends[0] < len(said) - _SEAM or max(begins[0], ends[0]) >= len(said) - _PART + 1:
        return None
    if one and other and not same_person(one.name, other.name):
        return None
    if begins[1].article == ends[1].article and (_one_group(begins[1], ends[1]) or _ENDED.search(quotation.text)):
        return None  # one remark that the witness broke up, or two that the draft parts as well
    return _Parts(begins[1], ends[1], begins[0], min(ends[0], len(said) - begins[0]))


def _one_group(one: Quotation, other: Quotation) -> bool:
    return one.group is not None and one.group == other.group


def _longest(said: list[str], text: str, forward: bool) -> int:
    """How many words of the beginning, or of the end, stand in a row in the text."""
    least, most = _PART, len(said)
    while least < most:
        middle = (least + most + 1) // 2
        part = said[:middle] if forward else said[-middle:]
        least, most = (middle, most) if f" {' '.join(part)} " in text else (least, middle - 1)
    return least
