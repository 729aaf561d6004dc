"""What was claimed, and until when."""

from datetime import datetime
from typing import Final

from bot.ports.retrying import retried
from store.queries import Writer, select_as
from store.values import from_moment

TABLES: Final = (
    "CREATE TABLE claim (name TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX claim_until ON claim (until)",
)

_FORGET_OLD: Final = "DELETE FROM claim WHERE until < ?"
_TAKE: Final = "INSERT INTO claim (name, until) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING name"
_RELEASE: Final = "DELETE FROM claim WHERE name = ?"


class SqlClaims:
    """`bot.ports.Claims` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    @retried
    async def take(self, name: str, now: datetime, until: datetime) -> bool:
        async with self._writer.transaction() as connection:
            await connection.execute_fetchall(_FORGET_OLD, (from_moment(now),))
            return bool(await select_as(connection, tuple[str], _TAKE, name, from_moment(until)))

    async def release(self, name: str) -> None:
        await self._writer.write(_RELEASE, name)
