"""What the statements of this folder need of an engine: connections, and transactions on them.

All statements are portable: SQLite and PostgreSQL read them alike, but for the
placeholders and the types of columns, which `store/postgresql/` translates. A
placeholder is a bare `?`: Python's sqlite3 warns of `?1` since 3.12.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]
Value = str | int | bytes | None


class Connection(Protocol):
    """A connection in autocommit mode; aiosqlite's is one as it stands."""

    async def execute_fetchall(self, sql: str, parameters: Sequence[Value] = ..., /) -> Iterable[Any]:
        """Execute a statement: all rows that it returns, as tuples."""

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Value]], /) -> object:
        """Execute a statement once for each row of parameters."""


class Database(Protocol):
    """An open database. What goes wrong with it is raised as a StoreError that names it."""

    @property
    def name(self) -> str:
        """The database's name for people."""

    @property
    def conflict(self) -> type[Exception]:
        """The error of a statement that would break a constraint."""

    def as_store_errors(self) -> AbstractContextManager[None]:
        """Raise what is wrong with values that were read as a StoreError."""

    async def columns(self, table: str) -> Sequence[str]:
        """The names of its columns, in their order."""

    async def rows_were_copied(self) -> None:
        """Give new rows ids after those that were written with an id of their own."""

    async def read(self, sql: str, parameters: Sequence[Value]) -> Iterable[Any]:
        """All rows of a query."""

    async def look_up(self, sql: str, parameters: Sequence[Value]) -> Iterable[Any]:
        """All rows of a query that finds a few by an index: in a file that is a matter of microseconds."""

    def writing(self, purpose: str) -> AbstractAsyncContextManager[Connection]:
        """A connection for single statements, for one task at a time."""

    def transaction(self, purpose: str) -> AbstractAsyncContextManager[Connection]:
        """A transaction: rolled back if an error leaves it, else committed.

        It excludes all others for that purpose, also those of other processes, so that
        nobody outdates what is read inside.
        """

    def snapshot(self, purpose: str) -> AbstractAsyncContextManager[Connection]:
        """A transaction that reads everything as it was at its first query."""
