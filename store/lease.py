"""The leases by which several processes share a platform."""

from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from bot.model.shards import Share, Worker
from store.database import Connection
from store.queries import Writer, retried, select_as, upsert
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


class _Lease(NamedTuple):
    """A row of `lease` of one platform."""

    shard: int
    holder: str
    fence: int
    until: int
    offered: int
    serves: int


_COLUMNS: Final = _Lease._fields
_LEASES: Final = f"SELECT {', '.join(_COLUMNS)} FROM lease WHERE platform = ? ORDER BY shard"
_PUT: Final = upsert("lease", ("platform", *_COLUMNS), "platform", "shard")
_NEWEST: Final = "SELECT coalesce(max(fence), 0) FROM lease"
_RELEASE: Final = "UPDATE lease SET until = 0 WHERE platform = ? AND holder = ?"
_WORKERS: Final = "SELECT holder, shards, until FROM worker WHERE platform = ?"
_ENTER: Final = upsert("worker", ("platform", "holder", "shards", "until"), "platform", "holder")
_LEAVE: Final = "DELETE FROM worker WHERE platform = ? AND holder = ?"
_TOLERANCE: Final = 1000
"""Milliseconds that clocks of one machine may differ."""
_ENDS: Final = "SELECT platform, max(until) FROM lease GROUP BY platform ORDER BY platform"


class SqlLease:
    """`bot.ports.Lease` in SQL. A fence is greater than all that were given before, on any platform."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    @retried
    async def share(self, worker: Worker, now: datetime, until: datetime) -> Share:
        span = _Span(from_moment(now), from_moment(until))
        async with self._writer.transaction() as connection:
            others = await self._others(connection, worker, span)
            worker = replace(worker, shards=next(iter(others.values()), worker.shards))
            leaves = _LEAVE, (worker.platform, worker.name)
            enters = _ENTER, (worker.platform, worker.name, worker.shards, span.until)
            await connection.execute_fetchall(*(leaves if worker.leaving else enters))
            leases = {row.shard: row for row in await select_as(connection, _Lease, _LEASES, worker.platform)}
            if worker.leaving and not others:
                await connection.execute_fetchall(_RELEASE, (worker.platform, worker.name))
                return Share(shards=worker.shards, workers=0, fences={})
            ((newest,),) = await select_as(connection, tuple[int], _NEWEST)
            most = 0 if worker.leaving else -(-worker.shards // (len(others) + 1))
            mine = _mine(leases, worker, most, newest, span)
            await connection.executemany(_PUT, [(worker.platform, *row) for row in mine])
        fences = {row.shard: row.fence for row in mine}
        return Share(
            shards=worker.shards,
            workers=len(others) + (not worker.leaving),
            fences=fences,
            offered=frozenset(row.shard for row in mine if row.offered),
            coming=frozenset(
                shard
                for shard, row in leases.items()
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

    async def _others(self, connection: Connection, worker: Worker, span: "_Span") -> dict[str, int]:
        """The other workers, each with its number of shards. The dead are deleted."""
        workers = await select_as(connection, tuple[str, int, int], _WORKERS, worker.platform)
        others = [each for each in workers if each[0] != worker.name]
        for name, _, until in others:
            if not span.holds(until):
                await connection.execute_fetchall(_LEAVE, (worker.platform, name))
        return {name: shards for name, shards, until in others if span.holds(until)}


class _Span(NamedTuple):
    """From now until when a lease ends that is taken now."""

    now: int
    until: int

    def holds(self, until: int) -> bool:
        """Whether it ends later than now. One that ends later than a new one was written by a clock
        that was ahead.
        """
        return self.now < until <= self.until + _TOLERANCE


def _mine(leases: dict[int, _Lease], worker: Worker, most: int, newest: int, span: _Span) -> list[_Lease]:
    """The leases that the worker has from now on: those it had, and free ones until it has `most`."""
    numbers = [leases.get(shard, _Lease(shard, "", 0, 0, 0, 0)) for shard in range(worker.shards)]
    had = [row for row in numbers if row.holder == worker.name]
    free = [
        row for row in numbers if row.holder != worker.name and (row.offered or not span.holds(row.until))
    ]
    taken = [
        row._replace(holder=worker.name, fence=newest + more)
        for more, row in enumerate(free[: max(most - len(had), 0)], 1)
    ]
    return [
        row._replace(until=span.until, offered=int(place >= most), serves=int(worker.serves(row.shard)))
        for place, row in enumerate((*had, *taken))
    ]
