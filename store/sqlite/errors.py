"""SQLite's errors as sentences for the owner of the database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import msgspec

from bot.errors import NoRoom, NotSaved, StoreBusy, StoreError

_PRIMARY_CODE: Final = 0xFF
"""The low byte of an SQLite error code is its kind; the rest is the detail."""

_KINDS: Final[dict[int, type[StoreError]]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_READONLY: NotSaved,
    sqlite3.SQLITE_FULL: NoRoom,
}
_FAILED_WRITES: Final = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
        sqlite3.SQLITE_IOERR_DELETE,
    }
)
_SENTENCES: Final = {
    sqlite3.SQLITE_BUSY: "{database} is being written by another process. Try again when that has finished.",
    sqlite3.SQLITE_LOCKED: "{database} is being written by another process. Try again when that has finished.",
    sqlite3.SQLITE_READONLY: "{database} cannot be written: the file, its folder or its disk is read-only. "
    "Allow writing there, or name another file with --db.",
    sqlite3.SQLITE_PERM: "{database} cannot be opened: permission denied. Allow it, or name another file with --db.",
    sqlite3.SQLITE_CANTOPEN: "{database} cannot be opened: the file or its folder does not allow it. "
    "Give yourself permission to both, or name another file with --db.",
    sqlite3.SQLITE_FULL: "There is no room left to write {database}. Free some space and do it again; "
    "nothing was kept of what did not fit.",
    sqlite3.SQLITE_IOERR: "The disk failed to read or write {database} ({error}). "
    "Check the disk, then try again or name another file with --db.",
    sqlite3.SQLITE_NOTADB: "{database} is not a database. Name another file with --db, "
    "or move this one away to have a new one made in its place.",
}
_GARBLED: Final = (msgspec.MsgspecError, UnicodeDecodeError)
"""Errors of reading a damaged value that SQLite did not notice."""
_ALSO_DAMAGE: Final = (
    "unsupported file format",
    "Could not decode to UTF-8",
    "already exists",
    "no such table",
    "no such column",
)
"""Damage for which SQLite has no error code of its own. A migration meets "already exists"
if the database lost its version; what it lost else may be missing after a repair by hand.
"""
_DAMAGED: Final = "{database} is damaged ({error}). Move it away and index the newsletters again, or restore a backup of it."


@contextmanager
def as_store_errors(database: str) -> Iterator[None]:
    """Raise what is wrong with the database as a StoreError that names it.

    Defects of ours (bad SQL, a broken constraint) pass as they are.
    """
    try:
        yield
    except (sqlite3.Error, *_GARBLED) as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise _kind(error)(sentence.format(database=database, error=error)) from error


def _kind(error: Exception) -> type[StoreError]:
    code = getattr(error, "sqlite_errorcode", 0)
    return NotSaved if code in _FAILED_WRITES else _KINDS.get(code & _PRIMARY_CODE, StoreError)


def _sentence(error: Exception) -> str | None:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if code in _SENTENCES:
        return _SENTENCES[code]
    damaged = code == sqlite3.SQLITE_CORRUPT or isinstance(error, _GARBLED)
    return _DAMAGED if damaged or any(words in str(error) for words in _ALSO_DAMAGE) else None
