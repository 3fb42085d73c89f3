"""From places to speakers: reads each quotation's surroundings, carries speakers on where the text leaves them out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citecheck.attribution.beside import Found, Place, beside
from citecheck.attribution.cast import Cast
from citecheck.attribution.mentions import Form, Mention, subject_before
from citecheck.attribution.tokens import Tokens
from citecheck.models import Article, Cue, Kind, Quotation, SourceCredit, Speaker, SpeakerKind
from citecheck.text.segments import paragraphs


@dataclass(slots=True)
class Item:
    """One quotation on the way: `place` among the tokens, `found` beside it, `block` its paragraph."""

    quotation: Quotation
    place: Place
    block: int
    found: Found | None = None
    carried: bool = False


class Reading:
    """One article being read. `tokens` has the inside of quotations masked: rules see one token `Q` run for them."""

    def __init__(self, article: Article, quotations: Sequence[Quotation], credits: Sequence[SourceCredit]) -> None:
        self.article = article
        self.tokens = Tokens(article.text, article.body_span)
        self.cast = Cast(self.tokens)
        self.credits = credits
        self.blocks = paragraphs(article.text, article.body_span)
        starts = [start for start, _ in self.blocks]
        self.items: list[Item] = []
        outer_end = -1
        masks: list[tuple[int, int, str]] = []
        self.nested: list[Quotation] = []
        for quotation in quotations:
            if quotation.start < outer_end:
                self.nested.append(quotation)
                continue
            outer_end = quotation.end
            place = self._place(quotation)
            block = max(0, bisect_left(starts, quotation.start + 1) - 1)
            self.items.append(Item(quotation, place, block))
            wall = quotation.kind is Kind.DIRECT or place.pause in tuple(",?!")
            masks.append((place.first, place.last, "q" if wall else "x"))
        self.tokens = self.tokens.masked(masks)

    def _place(self, quotation: Quotation) -> Place:
        tokens, text = self.tokens, self.article.text
        first = max(0, tokens.index(quotation.start) - 1)
        last = tokens.index(quotation.end)
        if last < len(tokens) and not tokens.words[last][0].isalnum() and tokens.starts[last] - quotation.end < 2:
            last += 1
        inner = text[quotation.end - 1 : quotation.end]
        after = tokens.tags[last : last + 1]
        pause = inner if inner in ",.?!—–…-" else after if after in (",", "-") else ""
        opens = first == 0 or tokens.tags[first - 1] in ".|q:"
        return Place(first, last, pause, opens)

    def quotations(self) -> tuple[Quotation, ...]:
        for item in self.items:
            item.found = beside(self.tokens, item.place)
        self._carry()
        done = [self._record(item) for item in self.items]
        by_id = {quotation.id: quotation for quotation in done}
        for quotation in self.nested:
            outer = by_id.get(quotation.parent or "")
            made = replace(quotation, speaker=outer.speaker if outer else None)
            by_id[made.id] = made
            done.append(made)
        return tuple(sorted(done, key=lambda quotation: (quotation.start, -quotation.end)))

    def _carry(self) -> None:
        """Where nothing stands beside a quotation, the speaker of its paragraph or of the one before goes on."""
        last: Item | None = None
        for number, item in enumerate(self.items):
            if last is not None and self._listed(item, last):
                item.found = last.found
            elif item.found is None and (item.place.opens or item.quotation.kind is Kind.DIRECT):
                item.found = self._carried(number, last)
                item.carried = item.found is not None
            if item.found is not None:
                last = item

    def _listed(self, item: Item, last: Item) -> bool:
        """Whether `item` goes on a list that `last` begins in the same sentence: “…,” a “…” and “…”."""
        if last.found is None or (item.found is not None and item.found.sure > 0.7):
            return False
        between = self.tokens.phrases[last.place.last : item.place.first]
        return len(between) <= 12 and not any(tag in ".|AVWP" for tag in between)

    def _carried(self, number: int, last: Item | None) -> Found | None:
        item = self.items[number]
        later = self.items[number + 1] if number + 1 < len(self.items) else None
        if last is not None and last.block == item.block:
            return last.found
        if later is not None and later.block == item.block and later.found is not None:
            return later.found
        intro = self._introduced(item)
        if intro is not None:
            return intro
        if last is not None and item.block - last.block <= 2:
            return last.found
        return None

    def _introduced(self, item: Item) -> Found | None:
        """The paragraph before ends with a colon: its verb of saying introduces this one."""
        tags = self.tokens.tags
        at = item.place.first
        while at > 0 and tags[at - 1] == "|":
            at -= 1
        if at == item.place.first or tags[at - 1 : at] != ":":
            return None
        return beside(self.tokens, Place(at, len(tags), "", False))

    def _record(self, item: Item) -> Quotation:
        found, quotation = item.found, item.quotation
        kind = quotation.kind
        if kind is Kind.FRAGMENT and found is None:
            kind = Kind.SCARE
        if kind is Kind.TITLE and found is not None and found.sure > 0.8:
            kind = Kind.FRAGMENT
        if kind in (Kind.SCARE, Kind.TITLE) or found is None:
            return replace(quotation, kind=kind)
        cue = None
        if found.cue is not None:
            start, end = self.tokens.slice(*found.cue)
            cue = Cue(self.article.text[start:end], start, end)
        return replace(
            quotation,
            kind=kind,
            speaker=self._speaker(found),
            cue=cue,
            confidence=found.sure * (0.8 if item.carried else 1),
        )

    def _speaker(self, found: Found) -> Speaker | None:
        mention = found.speaker
        if mention is None:
            return None
        name = mention.text
        kind = SpeakerKind.DESCRIPTION
        if mention.form is Form.NAME:
            name, kind = self.cast.fullest(mention.text, mention.first), SpeakerKind.PERSON
        return Speaker(name, mention.text, mention.start, mention.end, kind)


__all__ = ["Mention", "Reading", "subject_before"]
