"""`bot.ports.Archive` and `Shelf` over SQLite: the writing side."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final, TypeVar

import aiosqlite

from bot.errors import Refused, StoreError
from bot.model.newsletter import Issue
from bot.ports import IssueRef, SourceVersion
from store import newsletter_rows, search_index
from store.connection import Mode, Value, select_as, transaction
from store.errors import as_store_errors
from store.newsletter_rows import INSERT_SUMMARY, SourceVersionRow

T = TypeVar("T")

# An index serves `IS`, which finds a NULL as well.
_PLACE: Final = "issue.number IS ? AND issue.label = ?"
_ISSUE: Final = f"SELECT whole FROM issue WHERE {_PLACE}"
_ISSUE_ID: Final = f"SELECT id FROM issue WHERE {_PLACE}"
_LAYERS: Final = (
    "SELECT kind, source, draft FROM source_version JOIN issue ON issue.id = source_version.issue_id"
)
_LAYERS_OF: Final = f"{_LAYERS} WHERE {_PLACE} ORDER BY kind"
_ALL_LAYERS: Final = f"{_LAYERS} ORDER BY issue.number, issue.label, kind"
_ALIASES: Final = f"""
    SELECT summary_key.key, summary.key FROM issue
    JOIN summary ON summary.issue_id = issue.id JOIN summary_key ON summary_key.summary_id = summary.id
    WHERE {_PLACE} AND summary_key.key <> summary.key ORDER BY summary_key.key
"""
_PLACES: Final = "SELECT number, label FROM issue ORDER BY number, label"
_LOCATE: Final = """
    SELECT issue.number, count(DISTINCT summary.folded_title)
    FROM json_each(?) AS title JOIN summary ON summary.folded_title = title.value
    JOIN issue ON issue.id = summary.issue_id
    WHERE issue.number IS NOT NULL GROUP BY issue.number ORDER BY issue.number
"""
_ADD_ISSUE: Final = "INSERT OR IGNORE INTO issue (number, label, whole) VALUES (?, ?, ?)"
_PUT_LAYER: Final = (
    "INSERT OR REPLACE INTO source_version (issue_id, kind, source, draft) VALUES (?, ?, ?, ?)"
)
_PUT_WHOLE: Final = "UPDATE issue SET whole = ? WHERE id = ?"
_CLEAR: Final = "DELETE FROM summary WHERE issue_id = ?"
_BY_KEY: Final = "(SELECT id FROM summary WHERE key = ?)"
_PUT_KEY: Final = f"INSERT INTO summary_key (summary_id, key) VALUES ({_BY_KEY}, ?)"
_PUT_CITATION: Final = f"INSERT INTO citation (citing, key, folded_title) VALUES ({_BY_KEY}, ?, ?)"
_SET_UPDATED: Final = "INSERT OR REPLACE INTO meta (name, value) VALUES ('updated', ?)"


class SqliteArchive:
    """Writes on a connection of its own, one transaction at a time, so that
    what others read in this process is whole as well.
    """

    def __init__(
        self,
        connect: Callable[[], Awaitable[aiosqlite.Connection]],
        clock: Callable[[], datetime],
        database: str,
        *,
        readonly: bool,
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._database = database
        self._readonly = readonly
        self._connection: aiosqlite.Connection | None = None
        self._turn = asyncio.Lock()
        self._many = 0

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["SqliteArchiveTransaction"]:
        """A transaction: committed when left, undone when an error leaves it."""
        if self._readonly:
            raise StoreError(f"{self._database} was opened for reading only. Open it for writing.")
        async with self._transaction("IMMEDIATE") as shelf:
            yield shelf
            if shelf.changed:
                await shelf.finish(self._clock(), find_at_once=not self._many)

    @asynccontextmanager
    async def many(self) -> AsyncIterator[None]:
        """Inside, what is written is found by the search only when it is left."""
        self._many += 1
        try:
            yield
        finally:
            self._many -= 1
            if not self._many:
                await self._make_searchable()

    async def _make_searchable(self) -> None:
        async with self._transaction("IMMEDIATE") as shelf:
            await shelf.make_searchable()

    async def all_layers(self) -> Sequence[SourceVersion]:
        """Every layer, in a fixed order."""
        async with self._transaction("DEFERRED") as shelf:
            return await shelf.all_layers()

    async def all_issues(self) -> AsyncIterator[tuple[Issue, Mapping[str, str]]]:
        """Every issue with the older keys of its summaries, in a fixed order,
        all as they were when the first was asked for.
        """
        async with self._transaction("DEFERRED") as shelf:
            for place in await shelf.places():
                issue = await shelf.issue(place)
                if issue is not None:
                    yield issue, await shelf.aliases(place)

    @asynccontextmanager
    async def _transaction(self, mode: Mode) -> AsyncIterator["SqliteArchiveTransaction"]:
        async with self._turn:
            with as_store_errors(self._database):
                self._connection = self._connection or await self._connect()
                async with transaction(self._connection, mode):
                    yield SqliteArchiveTransaction(self._connection)


class SqliteArchiveTransaction:
    """What can be done inside the transaction; `changed` tells whether it was."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self.changed = False

    async def layers(self, place: IssueRef) -> Sequence[SourceVersion]:
        """What the sources have said of that issue so far."""
        found = await self._select(SourceVersionRow, _LAYERS_OF, place.number, place.label)
        return tuple(map(newsletter_rows.to_source_version, found))

    async def issue(self, place: IssueRef) -> Issue | None:
        """The issue as the library holds it."""
        found = await self._select(tuple[bytes], _ISSUE, place.number, place.label)
        return newsletter_rows.to_issue(found[0][0]) if found else None

    async def aliases(self, place: IssueRef) -> dict[str, str]:
        """Older keys of that issue's summaries: alias to key."""
        return dict(await self._select(tuple[str, str], _ALIASES, place.number, place.label))

    async def locate(self, titles: Collection[str]) -> dict[int, int]:
        """How many of these folded titles each numbered issue holds."""
        return dict(await self._select(tuple[int, int], _LOCATE, newsletter_rows.to_json(list(titles))))

    async def places(self) -> Sequence[IssueRef]:
        """Every place that some source has spoken of."""
        return tuple(
            IssueRef(number, label) for number, label in await self._select(tuple[int | None, str], _PLACES)
        )

    async def all_layers(self) -> Sequence[SourceVersion]:
        """The layers of all places."""
        return tuple(
            map(newsletter_rows.to_source_version, await self._select(SourceVersionRow, _ALL_LAYERS))
        )

    async def put_layer(self, layer: SourceVersion) -> None:
        """Keep this layer, in place of an older one of its kind and issue."""
        issue_id = await self._issue_id(IssueRef(layer.draft.number, layer.draft.label))
        await self._change(
            _PUT_LAYER, issue_id, layer.kind.value, layer.source, newsletter_rows.to_blob(layer.draft)
        )

    async def put_issue(self, issue: Issue, aliases: Mapping[str, str]) -> None:
        """Replace the issue and all its summaries; `aliases` maps older keys."""
        issue_id = await self._issue_id(IssueRef(issue.number, issue.label))
        await self._change(_PUT_WHOLE, newsletter_rows.to_blob(issue), issue_id)
        await self._change(_CLEAR, issue_id)
        keys = {s.key: s.key for s in issue.summaries} | dict(aliases)
        try:
            await self._insert(
                INSERT_SUMMARY, [newsletter_rows.from_summary(issue_id, s) for s in issue.summaries]
            )
            await self._insert(_PUT_KEY, [(key, alias) for alias, key in keys.items()])
        except sqlite3.IntegrityError as error:
            raise Refused(
                f"Entries that stand under {issue.label!r} stand under a name nearly the same, too, "
                "with the same titles. Give both the same name, or two clearly different ones."
            ) from error
        targets = {
            newsletter_rows.from_target(s.key, target): None for s in issue.summaries for target in s.cites
        }
        await self._insert(_PUT_CITATION, list(targets))

    async def finish(self, now: datetime, *, find_at_once: bool) -> None:
        """Remember when the library last changed, and let the search know now or later."""
        await self._change(_SET_UPDATED, now.isoformat())
        await search_index.outdate(self._connection)
        if find_at_once:
            await self.make_searchable()

    async def make_searchable(self) -> None:
        """Let the search know all that was written."""
        await search_index.refresh(self._connection)

    async def _issue_id(self, place: IssueRef) -> int:
        parameters = (place.number, place.label)
        await self._change(
            _ADD_ISSUE, *parameters, newsletter_rows.to_blob(Issue(number=place.number, label=place.label))
        )
        ((issue_id,),) = await self._select(tuple[int], _ISSUE_ID, *parameters)
        return issue_id

    async def _select(self, row: type[T], sql: str, *parameters: Value) -> list[T]:
        return await select_as(self._connection, row, sql, *parameters)

    async def _change(self, sql: str, *parameters: Value) -> None:
        self.changed = True
        await self._connection.execute_fetchall(sql, parameters)

    async def _insert(self, sql: str, many: Sequence[Sequence[Value]]) -> None:
        if many:
            await self._connection.executemany(sql, many)
