"""Values as rows and rows as values: the one place that knows the columns' order."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from bot.text import fold, make_key
from bot.types import Headline, Issue, Opinion, Summary, Target
from store.connection import Row, Value

SECTION_SEPARATOR: Final = "\x1f"
"""Between the headings of a path: no heading contains it, and it sorts before
whatever else can follow a heading's name.
"""

ISSUE_COLUMNS: Final = "issue.number, issue.label, issue.title, issue.published, issue.url, issue.audio"
HEADLINE_COLUMNS: Final = (
    "summary.key, summary.title, issue.number, issue.label, summary.authors, summary.section, "
    "summary.highlight, summary.links"
)
"""To be selected from `summary JOIN issue ON issue.id = summary.issue_id`."""
_SUMMARY_FIELDS: Final = (
    "key",
    "position",
    "title",
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
    "prerequisites",
    "read_more",
    "mentions",
    "cites",
)
SUMMARY_COLUMNS: Final = ", ".join(f"summary.{name}" for name in _SUMMARY_FIELDS)
INSERT_SUMMARY: Final = (
    f"INSERT INTO summary (issue_id, folded, {', '.join(_SUMMARY_FIELDS)}) "
    f"VALUES ({', '.join('?' * (len(_SUMMARY_FIELDS) + 2))})"
)

_decode_links: Final = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_opinions: Final = msgspec.json.Decoder(tuple[Opinion, ...]).decode
_decode_numbers: Final = msgspec.json.Decoder(tuple[int, ...]).decode
_decode_targets: Final = msgspec.json.Decoder(tuple[Target, ...]).decode


def to_issue(row: Row, summaries: tuple[Summary, ...]) -> Issue:
    """From a row of ISSUE_COLUMNS."""
    return Issue(
        number=row[0],
        label=row[1],
        title=row[2],
        published=date.fromisoformat(row[3]) if row[3] else None,
        url=row[4],
        audio=row[5],
        summaries=summaries,
    )


def to_summary(row: Row, number: int | None, label: str) -> Summary:
    """From a row of SUMMARY_COLUMNS and the place it stands in."""
    return Summary(
        key=row[0],
        issue=number,
        label=label,
        position=row[1],
        title=row[2],
        links=_decode_links(row[3]),
        authors=row[4],
        venue=row[5],
        year=row[6],
        section=split_section(row[7]),
        highlight=bool(row[8]),
        hat_tip=row[9],
        summarizer=row[10],
        text=row[11],
        opinions=_decode_opinions(row[12]),
        prerequisites=row[13],
        read_more=row[14],
        references=_decode_numbers(row[15]),
        cites=_decode_targets(row[16]),
    )


def to_headline(row: Row) -> Headline:
    """From a row of HEADLINE_COLUMNS."""
    links = _decode_links(row[7])
    return Headline(
        key=row[0],
        title=row[1],
        issue=row[2],
        label=row[3],
        authors=row[4],
        section=split_section(row[5]),
        highlight=bool(row[6]),
        url=links[0] if links else None,
    )


def from_summary(issue_id: int, summary: Summary) -> tuple[Value, ...]:
    """The parameters of INSERT_SUMMARY."""
    return (
        issue_id,
        fold(summary.title),
        summary.key,
        summary.position,
        summary.title,
        as_json(summary.links),
        summary.authors,
        summary.venue,
        summary.year,
        join_section(summary.section),
        summary.highlight,
        summary.hat_tip,
        summary.summarizer,
        summary.text,
        as_json(summary.opinions),
        summary.prerequisites,
        summary.read_more,
        as_json(summary.references),
        as_json(summary.cites),
    )


def from_target(citing: str, target: Target) -> tuple[Value, ...]:
    """Who cites, and what: by key, or by folded title outside the numbered issues."""
    if target.issue is None:
        return (citing, None, fold(target.title))
    return (citing, make_key(target.issue, "", target.title), None)


def as_json(value: object) -> str:
    """What the JSON columns hold."""
    return msgspec.json.encode(value).decode()


def join_section(path: Sequence[str]) -> str:
    """The section column: () is the empty text."""
    return SECTION_SEPARATOR.join(path)


def split_section(column: str) -> tuple[str, ...]:
    """The path again."""
    return tuple(column.split(SECTION_SEPARATOR)) if column else ()


def section_range(path: Sequence[str]) -> tuple[str, str]:
    """The section columns of that path and of all below it: from, up to but without."""
    joined = join_section(path)
    return joined, joined + chr(ord(SECTION_SEPARATOR) + 1)
