"""The steps from each schema version to the next, oldest first. What they mean stands in the history of schema.sql."""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = ()
