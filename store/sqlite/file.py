"""The file of a database: its name for people, its address for SQLite, and whether it is still there.

A file that was deleted, moved or replaced has another inode. One that was overwritten,
as `cp` does, is harder to tell from one that SQLite wrote: SQLite moves pages from its log
to the file at checkpoints alone, and counts them in the index of the log
(https://www.sqlite.org/walformat.html). If pages have changed and the count has not,
somebody else wrote it.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias
from uuid import uuid4
from zlib import crc32

from bot.errors import NotSaved, StoreError

MEMORY: Final = Path(":memory:")
_PRIVATE: Final = 0o600
_LOG: Final = "-wal"
SIDE_FILES: Final = (_LOG, "-shm")
"""What SQLite has beside a database that is open."""

_BLOCK: Final = 4096
_COMPARED: Final = 256
"""Blocks of the file, evenly spread, that are compared: all of a small one."""
_SALTS, _BACKFILLED, _ATTEMPTED = slice(32, 40), slice(96, 100), slice(128, 132)
"""In the index of the log: which log it is, how many of its frames are in the file, and
how many will be once the checkpoint that is under way has ended.
"""
_Identity: TypeAlias = tuple[int, int]
"""Device and inode."""


@dataclass(frozen=True, slots=True)
class _Written:
    """When the file was written last, after which checkpoint, and a checksum of its pages."""

    checkpoint: bytes
    changed: tuple[int, int]
    checksum: int


@dataclass(slots=True, kw_only=True)
class DatabaseFile:
    """A database file as it was when it was opened.

    If it is `watched`, two more descriptors of it stay open until the process ends: closing
    one would release SQLite's locks (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """

    path: Path
    readonly: bool
    watched: bool = False
    name: str = ""
    address: str = ""
    _opened: dict[Path, _Identity | None] = field(default_factory=dict)
    _written: _Written | None = None
    _index: int = -1
    _descriptors: dict[_Identity, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises StoreError if the path cannot hold a database."""
        if self.path == MEMORY:
            self.name = "the database in memory"
            # With a name, several connections share the database.
            self.address = f"file:{uuid4().hex}?mode=memory&cache=shared"
            return
        self.name = str(self.path)
        self._make_ready()
        self.address = address_of(self.path, readonly=self.readonly)

    @property
    def in_memory(self) -> bool:
        """Whether there is no file."""
        return self.path == MEMORY

    def note_opened(self) -> None:
        """Remember which file is open, for `moved`, `overwritten` and `clear_away`."""
        if not self.in_memory:
            self._opened = {each: _identity(each) for each in self._files()}
            self._written = self._as_written()

    def changed(self) -> bool:
        """Whether the file that is open is not the one at the path, or was overwritten."""
        if not self._opened:
            return False
        status = _status(self.path)
        if status is None or (status.st_dev, status.st_ino) != self._opened[self.path]:
            return True
        if self._written is None:
            return False
        if (status.st_mtime_ns, status.st_size) != self._written.changed:
            return self.overwritten()
        self._follow_log(self._written)
        return False

    def moved(self) -> bool:
        """Whether the path holds another file than the one that is open, or none."""
        return bool(self._opened) and _identity(self.path) != self._opened[self.path]

    def overwritten(self) -> bool:
        """Whether somebody wrote the file without SQLite."""
        known, current = self._written, self._as_written()
        if known is None or current is None or current.changed == known.changed:
            return False
        if current.checkpoint == known.checkpoint and current.checksum != known.checksum:
            return True
        self._written = current
        return False

    def stamp(self) -> object:
        """Changes if the file at the path is replaced or written; None if there is none."""
        status = _status(self.path)
        return status and (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    def void_log(self) -> None:
        """Empty the log of a file that was overwritten: it must not be written into what is there now."""
        for each in self._ours():
            if each.name.endswith(_LOG):  # the index is mapped into memory
                os.truncate(each, 0)

    def clear_away(self) -> None:
        """Delete the log of the file that was open: SQLite would read it with the one that took its place."""
        for each in self._ours():
            each.unlink(missing_ok=True)

    def gone(self) -> NotSaved:
        """The error if something is to be saved while the file is away."""
        return NotSaved(
            f"{self.name} was deleted or moved while it was open, so nothing is saved. "
            "Put it back, or start the bot again to begin with a new one."
        )

    def _ours(self) -> Iterator[Path]:
        """What SQLite made beside the file that was open."""
        for each in self._files()[1:]:
            if (known := self._opened.get(each)) and _identity(each) == known:
                yield each

    def _follow_log(self, known: _Written) -> None:
        """Remember a log that has begun since: nothing of it is in the file, which is as it was."""
        index = os.pread(self._index, _ATTEMPTED.stop, 0)
        if _checkpoint(index) == known.checkpoint or any(index[_BACKFILLED] + index[_ATTEMPTED]):
            return
        file = os.stat(self.path)  # noqa: PTH116 - as above
        if (file.st_mtime_ns, file.st_size) == known.changed:
            self._written = replace(known, checkpoint=_checkpoint(index))

    def _as_written(self) -> _Written | None:
        """None if that is not watched, and if a checkpoint is under way meanwhile."""
        if not self.watched:
            return None
        try:
            index = self._log_index()
            file = self._descriptor(self.path)
            status = os.fstat(file)
            checksum = _checksum(file, status.st_size)
            if index != self._log_index() or index[_ATTEMPTED] != index[_BACKFILLED]:
                return None
        except OSError:
            return None
        changed = status.st_mtime_ns, status.st_size
        return _Written(_checkpoint(index), changed, checksum)

    def _log_index(self) -> bytes:
        self._index = self._descriptor(self._files()[-1])
        return os.pread(self._index, _ATTEMPTED.stop, 0)

    def _descriptor(self, path: Path) -> int:
        status = path.stat()
        identity = status.st_dev, status.st_ino
        if identity not in self._descriptors:
            self._descriptors[identity] = os.open(path, os.O_RDONLY)
        return self._descriptors[identity]

    def _files(self) -> tuple[Path, ...]:
        return (self.path, *(self.path.with_name(self.path.name + each) for each in SIDE_FILES))

    def _make_ready(self) -> None:
        """Create the file if it may be written, for its owner alone.

        Raises StoreError with the reason for what SQLite would only call "unable to open".
        """
        try:
            if self.path.is_dir():
                raise StoreError(
                    f"{self.path} is a folder. Name a file in it with --db, such as {self.path / 'anbot.db'}."
                )
            if self.readonly and not self.path.exists():
                raise StoreError(nothing_in(self.name))
            if not self.readonly:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                create_private(self.path)
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot hold the database ({error.strerror}). Name another file with --db."
            ) from error


def create_private(path: Path) -> None:
    """Create the file if there is none. SQLite gives its log and its journal the same permissions."""
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, _PRIVATE))


def nothing_in(name: str) -> str:
    """The sentence about a path without a database."""
    return f"There is no database in {name} yet. Make one with `anbot index`, or name another with --db."


def _checkpoint(index: bytes) -> bytes:
    return index[_SALTS] + index[_BACKFILLED]


def _checksum(descriptor: int, size: int) -> int:
    step = max(1, -(-size // _BLOCK) // _COMPARED) * _BLOCK
    checksum = 0
    for position in range(0, size, step):
        checksum = crc32(os.pread(descriptor, _BLOCK, position), checksum)
    return checksum


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - it is asked at every query
    except OSError:
        return None


def _identity(path: Path) -> _Identity | None:
    status = _status(path)
    return (status.st_dev, status.st_ino) if status else None


def address_of(path: Path, *, readonly: bool) -> str:
    """The address of the file for SQLite."""
    address = path.absolute().as_uri()
    if not readonly:
        return f"{address}?mode=rw"
    log = path.with_name(f"{path.name}-wal")
    # Reading needs a shared-memory file beside the database. If none can be created,
    # nobody writes either, and SQLite may read without it.
    effective = os.access in os.supports_effective_ids
    if not os.access(path.parent, os.W_OK, effective_ids=effective) and not log.exists():
        return f"{address}?mode=ro&immutable=1"
    return f"{address}?mode=ro"
