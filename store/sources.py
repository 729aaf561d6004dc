"""The state of each polled source."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from bot.ports import SourceState
from bot.ports.retrying import retried
from store.queries import Writer, select_as, upsert
from store.values import from_moment, from_optional_moment, to_moment, to_optional_moment

TABLES: Final = (
    """
    CREATE TABLE source (
        name TEXT PRIMARY KEY,
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        content_hash TEXT NOT NULL DEFAULT '',
        tried INTEGER,
        succeeded INTEGER,
        failures INTEGER NOT NULL DEFAULT 0,
        problem TEXT NOT NULL DEFAULT '',
        due INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)


class _Row(NamedTuple):
    """A row of `source`."""

    name: str
    etag: str
    last_modified: str
    content_hash: str
    tried: int | None
    succeeded: int | None
    failures: int
    problem: str
    due: int


_COLUMNS: Final = ", ".join(_Row._fields)
_STATE: Final = f"SELECT {_COLUMNS} FROM source WHERE name = ?"
_FAILING: Final = f"SELECT {_COLUMNS} FROM source WHERE failures > 0 ORDER BY name"
_CLAIM: Final = f"""
    INSERT INTO source (name, due) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET due = excluded.due WHERE source.due <= ? OR ? = 1
    RETURNING {_COLUMNS}
"""
_PUT: Final = upsert("source", _Row._fields, "name")


class SqlSources:
    """`bot.ports.Sources` in SQL."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def state(self, name: str) -> SourceState | None:
        rows = await self._writer.read(_Row, _STATE, name)
        return _to_state(rows[0]) if rows else None

    async def failing(self) -> Sequence[SourceState]:
        return [_to_state(row) for row in await self._writer.read(_Row, _FAILING)]

    @retried
    async def claim(
        self, name: str, now: datetime, until: datetime, *, force: bool = False
    ) -> SourceState | None:
        parameters = (name, from_moment(until), from_moment(now), int(force))
        async with self._writer.connection() as connection:
            rows = await select_as(connection, _Row, _CLAIM, *parameters)
        return _to_state(rows[0]) if rows else None

    async def put(self, state: SourceState) -> None:
        row = _Row(
            name=state.name,
            etag=state.etag,
            last_modified=state.last_modified,
            content_hash=state.content_hash,
            tried=from_optional_moment(state.tried),
            succeeded=from_optional_moment(state.succeeded),
            failures=state.failures,
            problem=state.problem,
            due=from_moment(state.due),
        )
        await self._writer.write(_PUT, *row)


def _to_state(row: _Row) -> SourceState:
    return SourceState(
        name=row.name,
        etag=row.etag,
        last_modified=row.last_modified,
        content_hash=row.content_hash,
        tried=to_optional_moment(row.tried),
        succeeded=to_optional_moment(row.succeeded),
        failures=row.failures,
        problem=row.problem,
        due=to_moment(row.due),
    )
