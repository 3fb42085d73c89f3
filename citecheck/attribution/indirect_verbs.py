"""What a reporting verb reports: the words after it, before it, or on both sides of it, and who is its subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from citecheck.attribution.clauses import Sentence, VerbGroup, finite_ahead, has_finite, verb_group
from citecheck.attribution.clauses_content import content_end, content_start, skip_adjuncts
from citecheck.attribution.clauses_lexicon import frames
from citecheck.attribution.indirect_reports import Report
from citecheck.attribution.lexicon import role_nouns
from citecheck.attribution.mentions import Mention, phrase_at, subject_after, subject_before
from citecheck.attribution.tokens import Tokens

#: What stands before an infinitive that tells what was said, not what somebody might say: "went on to say".
_GOING_ON = frozenset("on continue continued continues continuing quick proceeded hastened".split())
#: The share of words with a capital from which a line is read as a headline.
_CAPITALS = 0.8


def reporting_verbs(sentence: Sentence, anchors: Sequence[int]) -> Iterator[VerbGroup]:
    """The verbs among the tokens `anchors` that report, outside quotation marks, in order."""
    known, lower = frames(), sentence.tokens.lower
    for at in anchors:
        if lower[at] in known and not sentence.quoted[at] and _may_report(sentence, at):
            group = verb_group(sentence, at)
            if group is not None and not group.passive and not _unsaid(sentence, group):
                yield group


def _may_report(sentence: Sentence, at: int) -> bool:
    """Leaves out prepositions (like, per) and names (the United States); in a headline every word has a capital."""
    if sentence.tag(at) in "pADst":
        return False
    return sentence.tokens.words[at].islower() or at == sentence.lo or _headline(sentence)


def _headline(sentence: Sentence) -> bool:
    words = [word for word in sentence.tokens.words[sentence.lo : sentence.hi] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) >= _CAPITALS * len(words)


def _unsaid(sentence: Sentence, group: VerbGroup) -> bool:
    """Whether the words name what is only possible: "a chance to explain", "this could support the fleet"."""
    if group.modal and not group.frames.takes("tail"):
        return True
    if group.frames.attitude and sentence.word(group.first - 1) in ("who", "which", "that"):
        return True  # "voters who support the plan": a sort of voters, not what they said
    if not group.infinitive or sentence.word(group.first - 1) in _GOING_ON:
        return False
    return not (group.frames.takes("tail") and sentence.word(group.verb + 1) == "that")


# The verb before its content ---------------------------------------------------------------------------------------


def report_after(sentence: Sentence, group: VerbGroup, before: Sequence[Report]) -> Report | None:
    """ "She said that …", "they urged the council to …", "…, adding that …"; `before` are the reports found so far."""
    start = content_start(sentence, group)
    if start is None and not group.frames.takes("doc"):
        return None
    mention = _subject(sentence, group, before)
    start = start or _shown(sentence, group, mention)
    if start is None:
        return None
    if sentence.tag(group.first - 1) == "q" and sentence.word(start - 1) != "that":
        return None  # “…,” said the minister: what follows is who said it
    end = content_end(sentence, start, _subordinate(sentence, group, mention))
    if end <= start:
        return None
    return Report(((start, end),), group.cue, mention, _rule(sentence, group, start), group.denies)


def _shown(sentence: Sentence, group: VerbGroup, mention: Mention | None) -> int | None:
    """The start of what a document or poll shows, clause or not: "a survey found Lund ahead of Prado".

    `group` is of a verb that documents take.
    """
    start = group.verb + 1
    if mention is None or sentence.tag(start) not in "DSxNRBFt#OPa":
        return None
    nouns = (role_nouns().get(sentence.word(i)) for i in range(*mention.phrase))
    return start if any(noun is not None and noun.kind == "document" for noun in nouns) else None


def _rule(sentence: Sentence, group: VerbGroup, start: int) -> str:
    """The name of the construction, a key of `CONFIDENCE`."""
    if sentence.word(start - 1) == "that":
        opening = "that"
    elif sentence.word(start) == "to":
        opening = "to"
    else:
        opening = "clause" if group.frames.takes("tail") and finite_ahead(sentence, start) else "other"
    return f"{'participle' if group.participle else 'finite'} {opening}"


def _subordinate(sentence: Sentence, group: VerbGroup, mention: Mention | None) -> bool:
    """Whether a comma ends the clause of the verb: "as he said …, the crowd cheered", "Lund, who said …, left"."""
    if sentence.word(group.first - 1) in ("who", "which"):
        return True
    if mention is None or group.participle:
        return False
    opener = mention.phrase[0] - (sentence.tag(mention.phrase[0]) not in "ps")
    clause = sentence.tag(opener) == "s" or sentence.word(opener) in ("as", "after", "before", "since", "until")
    return clause and (opener == sentence.lo or sentence.tag(opener - 1) in ",-c")


def _subject(sentence: Sentence, group: VerbGroup, before: Sequence[Report]) -> Mention | None:
    """Who the group is about: its subject, or for "…, saying" that of the clause it hangs on."""
    tokens = sentence.tokens
    if not (group.participle or group.infinitive):
        return _own_subject(tokens, group.verb, sentence.lo)
    for report in before:
        if report.mention is not None and report.pieces[-1][1] == group.first - 1:
            return report.mention
    if sentence.tag(group.first - 1) in "NRBF":
        beside = subject_before(tokens, group.verb, sentence.lo)
        if beside is not None and sentence.word(beside.phrase[0] - 1) in ("with", "including"):
            return beside
    return _main_subject(sentence, group.first)


@lru_cache(maxsize=1)  # both rules for a verb ask for it, one after the other
def _own_subject(tokens: Tokens, verb: int, floor: int) -> Mention | None:
    return subject_before(tokens, verb, floor)


def _main_subject(sentence: Sentence, end: int) -> Mention | None:
    """The subject of the first finite verb before token `end` outside quotation marks."""
    for at in range(sentence.lo, end):
        if sentence.tokens.phrases[at] in "AVW" and not sentence.quoted[at]:
            if sentence.tag(at - 1) == "q":
                mention = subject_after(sentence.tokens, at)
            else:
                mention = subject_before(sentence.tokens, at, sentence.lo)
            if mention is not None:
                return mention
    return phrase_at(sentence.tokens, sentence.lo)


#: After a full clause and its verb these give the speaker's own reason or condition: "…, he said, because …".
_GOES_ON = frozenset("because if unless so although though".split())

# The verb after its content, or inside it --------------------------------------------------------------------------


def report_around(sentence: Sentence, group: VerbGroup) -> Report | None:
    """ "…, he noted." · "…, said the official." · "The plan, she said, is dead." """
    if not group.frames.takes("tail") or group.infinitive or group.participle:
        return None
    place = _inverted(sentence, group) or _subject_first(sentence, group)
    if place is None:
        return None
    mention, comma, rest = place
    full = comma - sentence.lo >= 3 and has_finite(sentence, sentence.lo, comma)
    if rest == sentence.hi or (full and sentence.tag(rest) != "c" and sentence.word(rest) not in _GOES_ON):
        return Report(((sentence.lo, comma),), group.cue, mention, "tail", group.denies) if full else None
    if sentence.quoted[rest] or sentence.tag(rest) == "q" or sentence.all_quoted(sentence.lo, comma):
        return None
    pieces = ((sentence.lo, comma), (rest, content_end(sentence, rest)))
    return Report(pieces, group.cue, mention, "middle", group.denies)


#: Who speaks, the comma where the words before end, and the token where they go on.
_Place = tuple[Mention, int, int]


def _inverted(sentence: Sentence, group: VerbGroup) -> _Place | None:
    """The subject after the verb, where the verb follows a comma or a quotation: "…, said the official"."""
    comma = group.first - 1
    if group.first != group.verb or comma <= sentence.lo or sentence.tag(comma) not in ",q":
        return None
    mention = subject_after(sentence.tokens, group.verb)
    if mention is None or mention.last > sentence.hi or mention.phrase[0] > group.verb + 2:
        return None
    rest = _rest(sentence, mention.last, group)
    return None if rest is None else (mention, comma, rest)


def _subject_first(sentence: Sentence, group: VerbGroup) -> _Place | None:
    """The subject before the verb and a comma before that: "…, the official said"."""
    mention = _own_subject(sentence.tokens, group.verb, sentence.lo)
    if mention is None:
        return None
    comma = mention.phrase[0] - 1
    if not sentence.lo < comma < group.verb or sentence.tag(comma) not in ",-q":
        return None
    rest = _rest(sentence, group.verb + 1, group)
    return None if rest is None else (mention, comma, rest)


def _rest(sentence: Sentence, at: int, group: VerbGroup) -> int | None:
    """Where the words go on after the verb: `sentence.hi` where only time and place follows; None: no tail."""
    if group.frames.takes("hear") and sentence.tag(at) in "DSNRBxOP":
        hearer = phrase_at(sentence.tokens, at)
        at = hearer.last if hearer is not None else at + 1
    later = skip_adjuncts(sentence, at) if sentence.tag(at) != "," else at
    if later is None or sentence.tag(later) in ".|;(":
        return sentence.hi
    return later + 1 if sentence.tag(later) == "," else None
