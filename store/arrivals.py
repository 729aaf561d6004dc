"""The order in which issues came into the library, and those that are still coming in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.model.digests import Arrival
from bot.ports.retrying import retried
from store.queries import Writer, select_as
from store.values import from_moment, from_names, to_moment, to_names

TABLES: Final = (
    """
    CREATE TABLE arrival (
        id INTEGER PRIMARY KEY,
        issue INTEGER NOT NULL UNIQUE,
        names TEXT NOT NULL,
        news INTEGER NOT NULL,
        recorded INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE growing_issues (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        contents TEXT NOT NULL,
        began INTEGER NOT NULL,
        changed INTEGER NOT NULL
    ) STRICT
    """,
)

_ARRIVALS: Final = "SELECT id, issue, names, news, recorded FROM arrival ORDER BY id"
_RECORD: Final = """
    INSERT INTO arrival (issue, names, news, recorded) VALUES (?, ?, ?, ?) ON CONFLICT (issue) DO NOTHING
"""
_FORGET: Final = "DELETE FROM growing_issues"
_GROWING: Final = "SELECT contents, began, changed FROM growing_issues"
_WATCH: Final = """
    INSERT INTO growing_issues (id, contents, began, changed) VALUES (1, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET changed = excluded.changed, contents = excluded.contents
    RETURNING began, changed
"""
_NEWEST: Final = "SELECT coalesce(max(id), 0) FROM arrival"
_NEWS: Final = "SELECT issue FROM arrival WHERE id > ? AND id <= ? AND news = 1 ORDER BY issue"


class SqlArrivals:
    """`bot.ports.ArrivalLog` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def all(self) -> list[Arrival]:
        rows = await self._writer.read(tuple[int, int, str, int, int], _ARRIVALS)
        with self._writer.as_store_errors():
            return [
                Arrival(
                    id=number,
                    issue=issue,
                    names=to_names(names),
                    news=bool(news),
                    recorded=to_moment(recorded),
                )
                for number, issue, names, news, recorded in rows
            ]

    @retried
    async def record(self, arrivals: Sequence[Arrival]) -> int:
        async with self._writer.transaction() as connection:
            for arrival in arrivals:
                row = (
                    arrival.issue,
                    from_names(arrival.names),
                    int(arrival.news),
                    from_moment(arrival.recorded),
                )
                await connection.execute_fetchall(_RECORD, row)
            ((newest,),) = await select_as(connection, tuple[int], _NEWEST)
            return newest

    async def watch(self, contents: str, now: datetime) -> tuple[datetime, datetime]:
        if not contents:
            await self._writer.write(_FORGET)
            return now, now
        for noted, began, changed in await self._writer.read(tuple[str, int, int], _GROWING):
            if noted == contents:
                return to_moment(began), to_moment(changed)
        async with self._writer.connection() as connection:
            parameters = (contents, from_moment(now), from_moment(now))
            ((began, changed),) = await select_as(connection, tuple[int, int], _WATCH, *parameters)
            return to_moment(began), to_moment(changed)

    async def news(self, seen: int, newest: int) -> list[int]:
        return [issue for (issue,) in await self._writer.read(tuple[int], _NEWS, seen, newest)]
