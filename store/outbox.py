"""`bot.ports.Outbox` over SQLite.

Whatever must not happen in half is one transaction: a plan with how its
subscription stands then, a lease, a mark that something is being sent.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

import aiosqlite
import msgspec

from bot.model.digests import Arrival, Delivery, DeliveryState, Subscription
from bot.model.places import Place
from store.connection import Value, Writer, select_as, transaction
from store.digest_rows import (
    DELIVERY,
    SUBSCRIPTION,
    DeliveryRow,
    SubscriptionRow,
    delivery_of,
    row_of_delivery,
    row_of_subscription,
    stamp,
    subscription_of,
)

_OWED: Final = "state IN ('pending', 'sending')"
_ADD: Final = f"""
    INSERT INTO subscription ({SUBSCRIPTION}, kind)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING RETURNING id
"""
_CHANGE: Final = """
    UPDATE subscription SET options = ?, by = ?, by_name = ?, seen = ?, upcoming = ?, digests = ?, due = ?,
        paused = ?, missed = ?, version = version + 1
    WHERE id = ? AND version = ? RETURNING id
"""
_REMOVE: Final = (
    f"DELETE FROM delivery WHERE subscription = ? AND {_OWED}",
    "DELETE FROM subscription WHERE id = ?",
)
_PAUSE: Final = f"""
    UPDATE subscription SET paused = ?, missed = 1, version = version + 1
    WHERE id = ? AND paused = '' RETURNING {SUBSCRIPTION}
"""
_THERE: Final = "platform = ? AND server = ? AND ? IN ('', channel)"
_PAUSE_ALL: Final = f"""
    UPDATE subscription SET paused = ?, missed = 1, version = version + 1
    WHERE {_THERE} AND paused = '' RETURNING id
"""
_OF: Final = f"SELECT {SUBSCRIPTION} FROM subscription WHERE {_THERE} ORDER BY channel, kind DESC"
_ALL: Final = f"SELECT {SUBSCRIPTION} FROM subscription ORDER BY platform, server, channel, kind DESC"
_APPEARANCES: Final = "SELECT id, issue, names, news FROM appearance ORDER BY id"
_NOTE: Final = "INSERT OR IGNORE INTO appearance (issue, names, news) VALUES (?, ?, ?)"
_NEWEST: Final = "SELECT coalesce(max(id), 0) FROM appearance"
_NEWS: Final = "SELECT issue FROM appearance WHERE id > ? AND id <= ? AND news ORDER BY issue"
_HELD: Final = "SELECT holder, fence, until FROM lease WHERE platform = ?"
_HOLD: Final = "INSERT OR REPLACE INTO lease (platform, holder, fence, until) VALUES (?, ?, ?, ?)"
_RELEASE: Final = "UPDATE lease SET until = 0 WHERE platform = ? AND holder = ?"
_FENCED: Final = "SELECT 1 FROM lease WHERE platform = ? AND fence = ?"
_DUE: Final = f"""
    SELECT {SUBSCRIPTION} FROM subscription
    WHERE paused = '' AND platform = ?
        AND (due <= ? OR (due IS NULL AND seen < ?))
    ORDER BY due, id
"""
_INSERT: Final = f"""
    INSERT INTO delivery ({DELIVERY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# SQLite takes the other columns from the row that has the least: the first one owed.
_READY: Final = f"""
    SELECT owed.subscription, subscription.server FROM (
        SELECT subscription, platform, again, min(digest * 100 + part) FROM delivery
        WHERE {_OWED} GROUP BY subscription
    ) AS owed JOIN subscription ON subscription.id = owed.subscription
    WHERE subscription.paused = '' AND coalesce(owed.again, 0) <= ?
        AND owed.platform = ?
    ORDER BY owed.again, owed.subscription
"""
_HEAD: Final = f"""
    SELECT {DELIVERY} FROM delivery AS owed
    WHERE subscription = ? AND {_OWED}
        AND EXISTS (SELECT 1 FROM subscription WHERE id = owed.subscription AND paused = '')
    ORDER BY digest, part LIMIT 1
"""
_ROOT: Final = "SELECT message FROM delivery WHERE subscription = ? AND digest = ? AND part = 1"
_BEGIN: Final = """
    UPDATE delivery SET state = 'sending', fence = ?, tries = tries + 1, began = ?
    WHERE id = ? AND state = 'pending'
        AND EXISTS (SELECT 1 FROM lease WHERE platform = delivery.platform AND fence = ? AND until > ?)
        AND EXISTS (SELECT 1 FROM subscription WHERE id = delivery.subscription AND paused = '')
    RETURNING id
"""
_SENT: Final = """
    UPDATE delivery SET state = 'sent', message = ?, settled = ?, payload = '', problem = '' WHERE id = ?
"""
_POSTPONE: Final = f"UPDATE delivery SET state = ?, again = ?, problem = ? WHERE id = ? AND {_OWED}"
_FAIL: Final = f"UPDATE delivery SET state = 'failed', problem = ?, settled = ? WHERE id = ? AND {_OWED}"
_SWEEP: Final = "DELETE FROM delivery WHERE settled < ?"
_LOG: Final = f"""
    SELECT {DELIVERY} FROM delivery WHERE {_THERE} ORDER BY planned DESC, digest DESC, part DESC LIMIT ?
"""
_LOG_ALL: Final = f"""
    SELECT {DELIVERY} FROM delivery ORDER BY planned DESC, subscription, digest DESC, part DESC LIMIT ?
"""


class SqliteOutbox:
    """Shares its writer with the ledger."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def add(self, subscription: Subscription) -> bool:
        """Keep a new one; False where the place has one of its kind."""
        row = row_of_subscription(subscription)
        return bool(await self._changes(_ADD, *row, subscription.options.kind.value))

    async def change(self, subscription: Subscription) -> bool:
        """Keep how it is now; False where it was changed since it was read."""
        return bool(await self._changes(_CHANGE, *_changed(subscription)))

    async def remove(self, subscription: str) -> None:
        """Drop it, and what it was still owed."""
        async with self._writing() as connection:
            for statement in _REMOVE:
                await connection.execute_fetchall(statement, (subscription,))

    async def pause(self, subscription: str, reason: str) -> Subscription | None:
        """Post nothing to it until it is resumed; None where it is paused already."""
        async with self._writer.connection() as connection:
            found = await select_as(connection, SubscriptionRow, _PAUSE, reason, subscription)
            return subscription_of(found[0]) if found else None

    async def pause_all(self, place: Place, reason: str) -> int:
        """The same for all of that place; how many were not paused before."""
        return await self._changes(_PAUSE_ALL, reason, *_key_of(place))

    async def subscriptions(self, place: Place | None = None) -> list[Subscription]:
        """All of that place, or all there are."""
        read = self._writer.read
        rows = await (read(SubscriptionRow, _OF, *_key_of(place)) if place else read(SubscriptionRow, _ALL))
        with self._writer.as_store_errors():
            return [subscription_of(row) for row in rows]

    async def appearances(self) -> list[Arrival]:
        """Every issue that came into the library, in the order they came."""
        rows = await self._writer.read(tuple[int, int, str, int], _APPEARANCES)
        with self._writer.as_store_errors():
            return [
                Arrival(
                    id=number,
                    issue=issue,
                    names=msgspec.json.decode(names, type=frozenset[str]),
                    news=bool(news),
                )
                for number, issue, names, news in rows
            ]

    async def note(self, appearances: Sequence[Arrival]) -> int:
        """Note more of them, whose ids are given here; tell the last id of all."""
        async with self._writing() as connection:
            for each in appearances:
                names = msgspec.json.encode(sorted(each.names)).decode()
                await connection.execute_fetchall(_NOTE, (each.issue, names, int(each.news)))
            ((newest,),) = await select_as(connection, tuple[int], _NEWEST)
            return newest

    async def news(self, seen: int, newest: int) -> list[int]:
        """The numbers of issues that are news, of the appearances between the two."""
        return [issue for (issue,) in await self._writer.read(tuple[int], _NEWS, seen, newest)]

    async def lease(self, platform: str, holder: str, now: datetime, until: datetime) -> int | None:
        """Be the one who delivers until then: the fence, None while another is."""
        async with self._writing() as connection:
            held = await select_as(connection, tuple[str, int, int], _HELD, platform)
            other, fence, ends = held[0] if held else ("", 0, 0)
            if other != holder and ends > stamp(now):
                return None
            fence += other != holder
            await connection.execute_fetchall(_HOLD, (platform, holder, fence, stamp(until)))
            return fence

    async def release(self, platform: str, holder: str) -> None:
        """Let another deliver."""
        await self._writer.write(_RELEASE, platform, holder)

    async def due(self, platform: str, now: datetime, newest: int) -> list[Subscription]:
        """Those on the platform that something may have to be posted to."""
        rows = await self._writer.read(SubscriptionRow, _DUE, platform, stamp(now), newest)
        with self._writer.as_store_errors():
            return [subscription_of(row) for row in rows]

    async def plan(self, after: Subscription, deliveries: Sequence[Delivery], fence: int) -> bool:
        """All of it, or nothing where it was changed since or the fence is outdated."""
        async with self._writing() as connection:
            if not await select_as(connection, tuple[int], _FENCED, after.place.platform, fence):
                return False
            if not await select_as(connection, tuple[str], _CHANGE, *_changed(after)):
                return False
            for delivery in deliveries:
                await connection.execute_fetchall(_INSERT, row_of_delivery(delivery))
            return True

    async def ready(self, platform: str, now: datetime) -> list[tuple[str, str]]:
        """The subscriptions whose next delivery may be sent now, each with its server."""
        return await self._writer.read(tuple[str, str], _READY, stamp(now), platform)

    async def head(self, subscription: str) -> Delivery | None:
        """The first part that is neither sent nor failed."""
        rows = await self._writer.read(DeliveryRow, _HEAD, subscription)
        if not rows:
            return None
        roots = await self._writer.read(tuple[str], _ROOT, subscription, rows[0].digest)
        return delivery_of(rows[0], roots[0][0] if roots else "")

    async def begin(self, delivery: str, fence: int, now: datetime) -> bool:
        """Mark a pending one as being sent; False where the fence is outdated."""
        at = stamp(now)
        return bool(await self._changes(_BEGIN, fence, at, delivery, fence, at))

    async def sent(self, delivery: str, message: str, now: datetime) -> None:
        """It stands there, as that message; what it said need not be kept."""
        await self._writer.write(_SENT, message, stamp(now), delivery)

    async def postpone(self, delivery: str, state: DeliveryState, again: datetime, problem: str) -> None:
        """Bring it into that state, to be looked at again then."""
        await self._writer.write(_POSTPONE, state.value, stamp(again), problem, delivery)

    async def fail(self, delivery: str, problem: str, now: datetime) -> None:
        """Give it up for good."""
        await self._writer.write(_FAIL, problem, stamp(now), delivery)

    async def sweep(self, before: datetime) -> None:
        """Forget deliveries that were settled before then."""
        await self._writer.write(_SWEEP, stamp(before))

    async def log(self, place: Place | None, limit: int) -> list[Delivery]:
        """The last deliveries, the newest first, without their payloads."""
        sql, address = (_LOG, _key_of(place)) if place else (_LOG_ALL, ())
        return [delivery_of(row) for row in await self._writer.read(DeliveryRow, sql, *address, limit)]

    async def _changes(self, sql: str, *parameters: Value) -> int:
        """How many rows it says that it changed."""
        async with self._writer.connection() as connection:
            return len(await select_as(connection, tuple[str], sql, *parameters))

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[aiosqlite.Connection]:
        async with self._writer.connection() as connection, transaction(connection, "IMMEDIATE"):
            yield connection


def _key_of(place: Place) -> tuple[str, str, str]:
    return place.platform, place.server, place.channel


def _changed(after: Subscription) -> tuple[Value, ...]:
    row = row_of_subscription(after)
    standing = (row.seen, row.upcoming, row.digests, row.due, row.paused, row.missed)
    return (row.options, row.by, row.by_name, *standing, row.id, row.version)
