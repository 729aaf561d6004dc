"""Services of a platform, over a store of the test's own."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.app import Services
from bot.lookup.lookup import Lookup
from bot.runtime.clock import Clock
from store import Store


def services_over(store: Store, lookup: Lookup, clock: Callable[[], datetime]) -> Services:
    """Services with the test's clock; only their waiting is real."""
    return Services(
        lookup=lookup,
        preferences=store.preferences,
        memo=store.memo,
        installations=store.installations,
        linked_replies=store.linked_replies,
        subscriptions=store.subscriptions,
        arrivals=store.arrivals,
        outbox=store.outbox,
        lease=store.lease,
        sources=store.sources,
        clock=Clock(read=clock, sleep=asyncio.sleep),
    )
