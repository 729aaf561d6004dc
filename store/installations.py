"""Servers that installed the bot, with their credentials, and installations that were begun."""

from datetime import datetime
from typing import Final

from store.connection import Writer, select_as
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

_PUT: Final = "INSERT OR REPLACE INTO installation (platform, server, credentials) VALUES (?, ?, ?)"
_OF: Final = "SELECT credentials FROM installation WHERE platform = ? AND server = ?"
_DROP: Final = (
    "DELETE FROM installation WHERE platform = ? AND server = ?",
    "DELETE FROM preference WHERE platform = ? AND server = ?",
    "DELETE FROM linked_reply WHERE platform = ? AND server = ?",
    "DELETE FROM shown WHERE platform = ? AND server = ?",
)
_FORGET_OLD: Final = "DELETE FROM oauth_state WHERE until < ?"
_ISSUE: Final = "INSERT INTO oauth_state (state, until) VALUES (?, ?)"
_CONSUME: Final = "DELETE FROM oauth_state WHERE state = ? RETURNING until"


class SqliteInstallations:
    """`bot.ports.Installations` over SQLite."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def put(self, platform: str, server: str, credentials: str) -> None:
        await self._writer.write(_PUT, platform, server, credentials)

    async def of(self, platform: str, server: str) -> str | None:
        rows = await self._writer.read(tuple[str], _OF, platform, server)
        return rows[0][0] if rows else None

    async def drop(self, platform: str, server: str) -> None:
        async with self._writer.transaction() as connection:
            for statement in _DROP:
                await connection.execute_fetchall(statement, (platform, server))

    async def issue_state(self, state: str, until: datetime) -> None:
        await self._writer.write(_ISSUE, state, from_moment(until))

    async def consume_state(self, state: str, now: datetime) -> bool:
        async with self._writer.transaction() as connection:
            await connection.execute_fetchall(_FORGET_OLD, (from_moment(now),))
            return bool(await select_as(connection, tuple[int], _CONSUME, state))
