"""`bot.ports.Library` over SQLite: every method is one query."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import aiosqlite

from bot.ingest.headings import rank
from bot.types import Headline, Issue, Origin, SectionCount, Summary
from store import rows
from store.connection import Row, Value, select
from store.faults import telling
from store.rows import HEADLINE_COLUMNS, ISSUE_COLUMNS, SUMMARY_COLUMNS

_ISSUE_WIDTH: Final = 6
ISSUE_WITH_SUMMARIES: Final = f"""
    SELECT {ISSUE_COLUMNS}, {SUMMARY_COLUMNS}
    FROM issue LEFT JOIN summary ON summary.issue_id = issue.id
    WHERE {{place}} ORDER BY summary.position
"""
_ISSUE: Final = ISSUE_WITH_SUMMARIES.format(place="issue.number = ?")
_CURRENT_KEY: Final = "ifnull((SELECT key FROM alias WHERE alias = ?1), ?1)"
_SUMMARY: Final = f"""
    SELECT issue.number, issue.label, {SUMMARY_COLUMNS}
    FROM summary JOIN issue ON issue.id = summary.issue_id WHERE summary.key = {_CURRENT_KEY}
"""
_IN_SECTION: Final = f"""
    SELECT {HEADLINE_COLUMNS} FROM summary JOIN issue ON issue.id = summary.issue_id
    WHERE summary.section >= ? AND summary.section < ?
    ORDER BY issue.number DESC, issue.label, summary.position LIMIT ? OFFSET ?
"""
_NEIGHBOURS: Final = f"""
    SELECT {HEADLINE_COLUMNS}
    FROM edge JOIN summary ON summary.id = edge.{{there}} JOIN issue ON issue.id = summary.issue_id
    WHERE edge.{{here}} = (SELECT id FROM summary WHERE key = {_CURRENT_KEY}) AND edge.citing <> edge.cited
    ORDER BY issue.number {{order}}, issue.label, summary.position
"""
_CITES: Final = _NEIGHBOURS.format(here="citing", there="cited", order="ASC")
_CITED_BY: Final = _NEIGHBOURS.format(here="cited", there="citing", order="DESC")
_ORIGIN: Final = """
    SELECT (SELECT count(*) FROM issue WHERE number IS NOT NULL), (SELECT count(*) FROM summary),
        (SELECT value FROM meta WHERE name = 'updated')
"""


class SqliteLibrary:
    """Reads on one connection; calls from many tasks queue up there."""

    def __init__(self, connection: aiosqlite.Connection, where: str, *, sample: bool) -> None:
        self._connection = connection
        self._where = where
        self._sample = sample

    async def numbers(self) -> Sequence[int]:
        """The numbers of all numbered issues, ascending."""
        found = await self._select("SELECT number FROM issue WHERE number IS NOT NULL ORDER BY number")
        return tuple(number for (number,) in found)

    async def issue(self, number: int) -> Issue | None:
        """The issue with its summaries in printed order."""
        found = await self._select(_ISSUE, number)
        with telling(self._where):
            return assemble(found)

    async def summary(self, key: str) -> Summary | None:
        """The summary of that key, or of an older spelling of it."""
        for number, label, *row in await self._select(_SUMMARY, key):
            with telling(self._where):
                return rows.to_summary(tuple(row), number, label)
        return None

    async def sections(self) -> Sequence[SectionCount]:
        """Every section that summaries stand in directly, in the newsletter's order."""
        found = await self._select(
            "SELECT section, count(*) FROM summary WHERE section <> '' GROUP BY section"
        )
        counts = (SectionCount(path=rows.split_section(section), count=count) for section, count in found)
        return sorted(counts, key=lambda section: (rank(section.path), section.path))

    async def in_section(self, path: Sequence[str], *, offset: int, limit: int) -> Sequence[Headline]:
        """Summaries under that path or below it, newest issue first."""
        return await self._headlines(_IN_SECTION, *rows.section_range(path), limit, offset)

    async def cites(self, key: str) -> Sequence[Headline]:
        """The summaries this one's texts point at, oldest issue first."""
        return await self._headlines(_CITES, key)

    async def cited_by(self, key: str) -> Sequence[Headline]:
        """The summaries whose texts point at this one, newest issue first."""
        return await self._headlines(_CITED_BY, key)

    async def origin(self) -> Origin:
        """How much there is and how fresh it is."""
        ((issues, summaries, updated),) = await self._select(_ORIGIN)
        return Origin(
            issues=issues,
            summaries=summaries,
            updated=datetime.fromisoformat(updated) if updated else None,
            sample=self._sample,
        )

    async def _headlines(self, sql: str, *parameters: Value) -> Sequence[Headline]:
        found = await self._select(sql, *parameters)
        with telling(self._where):
            return tuple(map(rows.to_headline, found))

    async def _select(self, sql: str, *parameters: Value) -> list[Row]:
        with telling(self._where):
            return await select(self._connection, sql, *parameters)


def assemble(found: Iterable[Row]) -> Issue | None:
    """The issue in the rows of ISSUE_WITH_SUMMARIES; None if there are none.

    An issue without summaries is one row with nothing beside it.
    """
    lines = [(row[:_ISSUE_WIDTH], row[_ISSUE_WIDTH:]) for row in found]
    if not lines:
        return None
    issue = lines[0][0]
    number, label = issue[:2]
    return rows.to_issue(
        issue, tuple(rows.to_summary(row, number, label) for _, row in lines if row[0] is not None)
    )
