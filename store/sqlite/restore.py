"""Putting a copy of the database in its place, whole or not at all."""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.errors import InputError
from bot.ports import Restored
from store.migrations import MIGRATIONS, too_new
from store.sqlite.errors import as_store_errors
from store.sqlite.file import SIDE_FILES, address_of
from store.sqlite.migrating import APPLICATION_ID
from store.sqlite.opening import open_file

_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_CANNOT_BE_READ: Final = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_PRIMARY_CODE: Final = 0xFF
_PATIENCE: Final = 1.0
"""Seconds to wait for somebody who has the database open."""
_SOUND: Final = [("ok",)]


async def restore_copy(copy: Path, target: Path, *, clock: Callable[[], datetime]) -> Restored:
    """Put the copy in place of the database at the target, brought up to date and for its owner
    alone. What was at the target is kept beside it.

    Raises InputError if the copy cannot be used or the target is in use, StoreError if
    the target cannot be written; then the target is as it was.
    """
    _check(copy, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with as_store_errors(str(target)):
        new = _beside(target)
        try:
            with _alone_with(target):
                await asyncio.to_thread(_copied, copy, new)
                async with open_file(new, clock=clock) as store:  # brings an older schema up to date
                    summaries = (await store.library.origin()).summaries
            size, former = _put(new, target)
        finally:
            _delete(new)
    return Restored(size=size, summaries=summaries, former=former)


def _check(copy: Path, target: Path) -> None:
    """Raise InputError if the copy is not a sound database of ours."""
    if not copy.is_file():
        raise InputError(f"There is no file {copy}. Name one that `anbot backup` made.")
    if target.exists() and copy.samefile(target):
        raise InputError(f"{copy} is the database itself. Name a copy of it.")
    try:
        with closing(_reading(copy)) as connection:
            ((application,),) = connection.execute("PRAGMA application_id").fetchall()
            ((version,),) = connection.execute("PRAGMA user_version").fetchall()
            damaged = connection.execute("PRAGMA quick_check").fetchall() != _SOUND
    except sqlite3.DatabaseError as error:
        raise InputError(f"{copy} cannot be restored: {error}. {_UNCHANGED}") from error
    if application != APPLICATION_ID:
        raise InputError(f"{copy} is no database of anbot. {_UNCHANGED}")
    if version > (latest := MIGRATIONS[-1].version):
        raise InputError(f"{too_new(str(copy), version, latest)} Update anbot first. {_UNCHANGED}")
    if damaged:
        raise InputError(f"{copy} is damaged. Take an earlier copy. {_UNCHANGED}")


_UNCHANGED: Final = "Nothing was changed."


def _reading(copy: Path) -> sqlite3.Connection:
    """A connection that leaves no file beside the copy."""
    logged = copy.with_name(f"{copy.name}{SIDE_FILES[0]}").exists()
    address = address_of(copy, readonly=True) if logged else f"{copy.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True)


def _beside(target: Path) -> Path:
    """An empty file that only its owner may read, in the folder of the target."""
    try:
        descriptor, name = tempfile.mkstemp(".restoring", f"{target.name}.", target.parent)
    except OSError as error:
        raise InputError(
            f"{target} cannot be written ({error.strerror}). Name another file with --db."
        ) from error
    os.close(descriptor)
    return Path(name)


@contextmanager
def _alone_with(target: Path) -> Iterator[None]:
    """Keep others from the database at the target. Raises InputError if somebody has it open.

    Whether somebody has a damaged one open cannot be told.
    """
    if not target.exists():
        yield
        return
    with closing(sqlite3.connect(target, timeout=_PATIENCE, isolation_level=None)) as connection:
        try:
            # In the write-ahead log this alone asks for the whole file: https://www.sqlite.org/wal.html#noshm
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            code = error.sqlite_errorcode & _PRIMARY_CODE
            if code in _BUSY:
                raise InputError(
                    f"{target} is in use by a bot or another command, so it is left as it is. "
                    "Stop that, restore, and start it again."
                ) from error
            if code not in _CANNOT_BE_READ:
                raise
        yield


def _copied(copy: Path, new: Path) -> None:
    with closing(_reading(copy)) as source, closing(sqlite3.connect(new)) as written:
        source.backup(written)


def _put(new: Path, target: Path) -> tuple[int, Path | None]:
    """Put the new file in place of the target: its size, and where the target is kept, None if there was none."""
    size = new.stat().st_size
    if not target.exists():
        _own_as(target.parent, new)
        new.replace(target)
        return size, None
    _own_as(target, new)
    former = _free(target)
    log, index = (target.with_name(target.name + each) for each in SIDE_FILES)
    if log.exists():  # of a damaged database; others have none left
        log.rename(former.with_name(former.name + SIDE_FILES[0]))
    index.unlink(missing_ok=True)  # of the log; it is made anew with the next connection
    try:
        os.link(target, former)  # so there is a database at every moment
    except OSError:
        target.rename(former)
    new.replace(target)
    return size, former


def _free(target: Path) -> Path:
    number = 1
    while True:
        former = target.with_name(f"{target.name}.before-restore-{number}")
        if not former.exists():
            return former
        number += 1


def _own_as(example: Path, new: Path) -> None:
    """Give the file to the owner of the example, if the superuser restores it."""
    if os.geteuid() == 0:
        status = example.stat()
        os.chown(new, status.st_uid, status.st_gid)


def _delete(new: Path) -> None:
    for each in ("", *SIDE_FILES):
        new.with_name(new.name + each).unlink(missing_ok=True)
