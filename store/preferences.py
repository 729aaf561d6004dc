"""`bot.ports.Ledger` over SQLite: what places want, and what the bot remembers."""

from typing import Final

import msgspec

from bot.model.places import Place, Preferences
from store.connection import Writer

TABLES: Final = (
    """
    CREATE TABLE preference (
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        channel TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (platform, server, channel, name)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE memo (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
"""What the migration that brings the ledger creates."""

# A channel's own come after its server's, and so count.
_HELD: Final = """
    SELECT name, value FROM preference
    WHERE platform = ? AND server = ? AND channel IN ('', ?) ORDER BY channel
"""
_PREFER: Final = """
    INSERT OR REPLACE INTO preference (platform, server, channel, name, value)
    SELECT ?, ?, ?, key, value FROM json_each(?)
"""
_FORGET: Final = "DELETE FROM preference WHERE platform = ? AND server = ? AND channel = ?"
_LINKING: Final = """
    SELECT channel FROM preference
    WHERE platform = ? AND server = ? AND channel <> '' AND name = 'linking' AND value = 'true'
    ORDER BY channel
"""
_RECALL: Final = "SELECT value FROM memo WHERE name = ?"
_REMEMBER: Final = "INSERT OR REPLACE INTO memo (name, value) VALUES (?, ?)"


class SqlitePreferences:
    """Every method is one statement."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def preferences(self, place: Place) -> Preferences:
        """What holds there: what the channel wants, else what its server wants."""
        address = (place.platform, place.server, place.channel)
        held = dict(await self._writer.read(tuple[str, str], _HELD, *address))
        with self._writer.as_store_errors():
            return msgspec.convert(held, Preferences, strict=False)

    async def prefer(self, place: Place, preferences: Preferences) -> None:
        """Keep what is not None for that place."""
        wanted = {
            name: str(value).lower()
            for name, value in msgspec.to_builtins(preferences).items()
            if value is not None
        }
        address = (place.platform, place.server, place.channel)
        await self._writer.write(_PREFER, *address, msgspec.json.encode(wanted).decode())

    async def forget_preferences(self, place: Place) -> None:
        """Leave everything open again for exactly that place."""
        await self._writer.write(_FORGET, place.platform, place.server, place.channel)

    async def linking_in(self, platform: str, server: str) -> list[str]:
        """The channels of that server where linking was switched on by themselves."""
        found = await self._writer.read(tuple[str], _LINKING, platform, server)
        return [channel for (channel,) in found]

    async def recall(self, name: str) -> str | None:
        """What was remembered under the name last."""
        found = await self._writer.read(tuple[str], _RECALL, name)
        return found[0][0] if found else None

    async def remember(self, name: str, value: str) -> None:
        """Keep a value under the name, in place of an earlier one."""
        await self._writer.write(_REMEMBER, name, value)
