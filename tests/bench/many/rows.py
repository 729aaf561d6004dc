"""What each statement costs over millions of rows of what was shown, replied and delivered.

Two databases of one server take turns, one of which has few rows. What is asked for has as
many rows in both, so each statement returns the same.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Final
from unittest.mock import patch

import click

from bot.digests.runner import HISTORY
from bot.model.digests import Delivery, DeliveryState, DigestOptions, Subscription, delivery_id
from bot.model.places import Place
from bot.ports import SentReply
from store import Store, linked_replies, open_store
from store.linked_replies import SqlLinkedReplies
from store.queries import Writer
from tests.bench.many.costs import Costs
from tests.support.leases import acquired
from tests.support.postgresql import Server, name_of, running

FEW: Final = 5_000
"""Rows of each table in the database that is compared with."""
ROUNDS: Final = 60
_NOW: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
_STAMP: Final = int(_NOW.timestamp() * 1000)
_HALF_AN_HOUR: Final = timedelta(minutes=30)
_SERVERS: Final = 50
_CHANNELS: Final = 250
_DIGEST: Final = 5000
"""Deliveries that were planned at the same time."""
_OLD: Final = 25 * ROUNDS
"""Deliveries that are swept while it is measured."""
_FILL: Final = (
    f"""
    INSERT INTO delivery (id, subscription, platform, server, channel, digest, part, parts, payload, title, state,
        thread, message, fence, tries, planned, settled, problem)
    SELECT 's' || i % {_CHANNELS} || '-' || i / {_CHANNELS} || '-01', 's' || i % {_CHANNELS}, 'discord',
        i % {_SERVERS}, i % {_CHANNELS}, i / {_CHANNELS}, 1, 1, '', 'AN #' || i / {_CHANNELS}, 'sent',
        0, i, 1, 1, at, at + i % {_DIGEST}, ''
    FROM generate_series(1, {{rows}}) AS i, LATERAL (SELECT {_STAMP} - CASE
        WHEN i <= {_OLD} THEN 200 * 86400000::bigint ELSE i / {_DIGEST} * 3600000::bigint END) AS planned(at)
    """,  # noqa: S608 - numbers of ours
    f"""
    INSERT INTO shown (platform, server, channel, name, message, at)
    SELECT 'discord', i % {_SERVERS}, i % {_CHANNELS}, 'summary-' || i / {_CHANNELS}, i, {_STAMP} - i % 1000
    FROM generate_series(1, {{rows}}) AS i
    """,  # noqa: S608 - numbers of ours
    f"""
    INSERT INTO linked_reply (platform, server, channel, message, reply, names, text_hash)
    SELECT 'discord', i % {_SERVERS}, i % {_CHANNELS}, i, i + 1, 'summary-' || i / {_CHANNELS}, md5(i::text)
    FROM generate_series(1, {{rows}}) AS i
    """,  # noqa: S608 - numbers of ours
)


async def measure(rows: int) -> None:
    """Print what each statement costs with few rows and with so many."""
    with running() as server:
        async with AsyncExitStack() as stack:
            stores: dict[str, Store] = {}
            sizes = {}
            for count in (FEW, rows):
                address = server.database()
                stores[name_of(address)] = await stack.enter_async_context(
                    open_store(address, clock=lambda: _NOW)
                )
                sizes[name_of(address)] = count
                await asyncio.to_thread(_fill, server, name_of(address), count)
            costs = Costs()
            # Else all but the latest 20,000 were deleted at once: the bot keeps no more of them.
            with patch.object(linked_replies, "MOST_REPLIES", rows), costs.watching():
                for number in range(ROUNDS):
                    for store in stores.values():
                        await _live(store, number)
    costs.show(sizes)


def _fill(server: Server, database: str, rows: int) -> None:
    begin = perf_counter()
    for statement in _FILL:
        server.execute(statement.format(rows=rows), database)
    server.execute("VACUUM ANALYZE", database)
    ((size,),) = server.execute("SELECT pg_size_pretty(pg_database_size(current_database()))", database)
    click.echo(f"{rows:,} rows of each table: {size}, written in {perf_counter() - begin:.0f} s")


async def _live(store: Store, number: int) -> None:
    """Everything that the bot asks of these tables, once."""
    channel = number % _CHANNELS
    place = Place(platform="discord", server=str(channel % _SERVERS), channel=str(channel))
    await _link(store, place, f"new-{number}")
    await _post(store, number)
    await store.outbox.planned(_subscription(f"s{channel}", place))
    await store.outbox.owed()
    await store.outbox.sweep(_NOW - HISTORY, _NOW + HISTORY)
    for where in (place, replace(place, channel=""), None):
        await store.outbox.log(where, 20)
    await store.forgetting.servers("discord")


async def _link(store: Store, place: Place, message: str) -> None:
    """A message that mentions two summaries is answered, edited and deleted; old claims are swept."""
    replies, names = SqlLinkedReplies(Writer(store.database)), ["summary-1", message]
    since = _NOW - _HALF_AN_HOUR
    assert await replies.reply(place, message) is None
    assert await replies.claim(place, message, names, _NOW, since) == {message}
    await replies.put(place, message, SentReply(id="1", names=frozenset({message}), text_hash="hash"))
    assert await replies.shown(place, names, since) == set(names)
    await replies.release(place, message, [message])
    await replies.drop(place, message)


async def _post(store: Store, number: int) -> None:
    """A new server's digest of three parts is posted, but for the last one, and the server forgotten."""
    place = Place(platform="discord", server=f"new-{number}", channel="1")
    wanting = _subscription(f"r{number:07}", place)
    assert await store.subscriptions.add(wanting)
    fence = await acquired(store.lease, "discord", "bench", _NOW, _NOW + timedelta(minutes=1)) or 0
    assert await store.outbox.plan(replace(wanting, digests=1), _parts(wanting), fence)
    assert await store.outbox.ready("discord", _NOW) == [(wanting.id, place.server)]
    for part in (1, 2):
        name = delivery_id(wanting.id, 1, part)
        assert await store.outbox.head(wanting.id)
        assert await store.outbox.begin(name, fence, _NOW)
        await store.outbox.postpone(name, fence, DeliveryState.SENDING, _NOW, "")
        if part == 1:
            await store.outbox.sent(name, "1", _NOW)
        else:
            await store.outbox.fail(name, fence, "gone", _NOW)
    await store.subscriptions.remove(wanting.id)
    await store.forgetting.server(place.platform, place.server)


def _subscription(name: str, place: Place) -> Subscription:
    return Subscription(id=name, place=place, options=DigestOptions(), by="7", by_name="Ada")


def _parts(wanting: Subscription) -> Sequence[Delivery]:
    return [
        Delivery(
            id=delivery_id(wanting.id, 1, part),
            subscription=wanting.id,
            place=wanting.place,
            digest=1,
            part=part,
            parts=3,
            payload="{}" * 1000,
            planned=_NOW,
        )
        for part in (1, 2, 3)
    ]
