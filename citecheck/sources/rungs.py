"""The ladder of credits: every way to credit a source that citecheck knows, in the order in which they are tried."""

from __future__ import annotations

import re

from citecheck.models import Relation
from citecheck.sources.context import Context
from citecheck.sources.ladder import Rung, contains
from citecheck.sources.outlets import MEDIA, PUBLIC, RESEARCH
from citecheck.sources.words import words_of

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
_SILENT = re.compile(
    r"did not (?:immediately )?(?:respond|return|reply)|declin\w+|not (?:immediately )?(?:respond|be reached|available)"
)

# Pieces of patterns ------------------------------------------------------------------------------------------------

_SOME = r"(?:[\w’'-]+ ){0,5}?"
_TOLD = r"(?:told|telling|tells|tell|informed|assured|texted|emailed)"
_NAME = r"(?:\s[A-Z][\w.'’-]+){2,4},?"
_ADVERBS = (
    r"(?:\s(?:has|had|have|first|also|later|previously|recently|exclusively|earlier|since|then|itself|separately|"
    r"\w+ly|on \w+day|last \w+|this \w+))*"
)
#: Between a source and its verb: “(R)”, “, citing internal documents,”, “—even so—”.
_ASIDE = r"(?:\s\([^)]{1,30}\))?(?:,\s(?!which|who)[^,.;“\"]{3,80}|\s?[—–]{1,2}\s?[^—–.;]{3,80}\s?[—–]{1,2})?,?"
_SUBJECT_OF = _ASIDE + _ADVERBS + r"\s?"
_MADE = (
    r"(?:<poll>|<work>|<article>)(?:,? (?:that was |which was |was )?(?:\w+ly |jointly |also )?"
    r"(?:[\w-]+ed|done|taken|put out|out|carried out)(?: (?:on |in )?(?:[A-Z]\w+|last|this|earlier|late|week|month|"
    r"night|year|jointly|\d+|online)){0,5})?,? (?:by|from|for|at)"
)


def _figures(context: Context) -> bool:
    return bool(_FIGURE.search(context.whole))


def _speaks(context: Context) -> bool:
    """Whether somebody says something in the sentence."""
    return contains(r"\b<say>\b", context.lead) or contains(r"^[^.!?]{0,100}\b<say>\b", context.right)


def _posts(context: Context) -> bool:
    return contains(
        r"\b(?:<say>|wrote|writes|writing|took|tweet\w*|post\w*|went|turned|publish\w*|fired|responded|blamed|mocked|"
        r"attacked|thanked|lashed|portrayed|critici[sz]ed|ripped|addressed|praised|vented|claim\w*|apologi[sz]ed)\b",
        context.lead[-140:],
    )


def _answered(context: Context) -> bool:
    return not _SILENT.search(context.whole)


RUNGS: tuple[Rung, ...] = (
    # Share indices and the like bear the name of their maker and say nothing.
    Rung("share index", None, right=r"\s(?:industrial|500\b|composite|\d+-stock|futures|\w+ index|Global Inc)"),
    Rung("editorial page as a body", None, right=r"(?:['’]s?)?\s(?:deputy )?editorial page"),
    # Credit lines.
    Rung(
        "h/t, Source:",
        Relation.CREDITED_FROM,
        lead=r"(?:[Hh]/[Tt]|[Hh]at [Tt]ip|[Ss]ources?|SOURCE|[Qq]uelle|[Ff]uente|[Ff]onte|[Cc]redit(?:ed)?|CREDIT)"
        r"(?: from| to)?\s?[:/]?",
    ),
    Rung("[X.]", Relation.CREDITED_FROM, lead=r"\[", right=r"\.?\]"),
    Rung("From the X story:", Relation.CREDITED_FROM, lead=r"(?:^|[.:] )(?:[Mm]ore )?[Ff]rom", nouns=_ARTICLES),
    Rung("From X:", Relation.CREDITED_FROM, lead=r"(?:^|[.:] )(?:[Mm]ore )?[Ff]rom", right=r":"),
    Rung("(via X)", Relation.CREDITED_FROM, lead=r"\((?:via|[Vv]ia|from)"),
    Rung("via X.", Relation.CREDITED_FROM, kinds=MEDIA, lead=r"[Vv]ia", right=r"[\s.)\]]*$"),
    # People of the outlet: a reporter's words are its report, an analyst's or a host's are not.
    Rung("told X", Relation.TOLD, kinds=MEDIA, lead=_TOLD),
    Rung(
        "asked by X's reporter",
        Relation.TOLD,
        kinds=MEDIA,
        lead=r"(?:asked|interviewed|pressed|questioned) (?:\w+ )?(?:by|on)|"
        r"(?:spoke|speaking|talking|talked) (?:to|with)",
        test=_answered,
    ),
    Rung(
        "X reporter NAME reported",
        Relation.REPORTED_BY,
        kinds=MEDIA,
        right=rf"(?:['’]s?)?(?:\s[\w-]+){{0,3}}?\s<staff>{_NAME}{_ADVERBS}\s<report>\b",
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
        lead=r"[A-Z][\w'’-]+,? (?:of|at|for|from|with)",
        right=r",?\s(?:has\s|first\s)?(?:reported|reports|wrote|writes|observed|noted|notes|tweeted|broke)\b",
    ),
    Rung(
        "analyst of X",
        None,
        kinds=MEDIA,
        no_noun=True,
        right=r"(?:['’]s?)?(?:\s[\w-]+){0,3}?\s(?:<staff>|<voice>)\b",
        unless_lead=r"(?:[Aa]ccording to|interview(?:ed)? (?:with|on|by)|told|to)",
    ),
    # According to X. A public body or a company counts for its documents and figures, not for its position.
    Rung(
        "according to a work of X",
        Relation.ACCORDING_TO,
        lead=r"(?:[Aa]ccording|ACCORDING) to|[Pp]er|PER|[Ll]aut|[Ss]elon|[Ss]egún|[Ss]econdo|[Ss]egundo|[Dd]['’]après",
        unless_right=r"['’]s (?:<voice>)\b",
        test=lambda context: bool(context.noun) or _figures(context),
    ),
    Rung(
        "according to X",
        Relation.ACCORDING_TO,
        kinds=MEDIA | RESEARCH | _SOCIAL,
        lead=r"(?:[Aa]ccording|ACCORDING) to|[Pp]er|PER|[Ll]aut|[Ss]elon|[Ss]egún|[Ss]econdo|[Ss]egundo|[Dd]['’]après",
    ),
    # Said to the outlet or on its air.
    Rung(
        "interview with X",
        Relation.TOLD,
        kinds=MEDIA,
        lead=rf"(?:interviews?|conversation|sit-down|Q&A|chat|exchange|Interview|entrevista|entretien|"
        rf"intervista) {_SOME}"
        r"(?:with|on|to|for|by|in|mit|avec|con|com|a|à)",
    ),
    Rung(
        "appearance on X",
        Relation.TOLD,
        kinds=MEDIA,
        lead=rf"appear(?:ance|ances|ed|ing|s) {_SOME}(?:with|on|for)",
    ),
    Rung(
        "said to X",
        Relation.TOLD,
        kinds=MEDIA,
        lead=r"(?:spoke|speaks|speaking|talked|talking|said|confirmed|explained|described|commented|expressed|revealed|"
        r"admitted|acknowledged|added|gave|given|provided|statements?|comments?|remarks|e-?mails?|messages?|letter|"
        r"news|quotes?|disclosed|recounted|insisted|stressed|sagte|declaró|declarou|dichiarato|déclaré) "
        r"(?:[\w’'-]+ ){0,8}?(?:to|with|der|dem|a|à|al|ao)",
        unless_lead=r"(?:according|compared|belong\w*|access|referring|due|response|attributed|linked|related) to",
    ),
    Rung(
        "reached by X",
        Relation.TOLD,
        kinds=MEDIA,
        lead=r"(?:[Rr]eached|[Cc]ontacted|[Ii]nterviewed|quizzed)(?: \w+){0,3}? by",
        test=_answered,
    ),
    Rung(
        "X interview",
        Relation.TOLD,
        kinds=MEDIA,
        nouns=_TALKS,
        unless_lead=r"(?:requests?|requested)\b.{0,30}",
    ),
    Rung("on air", Relation.TOLD, kinds=_BROADCAST, lead=r"(?:[Oo]n|to|via|auf|sur)", test=_speaks),
    Rung(
        "on X's show",
        Relation.TOLD,
        kinds=MEDIA,
        nouns=words_of("programme"),
        lead=r"(?:[Oo]n|of|during|to)",
        test=_speaks,
    ),
    # By X.
    Rung(
        "reported by X",
        Relation.REPORTED_BY,
        lead=r"(?:reported|noted|revealed|disclosed|detailed|documented|uncovered|highlighted|pointed out|indicated|"
        r"stated|outlined|broken|quoted|obtained|seen|reviewed|viewed|heard|verified|analy[sz]ed|examined|collected|"
        r"cited|tallied|counted)(?: \w+)? by|as (?:reported|noted) (?:\w+ )?(?:in|on)",
    ),
    Rung(
        "citing a study by X",
        Relation.CITES,
        lead=rf"(?:citing|cites|cited|cite|shared|sharing|referring to|discrediting)\b[^,;]{{0,60}}?\b{_MADE}",
        unless_lead=r".*\b(?:poll|report|study|survey) (?:also )?cited",
    ),
    Rung(
        "a report in X",
        Relation.CITES,
        kinds=MEDIA,
        lead=r"(?:reports?|article|story|stories|headline|investigation) (?:in|by|from|at|on)",
        unless_right=r"\s(?:<find>)\b",
    ),
    Rung(
        "a study by X",
        Relation.ACCORDING_TO,
        lead=rf"{_MADE}|(?:conducted|compiled|released|commissioned|collected|gathered|maintained|sponsored|provided|"
        r"carried out) (?:\w+ )?(?:by|for|with)",
    ),
    Rung("aggregated by X", Relation.CITES, lead=r"(?:aggregated|tracked|tabulated) by"),
    Rung(
        "published by X",
        Relation.PUBLISHED_ON,
        lead=r"(?:published|posted|released|issued|put out|broadcast|aired|shared|uploaded)(?: \w+){0,2} "
        r"(?:by|in|on|to)",
    ),
    Rung("citing X", Relation.CITES, lead=r"(?:[Cc]iting|cites|cited|quoting|referring to|referred to)(?: \w+){0,2}?"),
    # Published there by somebody.
    Rung("post on a platform", Relation.PUBLISHED_ON, kinds=_SOCIAL, nouns=_POSTS | _PLACES | _POLLS),
    Rung("on a platform", Relation.PUBLISHED_ON, kinds=_SOCIAL, lead=r"(?:on|via|to|over|in|auf|sur|en)", test=_posts),
    Rung("on X's website", Relation.PUBLISHED_ON, nouns=_PLACES, lead=r"(?:[Oo]n|at|via|to|in|from)"),
    Rung(
        "wrote in X",
        Relation.PUBLISHED_ON,
        kinds=MEDIA,
        lead=rf"(?:wrote|writes|writing|written|argued|argues|penned|blogged|posted|op-ed|essay|column|editorial|"
        rf"commentary|piece|blog post|letter) {_SOME}(?:in|on|for|at|to)",
    ),
    Rung(
        "an article in X",
        Relation.CITES,
        kinds=MEDIA,
        lead=rf"(?:article|story|report|profile|headline|cover|piece|front page|pages) {_SOME}(?:in|by|from|of)",
    ),
    Rung("on X.com", Relation.PUBLISHED_ON, kinds=MEDIA, lead=r"on", test=lambda c: "." in c.text[c.start : c.end]),
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
        lead=r"(?:with|into|under|about|over|for|during|amid|before|after|since|file|filed|filing)",
        test=lambda context: not contains(r"^,?(?:\s[\w’'-]+){0,4}?\s<find>\b", context.after),
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
        right=_SUBJECT_OF + r"\s?\b<report>\b",
        unless_lead=r"(?:on|to|by|for|of|with|in|at|from|told|and)",
    ),
    Rung(
        "…, X reported / reports X",
        Relation.REPORTED_BY,
        kinds=MEDIA,
        lead=r"(?:[,”\"’']\s?(?:as )?|\b[Aa]s )(?:reported|reports|wrote|writes|said|noted|notes)|\breports",
    ),
    Rung("X: headline", Relation.REPORTED_BY, kinds=MEDIA, right=r"\s?:\s", test=lambda c: c.lead in ("", "-")),
    Rung(
        "X found",
        Relation.ACCORDING_TO,
        kinds=RESEARCH,
        no_noun=True,
        right=_SUBJECT_OF + r"\s?\b<find>\b",
        unless_right=_SUBJECT_OF + r"\s?\b(?:said|says|has|had|named|announced)\b",
        unless_lead=r"(?:on|to|by|for|of|with|in|at|from|and)",
    ),
    Rung(
        "a public body reported a figure",
        Relation.REPORTED_BY,
        kinds=PUBLIC - {"company"},
        right=_SUBJECT_OF + r"\s?\b(?:reported|reports)\b",
        test=_figures,
    ),
    Rung(
        "a public body estimates",
        Relation.ACCORDING_TO,
        kinds=PUBLIC - {"company"},
        right=_SUBJECT_OF + r"\s?\b(?:estimates|estimated|projects|projected|found|calculated|counted|forecasts?)\b",
        test=_figures,
    ),
    Rung("in an index", Relation.ACCORDING_TO, kinds=_INDEX, test=_figures),
)
