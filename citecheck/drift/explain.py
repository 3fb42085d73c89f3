"""What a label means: its rule, where the rule comes from, and an example."""

from __future__ import annotations

from citecheck.models import Label
from citecheck.text.lexicons import rows


def labels() -> tuple[str, ...]:
    """The names of all labels, in the order of the vocabulary."""
    return tuple(label.value for label in Label)


def explain(label: str) -> str | None:
    """A short text on one label: rule, source, example. None for a name that is no label."""
    row = next((row for row in rows("labels.tsv") if row["label"] == label), None)
    if row is None:
        return None
    lines = [f"{label} (severity {row['severity']})", "", row["rule"], "", f"Source:  {row['source']}"]
    return "\n".join([*lines, f"Example: {row['example']}"])
