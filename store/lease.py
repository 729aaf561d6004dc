"""The lease without which no digest is delivered."""

from datetime import datetime
from typing import Final

from store.queries import Writer, select_as, upsert
from store.values import from_moment, to_moment

TABLES: Final = (
    """
    CREATE TABLE lease (
        platform TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        fence INTEGER NOT NULL,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
_LEASE: Final = "SELECT holder, fence, until FROM lease WHERE platform = ?"
_ACQUIRE: Final = upsert("lease", ("platform", "holder", "fence", "until"), "platform")
_RELEASE: Final = "UPDATE lease SET until = 0 WHERE platform = ? AND holder = ?"
_TOLERANCE: Final = 1000
"""Milliseconds that clocks of one machine may differ."""
_ENDS: Final = "SELECT platform, until FROM lease ORDER BY platform"


class SqlLease:
    """`bot.ports.Lease` in SQL. The fence grows with every new holder."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def acquire(self, platform: str, holder: str, now: datetime, until: datetime) -> int | None:
        async with self._writer.transaction() as connection:
            leases = await select_as(connection, tuple[str, int, int], _LEASE, platform)
            other, fence, ends = leases[0] if leases else ("", 0, 0)
            # A lease that ends later than a new one would was written by a clock that was ahead.
            if other != holder and from_moment(now) < ends <= from_moment(until) + _TOLERANCE:
                return None
            fence += other != holder
            await connection.execute_fetchall(_ACQUIRE, (platform, holder, fence, from_moment(until)))
            return fence

    async def ends(self) -> dict[str, datetime]:
        return {name: to_moment(until) for name, until in await self._writer.read(tuple[str, int], _ENDS)}

    async def release(self, platform: str, holder: str) -> None:
        await self._writer.write(_RELEASE, platform, holder)
