"""Subscriptions to digests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from bot.model.digests import DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.ports.retrying import retried
from store.database import Connection, Value
from store.queries import Writer, marks, select_as
from store.values import (
    from_moment,
    from_optional_moment,
    place_key,
    to_optional_moment,
)

TABLES: Final = (
    """
    CREATE TABLE subscription (
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        channel TEXT NOT NULL,
        kind TEXT NOT NULL,
        options TEXT NOT NULL,
        by TEXT NOT NULL,
        by_name TEXT NOT NULL,
        seen INTEGER NOT NULL,
        skipped TEXT NOT NULL,
        upcoming INTEGER NOT NULL,
        digests INTEGER NOT NULL,
        due INTEGER,
        paused TEXT NOT NULL,
        missed INTEGER NOT NULL,
        problem TEXT NOT NULL,
        version INTEGER NOT NULL,
        UNIQUE (platform, server, channel, kind)
    ) STRICT, WITHOUT ROWID
    """,
)
AT_PLACE: Final = "platform = ? AND server = ? AND ? IN ('', channel)"
"""Rows of a channel, or of a whole server if the place names no channel."""


class _Row(NamedTuple):
    """A row of `subscription`."""

    id: str
    platform: str
    server: str
    channel: str
    kind: str
    options: str
    by: str
    by_name: str
    seen: int
    skipped: str
    upcoming: int
    digests: int
    due: int | None
    paused: str
    missed: int
    problem: str
    version: int


_COLUMNS: Final = ", ".join(_Row._fields)
_ADD: Final = f"""
    INSERT INTO subscription ({_COLUMNS})
    VALUES ({marks(len(_Row._fields))})
    ON CONFLICT DO NOTHING RETURNING id
"""
_CHANGE: Final = """
    UPDATE subscription SET options = ?, by = ?, by_name = ?, seen = ?, skipped = ?, upcoming = ?, digests = ?, due = ?,
        paused = ?, missed = ?, problem = ?, version = version + 1
    WHERE id = ? AND version = ? RETURNING id
"""
_CHANGING: Final = (
    *("options", "by", "by_name", "seen", "skipped", "upcoming"),
    *("digests", "due", "paused", "missed", "problem"),
)
_NOTE: Final = "UPDATE subscription SET problem = ? WHERE id = ? AND problem <> ? RETURNING id"
_REMOVE: Final = (
    "DELETE FROM delivery WHERE subscription = ? AND state IN ('pending', 'sending')",
    "DELETE FROM subscription WHERE id = ?",
)
_PAUSE: Final = f"""
    UPDATE subscription SET paused = ?, missed = 1, version = version + 1
    WHERE id = ? AND paused = '' RETURNING {_COLUMNS}
"""
_PAUSE_ALL: Final = f"""
    UPDATE subscription SET paused = ?, missed = 1, version = version + 1
    WHERE {AT_PLACE} AND paused = '' RETURNING id
"""
_OF: Final = f"SELECT {_COLUMNS} FROM subscription WHERE {AT_PLACE} ORDER BY channel, kind DESC"
_ALL: Final = f"SELECT {_COLUMNS} FROM subscription ORDER BY platform, server, channel, kind DESC"
_PAUSED: Final = "CASE WHEN paused <> '' THEN 1 ELSE 0 END"
_COUNTS: Final = f"SELECT platform, {_PAUSED}, count(*) FROM subscription GROUP BY platform, {_PAUSED}"
_DUE: Final = f"""
    SELECT {_COLUMNS} FROM subscription
    WHERE paused = '' AND platform = ?
        AND (due <= ? OR (due IS NULL AND seen < ?))
    ORDER BY due NULLS FIRST, id
"""

_DUE_LATER: Final = (
    f"SELECT {_COLUMNS} FROM subscription WHERE paused = '' AND platform = ? AND due > ? ORDER BY id"
)


class SqlSubscriptions:
    """`bot.ports.SubscriptionStore` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def of(self, place: Place) -> list[Subscription]:
        return await self._read(_OF, *place_key(place))

    async def all(self) -> list[Subscription]:
        return await self._read(_ALL)

    async def due(self, platform: str, now: datetime, newest: int) -> list[Subscription]:
        subscriptions = await self._read(_DUE, platform, from_moment(now), newest)
        return [each for each in subscriptions if not each.paused]

    async def due_later(self, platform: str, now: datetime) -> list[Subscription]:
        subscriptions = await self._read(_DUE_LATER, platform, from_moment(now))
        return [each for each in subscriptions if not each.paused]

    async def add(self, subscription: Subscription) -> bool:
        return bool(await self._writer.changes(_ADD, *_to_row(subscription)))

    @retried
    async def change(self, subscription: Subscription) -> bool:
        async with self._writer.connection() as connection:
            return await change(connection, subscription)

    async def note(self, subscription: str, problem: str) -> bool:
        return bool(await self._writer.changes(_NOTE, problem, subscription, problem))

    @retried
    async def remove(self, subscription: str) -> None:
        async with self._writer.transaction() as connection:
            for statement in _REMOVE:
                await connection.execute_fetchall(statement, (subscription,))

    @retried
    async def pause(self, subscription: str, reason: str) -> Subscription | None:
        async with self._writer.connection() as connection:
            rows = await select_as(connection, _Row, _PAUSE, reason, subscription)
            return _to_subscription(rows[0]) if rows else None

    async def counts(self) -> dict[tuple[str, bool], int]:
        rows = await self._writer.read(tuple[str, int, int], _COUNTS)
        return {(platform, bool(paused)): count for platform, paused, count in rows}

    async def pause_all(self, place: Place, reason: str) -> int:
        return await self._writer.changes(_PAUSE_ALL, reason, *place_key(place))

    async def _read(self, sql: str, *parameters: Value) -> list[Subscription]:
        rows = await self._writer.read(_Row, sql, *parameters)
        with self._writer.as_store_errors():
            return [_to_subscription(row) for row in rows]


_AT_ONCE: Final = 500
"""Subscriptions that one statement changes; it may have 32,766 parameters."""
_CHANGED: Final = (*_CHANGING, "id", "version")
_CHANGE_ALL: Final = f"""
    UPDATE subscription SET {", ".join(f"{name} = changed.column{n}" for n, name in enumerate(_CHANGING, 1))},
        version = version + 1
    FROM (VALUES {{rows}}) AS changed
    WHERE subscription.id = changed.column{len(_CHANGED) - 1} AND version = changed.column{len(_CHANGED)}
    RETURNING subscription.id
"""
# Of a column that is NULL in all rows the type is not known.
_ROW: Final = f"({', '.join('CAST(? AS BIGINT)' if name == 'due' else '?' for name in _CHANGED)})"


async def change_all(connection: Connection, subscriptions: Sequence[Subscription]) -> list[str]:
    """Write the new states; the ids of those that were not changed since they were read."""
    changed: list[str] = []
    for start in range(0, len(subscriptions), _AT_ONCE):
        rows = list(map(_to_row, subscriptions[start : start + _AT_ONCE]))
        sql = _CHANGE_ALL.format(rows=", ".join([_ROW] * len(rows)))
        parameters = [getattr(row, name) for row in rows for name in _CHANGED]
        changed += [name for (name,) in await select_as(connection, tuple[str], sql, *parameters)]
    return changed


async def change(connection: Connection, subscription: Subscription) -> bool:
    """Write the subscription's new state; False if it was changed since it was read."""
    row = _to_row(subscription)
    state = (row.seen, row.skipped, row.upcoming, row.digests, row.due, row.paused, row.missed, row.problem)
    parameters = (row.options, row.by, row.by_name, *state, row.id, row.version)
    return bool(await select_as(connection, tuple[str], _CHANGE, *parameters))


def _to_subscription(row: _Row) -> Subscription:
    """Options that cannot be read pause the subscription instead of hiding all others."""
    paused = row.paused
    try:
        options = msgspec.json.decode(row.options, type=DigestOptions)
        skipped = msgspec.json.decode(row.skipped, type=tuple[int, ...])
    except msgspec.DecodeError as error:
        options, skipped = DigestOptions(kind=DigestKind(row.kind)), ()
        paused = f"Its options cannot be read ({error}). /digest stop ends it; then subscribe again."
    return Subscription(
        id=row.id,
        place=Place(platform=row.platform, server=row.server, channel=row.channel),
        options=options,
        by=row.by,
        by_name=row.by_name,
        seen=row.seen,
        skipped=skipped,
        upcoming=row.upcoming,
        digests=row.digests,
        due=to_optional_moment(row.due),
        paused=paused,
        missed=bool(row.missed),
        problem=row.problem,
        version=row.version,
    )


def _to_row(subscription: Subscription) -> _Row:
    return _Row(
        id=subscription.id,
        platform=subscription.place.platform,
        server=subscription.place.server,
        channel=subscription.place.channel,
        kind=subscription.options.kind.value,
        options=msgspec.json.encode(subscription.options).decode(),
        by=subscription.by,
        by_name=subscription.by_name,
        seen=subscription.seen,
        skipped=msgspec.json.encode(subscription.skipped).decode(),
        upcoming=subscription.upcoming,
        digests=subscription.digests,
        due=from_optional_moment(subscription.due),
        paused=subscription.paused,
        missed=int(subscription.missed),
        problem=subscription.problem,
        version=subscription.version,
    )
