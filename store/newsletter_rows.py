"""Values as rows and rows as values: the one place that knows the columns' order."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from bot.model.keys import make_key
from bot.model.newsletter import Draft, Headline, Issue, SourceKind, Summary, Target
from bot.ports import SourceVersion
from bot.text.folding import fold
from store.connection import Value

SECTION_SEPARATOR: Final = "\x1f"
"""Between the headings of a path: no heading contains it, and it sorts before
whatever else can follow a heading's name.
"""

HEADLINE_COLUMNS: Final = (
    "summary.key, summary.title, issue.number, issue.label, summary.authors, summary.section, "
    "summary.highlight, summary.links"
)
"""To be selected from `summary JOIN issue ON issue.id = summary.issue_id`."""
_SUMMARY_COLUMNS: Final = (
    "issue_id",
    "position",
    "key",
    "title",
    "folded",
    "links",
    "authors",
    "venue",
    "year",
    "section",
    "highlight",
    "hat_tip",
    "summarizer",
    "text",
    "opinions",
)
INSERT_SUMMARY: Final = (
    f"INSERT INTO summary ({', '.join(_SUMMARY_COLUMNS)}) VALUES ({', '.join('?' * len(_SUMMARY_COLUMNS))})"
)

_decode_links: Final = msgspec.json.Decoder(tuple[str, ...]).decode
to_issue: Final = msgspec.msgpack.Decoder(Issue).decode
"""From `issue.whole`."""
to_blob: Final = msgspec.msgpack.Encoder().encode
"""What `issue.whole` and `layer.draft` hold."""
_decode_draft: Final = msgspec.msgpack.Decoder(Draft).decode


class HeadlineRow(NamedTuple):
    """A row of HEADLINE_COLUMNS."""

    key: str
    title: str
    number: int | None
    label: str
    authors: str
    section: str
    highlight: int
    links: str


class SourceVersionRow(NamedTuple):
    """A row of `layer`, without where it belongs: its draft says that too."""

    kind: SourceKind
    source: str
    draft: bytes


def to_headline(row: HeadlineRow) -> Headline:
    """What a list shows of a summary."""
    links = _decode_links(row.links)
    return Headline(
        key=row.key,
        title=row.title,
        issue=row.number,
        label=row.label,
        authors=row.authors,
        section=split_section(row.section),
        highlight=bool(row.highlight),
        url=links[0] if links else None,
    )


def to_source_version(row: SourceVersionRow) -> SourceVersion:
    """What a source said."""
    return SourceVersion(kind=row.kind, source=row.source, draft=_decode_draft(row.draft))


def from_summary(issue_id: int, summary: Summary) -> tuple[Value, ...]:
    """The parameters of INSERT_SUMMARY."""
    return (
        issue_id,
        summary.position,
        summary.key,
        summary.title,
        fold(summary.title),
        to_json(summary.links),
        summary.authors,
        summary.venue,
        summary.year,
        SECTION_SEPARATOR.join(summary.section),
        summary.highlight,
        summary.hat_tip,
        summary.summarizer,
        summary.text,
        "\n".join(opinion.text for opinion in summary.opinions),
    )


def from_target(citing: str, target: Target) -> tuple[Value, ...]:
    """Who cites, and what: by key, or by folded title outside the numbered issues."""
    if target.issue is None:
        return (citing, None, fold(target.title))
    return (citing, make_key(target.issue, "", target.title), None)


def to_json(value: object) -> str:
    """What `summary.links` holds, and how lists are bound to a query."""
    return msgspec.json.encode(value).decode()


def split_section(column: str) -> tuple[str, ...]:
    """The path in `summary.section`."""
    return tuple(column.split(SECTION_SEPARATOR)) if column else ()


def section_range(path: Sequence[str]) -> tuple[str, str]:
    """What `summary.section` is for that path and all below it: from, and up to but without."""
    joined = SECTION_SEPARATOR.join(path)
    return joined, joined + chr(ord(SECTION_SEPARATOR) + 1)
