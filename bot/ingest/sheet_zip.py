"""Opening a zip archive that somebody else made, within bounds."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.etree.ElementTree import ParseError
from xml.sax import SAXException

from defusedxml import DefusedXmlException

from bot.errors import InputError

_MOST_MEMBERS: Final = 2_000
_MOST_UNPACKED: Final = 1 << 29
_MOST_UNPACKED_PART: Final = 1 << 26
_SHEETS: Final = "/worksheets/"
_HARMLESS: Final = 1 << 24
_HIGHEST_RATIO: Final = 200
_KNOWN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 1
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    SAXException,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    LookupError,
)


@contextmanager
def damage_reported(name: str) -> Iterator[None]:
    """Turn what the libraries say of a broken archive into an InputError."""
    try:
        yield
    except DefusedXmlException as error:
        raise InputError(
            f"{name}: declares XML entities or a document type, which no spreadsheet needs; it was not opened."
        ) from error
    except _DAMAGE as error:
        raise InputError(f"{name}: damaged or cut short ({error}); fetch the file again.") from error


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
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
            f"{name}: would unpack to {unpacked / 2**20:,.0f} MB in {len(members):,} files; "
            f"a spreadsheet of the newsletter stays under {_MOST_UNPACKED >> 20} MB. It was not opened."
        )
    for member in members:
        _check(member, name)
    return archive


def _check(member: zipfile.ZipInfo, name: str) -> None:
    size, packed = member.file_size, member.compress_size
    outsized = size > _MOST_UNPACKED_PART and _SHEETS not in member.filename
    if outsized or (size > _HARMLESS and size > packed * _HIGHEST_RATIO):
        raise InputError(
            f"{name}: {member.filename!r} would unpack from {packed:,} bytes to {size / 2**20:,.0f} MB; "
            "it was not opened."
        )
    if member.flag_bits & _ENCRYPTED:
        raise InputError(f"{name}: encrypted; save it without a password.")
    if member.compress_type not in _KNOWN_METHODS:
        raise InputError(f"{name}: {member.filename!r} is packed in a way no spreadsheet uses.")
