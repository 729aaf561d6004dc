"""Leases by the server's clock: those of the workers may be hours apart."""

from datetime import datetime
from typing import Final

from store.lease import SqlLease
from store.outbox import BEGIN, SqlOutbox
from store.values import from_moment, to_moment

NOW: Final = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
"""The server's clock, in milliseconds since 1970."""


class ServerLease(SqlLease):
    """`bot.ports.Lease`: for how long is what counts, not until when."""

    async def acquire(self, platform: str, holder: str, now: datetime, until: datetime) -> int | None:
        ((ours,),) = await self._writer.read(tuple[int], f"SELECT {NOW}")
        begins = to_moment(ours)
        return await super().acquire(platform, holder, begins, begins + (until - now))


class ServerOutbox(SqlOutbox):
    """`bot.ports.Outbox`: nothing is begun after the end of the lease."""

    async def begin(self, delivery: str, fence: int, now: datetime) -> bool:
        sql = BEGIN.format(now=NOW)
        return bool(await self._writer.changes(sql, fence, from_moment(now), delivery, fence))
