"""Preferences of places, and what the bot remembers."""

from itertools import chain
from typing import Final

import msgspec

from bot.model.places import Place, Preferences
from store.queries import Writer, upsert
from store.values import place_key

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

# The rows of a thread come after its channel's, and those after the server's, and so replace them.
_OF: Final = """
    SELECT name, value FROM preference
    WHERE platform = ? AND server = ? AND channel IN ('', ?, ?) ORDER BY channel = ?, channel <> ''
"""
_KEY: Final = ("platform", "server", "channel", "name")
_FORGET: Final = "DELETE FROM preference WHERE platform = ? AND server = ? AND channel = ?"
_LINKING: Final = """
    SELECT channel FROM preference
    WHERE platform = ? AND server = ? AND channel <> '' AND name = 'linking' AND value = 'true'
    ORDER BY channel
"""
_PUBLIC: Final = """
    SELECT channel, value FROM preference
    WHERE platform = ? AND server = ? AND name = 'channel_name' AND value <> ''
"""
_RECALL: Final = "SELECT value FROM memo WHERE name = ?"
_ADD: Final = "INSERT INTO memo (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING name"
_REPLACE: Final = "UPDATE memo SET value = ? WHERE name = ? AND value = ? RETURNING name"
_REMEMBER: Final = upsert("memo", ("name", "value"), "name")


class SqlPreferences:
    """`bot.ports.PreferenceStore` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def of(self, place: Place, within: Place | None = None) -> Preferences:
        around = within.channel if within else ""
        parameters = (*place_key(place), around, place.channel)
        values = dict(await self._writer.look_up(tuple[str, str], _OF, *parameters))
        with self._writer.as_store_errors():
            return msgspec.convert(values, Preferences, strict=False)

    async def put(self, place: Place, preferences: Preferences) -> None:
        rows = [
            (*place_key(place), name, str(value).lower() if isinstance(value, bool) else str(value))
            for name, value in msgspec.to_builtins(preferences).items()
            if value is not None
        ]
        if rows:
            sql = upsert("preference", (*_KEY, "value"), *_KEY, rows=len(rows))
            await self._writer.write(sql, *chain(*rows))

    async def forget(self, place: Place) -> None:
        await self._writer.write(_FORGET, *place_key(place))

    async def linking_channels(self, platform: str, server: str) -> list[str]:
        return [channel for (channel,) in await self._writer.read(tuple[str], _LINKING, platform, server)]

    async def public_channels(self, platform: str, server: str) -> dict[str, str]:
        return dict(await self._writer.read(tuple[str, str], _PUBLIC, platform, server))


class SqlMemo:
    """`bot.ports.Memo` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def recall(self, name: str) -> str | None:
        rows = await self._writer.look_up(tuple[str], _RECALL, name)
        return rows[0][0] if rows else None

    async def remember(self, name: str, value: str) -> None:
        await self._writer.write(_REMEMBER, name, value)

    async def replace(self, name: str, before: str | None, value: str) -> bool:
        if before is None:
            return bool(await self._writer.changes(_ADD, name, value))
        return bool(await self._writer.changes(_REPLACE, value, name, before))
