"""Opening a zip archive that somebody else made, within bounds."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from defusedxml import DefusedXmlException

from bot.errors import InputError

_MOST_MEMBERS: Final = 2_000
_MOST_UNPACKED: Final = 1 << 29
_MOST_UNPACKED_PART: Final = 1 << 26
_MOST_XML: Final = 1 << 23
_MOST_TAGS: Final = 300_000
_CHUNK: Final = 1 << 16
_LIGHTER: Final = "take the colours and borders off its empty rows, or save it as .csv"
_HARMLESS: Final = 1 << 24
_HIGHEST_RATIO: Final = 200
_KNOWN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 1
# openpyxl has no errors of its own: what is odd in a file surfaces as whatever
# it stumbled over. ParseError and its like in lxml are syntax errors.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
_LONGEST_REASON: Final = 120


@contextmanager
def damage_reported(name: str) -> Iterator[None]:
    """Turn what the libraries say of a broken archive into an InputError."""
    try:
        yield
    except _DAMAGE as error:
        reason = error.__cause__ or error
        if isinstance(reason, DefusedXmlException):
            raise InputError(
                f"{name}: declares XML entities or a document type, which no spreadsheet needs; it was not opened."
            ) from error
        what = " ".join(str(reason).split())[:_LONGEST_REASON]
        raise InputError(
            f"{name}: damaged or cut short ({what}); fetch the file again, or save it anew."
        ) from error


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
    if size > _MOST_UNPACKED_PART or (size > _HARMLESS and size > packed * _HIGHEST_RATIO):
        raise InputError(
            f"{name}: {member.filename!r} would unpack from {packed:,} bytes to {size / 2**20:,.0f} MB; "
            "it was not opened."
        )
    if member.flag_bits & _ENCRYPTED:
        raise InputError(f"{name}: encrypted; save it without a password.")
    if member.compress_type not in _KNOWN_METHODS:
        raise InputError(f"{name}: {member.filename!r} is packed in a way no spreadsheet uses.")


def refuse_heavy_markup(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a workbook whose XML would take long to read, or much memory.

    As objects a tag takes up to a hundred times its bytes: so tags are counted
    before any XML is read.

    Raises:
        InputError: a part is larger than 8 MB, or all have more than 300,000 tags.

    """
    tags = 0
    for member in archive.infolist():
        if member.file_size > _MOST_XML:
            raise InputError(
                f"{name}: {member.filename!r} unpacks to {member.file_size / 2**20:,.0f} MB, and no more than "
                f"{_MOST_XML >> 20} MB are read; {_LIGHTER}."
            )
        with damage_reported(name), archive.open(member) as stream:
            tags += sum(chunk.count(b"<") for chunk in iter(lambda: stream.read(_CHUNK), b""))
    if tags > _MOST_TAGS:
        raise InputError(
            f"{name}: holds {tags:,} XML tags, and no more than {_MOST_TAGS:,} are read; {_LIGHTER}."
        )
