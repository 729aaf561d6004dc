"""Servers that installed the bot, with their credentials, and the states of installations that were used."""

from datetime import datetime
from typing import Final

from store.queries import Writer, select_as, upsert
from store.values import from_moment

TABLES: Final = (
    """
    CREATE TABLE installation (
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        credentials TEXT NOT NULL,
        PRIMARY KEY (platform, server)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE oauth_state (state TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)

_PUT: Final = upsert("installation", ("platform", "server", "credentials"), "platform", "server")
_OF: Final = "SELECT credentials FROM installation WHERE platform = ? AND server = ?"
_FORGET_OLD: Final = "DELETE FROM oauth_state WHERE until < ?"
_USE: Final = "INSERT INTO oauth_state (state, until) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING state"


class SqlInstallations:
    """`bot.ports.Installations` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def put(self, platform: str, server: str, credentials: str) -> None:
        await self._writer.write(_PUT, platform, server, credentials)

    async def of(self, platform: str, server: str) -> str | None:
        rows = await self._writer.read(tuple[str], _OF, platform, server)
        return rows[0][0] if rows else None

    async def use_state(self, state: str, now: datetime, until: datetime) -> bool:
        async with self._writer.transaction() as connection:
            await connection.execute_fetchall(_FORGET_OLD, (from_moment(now),))
            return bool(await select_as(connection, tuple[str], _USE, state, from_moment(until)))
