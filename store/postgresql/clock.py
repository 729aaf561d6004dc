"""The server's clock, by which all workers go: theirs may be hours apart."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.model.shards import Share, Worker
from store.database import Database
from store.lease import SqlLease
from store.outbox import BEGIN, SqlOutbox
from store.values import from_moment, to_moment

NOW: Final = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
"""The server's clock, in milliseconds since 1970."""


class ServerClock:
    """The time of the server, as it was when it was asked last, and what has passed since by ours."""

    def __init__(self, read: Callable[[], datetime]) -> None:
        self._read = read
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._read() + self._ahead

    async def ask(self, database: Database) -> None:
        """Ask the server what time it is."""
        before = self._read()
        ((now,),) = await database.read(f"SELECT {NOW}", ())
        self._ahead = to_moment(now) - (before + (self._read() - before) / 2)


class ServerLease(SqlLease):
    """`bot.ports.Lease`: for how long is what counts, not until when."""

    async def share(self, worker: Worker, now: datetime, until: datetime) -> Share:
        ((ours,),) = await self._writer.read(tuple[int], f"SELECT {NOW}")
        begins = to_moment(ours)
        return await super().share(worker, begins, begins + (until - now))


class ServerOutbox(SqlOutbox):
    """`bot.ports.Outbox`: nothing is begun after the end of the lease."""

    async def begin(self, delivery: str, fence: int, now: datetime) -> bool:
        sql = BEGIN.format(now=NOW)
        return bool(await self._writer.changes(sql, fence, from_moment(now), delivery, fence))
