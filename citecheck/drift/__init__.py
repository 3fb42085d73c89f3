"""Drift: how one rendering of a statement differs from another, and how much that matters (docs/drift.md)."""

from citecheck.drift.compare import compare
from citecheck.drift.explain import explain, labels
from citecheck.drift.profiles import DEFAULT, Profile, profile, profile_names

__all__ = ["DEFAULT", "Profile", "compare", "explain", "labels", "profile", "profile_names"]
