-- The archive: articles, what they say, and how the renderings of one statement differ.
--
-- Offsets (`start`, `end`) are Unicode code points, half-open, into `articles.text`; in SQL, where the first character is
-- number 1, a span is substr(text, start + 1, end - start). No clock time is stored: the same input gives the same rows.
--
-- History, as PRAGMA user_version. A step up is in migrations.py.
--   1  the first
--   2  edges and origins: who had a statement from whom, which families_view counts; articles.grouped
--   3  places: where a person finds an offset in the document; articles.modified
--   4  the search index: search_words, search_buckets, search_articles, search_delta
--   5  copies and versions: copies, shingles; families_view counts an article and its copies once
--   6  articles.tier
--   7  statements and statement_runs, by which families grow; families.stale
--   8  search_frequent and search_parts, which the search index keeps apart from search_buckets; totals
--   9  articles.earlier_of and earlier_number: texts whose place a newer one took; articles.extractor; the
--      pages are named as in text/addresses.py
--  10  names: by what a writer may call an article

-- One row an article, in the order in which they came. One that changed gets a row for its newer text, which has the
-- id from then on; the older text keeps its row and gets an id of its own.
CREATE TABLE articles (
    id         INTEGER PRIMARY KEY,
    article    TEXT NOT NULL UNIQUE,   -- the id by which output names it: a path, or the id of a JSON line
    title      TEXT,
    publisher  TEXT,
    published  TEXT,                   -- ISO 8601, as precise as it was given
    byline     TEXT,
    url        TEXT,
    language   TEXT,                   -- ISO 639-1
    text       TEXT NOT NULL,          -- exactly as decoded: the only coordinate system
    body_start INTEGER,                -- the part that a reader calls the article; null: all of it
    body_end   INTEGER,
    path       TEXT,                   -- where it was read from
    encoding   TEXT,                   -- and how it was decoded
    digest     TEXT NOT NULL,          -- SHA-256 of the text as UTF-8, in hex
    grouped    INTEGER NOT NULL DEFAULT 0,  -- 1: the families were made when this text was there
    modified   TEXT,                   -- ISO 8601: when the publisher changed it last
    tier       TEXT,                   -- primary, agency, outlet, aggregator: what the form of the document suggests
    earlier_of TEXT,                   -- the id that this text had until a newer one took it; null: the newest
    earlier_number INTEGER,            -- 1, 2, 3: in the order in which the texts of that id were replaced
    extractor  INTEGER NOT NULL DEFAULT 0  -- which program extracted it (version.py); 0: one of a schema before 9
);
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX articles_earlier ON articles (earlier_of, earlier_number) WHERE earlier_of IS NOT NULL;

-- Spans that the page itself marks as quotations: <q>, <blockquote>, "> " lines.
CREATE TABLE marked (
    id      INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL
);
CREATE INDEX marked_article ON marked (article);

-- Where a person finds an offset in the document that was read; a label is good until the next one's start.
CREATE TABLE places (
    id      INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start   INTEGER NOT NULL,
    label   TEXT NOT NULL              -- "page 3", "00:12:05", "paragraph 12", "row 7"
);
CREATE INDEX places_article ON places (article);

-- Dates that go with a quotation or a credit. earliest and latest bound the days that are meant, where that is known.
CREATE TABLE dates (
    id       INTEGER PRIMARY KEY,
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    text     TEXT NOT NULL,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    earliest TEXT,
    latest   TEXT,
    year     INTEGER,
    month    INTEGER,
    day      INTEGER
);
CREATE INDEX dates_article ON dates (article);

-- Everything in quotation marks, and speech reported without them.
CREATE TABLE quotations (
    id                 INTEGER PRIMARY KEY,
    article            INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    record             TEXT NOT NULL,  -- the id by which output names it
    kind               TEXT NOT NULL,  -- direct, fragment, indirect, scare, title
    start              INTEGER NOT NULL,
    "end"              INTEGER NOT NULL,
    text               TEXT NOT NULL,
    speaker            TEXT,           -- the fullest name in the article; null: the text gives none
    speaker_mention    TEXT,           -- what stands beside the quotation: "she"
    speaker_start      INTEGER,
    speaker_end        INTEGER,
    speaker_kind       TEXT,           -- person, body, description
    speaker_role       TEXT,
    speaker_confidence REAL,
    cue                TEXT,           -- said, told, according to
    cue_start          INTEGER,
    cue_end            INTEGER,
    parent             TEXT,           -- record of the quotation this one stands in
    "group"            TEXT,           -- shared by the parts of one quotation
    negated            INTEGER NOT NULL CHECK (negated IN (0, 1)),  -- 1: words that were denied or declined
    confidence         REAL NOT NULL,
    said               INTEGER REFERENCES dates (id) ON DELETE SET NULL,  -- when it was said
    UNIQUE (article, record)
);
CREATE INDEX quotations_speaker ON quotations (speaker);
CREATE INDEX quotations_said ON quotations (said);

-- Mentions of the outlets and documents that the text credits.
CREATE TABLE credits (
    id        INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    listed    INTEGER NOT NULL CHECK (listed IN (0, 1)),  -- 0: kept only for the quotation that it is credited for
    name      TEXT NOT NULL,           -- canonical
    relation  TEXT NOT NULL,           -- told, reported-by, according-to, credited-from, published-on, cites, publisher
    mention   TEXT NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    kind      TEXT,                    -- agency, newspaper, government …
    document  TEXT,                    -- report, post, "Global Harbour Index"
    dated     INTEGER REFERENCES dates (id) ON DELETE SET NULL,
    quotation TEXT                     -- record of the quotation that it is credited for
);
CREATE INDEX credits_article ON credits (article);
CREATE INDEX credits_name ON credits (name);
CREATE INDEX credits_dated ON credits (dated);

-- Which credits a quotation has, in the order of `id`.
CREATE TABLE quotation_sources (
    id        INTEGER PRIMARY KEY,
    quotation INTEGER NOT NULL REFERENCES quotations (id) ON DELETE CASCADE,
    credit    INTEGER NOT NULL REFERENCES credits (id) ON DELETE CASCADE
);
CREATE INDEX quotation_sources_quotation ON quotation_sources (quotation);
CREATE INDEX quotation_sources_credit ON quotation_sources (credit);

-- What an editor does about a difference.
CREATE TABLE severities (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);
INSERT INTO severities VALUES (0, 'none'), (1, 'cosmetic'), (2, 'minor'), (3, 'major'), (4, 'critical');

-- All renderings of one statement. They grow with the articles; a family keeps its id.
CREATE TABLE families (
    id       INTEGER PRIMARY KEY,
    family   TEXT NOT NULL UNIQUE,     -- the id by which output names it
    reason   TEXT NOT NULL,            -- why the base is the base: pinned, primary document, earliest dated, fullest
    severity INTEGER NOT NULL REFERENCES severities (id),
    stale    INTEGER NOT NULL DEFAULT 0  -- since the base was chosen 1: something changed; 2: renderings came, and no more
);
CREATE INDEX families_severity ON families (severity);
CREATE INDEX families_stale ON families (id) WHERE stale;

CREATE TABLE renderings (
    id        INTEGER PRIMARY KEY,
    family    INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
    article   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    quotation INTEGER REFERENCES quotations (id) ON DELETE CASCADE,  -- null: a passage without marks
    base      INTEGER NOT NULL CHECK (base IN (0, 1)),  -- 1: the others of its family are compared with this one
    kind      TEXT NOT NULL,           -- that of the quotation, or restated
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    text      TEXT NOT NULL,
    speaker   TEXT,
    sources   TEXT,                    -- names, "; " between them
    score     REAL,                    -- 0 to 100, against the base; null at the base
    severity  INTEGER REFERENCES severities (id)
);
CREATE INDEX renderings_family ON renderings (family);
CREATE INDEX renderings_article ON renderings (article);
CREATE INDEX renderings_quotation ON renderings (quotation);
CREATE INDEX renderings_severity ON renderings (severity);

-- The ways in which a rendering differs from its base. Spans count from the start of the two texts.
CREATE TABLE drift (
    id         INTEGER PRIMARY KEY,
    rendering  INTEGER NOT NULL REFERENCES renderings (id) ON DELETE CASCADE,
    label      TEXT NOT NULL,
    severity   INTEGER NOT NULL REFERENCES severities (id),
    base_start INTEGER,                -- null: not in the words
    base_end   INTEGER,
    start      INTEGER,
    "end"      INTEGER,
    note       TEXT NOT NULL
);
CREATE INDEX drift_rendering ON drift (rendering);
CREATE INDEX drift_label ON drift (label);
CREATE INDEX drift_severity ON drift (severity);

-- Who had the words of a family from whom. A stated hop is proved by the words at start:end of an article.
CREATE TABLE edges (
    id       INTEGER PRIMARY KEY,
    family   INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
    origin   TEXT NOT NULL,
    receiver TEXT NOT NULL,
    relation TEXT,                     -- as in credits; null: inferred without one
    stated   INTEGER NOT NULL CHECK (stated IN (0, 1)),  -- 0: inferred
    article  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL
);
CREATE INDEX edges_family ON edges (family);
CREATE INDEX edges_article ON edges (article);

-- Where the chain of a family ends; renderings of one origin count as one witness.
CREATE TABLE origins (
    id     INTEGER PRIMARY KEY,
    family INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
    name   TEXT NOT NULL
);
CREATE INDEX origins_family ON origins (family);

-- Full-text search; the triggers keep it in step with what it searches.
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, text, content = 'articles', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_inserted AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER articles_deleted AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER articles_updated AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIRTUAL TABLE quotations_fts USING fts5 (
    text, speaker, content = 'quotations', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER quotations_inserted AFTER INSERT ON quotations BEGIN
    INSERT INTO quotations_fts (rowid, text, speaker) VALUES (new.id, new.text, new.speaker);
END;
CREATE TRIGGER quotations_deleted AFTER DELETE ON quotations BEGIN
    INSERT INTO quotations_fts (quotations_fts, rowid, text, speaker) VALUES ('delete', old.id, old.text, old.speaker);
END;
CREATE TRIGGER quotations_updated AFTER UPDATE OF text, speaker ON quotations BEGIN
    INSERT INTO quotations_fts (quotations_fts, rowid, text, speaker) VALUES ('delete', old.id, old.text, old.speaker);
    INSERT INTO quotations_fts (rowid, text, speaker) VALUES (new.id, new.text, new.speaker);
END;

CREATE INDEX articles_digest ON articles (digest);

-- Articles that are another one again (copies/shelf.py): its text in another outlet, or an update of it. They count once.
CREATE TABLE copies (
    article   INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL,           -- copy, version
    other     INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    contained REAL NOT NULL,           -- 0 to 1: the share of the shorter text that stands in the other
    ordered   INTEGER NOT NULL CHECK (ordered IN (0, 1)),  -- 1: dates say that the other is the earlier
    shared    INTEGER NOT NULL         -- shingles that both sketches have
);
CREATE INDEX copies_other ON copies (other);

-- The sketch of each article, and its page: what an article that is added is compared with.
CREATE TABLE shingles (
    shingle INTEGER NOT NULL,          -- a hash of six words, of 63 bits
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (shingle, article)
) WITHOUT ROWID;
CREATE INDEX shingles_article ON shingles (article);
CREATE TABLE pages (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    page    TEXT NOT NULL              -- the key of its address (text/addresses.py)
);
CREATE INDEX pages_page ON pages (page);

-- By what a writer may call an article (text/called.py).
CREATE TABLE names (
    kind    TEXT NOT NULL,             -- address, file, title
    name    TEXT NOT NULL,             -- the key of the address; the file's in small letters; the title's words
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, name, article)
) WITHOUT ROWID;
CREATE INDEX names_article ON names (article);

-- The search index of the program (archive/search.py): which articles share rare words, or runs of two words, with a
-- text. How often each term (matching/terms.py) stands in all texts:
CREATE TABLE search_words (
    term  TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) WITHOUT ROWID;

-- Runs by the upper 16 of the 48 bits of their hash, but for those that stand more than a thousand times in all texts.
CREATE TABLE search_buckets (
    bucket   INTEGER PRIMARY KEY,
    postings BLOB NOT NULL             -- sorted 64-bit numbers, little-endian: lower 32 bits of the hash, article
);

-- How often each of those stands there, and in which articles: a row for each 8,192 rows of articles.
CREATE TABLE search_frequent (
    run   INTEGER PRIMARY KEY,
    count INTEGER NOT NULL
);
CREATE TABLE search_parts (
    id       INTEGER PRIMARY KEY,      -- run << 15 | article >> 13
    articles BLOB NOT NULL             -- sorted 32-bit numbers, little-endian, once for each time
);

-- The articles that the index has, with what tells whether it agrees with their texts.
CREATE TABLE search_articles (
    article  INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    words    INTEGER NOT NULL,
    checksum INTEGER NOT NULL          -- sum of the hashes of all runs, lower 63 bits
);

-- Articles that were added lately and wait to be merged into the buckets: the sorted hashes of their runs.
CREATE TABLE search_delta (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    runs    BLOB NOT NULL
);

-- How many rows there are, in one row: a search tells it, and need not count.
CREATE TABLE totals (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    articles   INTEGER NOT NULL,
    quotations INTEGER NOT NULL,
    words      INTEGER NOT NULL        -- of search_articles
);
INSERT INTO totals VALUES (1, 0, 0, 0);

-- Statements (matching/statements.py): whatever can be a rendering, quoted or told, of the articles that were grouped.
CREATE TABLE statements (
    id           INTEGER PRIMARY KEY,
    article      INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start        INTEGER NOT NULL,
    "end"        INTEGER NOT NULL,
    quotation    INTEGER REFERENCES quotations (id) ON DELETE CASCADE,  -- null: a sentence without marks
    around_start INTEGER NOT NULL,     -- the sentences that it touches
    around_end   INTEGER NOT NULL,
    holds        INTEGER NOT NULL CHECK (holds IN (0, 1)),  -- 1: a sentence with a quotation inside
    words        INTEGER NOT NULL,
    family       INTEGER REFERENCES families (id) ON DELETE SET NULL
);
CREATE INDEX statements_article ON statements (article);
CREATE INDEX statements_quotation ON statements (quotation);
CREATE INDEX statements_family ON statements (family);

-- Which statements have a run of one or two words, by the same hashes as in search_buckets: the first 17 of each run, and
-- where there are more one row that says so.
CREATE TABLE statement_runs (
    run       INTEGER NOT NULL,
    statement INTEGER NOT NULL,        -- 2^63 - 1: more have it
    PRIMARY KEY (run, statement)
) WITHOUT ROWID;

-- For reading. Every quotation with who said it and who is credited.
CREATE VIEW quotations_view AS
SELECT
    articles.article, articles.title, articles.publisher, articles.published,
    quotations.kind, quotations.text, quotations.speaker, quotations.speaker_role AS role, quotations.cue,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT credits.name FROM quotation_sources JOIN credits ON credits.id = quotation_sources.credit
            WHERE quotation_sources.quotation = quotations.id ORDER BY quotation_sources.id
        )
    ) AS sources,
    dates.text AS said, quotations.negated, quotations.confidence,
    quotations.start, quotations."end", quotations.record, quotations.parent, articles.url
FROM quotations
JOIN articles ON articles.id = quotations.article
LEFT JOIN dates ON dates.id = quotations.said
ORDER BY articles.id, quotations.start;

-- Every mention of a credited outlet or document.
CREATE VIEW credits_view AS
SELECT
    credits.name, credits.kind, credits.relation, credits.mention, credits.document, dates.text AS dated,
    articles.article, articles.publisher, articles.published, quotations.speaker, quotations.text AS quotation,
    credits.start, credits."end", articles.url
FROM credits
JOIN articles ON articles.id = credits.article
LEFT JOIN dates ON dates.id = credits.dated
LEFT JOIN quotations ON quotations.article = credits.article AND quotations.record = credits.quotation
WHERE credits.listed
ORDER BY articles.id, credits.start;

-- Words for which the text answers with no name: no speaker is given, or another rendering credits a source and this
-- one credits nobody.
CREATE VIEW unattributed_view AS
SELECT
    articles.article, articles.publisher, quotations.kind, quotations.text, 'no speaker' AS missing,
    quotations.start, quotations."end", articles.url
FROM quotations
JOIN articles ON articles.id = quotations.article
WHERE quotations.kind IN ('direct', 'fragment', 'indirect') AND quotations.speaker IS NULL
UNION ALL
SELECT
    articles.article, articles.publisher, renderings.kind, renderings.text, drift.label, renderings.start,
    renderings."end", articles.url
FROM drift
JOIN renderings ON renderings.id = drift.rendering
JOIN articles ON articles.id = renderings.article
WHERE drift.label IN ('speaker-lost', 'source-lost');

-- Every article that is another one again, with what is known of both.
CREATE VIEW copies_view AS
SELECT
    articles.article, articles.publisher, articles.published, copies.kind,
    others.article AS other, others.publisher AS other_publisher, others.published AS other_published,
    CASE copies.ordered WHEN 1 THEN 'the other is earlier' ELSE 'order unknown' END AS "order",
    round(copies.contained, 3) AS contained, articles.url, others.url AS other_url
FROM copies
JOIN articles ON articles.id = copies.article
JOIN articles AS others ON others.id = copies.other
ORDER BY articles.id;

-- Every article with the one whose text it is: itself, or where its links end.
CREATE VIEW originals_view AS
WITH RECURSIVE texts (article, original) AS (
    SELECT id, id FROM articles WHERE id NOT IN (SELECT article FROM copies)
    UNION ALL
    SELECT copies.article, texts.original FROM texts JOIN copies ON copies.other = texts.article
)
SELECT article, original FROM texts;

-- Every family, worst first, with the rendering that the others are compared with.
CREATE VIEW families_view AS
WITH counts (family, renderings, articles) AS (
    SELECT renderings.family, count(*), count(DISTINCT originals_view.original)
    FROM renderings JOIN originals_view ON originals_view.article = renderings.article GROUP BY renderings.family
)
SELECT
    families.family, severities.name AS severity, bases.text AS base, articles.article AS base_article,
    families.reason AS base_because, bases.speaker,
    counts.renderings, counts.articles,
    (SELECT count(*) FROM origins WHERE origins.family = families.id) AS origins,
    (
        SELECT group_concat(label, '; ') FROM (
            SELECT DISTINCT drift.label FROM drift JOIN renderings ON renderings.id = drift.rendering
            WHERE renderings.family = families.id ORDER BY drift.severity DESC, drift.label
        )
    ) AS labels
FROM families
JOIN counts ON counts.family = families.id
JOIN severities ON severities.id = families.severity
JOIN renderings AS bases ON bases.family = families.id AND bases.base
JOIN articles ON articles.id = bases.article
ORDER BY families.severity DESC, families.id;

-- Every difference between a rendering and its base, worst first.
CREATE VIEW drift_view AS
SELECT
    severities.name AS severity, drift.label, drift.note,
    base_articles.article AS base_article, bases.text AS base, bases.speaker AS base_speaker,
    articles.article, renderings.kind, renderings.text, renderings.speaker, renderings.sources, renderings.score,
    families.family, articles.url
FROM drift
JOIN severities ON severities.id = drift.severity
JOIN renderings ON renderings.id = drift.rendering
JOIN articles ON articles.id = renderings.article
JOIN families ON families.id = renderings.family
JOIN renderings AS bases ON bases.family = families.id AND bases.base
JOIN articles AS base_articles ON base_articles.id = bases.article
ORDER BY drift.severity DESC, drift.id;
