"""What the command line and the platforms get from the composition root, so that they know
no database, no other platform and no environment.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.app.database import Move, OpenStore, Restore, Store, exists, is_blank, may_write
from bot.app.platforms import Checking, Platform, Services
from bot.config import Settings
from bot.errors import InputError
from bot.lookup.lookup import Lookup
from bot.ports import DatabaseName, Finder
from bot.runtime.clock import Clock

__all__ = [
    "App",
    "Checking",
    "Move",
    "OpenStore",
    "Platform",
    "Restore",
    "Services",
    "Store",
    "Talk",
    "exists",
    "may_write",
]


class Talk(Protocol):
    """Answers at a console."""

    async def __call__(
        self,
        lookup: Lookup,
        clock: Callable[[], datetime],
        texts: Sequence[str],
        settings: Settings,
        *,
        as_json: bool,
    ) -> None:
        """Answer the texts and return; without any, a prompt or the lines of a pipe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything a command may need; click's context carries it."""

    settings: Settings
    clock: Clock
    open_store: OpenStore
    restore: Restore
    move: Move
    find_in: Callable[[Store], Awaitable[Finder]]
    talk: Talk
    platforms: Sequence[Platform] = ()

    def database(self, given: DatabaseName | None) -> DatabaseName:
        """The database that was given, else that of the settings."""
        return given or self.settings.database

    def clock_of(self, store: Store) -> Clock:
        """The clock to work with that database by."""
        return replace(self.clock, read=store.clock)

    @asynccontextmanager
    async def reading(self, given: DatabaseName | None) -> AsyncIterator[Store]:
        """The database to look things up in, or the embedded sample while it has no summary.

        It is watched, for a session lasts long. If it is writable, an older schema, or a
        search index that a killed run left behind, is brought up to date first.
        """
        path = self.database(given)
        if exists(path) and not is_blank(path):
            opened = self.open_store(path, clock=self.clock, readonly=not may_write(path), watch=True)
            async with opened as store:
                if (await store.library.origin()).summaries:
                    yield store
                    return
        async with self.sample() as store:
            yield store

    @asynccontextmanager
    async def looking(self, given: DatabaseName | None) -> AsyncIterator[Store]:
        """The database as it is; one that may not be written is only read. Raises InputError
        if there is none.
        """
        path = self.database(given)
        if not exists(path):
            raise InputError(f"There is no database {path} yet. `anbot run` or `anbot index` makes one.")
        async with self.open_store(path, clock=self.clock, readonly=not may_write(path)) as store:
            yield store

    @asynccontextmanager
    async def sample(self) -> AsyncIterator[Store]:
        """The embedded sample in memory."""
        from bot.indexing.indexer import Indexer  # noqa: PLC0415 - only the sample has to be indexed first
        from bot.sample import document  # noqa: PLC0415 - as above

        async with self.open_store(":memory:", clock=self.clock, sample=True) as store:
            await Indexer(store.archive).take("the embedded sample", document())
            yield store
