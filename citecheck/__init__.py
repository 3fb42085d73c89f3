"""citecheck: who said it, who is credited, and how each rendering of a quotation differs.

    import citecheck

    corpus = citecheck.open_corpus(["articles/"])
    for family in citecheck.group(corpus):
        print(family.severity.name, family.renderings[family.base].text)

The verbs are those of the command line (docs/api.md has an example of each); the values they take and give are
frozen dataclasses from `citecheck.models`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citecheck.version import __version__ as __version__

if TYPE_CHECKING:
    from citecheck.models import (
        Added,
        Article,
        Changes,
        Checked,
        Comparison,
        Corpus,
        Drift,
        Extraction,
        Family,
        Finding,
        Kind,
        Label,
        Match,
        Quotation,
        Rendering,
        Severity,
        Side,
        Skipped,
        SourceCredit,
        Speaker,
        Status,
        Trace,
    )
    from citecheck.pipeline import (
        add,
        check,
        compare,
        extract,
        extract_all,
        gather,
        group,
        match,
        open_corpus,
        read,
        report,
        searching,
        trace,
        versions,
    )

__all__ = [
    "Added",
    "Article",
    "Changes",
    "Checked",
    "Comparison",
    "Corpus",
    "Drift",
    "Extraction",
    "Family",
    "Finding",
    "Kind",
    "Label",
    "Match",
    "Quotation",
    "Rendering",
    "Severity",
    "Side",
    "Skipped",
    "SourceCredit",
    "Speaker",
    "Status",
    "Trace",
    "add",
    "check",
    "compare",
    "extract",
    "extract_all",
    "gather",
    "group",
    "match",
    "open_corpus",
    "read",
    "report",
    "searching",
    "trace",
    "versions",
]


def __getattr__(name: str) -> Any:
    """Values and verbs are looked up when they are asked for: `citecheck --version` should not wait for them."""
    if name in __all__:
        from citecheck import models, pipeline  # noqa: PLC0415

        return getattr(models if hasattr(models, name) else pipeline, name)
    raise AttributeError(f"module 'citecheck' has no attribute {name!r}")
