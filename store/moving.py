"""Copies everything from one database to another, whatever their engines are.

Rows keep their ids. The copy may hold rows of an earlier try and no others, so a move that
was interrupted is simply begun again: what is there already is read and compared, not written.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from typing import Any, Final

from bot.errors import Refused, StoreError
from bot.ports import DatabaseName
from store import open_store
from store.database import Connection, Database, Row
from store.opening import Store
from store.queries import marks, select, upsert

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "issue": ("id",),
    "source_version": ("issue_id", "kind"),
    "summary": ("id",),
    "summary_key": ("key",),
    "citation": ("citing", "coalesce(key, '')", "coalesce(folded_title, '')"),
    "search_index": ("id",),
    "preference": ("platform", "server", "channel", "name"),
    "memo": ("name",),
    "installation": ("platform", "server"),
    "claim": ("name",),
    "linked_reply": ("id",),
    "shown": ("platform", "server", "channel", "name"),
    "linking_opt_out": ("platform", "person"),
    "source": ("name",),
    "subscription": ("id",),
    "arrival": ("id",),
    "growing_issues": ("id",),
    "delivery": ("id",),
    "lease": ("platform", "shard"),
    "worker": ("platform", "holder"),
    "left_server": ("platform", "server"),
}
"""All tables, each after those that it refers to, and by what their rows are told apart."""
_KEYLESS: Final = "citation"
"""The table whose rows are never changed, only added."""
_AT_ONCE: Final = 500
_PURPOSE: Final = "move"


async def move(
    source: DatabaseName,
    target: DatabaseName,
    *,
    clock: Callable[[], datetime],
    step: Callable[[str], None],
) -> int:
    """Copy all rows, compare them, and count them; `step` is called with the name of each table.

    Raises Refused, with nothing written, if somebody delivers digests from the source or the
    target holds anything of its own, and StoreError if a database fails.
    """
    if str(source) == str(target):
        raise Refused(f"{source} is named twice. Name the database to copy and the one to copy it to.")
    async with (
        open_store(source, clock=clock, readonly=True) as ours,
        open_store(target, clock=clock) as theirs,
    ):
        await _check_unused(ours, source, clock())
        async with ours.database.snapshot(_PURPOSE) as rows:
            mover = _Mover(rows, theirs.database)
            for table in KEYS:
                await mover.compare(table)
            for table in KEYS:
                step(table)
                await mover.copy(table)
            await theirs.database.rows_were_copied()
            if sum([await mover.compare(table) for table in KEYS]):
                raise StoreError(
                    f"{target} differs from {source} after all: somebody else writes there. Stop that, and move again."
                )
            return mover.count


async def _check_unused(store: Store, name: DatabaseName, now: datetime) -> None:
    for platform, until in (await store.lease.ends()).items():
        if until > now:
            raise Refused(
                f"A bot delivers digests on {platform} from {name}. Stop it first; after a crash, wait half a minute."
            )


class _Mover:
    """Reads the rows of both sides in the order of their keys. `count` is that of the rows copied or found equal."""

    def __init__(self, source: Connection, target: Database) -> None:
        self._source = source
        self._target = target
        self.count = 0

    async def compare(self, table: str) -> int:
        """How many rows the target lacks, or has otherwise. Raises Refused if it has others."""
        return sum([len(lacking) async for lacking, _ in self._chunks(table)])

    async def copy(self, table: str) -> None:
        """Write the rows that the target lacks."""
        columns = await self._target.columns(table)
        sql = upsert(table, columns, *KEYS[table])
        if table == _KEYLESS:
            sql = f"INSERT INTO {table} VALUES ({marks(len(columns))})"
        try:
            async for lacking, count in self._chunks(table):
                self.count += count
                if lacking:
                    async with self._target.transaction(_PURPOSE) as connection:
                        await connection.executemany(sql, lacking)
        except self._target.conflict as error:
            raise self._not_empty() from error

    async def _chunks(self, table: str) -> AsyncIterator[tuple[list[Row], int]]:
        """The rows that the target lacks and the number of all, for a stretch of keys after the other."""
        width, after = len(KEYS[table]), None
        while True:
            rows = await select(self._source, *_query(table, after, None, _AT_ONCE))
            until = rows[-1][:width] if len(rows) == _AT_ONCE else None
            theirs = {row[:width]: row for row in await self._theirs(table, after, until)}
            if theirs.keys() - {row[:width] for row in rows}:
                raise self._not_empty()
            yield [row[width:] for row in rows if theirs.get(row[:width]) != row], len(rows)
            if until is None:
                return
            after = until

    async def _theirs(self, table: str, after: Row | None, until: Row | None) -> list[Row]:
        sql, *parameters = _query(table, after, until, None)
        return list(await self._target.read(sql, parameters))

    def _not_empty(self) -> Refused:
        return Refused(
            f"{self._target.name} holds what the other does not, so nothing of it is touched. Name an empty database."
        )


def _query(
    table: str, after: Row | None, until: Row | None, limit: int | None
) -> tuple[str, *tuple[Any, ...]]:
    """The query for the rows in a range of keys, each with its key before its columns."""
    key, placeholders = ", ".join(KEYS[table]), marks(len(KEYS[table]))
    ends = ((after, ">"), (until, "<="))
    where = " AND ".join(f"({key}) {sign} ({placeholders})" for end, sign in ends if end is not None)
    sql = f"SELECT {key}, {table}.* FROM {table} {where and f'WHERE {where}'} ORDER BY {key}"
    return (f"{sql} LIMIT {limit}" if limit else sql), *(after or ()), *(until or ())
