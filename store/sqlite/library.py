"""The reading side of the newsletters: every method is one query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeVar

import msgspec

from bot.model.newsletter import Headline, Issue, Origin, SectionCount, Summary
from bot.model.sections import rank
from store import newsletter_rows
from store.database import Value
from store.newsletter_rows import HEADLINE_COLUMNS, HeadlineRow
from store.sqlite.connections import Connections
from store.sqlite.errors import as_store_errors

T = TypeVar("T")

_NUMBERS: Final = "SELECT number FROM issue WHERE number IS NOT NULL ORDER BY number"
_ISSUE: Final = "SELECT whole FROM issue WHERE number = ?"
_SUMMARY: Final = """
    SELECT issue.whole, summary.position
    FROM summary_key JOIN summary ON summary.id = summary_key.summary_id
    JOIN issue ON issue.id = summary.issue_id
    WHERE summary_key.key = ?
"""
_SECTIONS: Final = "SELECT section, count(*) FROM summary WHERE section <> '' GROUP BY section"
_HEADLINES: Final = f"""
    SELECT {HEADLINE_COLUMNS}
    FROM ({{chosen}}) AS chosen JOIN summary USING (id) JOIN issue ON issue.id = summary.issue_id
    ORDER BY issue.number {{order}}, issue.label, summary.position
"""
# The inner query uses an index alone; rows are read for one page only.
_IN_SECTION: Final = _HEADLINES.format(
    chosen="""
        SELECT summary.id FROM summary JOIN issue ON issue.id = summary.issue_id
        WHERE summary.section >= ? AND summary.section < ?
        ORDER BY issue.number DESC, issue.label, summary.position LIMIT ? OFFSET ?
    """,
    order="DESC",
)
_SELF: Final = "(SELECT summary_id FROM summary_key WHERE key = ?)"
_OUTSIDE: Final = "issue ON issue.id = summary.issue_id AND issue.number IS NULL"
_CITES: Final = _HEADLINES.format(
    chosen=f"""
        SELECT summary_key.summary_id AS id FROM citation JOIN summary_key USING (key)
        WHERE citation.citing = {_SELF} AND summary_key.summary_id <> citation.citing
        UNION SELECT summary.id FROM citation JOIN summary USING (folded_title) JOIN {_OUTSIDE}
        WHERE citation.citing = {_SELF} AND summary.id <> citation.citing
    """,
    order="ASC",
)
_CITED_BY: Final = _HEADLINES.format(
    chosen=f"""
        SELECT citation.citing AS id FROM summary_key JOIN citation USING (key)
        WHERE summary_key.summary_id = {_SELF} AND citation.citing <> summary_key.summary_id
        UNION SELECT citation.citing FROM summary JOIN {_OUTSIDE} JOIN citation USING (folded_title)
        WHERE summary.id = {_SELF} AND citation.citing <> summary.id
    """,
    order="DESC",
)
_ORIGIN: Final = """
    SELECT (SELECT count(*) FROM issue WHERE number IS NOT NULL), (SELECT count(*) FROM summary),
        (SELECT value FROM memo WHERE name = 'library updated')
"""


class SqliteLibrary:
    """`bot.ports.Library` over SQLite. Every question is small: it is answered in the caller's thread."""

    def __init__(self, connections: Connections, *, sample: bool) -> None:
        self._connections = connections
        self._sample = sample

    async def numbers(self) -> Sequence[int]:
        return tuple(number for (number,) in await self._select(tuple[int], _NUMBERS))

    async def issue(self, number: int) -> Issue | None:
        for (whole,) in await self._select(tuple[bytes], _ISSUE, number):
            with as_store_errors(self._connections.name):
                return newsletter_rows.to_issue(whole)
        return None

    async def summary(self, key: str) -> Summary | None:
        issue = await self.printed(key)
        return issue.summaries[0] if issue else None

    async def printed(self, key: str) -> Issue | None:
        for whole, position in await self._select(tuple[bytes, int], _SUMMARY, key):
            with as_store_errors(self._connections.name):
                return newsletter_rows.to_issue_of_one(whole, position)
        return None

    async def sections(self) -> Sequence[SectionCount]:
        rows = await self._select(tuple[str, int], _SECTIONS)
        counts = (
            SectionCount(path=newsletter_rows.split_section(section), count=count) for section, count in rows
        )
        return sorted(counts, key=lambda section: (rank(section.path), section.path))

    async def in_section(self, path: Sequence[str], *, offset: int, limit: int) -> Sequence[Headline]:
        return await self._headlines(_IN_SECTION, *newsletter_rows.section_range(path), limit, offset)

    async def cites(self, key: str) -> Sequence[Headline]:
        return await self._headlines(_CITES, key, key)

    async def cited_by(self, key: str) -> Sequence[Headline]:
        return await self._headlines(_CITED_BY, key, key)

    async def origin(self) -> Origin:
        ((issues, summaries, updated),) = await self._select(tuple[int, int, datetime | None], _ORIGIN)
        return Origin(issues=issues, summaries=summaries, updated=updated, sample=self._sample)

    async def _headlines(self, sql: str, *parameters: Value) -> Sequence[Headline]:
        return tuple(map(newsletter_rows.to_headline, await self._select(HeadlineRow, sql, *parameters)))

    async def _select(self, row: type[T], sql: str, *parameters: Value) -> list[T]:
        with as_store_errors(self._connections.name):
            return [msgspec.convert(each, row) for each in await self._connections.look_up(sql, parameters)]
