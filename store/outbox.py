"""Deliveries of digests.

Whatever must not happen in half is one transaction: a plan with its
subscription's new state, a mark that a delivery is being sent.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.model.digests import LONGEST_WAIT, Delivery, DeliveryState, Plan, Subscription, delivery_id
from bot.model.places import Place
from bot.ports.retrying import retried
from store import subscriptions
from store.delivery_rows import DeliveryRow, from_delivery, to_delivery
from store.queries import Writer, marks, select_as
from store.subscriptions import AT_PLACE
from store.values import from_moment, place_key, to_moment

TABLES: Final = (
    """
    CREATE TABLE delivery (
        id TEXT PRIMARY KEY,
        subscription TEXT NOT NULL,
        platform TEXT NOT NULL,
        server TEXT NOT NULL,
        channel TEXT NOT NULL,
        digest INTEGER NOT NULL,
        part INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        payload TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed')),
        thread INTEGER NOT NULL,
        message TEXT NOT NULL,
        fence INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        began INTEGER,
        again INTEGER,
        planned INTEGER NOT NULL,
        settled INTEGER,
        problem TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX delivery_owed ON delivery (subscription, digest, part, again)
    WHERE state IN ('pending', 'sending')
    """,
    "CREATE INDEX delivery_place ON delivery (platform, server, planned)",
    "CREATE INDEX delivery_settled ON delivery (settled) WHERE settled IS NOT NULL",
    "CREATE INDEX delivery_planned ON delivery (planned)",
)

_COLUMNS: Final = ", ".join(DeliveryRow._fields)
_OWED: Final = "state IN ('pending', 'sending')"
_IF_HELD: Final = f"""
    WHERE id = ? AND {_OWED}
        AND EXISTS (SELECT 1 FROM lease WHERE platform = delivery.platform AND fence = ?)
    RETURNING id
"""
_STEP: Final = 25
_FENCED: Final = "SELECT 1 FROM lease WHERE platform = ? AND fence = ?"
_INSERT: Final = f"""
    INSERT INTO delivery ({_COLUMNS}) VALUES ({marks(len(DeliveryRow._fields))})
"""
# By its bare column SQLite would go through all that was ever delivered on the platform, once a second.
_READY: Final = f"""
    SELECT owed.subscription, subscription.server
    FROM delivery AS owed JOIN subscription ON subscription.id = owed.subscription
    WHERE owed.{_OWED} AND subscription.paused = '' AND owed.platform || '' = ?
        AND (coalesce(owed.again, 0) <= ? OR owed.again > ?)
        AND NOT EXISTS (
            SELECT 1 FROM delivery AS earlier WHERE earlier.subscription = owed.subscription
                AND earlier.{_OWED} AND (earlier.digest, earlier.part) < (owed.digest, owed.part)
        )
    ORDER BY owed.again NULLS FIRST, owed.subscription
"""
_HEAD: Final = f"""
    SELECT {_COLUMNS} FROM delivery AS owed
    WHERE subscription = ? AND {_OWED}
        AND EXISTS (SELECT 1 FROM subscription WHERE id = owed.subscription AND paused = '')
    ORDER BY digest, part LIMIT 1
"""
# Grouped by its bare columns SQLite would go through all that was ever delivered.
_COUNT_OWED: Final = f"""
    SELECT platform || '', state, count(*) FROM delivery WHERE {_OWED} GROUP BY platform || '', state
"""
_MESSAGE: Final = "SELECT message FROM delivery WHERE id = ?"
_PLANNED: Final = "SELECT planned FROM delivery WHERE id = ?"
BEGIN: Final = """
    UPDATE delivery SET state = 'sending', fence = ?, tries = tries + 1, began = ?
    WHERE id = ? AND state = 'pending'
        AND EXISTS (SELECT 1 FROM lease WHERE platform = delivery.platform AND fence = ? AND until > {now})
        AND EXISTS (SELECT 1 FROM subscription WHERE id = delivery.subscription AND paused = '')
    RETURNING id
"""
"""`now` is the moment by which leases go."""
_BEGIN: Final = BEGIN.format(now="?")
# The payload is the bulk of the table, and nobody reads it again.
_SENT: Final = """
    UPDATE delivery SET state = 'sent', message = ?, settled = ?, payload = '', problem = ? WHERE id = ?
"""
_POSTPONE: Final = f"UPDATE delivery SET state = ?, again = ?, problem = ? {_IF_HELD}"
_FAIL: Final = f"UPDATE delivery SET state = 'failed', problem = ?, settled = ? {_IF_HELD}"
# A step is small: a write of somebody else waits for one at most.
_SWEEP: Final = "DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE {} LIMIT ?) RETURNING id"
_SWEEP_BEFORE: Final = _SWEEP.format("settled < ?")
_SWEEP_AFTER: Final = _SWEEP.format("settled > ?")
_LOG: Final = f"""
    SELECT {_COLUMNS} FROM delivery WHERE {AT_PLACE}
    ORDER BY planned DESC, subscription, digest DESC, part DESC LIMIT ?
"""
_LOG_ALL: Final = f"""
    SELECT {_COLUMNS} FROM delivery ORDER BY planned DESC, subscription, digest DESC, part DESC LIMIT ?
"""


class SqlOutbox:
    """`bot.ports.Outbox` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def plan(self, after: Subscription, deliveries: Sequence[Delivery], fence: int) -> bool:
        return bool(await self.plan_all([(after, deliveries)], fence))

    @retried
    async def plan_all(self, plans: Sequence[Plan], fence: int) -> list[str]:
        async with self._writer.transaction() as connection:
            (platform,) = {after.place.platform for after, _ in plans}
            if not await select_as(connection, tuple[int], _FENCED, platform, fence):
                return []
            changed = await subscriptions.change_all(connection, [after for after, _ in plans])
            written = set(changed)
            rows = [
                from_delivery(delivery)
                for after, deliveries in plans
                if after.id in written
                for delivery in deliveries
            ]
            await connection.executemany(_INSERT, rows)
            return changed

    async def ready(self, platform: str, now: datetime) -> list[tuple[str, str]]:
        parameters = (platform, from_moment(now), from_moment(now + LONGEST_WAIT))
        return await self._writer.read(tuple[str, str], _READY, *parameters)

    async def head(self, subscription: str) -> Delivery | None:
        rows = await self._writer.read(DeliveryRow, _HEAD, subscription)
        if not rows:
            return None
        root = await self._message(subscription, rows[0].digest, 1)
        return to_delivery(rows[0], root, await self._message(subscription, rows[0].digest, rows[0].part - 1))

    async def planned(self, subscription: Subscription) -> datetime | None:
        last = delivery_id(subscription.id, subscription.digests, 1)
        rows = await self._writer.read(tuple[int], _PLANNED, last)
        return to_moment(rows[0][0]) if rows else None

    async def owed(self) -> dict[tuple[str, DeliveryState], int]:
        rows = await self._writer.read(tuple[str, str, int], _COUNT_OWED)
        return {(platform, DeliveryState(state)): count for platform, state, count in rows}

    async def _message(self, subscription: str, digest: int, part: int) -> str:
        rows = await self._writer.read(tuple[str], _MESSAGE, delivery_id(subscription, digest, part))
        return rows[0][0] if rows else ""

    async def begin(self, delivery: str, fence: int, now: datetime) -> bool:
        at = from_moment(now)
        return bool(await self._writer.changes(_BEGIN, fence, at, delivery, fence, at))

    async def sent(self, delivery: str, message: str, now: datetime, problem: str = "") -> None:
        await self._writer.write(_SENT, message, from_moment(now), problem, delivery)

    async def postpone(
        self, delivery: str, fence: int, state: DeliveryState, again: datetime, problem: str
    ) -> bool:
        values = (state.value, from_moment(again), problem)
        return bool(await self._writer.changes(_POSTPONE, *values, delivery, fence))

    async def fail(self, delivery: str, fence: int, problem: str, now: datetime) -> bool:
        return bool(await self._writer.changes(_FAIL, problem, from_moment(now), delivery, fence))

    async def sweep(self, before: datetime, after: datetime) -> bool:
        for sql, moment in ((_SWEEP_BEFORE, before), (_SWEEP_AFTER, after)):
            if await self._writer.changes(sql, from_moment(moment), _STEP) == _STEP:
                return True
        return False

    async def log(self, place: Place | None, limit: int) -> list[Delivery]:
        sql, key = (_LOG, place_key(place)) if place else (_LOG_ALL, ())
        return [to_delivery(row) for row in await self._writer.read(DeliveryRow, sql, *key, limit)]
