"""A copy of the database, taken while others write to it."""

import asyncio
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from bot.errors import InputError, StoreError
from store.sqlite.connections import Connections
from store.sqlite.errors import as_store_errors

_PRIVATE: Final = 0o600
_SOUND: Final = [("ok",)]


class SqliteBackup:
    """`bot.ports.Backup` by SQLite's own backup, which includes what is still in the log."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def copy_to(self, path: Path) -> int:
        source = await self._connections.reading()
        _create(path)
        try:
            with as_store_errors(str(path)):
                with closing(sqlite3.connect(path, check_same_thread=False)) as copy:
                    await source.backup(copy)
                return await asyncio.to_thread(_checked, path)
        except BaseException:
            _delete(path)
            raise


def _create(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
    except FileExistsError as error:
        raise InputError(f"{path} is there already. Name another file, or delete it first.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}). Name another file.") from error


def _checked(path: Path) -> int:
    """The size of a copy that is sound."""
    with closing(sqlite3.connect(path)) as copy:
        if copy.execute("PRAGMA quick_check").fetchall() != _SOUND:
            raise StoreError(
                "The database is damaged, and so was the copy. `anbot doctor` says what is wrong."
            )
    return path.stat().st_size


def _delete(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
