"""How the engines carry out the store's statements: none may read a large table from end to end, or all of a platform.

Whatever a test executes is explained on the way, on the same connection. PostgreSQL is told to
read a table from end to end only if it knows no other way, as it would with millions of rows.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import aiosqlite
import psycopg
import pytest

from store.postgresql.connection import ServerConnection
from store.postgresql.dialect import numbered

LARGE: Final = frozenset({"delivery", "shown", "linked_reply", "claim"})
"""Tables that grow with what people do; all others are as large as the library, or as the list of servers."""
PARTIAL: Final = frozenset({"delivery_owed", "delivery_settled"})
"""Indexes that hold few of the rows."""
_EXPLAINED: Final = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE)\b(?! (\*|name) FROM \w+$)")
"""Statements, but not those by which tests look at a table."""
_SEEN: Final[set[tuple[str, str]]] = set()


@contextmanager
def explained(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every statement that is executed inside has a plan that fits large tables."""
    bad: list[str] = []

    def once(engine: str, sql: str) -> bool:
        shape = re.sub(r"(\?, )+\?", "?", sql)
        new = _EXPLAINED.match(sql) is not None and (engine, shape) not in _SEEN
        _SEEN.add((engine, shape))
        return new

    sqlite_fetchall = aiosqlite.Connection.execute_fetchall
    server_fetchall = ServerConnection.execute_fetchall

    async def on_sqlite(self: aiosqlite.Connection, sql: str, parameters: Any = ()) -> Any:
        if once("sqlite", sql):
            steps = await sqlite_fetchall(self, f"EXPLAIN QUERY PLAN {sql}", parameters)
            bad.extend(f"{step[-1]}: {sql}" for step in steps if _reads_all(str(step[-1]), sql))
        return await sqlite_fetchall(self, sql, parameters)

    async def on_server(self: ServerConnection, sql: str, parameters: Sequence[Any] = (), /) -> Any:
        if once("postgresql", sql):
            bad.extend(f"{step}: {sql}" for step in await _plan(self.link, sql, parameters))
        return await server_fetchall(self, sql, parameters)

    monkeypatch.setattr(aiosqlite.Connection, "execute_fetchall", on_sqlite)
    monkeypatch.setattr(ServerConnection, "execute_fetchall", on_server)
    yield
    assert not bad, "\n".join(bad)


def _reads_all(step: str, sql: str) -> bool:
    """Whether the step of SQLite's plan goes through a whole large table."""
    if searched := re.fullmatch(r"SEARCH (\w+) USING .* \(platform=\?\)", step):
        return _table(searched[1], sql) in LARGE
    scan = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
    return (
        scan is not None
        and _table(scan[1], sql) in LARGE
        and scan[2] not in PARTIAL
        and not (scan[2] and "LIMIT" in sql)
    )


def _table(name: str, sql: str) -> str:
    """The table that the name stands for."""
    alias = re.search(rf"(\w+) AS {name}\b", sql)
    return alias[1] if alias else name


async def _plan(link: psycopg.AsyncConnection[Any], sql: str, parameters: Sequence[Any]) -> list[str]:
    """The steps of PostgreSQL's plan that go through a whole large table."""
    await link.execute("SELECT set_config('enable_seqscan', 'off', false)")
    cursor = await link.execute(f"EXPLAIN (FORMAT JSON) {numbered(sql)}".encode(), parameters)
    ((plan,),) = await cursor.fetchall()
    await link.execute("SELECT set_config('enable_seqscan', 'on', false)")
    steps = [json.loads(plan)[0]["Plan"] if isinstance(plan, str) else plan[0]["Plan"]]
    for step in steps:
        inner = step.get("Plans", ())
        sorts = step["Node Type"] == "Incremental Sort" and step.get("Limited", False)
        steps += [each | {"Limited": sorts or step["Node Type"] == "Limit"} for each in inner]
    return [f"{step['Node Type']} on {step['Relation Name']}" for step in steps if _goes_through(step)]


def _goes_through(step: dict[str, Any]) -> bool:
    if step["Node Type"] == "Seq Scan":
        return step["Relation Name"] in LARGE
    if step["Node Type"] not in {"Index Scan", "Index Only Scan"} or step["Relation Name"] not in LARGE:
        return False
    found_by = step.get("Index Cond", "")
    whole = not found_by or re.fullmatch(r"\(platform = [^=<>]*\)", found_by)
    return bool(whole) and step["Index Name"] not in PARTIAL and not step.get("Limited")
