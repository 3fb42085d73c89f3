"""House rules: how a profile moves the severity of a label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from citecheck.models import Label, Severity
from citecheck.models.values import value
from citecheck.text.lexicons import rows


@value
class Profile:
    """A house's rules. `least` and `most` bound the severity of a label from below and above; labels not named stay."""

    name: str
    least: Mapping[Label, Severity] = field(default_factory=dict)
    most: Mapping[Label, Severity] = field(default_factory=dict)

    def severity(self, label: Label, severity: Severity) -> Severity:
        """What this house makes of a severity of the default table."""
        raised = max(severity, self.least.get(label, Severity.NONE))
        return min(raised, self.most.get(label, Severity.CRITICAL))


DEFAULT = Profile("default")


@lru_cache(maxsize=16)
def profile(name: str) -> Profile:
    """The profile of that name; KeyError for a name that is none."""
    if name not in profile_names():
        raise KeyError(name)
    if name == DEFAULT.name:
        return DEFAULT
    chosen = [row for row in rows("profiles.tsv") if row["profile"] == name]
    least = {Label(row["label"]): Severity(int(row["least"])) for row in chosen if row["least"]}
    most = {Label(row["label"]): Severity(int(row["most"])) for row in chosen if row["most"]}
    return Profile(name, least, most)


def profile_names() -> tuple[str, ...]:
    """The names of the profiles, `default` first."""
    return ("default", *sorted({row["profile"] for row in rows("profiles.tsv")}))
