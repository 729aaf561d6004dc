"""Replies to messages that mention summaries, what they show, and who wants none.

The tables stay small: every half hour in which something is shown, all but the
latest twenty thousand replies are deleted, and so is what may be shown again.
Everything else is one statement, because linking should cost little.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Final

from bot.model.places import Place
from bot.ports import SentReply
from bot.ports.retrying import retried
from store.database import Value
from store.queries import Writer, marks, select_as
from store.values import from_moment, from_names, place_key, to_names

TABLES: Final = (
    """
    CREATE TABLE linked_reply (
        id INTEGER PRIMARY KEY,
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        channel TEXT NOT NULL,
        message TEXT NOT NULL,
        reply TEXT NOT NULL,
        names TEXT NOT NULL,
        text_hash TEXT NOT NULL,
        UNIQUE (platform, server, channel, message)
    ) STRICT
    """,
    """
    CREATE TABLE shown (
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        channel TEXT NOT NULL,
        name TEXT NOT NULL,
        message TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (platform, server, channel, name)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX shown_at ON shown (at)",
    """
    CREATE TABLE linking_opt_out (
        platform TEXT NOT NULL,
        person TEXT NOT NULL,
        PRIMARY KEY (platform, person)
    ) STRICT, WITHOUT ROWID
    """,
)
MOST_REPLIES: Final = 20_000
"""Replies of all places that are edited and deleted with their messages."""
_TOLERANCE: Final = timedelta(minutes=1)
"""How far the clocks of processes may differ. What was shown later than that was written by a
clock that was wrong.
"""

_PLACE: Final = "platform = ? AND server = ? AND channel = ?"
_REPLY: Final = f"SELECT reply, names, text_hash FROM linked_reply WHERE {_PLACE} AND message = ?"
_PUT: Final = """
    INSERT INTO linked_reply (platform, server, channel, message, reply, names, text_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (platform, server, channel, message)
    DO UPDATE SET reply = excluded.reply, names = excluded.names, text_hash = excluded.text_hash
"""
_PRUNE: Final = "DELETE FROM linked_reply WHERE id <= (SELECT max(id) FROM linked_reply) - ?"
_DROP: Final = f"DELETE FROM linked_reply WHERE {_PLACE} AND message = ?"
_SHOWN: Final = f"SELECT name FROM shown WHERE {_PLACE} AND at > ? AND name IN ({{names}})"
_FORGET_SHOWN: Final = "DELETE FROM shown WHERE at <= ? OR at > ?"
_CLAIM: Final = """
    INSERT INTO shown (platform, server, channel, message, at, name) VALUES {rows}
    ON CONFLICT (platform, server, channel, name)
    DO UPDATE SET message = excluded.message, at = excluded.at WHERE shown.at <= ? RETURNING name
"""
_ROW: Final = f"({marks(6)})"
_RELEASE: Final = f"DELETE FROM shown WHERE {_PLACE} AND message = ? AND name IN ({{names}})"
_OPTED_OUT: Final = "SELECT 1 FROM linking_opt_out WHERE platform = ? AND person = ?"
_OPT_OUT: Final = "INSERT INTO linking_opt_out (platform, person) VALUES (?, ?) ON CONFLICT DO NOTHING"
_OPT_IN: Final = "DELETE FROM linking_opt_out WHERE platform = ? AND person = ?"


class SqlLinkedReplies:
    """`bot.ports.LinkedReplies` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._swept = datetime.min.replace(tzinfo=UTC)

    async def reply(self, place: Place, message: str) -> SentReply | None:
        rows = await self._writer.look_up(tuple[str, str, str], _REPLY, *place_key(place), message)
        with self._writer.as_store_errors():
            replies = [
                SentReply(id=reply, names=to_names(names), text_hash=text) for reply, names, text in rows
            ]
        return replies[0] if replies else None

    async def put(self, place: Place, message: str, reply: SentReply) -> None:
        columns = (message, reply.id, from_names(reply.names), reply.text_hash)
        await self._writer.write(_PUT, *place_key(place), *columns)

    async def drop(self, place: Place, message: str) -> None:
        await self._writer.write(_DROP, *place_key(place), message)

    async def shown(self, place: Place, names: Collection[str], since: datetime) -> frozenset[str]:
        sql = _SHOWN.format(names=marks(len(names)))
        rows = await self._writer.read(tuple[str], sql, *place_key(place), from_moment(since), *names)
        return frozenset(name for (name,) in rows)

    @retried
    async def claim(
        self, place: Place, message: str, names: Collection[str], now: datetime, since: datetime
    ) -> frozenset[str]:
        # In one order everywhere: two that claim the same names would wait for each other else.
        at = from_moment(now)
        rows: list[tuple[Value, ...]] = [(*place_key(place), message, at, name) for name in sorted(names)]
        async with self._writer.connection() as connection:
            if not since < self._swept <= now:
                self._swept = now
                bounds = from_moment(since), from_moment(now + _TOLERANCE)
                await connection.execute_fetchall(_FORGET_SHOWN, bounds)
                await connection.execute_fetchall(_PRUNE, (MOST_REPLIES,))
            if not rows:
                return frozenset()
            sql = _CLAIM.format(rows=", ".join([_ROW] * len(rows)))
            claimed = await select_as(connection, tuple[str], sql, *chain(*rows), from_moment(since))
        return frozenset(name for (name,) in claimed)

    async def release(self, place: Place, message: str, names: Collection[str]) -> None:
        sql = _RELEASE.format(names=marks(len(names)))
        await self._writer.write(sql, *place_key(place), message, *names)

    async def opted_out(self, platform: str, person: str) -> bool:
        return bool(await self._writer.look_up(tuple[int], _OPTED_OUT, platform, person))

    async def set_opted_out(self, platform: str, person: str, *, opted_out: bool) -> None:
        await self._writer.write(_OPT_OUT if opted_out else _OPT_IN, platform, person)
