"""An open database, and how it is opened, restored and moved."""

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from bot.ports import (
    Archive,
    ArrivalLog,
    Backup,
    Checkup,
    Claims,
    DatabaseName,
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
from bot.search.index import IndexSource

LITTLE: Final = 100_000_000
"""Bytes of a disk that is nearly full: the archive, its log and a backup of it fit in as many."""


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

    @property
    def shared(self) -> bool:
        """Whether it is on a server, where processes of several machines share the work."""


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


def exists(database: DatabaseName) -> bool:
    """Whether there is a file of that name; of a server only opening it tells."""
    return not isinstance(database, Path) or database.exists()


def is_blank(database: DatabaseName) -> bool:
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
