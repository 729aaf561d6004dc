"""One connection to a server."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection

from store.database import Value
from store.postgresql.dialect import numbered

Link = AsyncConnection[tuple[Any, ...]]
_HANGS: Final = "it does not answer"


class ServerConnection:
    """A connection that takes the statements of `store/`. Placeholders are numbered on the way.

    `within` is how many seconds a statement may take, None for any time. Then the connection is
    given up, and psycopg.OperationalError raised: nothing else notices a server that hangs
    while its machine is up.
    """

    within: float | None = 30.0

    def __init__(self, link: Link) -> None:
        self.link = link

    async def execute_fetchall(self, sql: str, parameters: Sequence[Value] = (), /) -> Iterable[Any]:
        """Execute a statement: all rows that it returns."""
        try:
            async with asyncio.timeout(self.within):
                cursor = await self.link.execute(numbered(sql), _clean(parameters))
                return await cursor.fetchall() if cursor.description else ()
        except TimeoutError:
            raise psycopg.OperationalError(_HANGS) from None

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Value]], /) -> None:
        """Execute a statement once for each row of parameters."""
        try:
            async with asyncio.timeout(self.within), self.link.cursor() as cursor:
                await cursor.executemany(numbered(sql), map(_clean, parameters))
        except TimeoutError:
            raise psycopg.OperationalError(_HANGS) from None


def _clean(parameters: Sequence[Value]) -> Sequence[Value]:
    """The parameters without the one character that PostgreSQL has no room for."""
    return [
        each.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(each, str) and "\0" in each else each
        for each in parameters
    ]
