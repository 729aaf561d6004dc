"""What statements cost on two databases of a server: milliseconds, and pages that they touch."""

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from time import perf_counter
from typing import Any, Final
from unittest.mock import patch

import click
from psycopg.pq import TransactionStatus

from store.database import Value
from store.postgresql.connection import Link, ServerConnection
from store.postgresql.dialect import numbered

_LARGE: Final = re.compile(r"\b(delivery|shown|linked_reply)\b")
"""Statements about these tables are watched."""
_SHOWN: Final = 100


@dataclass
class Costs:
    """By statement and name of the database."""

    times: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(dict))
    pages: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Every statement that is executed inside is timed; of its first execution pages are counted."""
        fetchall, many = ServerConnection.execute_fetchall, ServerConnection.executemany

        async def execute_fetchall(
            connection: ServerConnection, sql: str, parameters: Sequence[Value] = (), /
        ) -> Iterable[Any]:
            if await self._counted(connection.link, sql, parameters):
                begin = perf_counter()
                rows = await fetchall(connection, sql, parameters)
                self._note(connection.link, sql, begin)
                return rows
            return await fetchall(connection, sql, parameters)

        async def executemany(
            connection: ServerConnection, sql: str, parameters: Iterable[Sequence[Value]], /
        ) -> None:
            rows = list(parameters)
            watched = bool(rows) and await self._counted(connection.link, sql, rows[0])
            begin = perf_counter()
            await many(connection, sql, rows)
            if watched:
                self._note(connection.link, sql, begin)

        with (
            patch.object(ServerConnection, "execute_fetchall", execute_fetchall),
            patch.object(ServerConnection, "executemany", executemany),
        ):
            yield

    async def _counted(self, link: Link, sql: str, parameters: Sequence[Value]) -> bool:
        """Whether the statement is watched. The first time it is carried out and undone, to count its pages."""
        if not _LARGE.search(sql):
            return False
        pages = self.pages[_shape(sql)]
        if link.info.dbname not in pages:
            inside = link.info.transaction_status is TransactionStatus.INTRANS
            begin, end = ("SAVEPOINT here", "ROLLBACK TO here") if inside else ("BEGIN", "ROLLBACK")
            await link.execute(begin)
            explaining = f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {numbered(sql)}"
            ((whole,),) = await (await link.execute(explaining.encode(), parameters)).fetchall()
            await link.execute(end)
            plan = whole[0]["Plan"]
            pages[link.info.dbname] = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        return True

    def _note(self, link: Link, sql: str, begin: float) -> None:
        spent = (perf_counter() - begin) * 1e3
        self.times[_shape(sql)].setdefault(link.info.dbname, []).append(spent)

    def show(self, sizes: dict[str, int]) -> None:
        """Print a line for each statement, the dearest in relation first. `sizes` are the rows of the databases,
        the smaller one first.
        """
        few, many = sizes

        def ratio(times: dict[str, list[float]]) -> float:
            return statistics.median(times[many]) / statistics.median(times[few])

        counts = [f"{rows:,}" for rows in sizes.values()]
        click.echo(f"{'ms at':>10} {'ms at':>11} {'ratio':>6} {'pages at':>10} {'pages at':>11}")
        click.echo(f"{counts[0]:>10} {counts[1]:>11} {'':6} {counts[0]:>10} {counts[1]:>11}  statement")
        for shape, times in sorted(self.times.items(), key=lambda item: -ratio(item[1])):
            before, after = (statistics.median(times[name]) for name in sizes)
            pages = self.pages[shape]
            click.echo(
                f"{before:>10.3f} {after:>11.3f} {after / before:>6.2f} {pages[few]:>10} {pages[many]:>11}"
                f"  {shape[:_SHOWN]}"
            )
        worst = max(map(ratio, self.times.values()))
        slowest = max(statistics.median(times) for times in chain(each[many] for each in self.times.values()))
        click.echo(
            f"{len(self.times)} statements; the most in relation {worst:.2f}, the slowest {slowest:.1f} ms"
        )


def _shape(sql: str) -> str:
    """The statement on one line, whatever the number of its parameters."""
    return re.sub(r"(\?, )+\?", "?", " ".join(sql.split()))
