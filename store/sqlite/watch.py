"""Tells whether somebody wrote the file of an open database without SQLite, as `cp` does.

SQLite moves pages from its log to the file at checkpoints alone, and counts them in the
index of the log (https://www.sqlite.org/walformat.html). If pages have changed and the
count has not, somebody else wrote the file.
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias
from zlib import crc32

Identity: TypeAlias = tuple[int, int]
"""Device and inode."""

_BLOCK: Final = 4096
_COMPARED: Final = 256
"""Blocks of the file, evenly spread, that are compared: all of a small one."""
_SALTS, _BACKFILLED, _ATTEMPTED = slice(32, 40), slice(96, 100), slice(128, 132)
"""In the index of the log: which log it is, how many of its frames are in the file, and
how many will be once the checkpoint that is under way has ended.
"""


@dataclass(frozen=True, slots=True)
class _Written:
    """When the file was written last, after which checkpoint, and a checksum of its pages."""

    checkpoint: bytes
    changed: tuple[int, int]
    checksum: int


class Watch:
    """A file and the index of its log. Each of both that was looked at stays open until the process
    ends: closing one would release SQLite's locks (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """

    def __init__(self, path: Path, index: Path) -> None:
        self._path = path
        self._index_path = index
        self._index = -1
        self._identity: Identity | None = None
        self._written: _Written | None = None
        self._descriptors: dict[Identity, int] = {}

    def begin(self, identity: Identity | None) -> None:
        """Remember what that file holds now. If it cannot be told, it is not watched."""
        self._identity = identity
        self._written = self._as_written()

    def overwritten(self, status: os.stat_result) -> bool:
        """Whether somebody wrote it since; `status` is the file's own."""
        known = self._written
        if known is None:
            return False
        if (status.st_mtime_ns, status.st_size) == known.changed:
            self._follow_log(known)
            return False
        current = self._as_written()
        if current is None or current.changed == known.changed:
            return False
        if current.checkpoint == known.checkpoint and current.checksum != known.checksum:
            return True
        self._written = current
        return False

    def _follow_log(self, known: _Written) -> None:
        """Remember a log that has begun since: nothing of it is in the file, which is as it was."""
        index = os.pread(self._index, _ATTEMPTED.stop, 0)
        if _checkpoint(index) == known.checkpoint or any(index[_BACKFILLED] + index[_ATTEMPTED]):
            return
        file = os.stat(self._path)  # noqa: PTH116 - it is asked at every query
        if (file.st_mtime_ns, file.st_size) == known.changed:
            self._written = replace(known, checkpoint=_checkpoint(index))

    def _as_written(self) -> _Written | None:
        """None if it is away, and if a checkpoint is under way meanwhile."""
        try:
            index = self._log_index()
            file = self._descriptor(self._path)
            status = os.fstat(file)
            checksum = _checksum(file, status.st_size)
            if index != self._log_index() or index[_ATTEMPTED] != index[_BACKFILLED]:
                return None
        except OSError:
            return None
        if (status.st_dev, status.st_ino) != self._identity:
            return None
        return _Written(_checkpoint(index), (status.st_mtime_ns, status.st_size), checksum)

    def _log_index(self) -> bytes:
        self._index = self._descriptor(self._index_path)
        return os.pread(self._index, _ATTEMPTED.stop, 0)

    def _descriptor(self, path: Path) -> int:
        status = path.stat()
        identity = status.st_dev, status.st_ino
        if identity not in self._descriptors:
            self._descriptors[identity] = os.open(path, os.O_RDONLY)
        return self._descriptors[identity]


def _checkpoint(index: bytes) -> bytes:
    return index[_SALTS] + index[_BACKFILLED]


def _checksum(descriptor: int, size: int) -> int:
    step = max(1, -(-size // _BLOCK) // _COMPARED) * _BLOCK
    checksum = 0
    for position in range(0, size, step):
        checksum = crc32(os.pread(descriptor, _BLOCK, position), checksum)
    return checksum
