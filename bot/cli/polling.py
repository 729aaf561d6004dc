"""The poller that `anbot sync` and `anbot run` share."""

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.wiring import Store, Wiring

if TYPE_CHECKING:
    from bot.sync.rounds import Sync


def sync_of(wiring: Wiring, store: Store, named: Sequence[str]) -> "Sync":
    """Keeps that store up to date with the sources of those names."""
    # ruff: noqa: PLC0415 - the network is slow to load, and no other command needs it
    from bot.ingest.fetch import UNGUARDED, Bounds
    from bot.sync.obtain import obtaining
    from bot.sync.rounds import Sync

    return Sync(
        named,
        archive=store.archive,
        library=store.library,
        states=store.sources,
        obtain=obtaining(UNGUARDED if wiring.settings.allow_private else Bounds()),
        clock=wiring.clock,
        rng=random.SystemRandom(),
    )
