"""`bot.ports.Sources` over SQLite: where the newsletter is polled from, and how that went."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from bot.ports import SourceState
from store.connection import Writer, select_as

TABLES: Final = (
    """
    CREATE TABLE source (
        name TEXT PRIMARY KEY,
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        digest TEXT NOT NULL DEFAULT '',
        tried INTEGER,
        succeeded INTEGER,
        failures INTEGER NOT NULL DEFAULT 0,
        problem TEXT NOT NULL DEFAULT '',
        due INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
"""What the migration that brings sources creates. Times are seconds since 1970."""

_COLUMNS: Final = "name, etag, last_modified, digest, tried, succeeded, failures, problem, due"
_STATE: Final = f"SELECT {_COLUMNS} FROM source WHERE name = ?"
_FAILING: Final = f"SELECT {_COLUMNS} FROM source WHERE failures > 0 ORDER BY name"
_CLAIM: Final = f"""
    INSERT INTO source (name, due) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET due = excluded.due WHERE due <= ? OR ?
    RETURNING {_COLUMNS}
"""
_KEEP: Final = f"INSERT OR REPLACE INTO source ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


class _Row(NamedTuple):
    name: str
    etag: str
    last_modified: str
    digest: str
    tried: int | None
    succeeded: int | None
    failures: int
    problem: str
    due: int


class SqliteSources:
    """Every method is one statement."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def state(self, name: str) -> SourceState | None:
        """How it stands with the source."""
        found = await self._writer.read(_Row, _STATE, name)
        return _to_state(found[0]) if found else None

    async def failing(self) -> Sequence[SourceState]:
        """Those that failed when they were asked last."""
        return [_to_state(row) for row in await self._writer.read(_Row, _FAILING)]

    async def claim(
        self, name: str, now: datetime, until: datetime, *, force: bool = False
    ) -> SourceState | None:
        """How it stands with the source if it is due; then not before `until` again."""
        claimed = (name, int(until.timestamp()), int(now.timestamp()), int(force))
        async with self._writer.connection() as connection:
            found = await select_as(connection, _Row, _CLAIM, *claimed)
        return _to_state(found[0]) if found else None

    async def keep(self, state: SourceState) -> None:
        """Keep how it stands."""
        row = _Row(
            name=state.name,
            etag=state.etag,
            last_modified=state.last_modified,
            digest=state.digest,
            tried=_seconds(state.tried),
            succeeded=_seconds(state.succeeded),
            failures=state.failures,
            problem=state.problem,
            due=int(state.due.timestamp()),
        )
        await self._writer.write(_KEEP, *row)


def _to_state(row: _Row) -> SourceState:
    return SourceState(
        name=row.name,
        etag=row.etag,
        last_modified=row.last_modified,
        digest=row.digest,
        tried=_time(row.tried),
        succeeded=_time(row.succeeded),
        failures=row.failures,
        problem=row.problem,
        due=datetime.fromtimestamp(row.due, UTC),
    )


def _seconds(time: datetime | None) -> int | None:
    return None if time is None else int(time.timestamp())


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
