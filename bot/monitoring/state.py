"""The state of a running bot at a moment."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bot.app import Services, Store
from bot.errors import StoreError
from bot.model.digests import DeliveryState
from bot.ports import DatabaseName, SourceState
from bot.sources.named import WORDS, standing, without_secrets

_MOST: Final = 50
"""Sources of which there are metrics: a folder may hold thousands of files."""
_WORDS: Final = {without_secrets(address): word for word, address in WORDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is true now; without a database that can be read, counts are 0.

    `platforms` says of each that is to be served whether it is up, `owed` how many
    deliveries of a platform are in a state, `subscriptions` how many are paused or
    not. `free` is in bytes.
    """

    platforms: Mapping[str, bool]
    database: bool = False
    owed: Mapping[tuple[str, DeliveryState], int] = field(default_factory=dict)
    subscriptions: Mapping[tuple[str, bool], int] = field(default_factory=dict)
    sources: Sequence[SourceState] = ()
    issues: int = 0
    summaries: int = 0
    free: int = 0

    @property
    def missing(self) -> Sequence[str]:
        """What is not as it should be, for `/readyz`."""
        down = [f"{platform} is not connected" for platform, up in self.platforms.items() if not up]
        return down if self.database else ["the database cannot be read", *down]


class Observer:
    """Looks at a running bot."""

    def __init__(
        self, services: Services, database: DatabaseName, platforms: Sequence[str], sources: Sequence[str]
    ) -> None:
        self._services = services
        self._folder = database.parent if isinstance(database, Path) else Path(tempfile.gettempdir())
        self._platforms = platforms
        self._sources = sources

    async def state(self) -> State:
        """The state now. Raises nothing because of the database."""
        platforms = {name: await self._services.gateways.is_up(name) for name in self._platforms}
        store = self._services.store
        try:
            origin = await store.library.origin()
            return State(
                platforms=platforms,
                database=True,
                owed=await store.outbox.owed(),
                subscriptions=await store.subscriptions.counts(),
                sources=await self._polled(store),
                issues=origin.issues,
                summaries=origin.summaries,
                free=shutil.disk_usage(self._folder).free,
            )
        except (StoreError, OSError):
            return State(platforms=platforms)

    async def _polled(self, store: Store) -> Sequence[SourceState]:
        known = await asyncio.to_thread(standing, self._sources)
        states = [await store.sources.state(source.name) for source in known[:_MOST]]
        return [
            replace(state, name=_WORDS.get(state.name, state.name))
            for state in states
            if state and state.tried
        ]
