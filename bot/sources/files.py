"""Files from the disk."""

from pathlib import Path
from typing import Final

from bot.errors import InputError

LARGEST: Final = 100_000_000
"""Bytes that a file may have: no source of the newsletter has more."""


def bytes_of(file: Path) -> bytes:
    """The content of the file; raises InputError with the reason if it cannot be read."""
    try:
        with file.open("rb") as opened:
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
