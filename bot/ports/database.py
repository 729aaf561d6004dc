"""The database as a whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol, TypeAlias

_HOST: Final = r"(?:[\w.-]*|\[[0-9a-f:]+\])(?::\d+)?"
_NAMED: Final = re.compile(
    rf"postgres(?:ql)?://(?:[^@/?#]*@)?(?P<where>{_HOST}(?:,{_HOST})*(?:/[\w.-]*)?)(?:\?.*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """The address of a database on a server. As a text it has no user, no password and no options.

    >>> str(DatabaseAddress("postgresql://anbot:hunter2@db.example.org:5433/an?sslmode=require"))
    'postgresql://db.example.org:5433/an'
    >>> str(DatabaseAddress("postgresql://anbot:hunter/2@db.example.org"))
    'postgresql://…'
    """

    text: str = field(repr=False)

    def __str__(self) -> str:
        named = _NAMED.fullmatch(self.text)
        return f"postgresql://{named['where'] if named else '…'}"


DatabaseName: TypeAlias = Path | DatabaseAddress
"""Where everything is kept: an SQLite file, or a database on a server."""


class Checkup(Protocol):
    """Checks whether the database is sound."""

    async def version(self) -> int:
        """The version of its schema."""

    async def damage(self) -> Sequence[str]:
        """What is broken, a line each; reads the whole database. Raises StoreError
        if it is too damaged to be checked.
        """

    async def writable(self) -> None:
        """Raises StoreError with the reason if the database cannot be written."""


class Backup(Protocol):
    """Copies the database while others use it."""

    async def copy_to(self, path: Path) -> int:
        """Write a copy to a file that does not exist yet, for its owner alone; its size in bytes.

        It has everything that was committed when it began. Raises InputError if the file is
        there or cannot be written, StoreError if the database cannot be read or the copy is
        not sound; then there is no file.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A copy that was put in place of the database: its size in bytes, how many summaries
    it has, and where the database that was there is `former`; None if there was none.
    """

    size: int
    summaries: int
    former: Path | None
