"""What the command line and the platforms get from the composition root, so that they know
no database, no other platform and no environment.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeAlias

import click

from bot.config import Settings
from bot.digests.arrivals import QUIET
from bot.digests.dispatcher import DeliveryEnded, unheard
from bot.errors import InputError
from bot.lookup.lookup import Lookup
from bot.model.findings import Finding
from bot.model.places import Place
from bot.pictures import Pictures
from bot.ports import (
    Archive,
    ArrivalLog,
    Backup,
    Checkup,
    Claims,
    DatabaseName,
    Finder,
    Forgetting,
    Installations,
    Lease,
    Library,
    LinkedReplies,
    Memo,
    Outbox,
    PreferenceStore,
    Restored,
    Sources,
    SubscriptionStore,
)
from bot.runtime.clock import Clock
from bot.runtime.gateways import Gateways
from bot.search.index import IndexSource


class Store(Protocol):
    """An open database."""

    @property
    def library(self) -> Library:
        """Reads newsletters."""

    @property
    def archive(self) -> Archive:
        """Writes newsletters."""

    @property
    def preferences(self) -> PreferenceStore:
        """Preferences of places."""

    @property
    def memo(self) -> Memo:
        """Notes of the bot to itself."""

    @property
    def installations(self) -> Installations:
        """The servers that installed the bot."""

    @property
    def claims(self) -> Claims:
        """What one process of several does."""

    @property
    def forgetting(self) -> Forgetting:
        """Forgets servers and people."""

    @property
    def linked_replies(self) -> LinkedReplies:
        """Replies to messages that mention summaries."""

    @property
    def subscriptions(self) -> SubscriptionStore:
        """Subscriptions to digests."""

    @property
    def arrivals(self) -> ArrivalLog:
        """When issues came into the library."""

    @property
    def outbox(self) -> Outbox:
        """Deliveries of digests."""

    @property
    def lease(self) -> Lease:
        """Which process delivers digests."""

    @property
    def sources(self) -> Sources:
        """The sources that are polled."""

    @property
    def checkup(self) -> Checkup:
        """Checks that the database is sound."""

    @property
    def backup(self) -> Backup:
        """Copies the database."""

    @property
    def search(self) -> IndexSource:
        """The index that searches read."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """The time by which all processes on the database go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that a platform needs to serve people.

    `pictures` are None if there is nothing to draw them with. `quiet` is how long nothing is added to an issue before it counts as complete. A
    platform says in `gateways` whether it is up; `delivered` hears of every delivery that ended.
    """

    lookup: Lookup
    store: Store
    clock: Clock
    quiet: timedelta = QUIET
    pictures: Pictures | None = None
    gateways: Gateways = field(default_factory=Gateways)
    delivered: Callable[[DeliveryEnded], None] = unheard


Checking: TypeAlias = Callable[[Store, Clock], Awaitable[Sequence[Finding]]]
"""Asks a platform whether it takes the tokens, and what the bot may do where digests go. Posts nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A chat platform, put together for an environment by its folder under `adapters`.

    name        as in places, in the log and in `anbot try --as`
    variables   the environment variables that it reads, each with what it sets
    given       those of them that are set
    needs       those without which it stays off
    configured  whether enough is set to serve
    serve       answers there until the event is set; raises BotError if the platform refuses
    preview     what would be sent for a text, as JSON
    tell        posts a text for whoever runs the bot; None if the settings name no channel for it
    check       what `anbot doctor` finds there; None if there is nothing to ask
    commands    commands of the command line that this platform alone has, each made when it is used
    servers     what the ids of its servers look like; no two platforms' look alike
    names       what channels are called, as far as the platform tells: it is asked
    leave       takes the bot off a server; returns the servers that nothing need be kept of then.
                Raises BotError if the platform cannot be asked
    """

    name: str
    variables: Mapping[str, str]
    given: tuple[str, ...]
    needs: tuple[str, ...]
    configured: bool
    serve: Callable[[Services, asyncio.Event], Awaitable[None]]
    preview: Callable[[Lookup, str, Callable[[], datetime]], Awaitable[str]]
    tell: Callable[[Services, str], Awaitable[None]] | None = None
    check: Checking | None = None
    commands: Mapping[str, Callable[[], click.Command]] = field(default_factory=dict)
    servers: str = ""
    names: Callable[[Store, Collection[Place]], Awaitable[Mapping[Place, str]]] | None = None
    leave: Callable[[Store, str], Awaitable[Sequence[str]]] | None = None


class OpenStore(Protocol):
    """Opens a database: a file, ":memory:", or one on a server."""

    def __call__(
        self,
        path: DatabaseName | str,
        *,
        clock: Callable[[], datetime],
        readonly: bool = ...,
        sample: bool = ...,
        watch: bool = ...,
    ) -> AbstractAsyncContextManager[Store]:
        """Raises StoreError if it cannot be used."""


class Restore(Protocol):
    """Puts a copy of the database in its place."""

    async def __call__(self, copy: Path, target: Path, *, clock: Callable[[], datetime]) -> Restored:
        """Raises InputError if the copy cannot be used or the target is in use, StoreError
        if the target cannot be written.
        """


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


class Move(Protocol):
    """Copies everything to another database."""

    async def __call__(
        self,
        source: DatabaseName,
        target: DatabaseName,
        *,
        clock: Callable[[], datetime],
        step: Callable[[str], None],
    ) -> int:
        """The number of rows; `step` is called with the name of each table.

        Raises Refused if a bot uses the source, or the target holds anything else, and
        StoreError if either cannot be used.
        """


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
        if exists(path) and not _is_blank(path):
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


def exists(database: DatabaseName) -> bool:
    """Whether there is a file of that name; of a server only opening it tells."""
    return not isinstance(database, Path) or database.exists()


def _is_blank(database: DatabaseName) -> bool:
    """Whether the first writer of the file was killed at once."""
    return isinstance(database, Path) and database.is_file() and database.stat().st_size == 0


def may_write(path: DatabaseName) -> bool:
    """Whether this process may write the database: the file, and beside it what SQLite keeps there.

    Of a server only writing tells.
    """
    if not isinstance(path, Path):
        return True
    really = os.access in os.supports_effective_ids
    beside = path.with_name(f"{path.name}-wal")
    needed = (path, beside if beside.exists() else path.absolute().parent)
    return all(os.access(each, os.W_OK, effective_ids=really) for each in needed)
