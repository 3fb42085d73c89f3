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
ALTER TABLE articles ADD COLUMN grouped INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER articles_updated;
CREATE TRIGGER articles_updated AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
DROP TRIGGER quotations_updated;
CREATE TRIGGER quotations_updated AFTER UPDATE OF text, speaker ON quotations BEGIN
    INSERT INTO quotations_fts (quotations_fts, rowid, text, speaker) VALUES ('delete', old.id, old.text, old.speaker);
    INSERT INTO quotations_fts (rowid, text, speaker) VALUES (new.id, new.text, new.speaker);
END;
"""

_2_TO_3 = """
ALTER TABLE articles ADD COLUMN modified TEXT;
CREATE TABLE places (
    id      INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start   INTEGER NOT NULL,
    label   TEXT NOT NULL
);
CREATE INDEX places_article ON places (article);
"""

_3_TO_4 = """
CREATE INDEX articles_digest ON articles (digest);
CREATE TABLE search_words (
    term  TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE search_buckets (
    bucket   INTEGER PRIMARY KEY,
    postings BLOB NOT NULL
);
CREATE TABLE search_articles (
    article  INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    words    INTEGER NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE TABLE search_delta (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    runs    BLOB NOT NULL
);
"""

_4_TO_5 = """
CREATE TABLE copies (
    article   INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL,
    other     INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    contained REAL NOT NULL,
    ordered   INTEGER NOT NULL CHECK (ordered IN (0, 1)),
    shared    INTEGER NOT NULL
);
CREATE INDEX copies_other ON copies (other);
CREATE TABLE shingles (
    shingle INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (shingle, article)
) WITHOUT ROWID;
CREATE INDEX shingles_article ON shingles (article);
CREATE TABLE pages (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    page    TEXT NOT NULL
);
CREATE INDEX pages_page ON pages (page);
"""

_5_TO_6 = "ALTER TABLE articles ADD COLUMN tier TEXT;"

_6_TO_7 = """
ALTER TABLE families ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;
CREATE INDEX families_stale ON families (id) WHERE stale;
CREATE TABLE statements (
    id           INTEGER PRIMARY KEY,
    article      INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    quotation    INTEGER REFERENCES quotations (id) ON DELETE CASCADE,
    around_start INTEGER NOT NULL,
    around_end   INTEGER NOT NULL,
    holds        INTEGER NOT NULL CHECK (holds IN (0, 1)),
    words        INTEGER NOT NULL,
    family       INTEGER REFERENCES families (id) ON DELETE SET NULL
);
CREATE INDEX statements_article ON statements (article);
CREATE INDEX statements_quotation ON statements (quotation);
CREATE INDEX statements_family ON statements (family);
CREATE TABLE statement_runs (
    run       INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (run, statement)
) WITHOUT ROWID;
"""

_7_TO_8 = """
CREATE TABLE search_frequent (
    run   INTEGER PRIMARY KEY,
    count INTEGER NOT NULL
);
CREATE TABLE search_parts (
    id       INTEGER PRIMARY KEY,
    articles BLOB NOT NULL
);
CREATE TABLE totals (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    articles   INTEGER NOT NULL,
    quotations INTEGER NOT NULL,
    words      INTEGER NOT NULL
);
INSERT INTO totals VALUES (1, 0, 0, 0);
"""

_8_TO_9 = """
ALTER TABLE articles ADD COLUMN earlier_of TEXT;
ALTER TABLE articles ADD COLUMN earlier_number INTEGER;
ALTER TABLE articles ADD COLUMN extractor INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_earlier ON articles (earlier_of, earlier_number) WHERE earlier_of IS NOT NULL;
"""

_9_TO_10 = """
CREATE INDEX articles_publisher ON articles (publisher);
CREATE TABLE names (
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, name, article)
) WITHOUT ROWID;
CREATE INDEX names_article ON names (article);
"""

MIGRATIONS: tuple[str, ...] = (_1_TO_2, _2_TO_3, _3_TO_4, _4_TO_5, _5_TO_6, _6_TO_7, _7_TO_8, _8_TO_9, _9_TO_10)
