"""The file of a database: its name for people, its address for SQLite, and whether it is still there.

A file that was deleted, moved or replaced has another inode. One that was overwritten is
harder to tell from one that SQLite wrote: see `store.sqlite.watch`.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Final
from uuid import uuid4

from bot.errors import NotSaved, StoreError
from store.sqlite.watch import Identity, Watch

MEMORY: Final = Path(":memory:")
_PRIVATE: Final = 0o600
_LOG: Final = "-wal"
SIDE_FILES: Final = (_LOG, "-shm")
"""What SQLite has beside a database that is open."""


class FileState(Enum):
    """What stands at the path of a file that is open."""

    OURS = auto()
    """The file that is open."""
    AWAY = auto()
    """None: it was deleted or moved."""
    OVERWRITTEN = auto()
    """The file that is open, which somebody wrote without SQLite."""
    LOGLESS = auto()
    """The file that is open, but its log or the index of that was deleted: what is written is in no file then."""
    REPLACED = auto()
    """Another file."""


@dataclass(slots=True, kw_only=True)
class DatabaseFile:
    """A database file as it was when it was opened; if it is `watched`, also what it held."""

    path: Path
    readonly: bool
    watched: bool = False
    name: str = ""
    address: str = ""
    _opened: dict[Path, Identity | None] = field(default_factory=dict)
    _side_files: Sequence[Path] = ()
    _watch: Watch | None = None

    def __post_init__(self) -> None:
        """Raises StoreError if the path cannot hold a database."""
        if self.path == MEMORY:
            self.name = "the database in memory"
            # With a name, several connections share the database.
            self.address = f"file:{uuid4().hex}?mode=memory&cache=shared"
            return
        self.name = str(self.path)
        if self.watched:
            self._watch = Watch(self.path, self._files()[-1])
        self._make_ready()
        self.address = address_of(self.path, readonly=self.readonly)

    @property
    def in_memory(self) -> bool:
        """Whether there is no file."""
        return self.path == MEMORY

    def note_opened(self) -> None:
        """Remember which file is open, for `state` and `clear_away`."""
        if not self.in_memory:
            self._opened = {each: _identity(each) for each in self._files()}
            self._side_files = [each for each in self._files()[1:] if self._opened[each]]
            if self._watch:
                self._watch.begin(self._opened[self.path])

    def state(self) -> FileState:
        """What stands at the path. It is looked at once: if it is put back meanwhile, the next look sees it."""
        if not self._opened:
            return FileState.OURS
        status = _status(self.path)
        if status is None:
            return FileState.AWAY
        if (status.st_dev, status.st_ino) != self._opened[self.path]:
            return FileState.REPLACED
        if self._watch is not None and self._watch.overwritten(status):
            return FileState.OVERWRITTEN
        for each in self._side_files:
            if _identity(each) != self._opened[each]:
                return FileState.LOGLESS
        return FileState.OURS

    def moved(self) -> bool:
        """Whether the path holds another file than the one that is open, or none."""
        return bool(self._opened) and _identity(self.path) != self._opened[self.path]

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


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - it is asked at every query
    except OSError:
        return None


def _identity(path: Path) -> Identity | None:
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
