"""Ports whose reading side is the local copy, or leans on it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.model.digests import Arrival
from bot.model.places import Place, Preferences
from bot.ports import PreferenceStore
from store.archive import SqlArchive, SqlArchiveTransaction
from store.arrivals import SqlArrivals
from store.database import Database
from store.postgresql.copy import LocalCopy
from store.queries import Writer


class CopiedPreferences:
    """`bot.ports.PreferenceStore`: read from the copy, written to the server."""

    def __init__(self, server: PreferenceStore, local: PreferenceStore, copy: LocalCopy) -> None:
        self._server = server
        self._copy = copy
        self.of = local.of
        self.linking_channels = local.linking_channels
        self.public_channels = local.public_channels

    async def put(self, place: Place, preferences: Preferences) -> None:
        await self._server.put(place, preferences)
        await self._copy.copy_preferences(place.platform, place.server)

    async def forget(self, place: Place) -> None:
        await self._server.forget(place)
        await self._copy.copy_preferences(place.platform, place.server)


class CopiedArrivals(SqlArrivals):
    """`bot.ports.ArrivalLog`: whoever reads it finds what arrived in the copy of the library."""

    def __init__(self, writer: Writer, copy: LocalCopy) -> None:
        super().__init__(writer)
        self._copy = copy

    async def all(self) -> list[Arrival]:
        arrivals = await super().all()
        await self._copy.catch_up()
        return arrivals


class CopiedArchive(SqlArchive):
    """`bot.ports.Archive`: what was written is in the copy at once."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], copy: LocalCopy, *, readonly: bool
    ) -> None:
        super().__init__(database, clock, readonly=readonly)
        self._copy = copy

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlArchiveTransaction]:
        async with super().writing() as transaction:
            yield transaction
        await self._copy.catch_up()

    @asynccontextmanager
    async def many(self) -> AsyncIterator[None]:
        async with super().many():
            yield
        await self._copy.catch_up()
