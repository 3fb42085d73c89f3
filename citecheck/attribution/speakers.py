"""From places to speakers: reads each quotation's surroundings, carries speakers on where the text leaves them out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from citecheck.attribution.beside import beside, sentence_speaker
from citecheck.attribution.cast import Cast
from citecheck.attribution.confidence import NESTED, confidence
from citecheck.attribution.layouts import Found, Place
from citecheck.attribution.memory import Entity
from citecheck.attribution.mentions import Form, Mention, antecedent
from citecheck.attribution.settle import settle
from citecheck.attribution.split import split_groups
from citecheck.attribution.tokens import Tokens
from citecheck.attribution.tongues import beside_in, language_of
from citecheck.models import Article, Cue, Kind, Quotation, SourceCredit, Span, Speaker, SpeakerKind
from citecheck.models.values import changed
from citecheck.quotations.turns import is_role, turn_label
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
        self.tokens = self.raw = Tokens(article.text, article.body_span)
        self.outlets = sorted((credit.start, credit.end) for credit in credits)
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
            masks += self._masks(quotation, place)
        self.tokens = self.raw.masked(masks)
        self.language = language_of(self.raw, article.language)
        self.cast = Cast(self.raw, self.tokens)

    def _place(self, quotation: Quotation) -> Place:
        tokens, text = self.tokens, self.article.text
        first = max(0, tokens.index(quotation.start) - 1)
        first += tokens.tags[first] == ":" and text[quotation.start - 1] != ":"  # a turn of a transcript has no mark
        last = tokens.index(quotation.end)
        if last < len(tokens) and not tokens.words[last][0].isalnum() and tokens.starts[last] - quotation.end < 2:
            last += 1
        inner = text[quotation.start : quotation.end].rstrip("'’‘\"”“ ")[-1:]
        after = tokens.tags[last : last + 1]
        pause = inner if inner in ",.?!—–…-" else after if after in (",", "-") else ""
        opens = first == 0 or tokens.tags[first - 1] in ".|q:"
        return Place(first, last, pause, opens)

    def _masks(self, quotation: Quotation, place: Place) -> list[tuple[int, int, str]]:
        """A clause in marks is a wall to the rules; a few words and their comma belong to the writer's sentence."""
        inside = "q" if quotation.kind is Kind.DIRECT else "x"
        after = self.article.text[quotation.end + 1 : quotation.end + 3].lstrip()[:1]
        end = inside
        if place.pause in (".", "?", "!", "…"):
            end = "," if after.islower() and inside == "x" else "." if inside == "x" else "q"
        elif place.pause == "," and inside == "x":
            end = ","
        return [(place.first, place.last - 1, inside), (place.last - 1, place.last, end)]

    def quotations(self) -> tuple[Quotation, ...]:
        for item in self.items:
            item.found = self._beside(item)
        self._share()
        self._carry()
        parts = [(item.place, item.found, item.quotation.group) for item in self.items]
        groups = split_groups(self.tokens, parts, self.article.id)
        done = [self._record(item, group) for item, group in zip(self.items, groups, strict=True)]
        by_id = {quotation.id: quotation for quotation in done}
        for quotation in self.nested:
            outer = by_id.get(quotation.parent or "")
            made = changed(quotation, speaker=outer.speaker if outer else None, confidence=NESTED)
            by_id[made.id] = made
            done.append(made)
        return tuple(sorted(done, key=lambda quotation: (quotation.start, -quotation.end)))

    def _beside(self, item: Item) -> Found | None:
        """What stands beside a quotation; for a turn of a transcript, what its label says."""
        if self.language == "en":
            found = beside(self.tokens, item.place, self._outlets_near(item))
        else:
            found = beside_in(self.language, self.tokens, item.place)
        label = turn_label(self.article.text, item.quotation.start)
        if label is None:
            return found
        start, end = label
        name = self.article.text[start:end]
        speaker = found.speaker if found is not None else None
        if speaker is not None and start <= speaker.start and speaker.end <= end and not is_role(name):
            return found
        first, last = self.tokens.index(start), self.tokens.index(end - 1) + 1
        form = Form.DESCRIPTION if is_role(name) else Form.NAME
        return Found((last, last + 1), Mention(form, first, last, start, end, name, (first, last)), "X: …", 0.93)

    def _outlets_near(self, item: Item) -> Sequence[Span]:
        """The credits in the paragraph of a quotation."""
        start, end = self.blocks[item.block]
        return self.outlets[bisect_left(self.outlets, (start, start)) : bisect_left(self.outlets, (end, end))]

    def _share(self) -> None:
        """The paragraphs of one quotation have one speaker: the surest that stands beside any of them."""
        best: dict[str, Found] = {}
        for item in self.items:
            group = item.quotation.group
            if group and item.found and (group not in best or item.found.sure > best[group].sure):
                best[group] = item.found
        last: Item | None = None
        for item in self.items:
            if item.quotation.group in best and (item.found is None or item.found.sure < 0.8):
                goes_on = last is not None and last.block == item.block and last.found and last.found.sure > 0.8
                item.found = last.found if last is not None and goes_on else best[item.quotation.group]
            last = item

    def _carry(self) -> None:
        """Where nothing stands beside a quotation, the speaker of its paragraph or of the one before goes on."""
        last: Item | None = None
        for number, item in enumerate(self.items):
            if last is not None and self._listed(item, last):
                item.found = last.found
            elif self._alone(item):
                carried = self._carried(number, last)
                item.carried = carried is not None
                item.found = carried or item.found
            if item.found is not None:
                last = item

    @staticmethod
    def _alone(item: Item) -> bool:
        """Whether a quotation stands as its own sentence, with nothing sure beside it."""
        own = item.quotation.kind is Kind.DIRECT or item.place.opens
        return own and (item.found is None or (item.place.opens and item.found.sure < 0.6))

    def _listed(self, item: Item, last: Item) -> bool:
        """Whether `item` goes on a list that `last` begins in the same sentence: “…,” a “…” and “…”."""
        if last.found is None or (item.found is not None and item.found.sure > 0.7):
            return False
        between = self.tokens.phrases[last.place.last : item.place.first]
        if len(between) > 24 or "." in between or "|" in between:
            return False
        own = any(tag in "AVWP" for tag in between)
        return not own or (item.found is None and between[:1] in (",", "c", "-", "p"))

    def _carried(self, number: int, last: Item | None) -> Found | None:
        item = self.items[number]
        later = self.items[number + 1] if number + 1 < len(self.items) else None
        here = last if last is not None and last.block == item.block else None
        lead = self._lead(item, here)
        if lead is not None:
            return lead
        if here is not None:
            return here.found
        if later is not None and later.block == item.block and later.found is not None:
            return later.found
        intro = self._introduced(item)
        if intro is not None:
            return intro
        if last is not None and item.block - last.block <= 2:
            return last.found
        return None

    def _lead(self, item: Item, here: Item | None) -> Found | None:
        """The sentence before the quotation in its paragraph, where it says something of a speaker."""
        tokens, last = self.tokens, item.place.first
        while last > 0 and tokens.tags[last - 1] in ".-":
            last -= 1
        first = last
        while first > 0 and tokens.tags[first - 1] not in ".|q":
            first -= 1
        if last - first < 2 or (here is not None and first <= here.place.last):
            return None
        return sentence_speaker(tokens, first, last)

    def _introduced(self, item: Item) -> Found | None:
        """The paragraph before ends with a colon: its verb of saying introduces this one."""
        tags = self.tokens.tags
        at = item.place.first
        while at > 0 and tags[at - 1] == "|":
            at -= 1
        if at == item.place.first or tags[at - 1 : at] != ":":
            return None
        return beside(self.tokens, Place(at, len(tags), "", False))

    def _record(self, item: Item, group: str | None) -> Quotation:
        found, quotation = item.found, item.quotation
        kind = settle(quotation.kind, self.tokens, item.place, found, item.carried)
        sure = confidence(kind, found, item.carried)
        if kind in (Kind.SCARE, Kind.TITLE) or found is None:
            return changed(quotation, kind=kind, group=group, confidence=sure)
        cue = None
        if found.cue is not None:
            start, end = self.tokens.slice(*found.cue)
            cue = Cue(self.article.text[start:end], start, end)
        return changed(
            quotation,
            kind=kind,
            speaker=None if found.speaker is None else self.speaker_of(found.speaker),
            cue=cue,
            group=group,
            confidence=sure,
        )

    def speaker_of(self, mention: Mention) -> Speaker:
        """Who the mention stands for."""
        entity = self._entity(mention)
        if entity is None:
            return Speaker(mention.text, mention.text, mention.start, mention.end, SpeakerKind.DESCRIPTION)
        self.cast.spoke(mention.first, entity)
        return Speaker(entity.name, mention.text, mention.start, mention.end, entity.kind, entity.role)

    def _entity(self, mention: Mention) -> Entity | None:
        """Whom a mention stands for; None for a description of nobody who is named."""
        if mention.form is Form.NAME:
            return self.cast.named(mention.text, mention.first)
        if mention.form is Form.PRONOUN:
            return self._pronoun(mention)
        low = mention.text.lower()
        if mention.text[:1].isupper() and mention.last - mention.first == 1 and self.cast.speaks_as(low):
            return self.cast.named(mention.text, mention.first)
        if not low.startswith(("the ", "his ", "her ", "this ")):
            return None
        heads = {self.tokens.lower[at] for at in range(mention.first, mention.last) if self.tokens.tags[at] in "Rt"}
        if heads:
            return self.cast.described(heads)
        short = low.startswith("the ") and mention.last - mention.first == 2
        return self.cast.memory.body(mention.first, low[4:]) if short else None

    def _pronoun(self, mention: Mention) -> Entity | None:
        stands_for = antecedent(self.tokens, mention)
        if stands_for is not None:
            return self._entity(stands_for)
        word = mention.text.lower()
        if word in ("it", "its"):
            return self.cast.memory.body(mention.first, word)
        return self.cast.memory.person(_GENDERS[word], mention.first) if word in _GENDERS else None


#: Pronouns that mean somebody named before, and the gender that they tell.
_GENDERS = {"he": "m", "his": "m", "she": "f", "her": "f", "they": "-", "their": "-"}


__all__ = ["Reading"]
