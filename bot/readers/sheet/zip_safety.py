"""Opening a zip archive that somebody else made, within bounds."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.parsers.expat import ExpatError

from bot.errors import InputError

_MOST_MEMBERS: Final = 2_000
_MOST_UNPACKED: Final = 1 << 29
MOST_UNPACKED_PART: Final = 1 << 27
"""Bytes of a part that is read: the largest of the real sheet has 9 MB, which grow by the year.

Parts are read as streams, so this bounds time rather than memory.
"""
_KNOWN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 1
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    EOFError,
    ExpatError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)
_LONGEST_REASON: Final = 120


@contextmanager
def damage_reported(name: str) -> Iterator[None]:
    """Turn what the libraries say of a broken archive into an InputError."""
    try:
        yield
    except _DAMAGE as error:
        reason = " ".join(str(error).split())[:_LONGEST_REASON]
        raise InputError(
            f"{name}: damaged or cut short ({reason}); fetch the file again, or save it anew."
        ) from error


class Package:
    """An archive whose parts are known by their names as OPC compares them.

    Some programs write backslashes, and names in another case than they refer to them.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        self._members = {_part_name(member.filename): member for member in archive.infolist()}

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._members)

    def __contains__(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return _part_name(part) in self._members

    def chunks(self, part: str) -> Iterator[bytes]:
        """The content of a part, piece by piece; raises InputError if it is damaged."""
        with damage_reported(self.name), self._archive.open(self._members[_part_name(part)]) as stream:
            while chunk := stream.read(1 << 16):
                yield chunk


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def open_archive(data: bytes, name: str) -> Package:
    """The archive, once its directory shows nothing outsized.

    Sizes are checked as declared: no more than that is ever unpacked.

    Raises:
        InputError: it is damaged, encrypted, or would unpack to too much.

    """
    with damage_reported(name):
        archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or unpacked > _MOST_UNPACKED:
        raise InputError(
            f"{name}: would unpack to {unpacked / 2**20:,.0f} MB in {len(members):,} files, and was not opened: "
            f"a spreadsheet of the newsletter stays under {_MOST_UNPACKED >> 20} MB in {_MOST_MEMBERS:,} files."
        )
    for member in members:
        _check(member, name)
    return Package(archive, name)


def _check(member: zipfile.ZipInfo, name: str) -> None:
    if member.file_size > MOST_UNPACKED_PART:
        raise InputError(
            f"{name}: {member.filename!r} would unpack to {member.file_size / 2**20:,.0f} MB, and no more than "
            f"{MOST_UNPACKED_PART >> 20} MB are read."
        )
    if member.flag_bits & _ENCRYPTED:
        raise InputError(f"{name}: encrypted; save it without a password.")
    if member.compress_type not in _KNOWN_METHODS:
        raise InputError(f"{name}: {member.filename!r} is packed in a way no spreadsheet uses.")
