"""Issues, summaries and source versions as rows."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final, NamedTuple

import msgspec

from bot.model.keys import make_key
from bot.model.newsletter import Draft, Headline, Issue, SourceKind, Summary, Target
from bot.ports import SourceVersion
from bot.text.folding import fold
from store.database import Value

SECTION_SEPARATOR: Final = "\x1f"
"""Separates the headings of a section: no heading contains it, and it sorts before
all that can follow a heading's name.
"""

HEADLINE_COLUMNS: Final = (
    "summary.key, summary.title, issue.number, issue.label, summary.authors, summary.section, "
    "summary.highlight, summary.url"
)
"""Columns of `summary JOIN issue ON issue.id = summary.issue_id`."""
_SUMMARY_COLUMNS: Final = (
    "issue_id",
    "position",
    "key",
    "title",
    "folded_title",
    "url",
    "authors",
    "section",
    "highlight",
)
INSERT_SUMMARY: Final = (
    f"INSERT INTO summary ({', '.join(_SUMMARY_COLUMNS)}) VALUES ({', '.join('?' * len(_SUMMARY_COLUMNS))})"
)

to_issue: Final = msgspec.msgpack.Decoder(Issue).decode
"""Decodes `issue.whole`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline(Issue):
    """An issue whose summaries are not decoded: of all their texts an answer needs one."""

    summaries: tuple[msgspec.Raw, ...] = ()  # type: ignore[assignment] # not yet summaries


_decode_outline: Final = msgspec.msgpack.Decoder(_Outline).decode
_decode_summary: Final = msgspec.msgpack.Decoder(Summary).decode
to_blob: Final = msgspec.msgpack.Encoder().encode
"""Encodes `issue.whole` and `source_version.draft`."""
_decode_draft: Final = msgspec.msgpack.Decoder(Draft).decode


def to_issue_of_one(whole: bytes, position: int) -> Issue | None:
    """Decodes `issue.whole` with the summary at that position alone; None if there is none."""
    outline = _decode_outline(whole)
    for summary in outline.summaries[position - 1 : position]:
        printed = {each.name: getattr(outline, each.name) for each in fields(Issue)}
        return Issue(**printed | {"summaries": (_decode_summary(summary),)})
    return None


class HeadlineRow(NamedTuple):
    """A row of HEADLINE_COLUMNS."""

    key: str
    title: str
    number: int | None
    label: str
    authors: str
    section: str
    highlight: int
    url: str | None


class SourceVersionRow(NamedTuple):
    """A row of `source_version`, without its issue, which the draft names."""

    kind: SourceKind
    source: str
    draft: bytes


def to_headline(row: HeadlineRow) -> Headline:
    """The headline of a row."""
    return Headline(
        key=row.key,
        title=row.title,
        issue=row.number,
        label=row.label,
        authors=row.authors,
        section=split_section(row.section),
        highlight=bool(row.highlight),
        url=row.url,
    )


def to_source_version(row: SourceVersionRow) -> SourceVersion:
    """The source version of a row."""
    return SourceVersion(kind=row.kind, source=row.source, draft=_decode_draft(row.draft))


def from_summary(issue_id: int, summary: Summary) -> tuple[Value, ...]:
    """The parameters of INSERT_SUMMARY."""
    return (
        issue_id,
        summary.position,
        summary.key,
        summary.title,
        fold(summary.title),
        summary.links[0] if summary.links else None,
        summary.authors,
        SECTION_SEPARATOR.join(summary.section),
        int(summary.highlight),
    )


def from_target(citing: str, target: Target) -> tuple[Value, ...]:
    """The parameters of a citation: the citing key, and the cited key, or the folded
    title of a summary outside the numbered issues.
    """
    if target.issue is None:
        return (citing, None, fold(target.title))
    return (citing, make_key(target.issue, "", target.title), None)


def split_section(column: str) -> tuple[str, ...]:
    """The path of a `summary.section`."""
    return tuple(column.split(SECTION_SEPARATOR)) if column else ()


def section_range(path: Sequence[str]) -> tuple[str, str]:
    """The range of `summary.section` for a path and all below it: its first value, and the first after it."""
    joined = SECTION_SEPARATOR.join(path)
    return joined, joined + chr(ord(SECTION_SEPARATOR) + 1)
