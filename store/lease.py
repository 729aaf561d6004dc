"""The leases by which several processes share a platform."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.model.shards import Share, Worker
from bot.ports.retrying import retried
from store.database import Connection
from store.queries import Writer, select_as, upsert
from store.sharing import LeaseRow, Span, renewed
from store.values import from_moment, to_moment

TABLES: Final = (
    """
    CREATE TABLE lease (
        platform TEXT NOT NULL,
        shard INTEGER NOT NULL,
        holder TEXT NOT NULL,
        fence INTEGER NOT NULL,
        until INTEGER NOT NULL,
        offered INTEGER NOT NULL,
        serves INTEGER NOT NULL,
        PRIMARY KEY (platform, shard)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE worker (
        platform TEXT NOT NULL,
        holder TEXT NOT NULL,
        shards INTEGER NOT NULL,
        until INTEGER NOT NULL,
        PRIMARY KEY (platform, holder)
    ) STRICT, WITHOUT ROWID
    """,
)


_COLUMNS: Final = LeaseRow._fields
_LEASES: Final = f"SELECT {', '.join(_COLUMNS)} FROM lease WHERE platform = ? ORDER BY shard"
_PUT: Final = upsert("lease", ("platform", *_COLUMNS), "platform", "shard")
_NEWEST: Final = "SELECT coalesce(max(fence), 0) FROM lease"
_RELEASE: Final = "UPDATE lease SET until = 0 WHERE platform = ? AND holder = ?"
_WORKERS: Final = "SELECT holder, shards, until FROM worker WHERE platform = ?"
_ENTER: Final = upsert("worker", ("platform", "holder", "shards", "until"), "platform", "holder")
_LEAVE: Final = "DELETE FROM worker WHERE platform = ? AND holder = ?"
_ENDS: Final = "SELECT platform, max(until) FROM lease GROUP BY platform ORDER BY platform"


class SqlLease:
    """`bot.ports.Lease` in SQL. A fence is greater than all that were given before, on any platform."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    @retried
    async def share(self, worker: Worker, now: datetime, until: datetime) -> Share:
        span = Span(from_moment(now), from_moment(until))
        async with self._writer.transaction() as connection:
            others = await self._others(connection, worker, span)
            worker = replace(worker, shards=next(iter(others.values()), worker.shards))
            leaves = _LEAVE, (worker.platform, worker.name)
            enters = _ENTER, (worker.platform, worker.name, worker.shards, span.until)
            await connection.execute_fetchall(*(leaves if worker.leaving else enters))
            rows = {row.shard: row for row in await select_as(connection, LeaseRow, _LEASES, worker.platform)}
            if worker.leaving and not others:
                await connection.execute_fetchall(_RELEASE, (worker.platform, worker.name))
                return Share(shards=worker.shards, fences={})
            ((newest,),) = await select_as(connection, tuple[int], _NEWEST)
            shards = [rows.get(shard, LeaseRow(shard)) for shard in range(worker.shards)]
            mine = renewed(shards, worker, others, span, newest)
            await connection.executemany(_PUT, [(worker.platform, *row) for row in mine])
        fences = {row.shard: row.fence for row in mine}
        return Share(
            shards=worker.shards,
            fences=fences,
            offered=frozenset(row.shard for row in mine if row.offered),
            coming=frozenset(
                shard
                for shard, row in rows.items()
                if shard not in fences and not row.serves and span.holds(row.until)
            ),
        )

    async def ends(self) -> dict[str, datetime]:
        return {name: to_moment(until) for name, until in await self._writer.read(tuple[str, int], _ENDS)}

    @retried
    async def release(self, worker: Worker) -> None:
        async with self._writer.transaction() as connection:
            for statement in (_LEAVE, _RELEASE):
                await connection.execute_fetchall(statement, (worker.platform, worker.name))

    async def _others(self, connection: Connection, worker: Worker, span: Span) -> dict[str, int]:
        """The other workers, each with its number of shards. The dead are deleted."""
        workers = await select_as(connection, tuple[str, int, int], _WORKERS, worker.platform)
        others = [each for each in workers if each[0] != worker.name]
        for name, _, until in others:
            if not span.holds(until):
                await connection.execute_fetchall(_LEAVE, (worker.platform, name))
        return {name: shards for name, shards, until in others if span.holds(until)}
