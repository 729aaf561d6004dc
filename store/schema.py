r"""The tables of the newsletters, as migration 1 creates them.

`layer` holds what each source said and `issue.whole` what it came to, as
MessagePack of the core's own types: an issue is one row read and decoded.
`summary` is what can be looked up of it, never the source of an answer's text.
A section is its headings joined by `\x1f`, so that a path and all below it are
one range of an index.
"""

from typing import Final

_ISSUE: Final = """
    CREATE TABLE issue (
        id INTEGER PRIMARY KEY,
        number INTEGER UNIQUE,
        label TEXT NOT NULL CHECK (number IS NULL OR label = ''),
        whole BLOB NOT NULL
    ) STRICT
"""
# NULLs are all different to UNIQUE: places without a number need their own.
_ISSUE_LABEL: Final = "CREATE UNIQUE INDEX issue_label ON issue (label) WHERE number IS NULL"

_LAYER: Final = """
    CREATE TABLE layer (
        issue_id INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        draft BLOB NOT NULL,
        PRIMARY KEY (issue_id, kind)
    ) STRICT
"""

_SUMMARY: Final = """
    CREATE TABLE summary (
        id INTEGER PRIMARY KEY,
        issue_id INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
        position INTEGER NOT NULL,
        key TEXT NOT NULL UNIQUE,
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
        UNIQUE (issue_id, position)
    ) STRICT
"""

# Every name a summary answers to: its key and its older ones.
_NAME: Final = """
    CREATE TABLE name (
        name TEXT PRIMARY KEY,
        summary_id INTEGER NOT NULL REFERENCES summary ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
"""

# What a text points at need not be here yet, so it is named, not referenced:
# by key, or outside the numbered issues by title.
_CITATION: Final = """
    CREATE TABLE citation (
        citing INTEGER NOT NULL REFERENCES summary ON DELETE CASCADE,
        name TEXT,
        folded TEXT,
        CHECK ((name IS NULL) <> (folded IS NULL))
    ) STRICT
"""

_FULL_TEXT: Final = (
    """
    CREATE VIRTUAL TABLE summary_fts USING fts5 (
        title, authors, text, opinions,
        content = 'summary', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER summary_inserted AFTER INSERT ON summary BEGIN
        INSERT INTO summary_fts (rowid, title, authors, text, opinions)
        VALUES (new.id, new.title, new.authors, new.text, new.opinions);
    END
    """,
    # An index without its own copy of the text must be told what to forget.
    """
    CREATE TRIGGER summary_deleted AFTER DELETE ON summary BEGIN
        INSERT INTO summary_fts (summary_fts, rowid, title, authors, text, opinions)
        VALUES ('delete', old.id, old.title, old.authors, old.text, old.opinions);
    END
    """,
    """
    CREATE TRIGGER summary_updated AFTER UPDATE ON summary BEGIN
        INSERT INTO summary_fts (summary_fts, rowid, title, authors, text, opinions)
        VALUES ('delete', old.id, old.title, old.authors, old.text, old.opinions);
        INSERT INTO summary_fts (rowid, title, authors, text, opinions)
        VALUES (new.id, new.title, new.authors, new.text, new.opinions);
    END
    """,
)

NEWSLETTERS: Final = (
    _ISSUE,
    _ISSUE_LABEL,
    _LAYER,
    _SUMMARY,
    "CREATE INDEX summary_folded ON summary (folded)",
    "CREATE INDEX summary_section ON summary (section, issue_id, position)",
    _NAME,
    "CREATE INDEX name_summary ON name (summary_id)",
    _CITATION,
    "CREATE INDEX citation_citing ON citation (citing)",
    "CREATE INDEX citation_name ON citation (name) WHERE name IS NOT NULL",
    "CREATE INDEX citation_folded ON citation (folded) WHERE folded IS NOT NULL",
    *_FULL_TEXT,
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
