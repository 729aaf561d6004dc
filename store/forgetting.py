"""Forgets servers and people, and when servers were left."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Final

from store.database import Value
from store.queries import Writer
from store.values import from_moment

TABLES: Final = (
    """
    CREATE TABLE left_server (
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (platform, server)
    ) STRICT, WITHOUT ROWID
    """,
)
_KEYS: Final = {
    "subscription": "id",
    "delivery": "id",
    "preference": "platform, server, channel, name",
    "linked_reply": "id",
    "shown": "platform, server, channel, name",
    "left_server": "platform, server",
    "installation": "platform, server",
}
"""The tables that name servers, with their keys, in the order in which they are emptied:
nothing may be planned for a subscription any more, and an installation that is left says
that something may be left.
"""
_STEP: Final = 500
_FORGET: Final = """
    DELETE FROM {table} WHERE ({key}) IN (
        SELECT {key} FROM {table} WHERE platform = ? AND server = ? LIMIT ?
    ) RETURNING server
"""
_FORGET_MEMOS: Final = "DELETE FROM memo WHERE name = ? RETURNING name"
_FORGET_WISH: Final = "DELETE FROM linking_opt_out WHERE platform = ? AND person = ? RETURNING person"
_FORGET_NAME: Final = """
    UPDATE subscription SET by = '', by_name = '', version = version + 1
    WHERE platform = ? AND by = ? RETURNING id
"""
_LEAVE: Final = "INSERT INTO left_server (platform, server, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_RETURN: Final = "DELETE FROM left_server WHERE platform = ? AND server = ?"
_LEFT: Final = "SELECT server FROM left_server WHERE platform = ? AND since <= ? ORDER BY server"
# From one server to the next in an index, so it costs the same however much there is of each.
_SERVERS: Final = """
    WITH RECURSIVE known (server) AS (
        SELECT min(server) FROM {table} WHERE platform = ? AND server > ''
        UNION ALL
        SELECT (SELECT min(server) FROM {table} WHERE platform = ? AND server > known.server)
        FROM known WHERE known.server IS NOT NULL
    )
    SELECT server FROM known WHERE server IS NOT NULL
"""


class SqlForgetting:
    """`bot.ports.Forgetting` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def server(self, platform: str, server: str) -> int:
        count = 0
        for table, key in _KEYS.items():
            sql = _FORGET.format(table=table, key=key)
            while deleted := await self._writer.changes(sql, platform, server, _STEP):
                count += deleted
        return count + await self._writer.changes(_FORGET_MEMOS, f"{platform}.timezone.{server}")

    async def person(self, platform: str, person: str) -> int:
        named = await self._writer.changes(_FORGET_NAME, platform, person)
        return named + await self._writer.changes(_FORGET_WISH, platform, person)

    async def left(self, platform: str, server: str, now: datetime) -> None:
        await self._writer.write(_LEAVE, platform, server, from_moment(now))

    async def returned(self, platform: str, server: str) -> None:
        await self._writer.write(_RETURN, platform, server)

    async def left_before(self, platform: str, before: datetime) -> Sequence[str]:
        return await self._names(_LEFT, platform, from_moment(before))

    async def servers(self, platform: str) -> Sequence[str]:
        names = [await self._names(_SERVERS.format(table=table), platform, platform) for table in _KEYS]
        return sorted(set(chain(*names)))

    async def _names(self, sql: str, *parameters: Value) -> Sequence[str]:
        return [name for (name,) in await self._writer.read(tuple[str], sql, *parameters)]
