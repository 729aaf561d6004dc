r"""The tables of issues, summaries and source versions.

`source_version.draft` and `issue.whole` are MessagePack of the core's own types:
an issue is one row, read and decoded. `summary` holds what a query selects by or
lists; the text of an answer comes from the issue. `issue.revision` counts how often
it was written. A section is its headings joined
by `\x1f`, so that a path and all below it are one range of an index.
"""

from typing import Final

_ISSUE: Final = """
    CREATE TABLE issue (
        id INTEGER PRIMARY KEY,
        number INTEGER UNIQUE,
        label TEXT NOT NULL CHECK (number IS NULL OR label = ''),
        revision INTEGER NOT NULL DEFAULT 0,
        whole BLOB NOT NULL
    ) STRICT
"""
# To UNIQUE all NULLs differ, so issues without a number need an index of their own.
_ISSUE_LABEL: Final = "CREATE UNIQUE INDEX issue_label ON issue (label) WHERE number IS NULL"

_SOURCE_VERSION: Final = """
    CREATE TABLE source_version (
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
        folded_title TEXT NOT NULL,
        url TEXT,
        authors TEXT NOT NULL,
        section TEXT NOT NULL,
        highlight INTEGER NOT NULL CHECK (highlight IN (0, 1)),
        UNIQUE (issue_id, position)
    ) STRICT
"""

# A summary's key and its older ones.
_SUMMARY_KEY: Final = """
    CREATE TABLE summary_key (
        key TEXT PRIMARY KEY,
        summary_id INTEGER NOT NULL REFERENCES summary ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
"""

# A cited summary need not be in the library yet, so a citation names it instead of
# referencing it: by key, or by title outside the numbered issues.
_CITATION: Final = """
    CREATE TABLE citation (
        citing INTEGER NOT NULL REFERENCES summary ON DELETE CASCADE,
        key TEXT,
        folded_title TEXT,
        CHECK ((key IS NULL) <> (folded_title IS NULL))
    ) STRICT
"""

NEWSLETTERS: Final = (
    _ISSUE,
    _ISSUE_LABEL,
    _SOURCE_VERSION,
    _SUMMARY,
    "CREATE INDEX summary_folded_title ON summary (folded_title)",
    "CREATE INDEX summary_section ON summary (section, issue_id, position)",
    _SUMMARY_KEY,
    "CREATE INDEX summary_key_summary ON summary_key (summary_id)",
    _CITATION,
    "CREATE INDEX citation_citing ON citation (citing)",
    "CREATE INDEX citation_key ON citation (key) WHERE key IS NOT NULL",
    "CREATE INDEX citation_folded_title ON citation (folded_title) WHERE folded_title IS NOT NULL",
)
