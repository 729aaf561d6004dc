"""The writing side of the newsletters."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from bot.errors import Refused, StoreError
from bot.model.newsletter import Issue
from bot.ports import IssueRef, SourceVersion
from store import newsletter_rows, search_index
from store.database import Connection, Database, Value
from store.newsletter_rows import INSERT_SUMMARY, SourceVersionRow
from store.queries import marks, select_as, upsert

T = TypeVar("T")
_PURPOSE: Final = "newsletters"

_NUMBERED: Final = "issue.number = ?"
_LABELLED: Final = "issue.number IS NULL AND issue.label = ?"
_ISSUE: Final = "SELECT whole FROM issue WHERE {ref}"
_ISSUE_ID: Final = "SELECT id FROM issue WHERE {ref}"
_VERSIONS: Final = (
    "SELECT kind, source, draft FROM source_version JOIN issue ON issue.id = source_version.issue_id"
)
_VERSIONS_OF: Final = f"{_VERSIONS} WHERE {{ref}} ORDER BY kind"
_ALL_VERSIONS: Final = f"{_VERSIONS} ORDER BY issue.number NULLS FIRST, issue.label, kind"
_ALIASES: Final = """
    SELECT summary_key.key, summary.key FROM issue
    JOIN summary ON summary.issue_id = issue.id JOIN summary_key ON summary_key.summary_id = summary.id
    WHERE {ref} AND summary_key.key <> summary.key ORDER BY summary_key.key
"""
_REFS: Final = "SELECT number, label FROM issue ORDER BY number NULLS FIRST, label"
_LOCATE: Final = """
    SELECT issue.number, count(DISTINCT summary.folded_title)
    FROM summary JOIN issue ON issue.id = summary.issue_id
    WHERE summary.folded_title IN ({titles}) AND issue.number IS NOT NULL GROUP BY issue.number ORDER BY issue.number
"""
_ADD_ISSUE: Final = (
    "INSERT INTO issue (number, label, whole) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING id"
)
_PUT_VERSION: Final = upsert("source_version", ("issue_id", "kind", "source", "draft"), "issue_id", "kind")
_PUT_WHOLE: Final = "UPDATE issue SET whole = ?, revision = revision + 1 WHERE id = ?"
_CLEAR: Final = "DELETE FROM summary WHERE issue_id = ?"
_BY_KEY: Final = "(SELECT id FROM summary WHERE key = ?)"
_PUT_KEY: Final = f"INSERT INTO summary_key (summary_id, key) VALUES ({_BY_KEY}, ?)"
_PUT_CITATION: Final = f"INSERT INTO citation (citing, key, folded_title) VALUES ({_BY_KEY}, ?, ?)"
_SET_UPDATED: Final = upsert("memo", ("name", "value"), "name")
UPDATED: Final = "library updated"
"""The memo that says when the library last changed."""


class SqlArchive:
    """`bot.ports.Archive` in SQL. It writes on its own connection, so that nobody
    in this process reads half a transaction.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        *,
        readonly: bool,
    ) -> None:
        self._database = database
        self._clock = clock
        self._readonly = readonly
        self._many = 0

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["SqlArchiveTransaction"]:
        if self._readonly:
            raise StoreError(f"{self._database.name} was opened for reading only. Open it for writing.")
        async with self._transaction() as transaction:
            yield transaction
            if transaction.changed:
                await transaction.finish(self._clock())
        if transaction.changed and not self._many:
            await self._make_searchable()

    @asynccontextmanager
    async def many(self) -> AsyncIterator[None]:
        self._many += 1
        try:
            yield
        finally:
            self._many -= 1
            if not self._many:
                await self._make_searchable()

    async def _make_searchable(self) -> None:
        database = self._database
        await search_index.refresh(
            partial(database.snapshot, _PURPOSE), partial(database.transaction, _PURPOSE)
        )

    async def all_versions(self) -> Sequence[SourceVersion]:
        async with self._snapshot() as transaction:
            return await transaction.all_versions()

    async def all_issues(self) -> AsyncIterator[tuple[Issue, Mapping[str, str]]]:
        async with self._snapshot() as transaction:
            for ref in await transaction.refs():
                issue = await transaction.issue(ref)
                if issue is not None:
                    yield issue, await transaction.aliases(ref)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator["SqlArchiveTransaction"]:
        async with self._database.transaction(_PURPOSE) as connection:
            yield SqlArchiveTransaction(connection, self._database.conflict)

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator["SqlArchiveTransaction"]:
        async with self._database.snapshot(_PURPOSE) as connection:
            yield SqlArchiveTransaction(connection, self._database.conflict)


class SqlArchiveTransaction:
    """`bot.ports.ArchiveTransaction` in SQL; `changed` is set once anything was written."""

    def __init__(self, connection: Connection, conflict: type[Exception]) -> None:
        self._connection = connection
        self._conflict = conflict
        self._ids: dict[IssueRef, int] = {}
        self.changed = False

    async def versions(self, ref: IssueRef) -> Sequence[SourceVersion]:
        rows = await self._of(ref, SourceVersionRow, _VERSIONS_OF)
        return tuple(map(newsletter_rows.to_source_version, rows))

    async def issue(self, ref: IssueRef) -> Issue | None:
        rows = await self._of(ref, tuple[bytes], _ISSUE)
        return newsletter_rows.to_issue(rows[0][0]) if rows else None

    async def aliases(self, ref: IssueRef) -> dict[str, str]:
        return dict(await self._of(ref, tuple[str, str], _ALIASES))

    async def locate(self, titles: Collection[str]) -> dict[int, int]:
        sql = _LOCATE.format(titles=marks(len(titles)))
        return dict(await self._select(tuple[int, int], sql, *titles))

    async def refs(self) -> Sequence[IssueRef]:
        """Every issue that any source has."""
        return tuple(
            IssueRef(number, label) for number, label in await self._select(tuple[int | None, str], _REFS)
        )

    async def all_versions(self) -> Sequence[SourceVersion]:
        return tuple(
            map(newsletter_rows.to_source_version, await self._select(SourceVersionRow, _ALL_VERSIONS))
        )

    async def put_version(self, version: SourceVersion) -> None:
        issue_id = await self._issue_id(IssueRef(version.draft.number, version.draft.label))
        await self._change(
            _PUT_VERSION, issue_id, version.kind.value, version.source, newsletter_rows.to_blob(version.draft)
        )

    async def put_issue(self, issue: Issue, aliases: Mapping[str, str]) -> None:
        issue_id = await self._issue_id(IssueRef(issue.number, issue.label))
        await self._change(_PUT_WHOLE, newsletter_rows.to_blob(issue), issue_id)
        await self._change(_CLEAR, issue_id)
        keys = {s.key: s.key for s in issue.summaries} | dict(aliases)
        try:
            await self._insert(
                INSERT_SUMMARY, [newsletter_rows.from_summary(issue_id, s) for s in issue.summaries]
            )
            await self._insert(_PUT_KEY, [(key, alias) for alias, key in keys.items()])
        except self._conflict as error:
            raise Refused(
                f"Entries under {issue.label!r} are also under a name that is nearly the same, "
                "with the same titles. Give both the same name, or two clearly different ones."
            ) from error
        targets = {
            newsletter_rows.from_target(s.key, target): None for s in issue.summaries for target in s.cites
        }
        await self._insert(_PUT_CITATION, list(targets))

    async def finish(self, now: datetime) -> None:
        """Record when the library last changed, and that the search index does not follow it."""
        await self._change(_SET_UPDATED, UPDATED, now.isoformat())
        await search_index.outdate(self._connection)

    async def _issue_id(self, ref: IssueRef) -> int:
        if ref not in self._ids:
            blank = newsletter_rows.to_blob(Issue(number=ref.number, label=ref.label))
            self.changed = True
            added = await self._select(tuple[int], _ADD_ISSUE, ref.number, ref.label, blank)
            ((self._ids[ref],),) = added or await self._of(ref, tuple[int], _ISSUE_ID)
        return self._ids[ref]

    async def _of(self, ref: IssueRef, row: type[T], sql: str) -> list[T]:
        """Rows of that issue: the label of a numbered one is empty."""
        if ref.number is None:
            return await self._select(row, sql.format(ref=_LABELLED), ref.label)
        return await self._select(row, sql.format(ref=_NUMBERED), ref.number)

    async def _select(self, row: type[T], sql: str, *parameters: Value) -> list[T]:
        return await select_as(self._connection, row, sql, *parameters)

    async def _change(self, sql: str, *parameters: Value) -> None:
        self.changed = True
        await self._connection.execute_fetchall(sql, parameters)

    async def _insert(self, sql: str, many: Sequence[Sequence[Value]]) -> None:
        if many:
            await self._connection.executemany(sql, many)
