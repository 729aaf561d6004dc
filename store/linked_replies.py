"""`bot.ports.Discussions` over SQLite: what was answered unasked, and who wants no such answers.

Both tables of what was answered stay small: every half hour in which something
is shown, replies that twenty thousand others followed go, and so does what may
be shown again. All else is one statement, for answering should cost little.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

import msgspec

from bot.model.places import Place
from bot.ports import SentReply
from store.connection import Writer, select_as

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
        said TEXT NOT NULL,
        UNIQUE (platform, server, channel, message)
    ) STRICT
    """,
    """
    CREATE TABLE linked_lately (
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        channel TEXT NOT NULL,
        name TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (platform, server, channel, name)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX linked_lately_at ON linked_lately (at)",
    """
    CREATE TABLE linking_ignores (
        platform TEXT NOT NULL,
        person TEXT NOT NULL,
        PRIMARY KEY (platform, person)
    ) STRICT, WITHOUT ROWID
    """,
)
"""What the migration that brings linking creates."""
SHOWN_BESIDE: Final = "ALTER TABLE linked_lately ADD COLUMN message TEXT NOT NULL DEFAULT ''"
"""Tells of what was shown by which message's reply."""

KEPT: Final = 20_000
"""Replies that can still follow their messages, over all places."""

_PLACE: Final = "platform = ? AND server = ? AND channel = ?"
_REPLY: Final = f"SELECT reply, names, said FROM linked_reply WHERE {_PLACE} AND message = ?"
_KEEP: Final = """
    INSERT INTO linked_reply (platform, server, channel, message, reply, names, said)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET reply = excluded.reply, names = excluded.names, said = excluded.said
"""
_PRUNE: Final = "DELETE FROM linked_reply WHERE id <= (SELECT max(id) FROM linked_reply) - ?"
_DROP: Final = f"DELETE FROM linked_reply WHERE {_PLACE} AND message = ?"
_SHOWN: Final = f"""
    SELECT name FROM linked_lately
    WHERE {_PLACE} AND at > ? AND name IN (SELECT value FROM json_each(?))
"""
_OUTDATED: Final = "DELETE FROM linked_lately WHERE at <= ?"
# SQLite takes ON for a join's where the SELECT has no WHERE.
_CLAIM: Final = """
    INSERT INTO linked_lately (platform, server, channel, message, name, at)
    SELECT ?, ?, ?, ?, value, ? FROM json_each(?) WHERE true
    ON CONFLICT DO UPDATE SET message = excluded.message, at = excluded.at WHERE at <= ? RETURNING name
"""
_RELEASE: Final = f"""
    DELETE FROM linked_lately
    WHERE {_PLACE} AND message = ? AND name IN (SELECT value FROM json_each(?))
"""
_IGNORES: Final = "SELECT 1 FROM linking_ignores WHERE platform = ? AND person = ?"
_IGNORE: Final = "INSERT OR IGNORE INTO linking_ignores (platform, person) VALUES (?, ?)"
_MIND: Final = "DELETE FROM linking_ignores WHERE platform = ? AND person = ?"


class SqliteLinkedReplies:
    """Shares its writer with the ledger."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._swept = datetime.min.replace(tzinfo=UTC)

    async def reply(self, place: Place, message: str) -> SentReply | None:
        """Our reply to that message, if one is kept."""
        found = await self._writer.read(tuple[str, str, str], _REPLY, *_key_of(place), message)
        with self._writer.as_store_errors():
            return next(
                (
                    SentReply(id=reply, names=msgspec.json.decode(names, type=frozenset[str]), said=said)
                    for reply, names, said in found
                ),
                None,
            )

    async def keep(self, place: Place, message: str, reply: SentReply) -> None:
        """Keep it, in place of an earlier one."""
        kept = (message, reply.id, _listed(reply.names), reply.said)
        await self._writer.write(_KEEP, *_key_of(place), *kept)

    async def drop(self, place: Place, message: str) -> None:
        """Keep our reply to that message no longer."""
        await self._writer.write(_DROP, *_key_of(place), message)

    async def shown(self, place: Place, names: Collection[str], since: datetime) -> frozenset[str]:
        """Which of the names were shown there later than `since`."""
        found = await self._writer.read(tuple[str], _SHOWN, *_key_of(place), _seconds(since), _listed(names))
        return frozenset(name for (name,) in found)

    async def claim(
        self, place: Place, message: str, names: Collection[str], now: datetime, since: datetime
    ) -> frozenset[str]:
        """Note as shown now what was not shown later than `since`, and tell which that is."""
        parameters = (*_key_of(place), message, _seconds(now), _listed(names), _seconds(since))
        async with self._writer.connection() as connection:
            if since >= self._swept:
                self._swept = now
                await connection.execute_fetchall(_OUTDATED, (_seconds(since),))
                await connection.execute_fetchall(_PRUNE, (KEPT,))
            claimed = await select_as(connection, tuple[str], _CLAIM, *parameters)
        return frozenset(name for (name,) in claimed)

    async def release(self, place: Place, message: str, names: Collection[str]) -> None:
        """They are not to be seen beside that message any more."""
        await self._writer.write(_RELEASE, *_key_of(place), message, _listed(names))

    async def ignores(self, platform: str, person: str) -> bool:
        """Whether that person wants no answer unasked."""
        return bool(await self._writer.read(tuple[int], _IGNORES, platform, person))

    async def ignore(self, platform: str, person: str, *, ignored: bool) -> None:
        """Keep whether they want none, anywhere on the platform."""
        await self._writer.write(_IGNORE if ignored else _MIND, platform, person)


def _key_of(place: Place) -> tuple[str, str, str]:
    return place.platform, place.server, place.channel


def _listed(names: Collection[str]) -> str:
    return msgspec.json.encode(sorted(names)).decode()


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
