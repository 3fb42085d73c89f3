"""The steps from each schema version to the next, oldest first. What they mean stands in the history of schema.sql."""

from __future__ import annotations

_1_TO_2 = """
CREATE TABLE edges (
    id       INTEGER PRIMARY KEY,
    family   INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
    origin   TEXT NOT NULL,
    receiver TEXT NOT NULL,
    relation TEXT,
    stated   INTEGER NOT NULL CHECK (stated IN (0, 1)),
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL
);
CREATE INDEX edges_family ON edges (family);
CREATE INDEX edges_article ON edges (article);
CREATE TABLE origins (
    id     INTEGER PRIMARY KEY,
    family INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
    name   TEXT NOT NULL
);
CREATE INDEX origins_family ON origins (family);
"""

MIGRATIONS: tuple[str, ...] = (_1_TO_2,)
