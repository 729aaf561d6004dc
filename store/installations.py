"""Servers that installed the bot, with their credentials."""

from typing import Final

from store.queries import Writer, upsert

TABLES: Final = (
    """
    CREATE TABLE installation (
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        credentials TEXT NOT NULL,
        PRIMARY KEY (platform, server)
    ) STRICT, WITHOUT ROWID
    """,
)

_PUT: Final = upsert("installation", ("platform", "server", "credentials"), "platform", "server")
_OF: Final = "SELECT credentials FROM installation WHERE platform = ? AND server = ?"


class SqlInstallations:
    """`bot.ports.Installations` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def put(self, platform: str, server: str, credentials: str) -> None:
        await self._writer.write(_PUT, platform, server, credentials)

    async def of(self, platform: str, server: str) -> str | None:
        rows = await self._writer.look_up(tuple[str], _OF, platform, server)
        return rows[0][0] if rows else None
