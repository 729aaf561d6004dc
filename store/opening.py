"""An open database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.ports import (
    Archive,
    ArrivalLog,
    Backup,
    Checkup,
    Claims,
    Forgetting,
    Installations,
    Lease,
    Library,
    LinkedReplies,
    Memo,
    Outbox,
    PreferenceStore,
    Sources,
    SubscriptionStore,
)
from bot.search.index import IndexSource
from store.database import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open database.

    `clock` is the time by which all processes on the database go, `shared` whether they may be on
    several machines. `database` is all of it, to be moved; `connection` is for reading and in
    autocommit mode, and only tests use it directly.
    """

    library: Library
    archive: Archive
    preferences: PreferenceStore
    memo: Memo
    installations: Installations
    claims: Claims
    forgetting: Forgetting
    linked_replies: LinkedReplies
    subscriptions: SubscriptionStore
    arrivals: ArrivalLog
    outbox: Outbox
    lease: Lease
    sources: Sources
    checkup: Checkup
    backup: Backup
    search: IndexSource
    clock: Callable[[], datetime]
    shared: bool
    database: Database
    connection: Connection
