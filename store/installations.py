"""`bot.ports.Installations` over SQLite: which servers let the bot in, and with what."""

from datetime import datetime
from typing import Final

from store.connection import Writer, select_as, transaction

TABLES: Final = (
    """
    CREATE TABLE installation (
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        held TEXT NOT NULL,
        PRIMARY KEY (platform, server)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE oauth_state (state TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)
"""What the migration that brings installations creates."""

_KEEP: Final = "INSERT OR REPLACE INTO installation (platform, server, held) VALUES (?, ?, ?)"
_OF: Final = "SELECT held FROM installation WHERE platform = ? AND server = ?"
_DROP: Final = (
    "DELETE FROM installation WHERE platform = ? AND server = ?",
    "DELETE FROM preference WHERE platform = ? AND server = ?",
    "DELETE FROM linked_reply WHERE platform = ? AND server = ?",
    "DELETE FROM linked_lately WHERE platform = ? AND server = ?",
)
_FORGET_OLD: Final = "DELETE FROM oauth_state WHERE until < ?"
_ISSUE: Final = "INSERT INTO oauth_state (state, until) VALUES (?, ?)"
_CONSUME: Final = "DELETE FROM oauth_state WHERE state = ? RETURNING until"


class SqliteInstallations:
    """Shares its writer with the rest of the ledger."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def keep(self, platform: str, server: str, held: str) -> None:
        """Keep it for that server, in place of an earlier one."""
        await self._writer.write(_KEEP, platform, server, held)

    async def of(self, platform: str, server: str) -> str | None:
        """What is kept for exactly that server."""
        found = await self._writer.read(tuple[str], _OF, platform, server)
        return found[0][0] if found else None

    async def drop(self, platform: str, server: str) -> None:
        """Forget everything of that server, its preferences too."""
        async with self._writer.connection() as connection, transaction(connection, "IMMEDIATE"):
            for statement in _DROP:
                await connection.execute_fetchall(statement, (platform, server))

    async def issue(self, state: str, until: datetime) -> None:
        """Remember the state until then."""
        await self._writer.write(_ISSUE, state, int(until.timestamp()))

    async def consume(self, state: str, now: datetime) -> bool:
        """Whether the state is known and not too old; it is not known any more."""
        async with self._writer.connection() as connection, transaction(connection, "IMMEDIATE"):
            await connection.execute_fetchall(_FORGET_OLD, (int(now.timestamp()),))
            return bool(await select_as(connection, tuple[int], _CONSUME, state))
