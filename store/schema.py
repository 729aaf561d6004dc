r"""The tables of the newsletters, as migration 1 creates them.

`layer` holds what each source said, as JSON; everything else is made from it.
Lists that are only ever read whole (links, opinions, …) are JSON columns. A
section is its headings joined by `\x1f`, so that a path and all below it are
one range of an index.
"""

from typing import Final

_ISSUE: Final = """
    CREATE TABLE issue (
        id INTEGER PRIMARY KEY,
        number INTEGER UNIQUE,
        label TEXT NOT NULL CHECK (number IS NULL OR label = ''),
        title TEXT NOT NULL DEFAULT '',
        published TEXT,
        url TEXT NOT NULL DEFAULT '',
        audio TEXT NOT NULL DEFAULT ''
    ) STRICT
"""
# NULLs are all different to UNIQUE: places without a number need their own.
_ISSUE_LABEL: Final = "CREATE UNIQUE INDEX issue_label ON issue (label) WHERE number IS NULL"

_LAYER: Final = """
    CREATE TABLE layer (
        issue_id INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        draft TEXT NOT NULL,
        PRIMARY KEY (issue_id, kind)
    ) STRICT
"""

_SUMMARY: Final = """
    CREATE TABLE summary (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        issue_id INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
        position INTEGER NOT NULL,
        title TEXT NOT NULL,
        folded TEXT NOT NULL,
        links TEXT NOT NULL,
        authors TEXT NOT NULL,
        venue TEXT NOT NULL,
        year INTEGER,
        section TEXT NOT NULL,
        highlight INTEGER NOT NULL CHECK (highlight IN (0, 1)),
        hat_tip TEXT NOT NULL,
        summarizer TEXT NOT NULL,
        text TEXT NOT NULL,
        opinions TEXT NOT NULL,
        prerequisites TEXT NOT NULL,
        read_more TEXT NOT NULL,
        mentions TEXT NOT NULL,
        cites TEXT NOT NULL,
        UNIQUE (issue_id, position)
    ) STRICT
"""

_ALIAS: Final = """
    CREATE TABLE alias (
        alias TEXT PRIMARY KEY,
        key TEXT NOT NULL REFERENCES summary (key) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
"""

# What a text points at need not be here yet, so it is named, not referenced:
# by key, or outside the numbered issues by title.
_CITATION: Final = """
    CREATE TABLE citation (
        citing INTEGER NOT NULL REFERENCES summary ON DELETE CASCADE,
        key TEXT,
        folded TEXT,
        CHECK ((key IS NULL) <> (folded IS NULL))
    ) STRICT
"""
_EDGE: Final = """
    CREATE VIEW edge (citing, cited) AS
    SELECT citing, summary.id FROM citation JOIN summary USING (key)
    UNION SELECT citing, summary.id FROM citation JOIN alias ON alias.alias = citation.key
        JOIN summary ON summary.key = alias.key
    UNION SELECT citing, summary.id FROM citation JOIN summary USING (folded)
        JOIN issue ON issue.id = summary.issue_id AND issue.number IS NULL
"""

_FULL_TEXT: Final = (
    """
    CREATE VIEW summary_text (id, title, authors, text, opinions) AS
    SELECT id, title, authors, text,
        (SELECT group_concat(json_extract(value, '$.text'), char(10)) FROM json_each(opinions))
    FROM summary
    """,
    """
    CREATE VIRTUAL TABLE summary_fts USING fts5 (
        title, authors, text, opinions,
        content = 'summary_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER summary_indexed AFTER INSERT ON summary BEGIN
        INSERT INTO summary_fts (rowid, title, authors, text, opinions)
        SELECT * FROM summary_text WHERE id = new.id;
    END
    """,
    # An index without its own copy of the text is told what to forget.
    """
    CREATE TRIGGER summary_forgotten BEFORE DELETE ON summary BEGIN
        INSERT INTO summary_fts (summary_fts, rowid, title, authors, text, opinions)
        SELECT 'delete', * FROM summary_text WHERE id = old.id;
    END
    """,
    """
    CREATE TRIGGER summary_outdated BEFORE UPDATE ON summary BEGIN
        INSERT INTO summary_fts (summary_fts, rowid, title, authors, text, opinions)
        SELECT 'delete', * FROM summary_text WHERE id = old.id;
    END
    """,
    """
    CREATE TRIGGER summary_updated AFTER UPDATE ON summary BEGIN
        INSERT INTO summary_fts (rowid, title, authors, text, opinions)
        SELECT * FROM summary_text WHERE id = new.id;
    END
    """,
)

NEWSLETTERS: Final = (
    _ISSUE,
    _ISSUE_LABEL,
    _LAYER,
    _SUMMARY,
    "CREATE INDEX summary_folded ON summary (folded)",
    "CREATE INDEX summary_section ON summary (section)",
    _ALIAS,
    "CREATE INDEX alias_key ON alias (key)",
    _CITATION,
    "CREATE INDEX citation_citing ON citation (citing)",
    "CREATE INDEX citation_key ON citation (key) WHERE key IS NOT NULL",
    "CREATE INDEX citation_folded ON citation (folded) WHERE folded IS NOT NULL",
    _EDGE,
    *_FULL_TEXT,
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
