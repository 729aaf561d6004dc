"""The local copy of what is looked up: the library with its index, and preferences.

It is an SQLite file of this process alone, and the index in its memory, so a lookup costs what
it costs with SQLite and never waits for the network. The server tells by NOTIFY what has changed; whatever was
missed is made good once a minute, and whenever the connection had to be made anew.
"""

import asyncio
import logging
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from bot.errors import StoreError
from bot.search.index import Index
from store.archive import UPDATED
from store.database import Connection, Value
from store.migrations import MIGRATIONS, too_new
from store.postgresql.clock import ServerClock
from store.postgresql.connection import Link, ServerConnection
from store.postgresql.connections import ServerConnections
from store.postgresql.migrating import LIBRARY, PREFERENCES, schema_version
from store.queries import marks, select, select_as
from store.search_index import checked
from store.sqlite.connections import Connections

log: Final = logging.getLogger("anbot.store")

POLL: Final = 60.0
"""Seconds from one look at the generation to the next, if nothing is told."""
AGAIN: Final = 2.0
"""Seconds after which a lost connection is tried again."""
_PURPOSE: Final = "copy"
_STATE: Final = "SELECT generation, checksum, changes FROM search_index"
_REVISIONS: Final = "SELECT id, revision FROM issue"
_SUMMARIES: Final = "(SELECT id FROM summary WHERE issue_id IN ({issues}))"
_PARTS: Final = {
    "issue": "id IN ({issues})",
    "summary": "issue_id IN ({issues})",
    "summary_key": f"summary_id IN {_SUMMARIES}",
    "citation": f"citing IN {_SUMMARIES}",
}
"""The tables that issues are kept in, and which of their rows belong to some issues."""
_AT_ONCE: Final = 10
_INDEX: Final = "SELECT format, checksum, length(value) FROM search_index"
_PART: Final = "SELECT substr(value, ?, ?) FROM search_index"
_BYTES: Final = 1 << 20
"""Of the index at a time: in memory it takes several times as much on its way."""
_MEMO: Final = "SELECT name, value FROM memo WHERE name = ?"
_PREFERENCES: Final = "SELECT platform, server, channel, name, value FROM preference"
_OF_SERVER: Final = "platform = ? AND server = ?"


class LocalCopy:
    """Keeps the copy in step with the server: `local`, and in memory the index, as
    `bot.search.index.IndexSource` hands it out.
    """

    def __init__(self, server: ServerConnections, local: Connections, clock: ServerClock) -> None:
        self._server = server
        self._local = local
        self._clock = clock
        self._turn = asyncio.Lock()
        self._state = (-1, 0, 0)
        self._index = Index(b"")
        self._stored: tuple[int, int, bytes] | None = None

    def current(self) -> Index:
        """The index of the generation that was copied last. Raises StoreError if it cannot be read."""
        if self._stored:
            with self._server.as_store_errors():
                self._index = checked(self._server.name, *self._stored)
            self._stored = None
        return self._index

    async def catch_up(self) -> None:
        """Copy the library if the server has another generation."""
        async with self._turn:
            (state,) = await self._server.read(_STATE, ())
            if state != self._state:
                await self._copy_library()

    async def copy_all(self) -> None:
        """Copy the library, if it changed, and all preferences."""
        await self.catch_up()
        await self._copy_preferences("", ())

    async def copy_preferences(self, platform: str, server: str) -> None:
        """Copy the preferences of one server."""
        await self._copy_preferences(f" WHERE {_OF_SERVER}", (platform, server))

    async def follow(self) -> None:
        """Keep in step until cancelled, also if the server goes away and comes back."""
        trouble = ""
        while True:
            try:
                async with self._server.own() as link:
                    await self._listen(link)
                    await self._clock.ask(self._server)
                    await self._check_version(link)
                    await self.copy_all()
                    if trouble:
                        log.info("%s can be reached again", self._server.name)
                        trouble = ""
                    await self._follow(link)
            except StoreError as error:
                if str(error) != trouble:
                    trouble = str(error)
                    log.error("%s", error)  # noqa: TRY400 - it says what is wrong
            await asyncio.sleep(AGAIN)

    async def _listen(self, link: Link) -> None:
        for channel in (LIBRARY, PREFERENCES):
            await ServerConnection(link).execute_fetchall(f"LISTEN {channel}")

    async def _follow(self, link: Link) -> None:
        while True:
            notices: dict[tuple[str, str], None] = {}
            async for notify in link.notifies(timeout=POLL, stop_after=1):
                notices[notify.channel, notify.payload] = None
            for channel, payload in notices:
                if channel == PREFERENCES:
                    platform, _, server = payload.partition(" ")
                    await self.copy_preferences(platform, server)
            await self._check_version(link)
            await self.catch_up()
            await self._clock.ask(self._server)
            await self._server.mark(link)  # a connection that is dead without a word is noticed here

    async def _check_version(self, link: Link) -> None:
        """Raise StoreError if a newer version has changed the schema since: this one has to be updated, too."""
        version, latest = (
            await schema_version(ServerConnection(link), self._server.name),
            MIGRATIONS[-1].version,
        )
        if version > latest:
            raise StoreError(f"{too_new(self._server.name, version, latest)} Update this anbot, too.")

    async def _copy_library(self) -> None:
        stored = self._stored
        async with (
            self._server.snapshot(_PURPOSE) as source,
            self._local.transaction(_PURPOSE) as target,
        ):
            await _copy_issues(source, target)
            await target.execute_fetchall("DELETE FROM memo")
            await _insert(target, "memo", await select(source, _MEMO, UPDATED))
            (state,) = await select_as(source, tuple[int, int, int], _STATE)
            if state[:2] != self._state[:2]:
                stored = await _stored_index(source)
        self._state, self._stored = state, stored

    async def _copy_preferences(self, where: str, key: Sequence[Value]) -> None:
        async with self._turn:
            rows = list(await self._server.read(_PREFERENCES + where, key))
            async with self._local.transaction(_PURPOSE) as target:
                await target.execute_fetchall(f"DELETE FROM preference{where}", key)
                await _insert(target, "preference", rows)


async def _copy_issues(source: Connection, target: Connection) -> None:
    """Copy the issues that were written since."""
    theirs = dict(await select_as(source, tuple[int, int], _REVISIONS))
    ours = dict(await select_as(target, tuple[int, int], _REVISIONS))
    for issue in [each for each, revision in ours.items() if theirs.get(each) != revision]:
        await target.execute_fetchall("DELETE FROM issue WHERE id = ?", (issue,))
    changed = [each for each, revision in theirs.items() if ours.get(each) != revision]
    for start in range(0, len(changed), _AT_ONCE):
        issues = changed[start : start + _AT_ONCE]
        for table, which in _PARTS.items():
            where = which.format(issues=marks(len(issues)))
            await _insert(
                target, table, await select(source, f"SELECT * FROM {table} WHERE {where}", *issues)
            )


async def _stored_index(source: Connection) -> tuple[int, int, bytes]:
    ((form, checksum, size),) = await select_as(source, tuple[int, int, int], _INDEX)
    value = BytesIO()  # which hands out what was written without a copy
    for begin in range(1, size + 1, _BYTES):
        value.write(await _part(source, begin))
    return form, checksum, value.getvalue()


async def _part(source: Connection, begin: int) -> bytes:
    ((part,),) = await select_as(source, tuple[bytes], _PART, begin, _BYTES)
    return part


async def _insert(target: Connection, table: str, rows: Sequence[Sequence[Value]]) -> None:
    if rows:
        await target.executemany(f"INSERT INTO {table} VALUES ({marks(len(rows[0]))})", rows)
