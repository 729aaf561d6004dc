"""Files from the disk."""

import os
from pathlib import Path
from typing import Final

from bot.errors import InputError

LARGEST: Final = 100_000_000
"""Bytes that a file may have: no source of the newsletter has more."""


def bytes_of(file: Path) -> bytes:
    """The content of the file; raises InputError with the reason if it cannot be read."""
    try:
        with open(file, "rb", opener=_without_waiting) as opened:
            data = opened.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {file}.") from error
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise InputError(f"{file} has more than {LARGEST:,} bytes, which no source of the newsletter has.")
    return data


def stamp_of(file: Path) -> str:
    """A mark that changes when the file is written; raises InputError if there is no such file."""
    try:
        status = file.stat()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    return f"{status.st_mtime_ns}-{status.st_size}"


def _without_waiting(path: str, flags: int) -> int:
    """The file's descriptor, also of a pipe that nobody writes to: opened otherwise, it waits for who does."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    os.set_blocking(descriptor, True)
    return descriptor
