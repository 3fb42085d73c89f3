"""The ladder of credits: every way to credit a source that citecheck knows, in the order in which they are tried."""

from __future__ import annotations

import re

from citecheck.models import Relation
from citecheck.sources.context import Context
from citecheck.sources.ladder import Rung, contains
from citecheck.sources.outlets import MEDIA, PUBLIC, RESEARCH
from citecheck.sources.words import words_of
from citecheck.text.patterns import regex

_SOCIAL = frozenset(("social",))
_BROADCAST = frozenset(("broadcaster",))
_INDEX = frozenset(("index",))
_STUDIED = RESEARCH | PUBLIC

_POLLS, _WORKS, _ARTICLES = words_of("poll"), words_of("work"), words_of("article")
_PLACES, _POSTS, _TALKS = words_of("place"), words_of("post"), words_of("talk")
#: What a public body or a company publishes as a finding; its statements, rulings and lists are its own business.
_PUBLIC_WORKS = words_of("public-work")

_FIGURE = re.compile(
    r"\d|\b(?:percent|per cent|half|third|quarter|two|three|four|five|six|dozens|hundreds|thousands|million|billion|"
    r"majority|most)\b"
)
#: What stands before a source that opens a line or an item: nothing, or a dash.
_OPENERS = frozenset(("", "-", "–", "—", "•", "*"))
_SILENT = regex(
    r"did not (?:immediately )?(?:respond|return|reply)|declin\w+|not (?:immediately )?(?:respond|be reached|available)"
)

# Pieces of patterns ------------------------------------------------------------------------------------------------

_SOME = r"(?: [\w’'-]+){0,5}?"
#: Up to three words that can stand between an outlet and its people: “X national political correspondent”.
_PLAIN = r"(?:\s(?!(?:that|this|a|an|the|of|to|in|on|for|and|or|said|says|who|which|by|from|with)\b)[\w-]+){0,3}?"
_NAME = r"(?:\s[A-Z][\w.'’-]+){2,4},?"
_ADVERBS = (
    r"(?:\s(?:has|had|have|first|also|later|previously|recently|exclusively|earlier|since|then|itself|separately|"
    r"\w+ly|on \w+day|\w+day|last \w+|this \w+))*"
)
#: Between a source and its verb: “(R)”, “, citing internal documents,”, “—even so—”.
_ASIDE = (
    r"(?:\s\([^)]{1,30}\))?"
    r"(?:,\s(?!which|who)(?:(?!said|says)[^,.;“\"]){3,80}|\s?[—–]{1,2}\s?[^—–.;]{3,80}\s?[—–]{1,2})?,?"
)
_SUBJECT_OF = _ASIDE + _ADVERBS + r"\s?\s?\b"
_PREPOSITIONS = "on|to|by|for|of|with|in|at|from"
#: A work and how it came to be: “a study released last week”.
_MADE = (
    r"(?:<poll>|<work>|<article>)(?:,? (?:that was |which was |was )?(?:\w+ly |jointly |also )?"
    r"(?:[\w-]+ed|done|taken|put out|out|carried out)(?: (?:on |in )?(?:(?-i:[A-Z])\w+|last|this|earlier|late|week|"
    r"month|night|year|jointly|\d+|online)){0,5})?,?"
)


def _figures(context: Context) -> bool:
    return bool(_FIGURE.search(context.whole))


def _speaks(context: Context) -> bool:
    """Whether somebody says something in the sentence."""
    return contains(r"\b<say>\b", context.lead) or contains(r"^[^.!?]{0,100}\b<say>\b", context.right)


def _posts(context: Context) -> bool:
    return contains(r"\b<posting>\b", context.lead[-140:])


def _finds(context: Context) -> bool:
    """Whether the document that is named finds or shows something."""
    return contains(r"^,?(?:\s[\w’'-]+){0,4}?\s<find>\b", context.after)


def _answered(context: Context) -> bool:
    return not _SILENT.search(context.whole)


_MAKERS = "by|from|for"

RUNGS: tuple[Rung, ...] = (
    # Share indices and the like bear the name of their maker and say nothing.
    Rung("share index", None, right=r"\s(?:industrial|500\b|composite|\d+-stock|futures|\w+ index)"),
    Rung("editorial page as a body", None, right=r"(?:['’]s?)?\s(?:deputy )?editorial page"),
    # Credit lines.
    Rung("h/t X", Relation.CREDITED_FROM, last="h/t|h/t:|tip|via:"),
    Rung(
        "Source: X",
        Relation.CREDITED_FROM,
        closing=(":", "/"),
        lead=r"(?:sources?|quelle|fuente|fonte|credit(?:ed)?|h/t|hat tip)\s?[:/]",
    ),
    Rung(
        "Credited from: X", Relation.CREDITED_FROM, closing=("from", "to", ":"), lead=r"credit(?:ed)? (?:from|to)\s?:?"
    ),
    Rung(
        "[X, Y.]",
        Relation.CREDITED_FROM,
        closing=("[", ","),
        lead=r"\[(?:[\w/&.’' -]+,\s?)*",
        right=r"[\w/&.,’' |-]*\]",
    ),
    Rung("From the X story:", Relation.CREDITED_FROM, last="from", lead=r"(?:^|[.:] )(?:more)?", nouns=_ARTICLES),
    Rung("From X:", Relation.CREDITED_FROM, last="from", lead=r"(?:^|[.:] )(?:more)?", right=r":"),
    Rung("(via X)", Relation.CREDITED_FROM, last="via|from", lead=r"\("),
    Rung("via X.", Relation.CREDITED_FROM, kinds=MEDIA, last="via", right=r"[\s.)\]]*$"),
    # People of the outlet: a reporter's words are its report, an analyst's or a host's are not.
    Rung("told X", Relation.TOLD, kinds=MEDIA, last="told|telling|tells|tell|informed|texted|emailed"),
    Rung(
        "asked by X",
        Relation.TOLD,
        kinds=MEDIA,
        last="by|on",
        lead="(?:asked|interviewed|pressed|questioned)(?: \\w+)?",
        test=_answered,
    ),
    Rung(
        "spoke to X",
        Relation.TOLD,
        kinds=MEDIA,
        last="to|with",
        lead="(?:spoke|speaking|talking|talked)",
        test=_answered,
    ),
    Rung(
        "X reporter NAME reported",
        Relation.REPORTED_BY,
        kinds=MEDIA,
        right=rf"(?:['’]s?)?{_PLAIN}\s<staff>{_NAME}{_ADVERBS}\s<report>\b",
    ),
    Rung(
        "X's NAME reported",
        Relation.REPORTED_BY,
        kinds=MEDIA,
        right=rf"['’]s?{_NAME}{_ADVERBS}\s<report>\b",
        unless_right=r"['’]s?\s(?:President|Senator|Sen)",
    ),
    Rung(
        "NAME of X reported",
        Relation.REPORTED_BY,
        kinds=MEDIA,
        last="of|at|for|from|with",
        lead=r"(?-i:[A-Z])[\w'’-]+,?",
        right=r",?\s(?:has\s|first\s)?(?:reported|reports|wrote|writes|observed|noted|notes|tweeted|broke)\b",
    ),
    Rung(
        "analyst of X",
        None,
        kinds=MEDIA,
        no_noun=True,
        right=rf"(?:['’]s?)?{_PLAIN}\s(?:<staff>|<voice>)\b",
        not_last="to|told|telling|with|on|by",
    ),
    # According to X. A public body or a company counts for its documents and figures, not for its position.
    Rung(
        "according to X's spokesman",
        None,
        last="to|per",
        right=rf"(?:['’]s?)?{_PLAIN}\s<voice>\b",
        no_noun=True,
    ),
    Rung(
        "according to X",
        Relation.ACCORDING_TO,
        kinds=PUBLIC - {"company"},
        last="to",
        lead="according",
        test=_figures,
    ),
    Rung(
        "according to a work of X",
        Relation.ACCORDING_TO,
        last="to",
        lead="according",
        nouns=_POLLS | _WORKS | _ARTICLES | _PLACES | _POSTS,
    ),
    Rung(
        "according to the outlet X",
        Relation.ACCORDING_TO,
        kinds=MEDIA | RESEARCH | _SOCIAL,
        last="to",
        lead="according",
    ),
    Rung(
        "per X",
        Relation.ACCORDING_TO,
        kinds=MEDIA | RESEARCH | _SOCIAL,
        last="per|laut|selon|según|secondo|segundo|d'après|d’après",
    ),
    # Said to the outlet or on its air.
    Rung(
        "interview with X",
        Relation.TOLD,
        kinds=MEDIA,
        last="with|on|to|for|by|in|mit|avec|con|com|a|à",
        lead=rf"<conversation>{_SOME}",
    ),
    Rung(
        "said to X",
        Relation.TOLD,
        kinds=MEDIA,
        last="to|with|der|dem|a|à|al|ao",
        lead=r"<telling>(?: [\w’'-]+){0,8}?",
        unless_lead=r"(?:according|compared|belong\w*|access|referring|due|response|attributed|linked|related|refused|declined)",
    ),
    Rung(
        "reached by X",
        Relation.TOLD,
        kinds=MEDIA,
        last="by",
        lead=r"(?:reached|contacted|interviewed|quizzed)(?: \w+){0,3}?",
        test=_answered,
    ),
    Rung("X interview", Relation.TOLD, kinds=MEDIA, nouns=_TALKS, unless_lead=r"requests?(?:ed)?\b.{0,30}"),
    Rung("on air", Relation.TOLD, kinds=_BROADCAST, last="on|to|via|auf|sur", test=_speaks),
    Rung("on X's show", Relation.TOLD, kinds=MEDIA, nouns=words_of("programme"), last="on|of|during|to", test=_speaks),
    # By X.
    Rung("reported by X", Relation.REPORTED_BY, last="by", lead=r"<passed-on>(?: \w+)?"),
    Rung("as reported in X", Relation.REPORTED_BY, last="in|on", lead=r"as (?:reported|noted)(?: \w+)?"),
    Rung(
        "citing a study by X",
        Relation.CITES,
        last=_MAKERS,
        lead=rf"(?:citing|cites|cited|cite|shared|sharing|referring to|discrediting)\b[^,;]{{0,60}}?\b{_MADE}",
        unless_lead=r".*\b(?:poll|report|study|survey) (?:also )?cited.*",
    ),
    Rung(
        "a report in X",
        Relation.CITES,
        kinds=MEDIA,
        last="in|by|from|at|on",
        lead=r"(?:reports?|article|story|stories|headline|investigation)",
        unless_right=r"\s<find>\b",
    ),
    Rung(
        "data taken from a public body",
        None,
        kinds=PUBLIC,
        last="from",
        lead=r"<work>",
        unless_lead=r"(?:according to|based on|using|citing|in|by|with)\b[^,;]{0,40}<work>",
        test=lambda context: not _finds(context),
    ),
    Rung(
        "a study by X",
        Relation.ACCORDING_TO,
        last=_MAKERS,
        lead=_MADE,
        unless_lead=r"under (?:\w+ )?investigation|\w+ing .{0,20}investigation",
    ),
    Rung(
        "conducted by X", Relation.ACCORDING_TO, last="by|for|with", lead=r"<making>(?: \w+)?", unless_lead="published"
    ),
    Rung("aggregated by X", Relation.CITES, last="by", lead=r"(?:aggregated|tracked|tabulated)"),
    Rung(
        "the Index of X",
        Relation.ACCORDING_TO,
        kinds=MEDIA | RESEARCH,
        last="of|from",
        lead=r"(?-i:[A-Z])[\w’'-]+ (?-i:Index|Ranking|Barometer|Survey|Tracker|Monitor|Scoreboard|Scorecard)",
        unless_lead=r"(?-i:New|Share|Stock) (?-i:Index)",
    ),
    Rung(
        "published by X",
        Relation.PUBLISHED_ON,
        last="by|in|on|to",
        lead=r"(?:published|posted|released|issued|put out|shared|uploaded)(?: \w+){0,2}?",
    ),
    Rung("citing X", Relation.CITES, last="citing|cites|cited|quoting|referencing"),
    Rung("referring to X", Relation.CITES, last="to", lead="(?:referring|referred)"),
    # Published there by somebody.
    Rung("post on a platform", Relation.PUBLISHED_ON, kinds=_SOCIAL, nouns=_POSTS - _PLACES),
    Rung(
        "page on a platform",
        Relation.PUBLISHED_ON,
        kinds=_SOCIAL,
        nouns=_POSTS | _PLACES | _POLLS,
        test=lambda context: _posts(context) or contains(r"^\s(?:<find>|<posting>)\b", context.after),
    ),
    Rung("on a platform", Relation.PUBLISHED_ON, kinds=_SOCIAL, last="on|via|to|over|in|auf|sur|en", test=_posts),
    Rung("on X's website", Relation.PUBLISHED_ON, nouns=_PLACES, last="on|at|via|to|in|from"),
    Rung("wrote in X", Relation.PUBLISHED_ON, kinds=MEDIA, last="in|on|for|at|to", lead=rf"<writing>{_SOME}"),
    Rung(
        "an article in X",
        Relation.CITES,
        kinds=MEDIA,
        last="in|by|from|of",
        lead=rf"(?:article|story|report|profile|headline|cover|piece|front page|pages){_SOME}",
    ),
    Rung("on X.com", Relation.PUBLISHED_ON, kinds=MEDIA, last="on", test=lambda c: "." in c.text[c.start : c.end]),
    # A work of X.
    Rung("statement of a public body", None, kinds=PUBLIC, nouns=(_WORKS | _ARTICLES) - _PUBLIC_WORKS),
    Rung(
        "said the X report is wrong",
        Relation.CITES,
        nouns=_POLLS | _WORKS | _ARTICLES,
        lead=r"(?:said|says|say|called|calls|claimed|argued|complained|insisted|believes)(?: that)?"
        r"|<cite>(?: \w+){0,3}?",
    ),
    Rung(
        "about a work of X",
        None,
        nouns=_POLLS | _WORKS | _ARTICLES,
        last="with|into|under|about|over|for|during|amid|before|after|since|file|filed|filing",
        test=lambda context: not _finds(context),
    ),
    Rung(
        "a work of X that is only mentioned",
        None,
        nouns=words_of("weak-work"),
        test=lambda context: not _finds(context),
    ),
    Rung(
        "the X story describes",
        Relation.CITES,
        kinds=MEDIA,
        nouns=_ARTICLES - _WORKS,
        after=rf",?{_ADVERBS}\s(?:describe[sd]|discuss|examine|explore|look)",
    ),
    Rung(
        "the X story found",
        Relation.REPORTED_BY,
        kinds=MEDIA,
        nouns=_ARTICLES - _WORKS,
        after=rf",?{_ADVERBS}\s(?:<report>|<find>)\b",
    ),
    Rung("the X story", Relation.CITES, kinds=MEDIA, nouns=_ARTICLES - _WORKS),
    Rung("a X poll", Relation.ACCORDING_TO, nouns=_POLLS | _WORKS),
    # X as the subject of a verb.
    Rung(
        "X reported",
        Relation.REPORTED_BY,
        kinds=MEDIA,
        no_noun=True,
        right=_SUBJECT_OF + r"<report>\b",
        not_last=_PREPOSITIONS + "|told|and",
    ),
    Rung(
        "as X reported",
        Relation.REPORTED_BY,
        kinds=MEDIA,
        last="reported|reports|wrote|writes|said|noted|notes",
        lead=r"(?:[,”\"’']|\bas)",
    ),
    Rung(
        "as a public body reported",
        Relation.REPORTED_BY,
        kinds=PUBLIC - {"company"},
        last="as",
        right=r"\s(?:itself |later |first )?(?:reported|reports)\b",
    ),
    Rung("reports X", Relation.REPORTED_BY, kinds=MEDIA, last="reports"),
    Rung("X: headline", Relation.REPORTED_BY, kinds=MEDIA, right=r"\s?:\s", test=lambda c: c.lead[-1:] in _OPENERS),
    Rung(
        "X found",
        Relation.ACCORDING_TO,
        kinds=RESEARCH,
        no_noun=True,
        right=_SUBJECT_OF + r"<find>\b",
        unless_right=_SUBJECT_OF + r"(?:said|says|has|had|named|announced)\b",
        not_last=_PREPOSITIONS,
        unless_lead=r".+ and|['’]s?",
    ),
    Rung(
        "a public body reported a figure",
        Relation.REPORTED_BY,
        kinds=PUBLIC - {"company"},
        right=_SUBJECT_OF + r"<published-figure>\b",
        test=_figures,
    ),
    Rung(
        "a public body estimates",
        Relation.ACCORDING_TO,
        kinds=PUBLIC - {"company"},
        right=_SUBJECT_OF + r"<estimate>\b",
        test=_figures,
    ),
    Rung("in an index", Relation.ACCORDING_TO, kinds=_INDEX, test=_figures),
)
