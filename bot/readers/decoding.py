"""Bytes of unknown encoding to clean text."""

import codecs
import re
import zlib

from bot.errors import InputError

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff]")
_UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff]")
"""What `clean` changes: most texts have none of it."""
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_UTF_16 = re.compile(rb"(?:\x00[^\x00]){2}|(?:[^\x00]\x00){2}")
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_BINARY = 20
"""No text has one control character in so few."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str, declared: str = "") -> str:
    r"""The text of a file: UTF-8, UTF-16 by its mark, else as `declared`, else Windows-1252.

    Control characters are dropped and line ends become `\n`.

    Raises:
        InputError: the file is empty, or holds no text at all.

    """
    if not data.strip():
        raise InputError(f"{name} is empty.")
    try:
        text = data.decode(marked_encoding(data))
    except UnicodeDecodeError:
        text = _decoded(data, declared)
    if len(_CONTROLS.findall(text)) * _BINARY > len(text):
        raise InputError(f"{name} is not text: it holds binary data.")
    return clean(text)


def marked_encoding(data: bytes) -> str:
    """The encoding that the first bytes show, with or without a mark; else UTF-8."""
    marked = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "")
    if not marked and _UTF_16.match(data):
        return "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
    return marked or "utf-8"


def unpacked(data: bytes, largest: int) -> bytes:
    """All members of a gzip file, or what zlib packed.

    Raises:
        OverflowError: it would unpack to more bytes than that.
        ValueError: it is damaged, ends too early or goes on with something else.

    """
    whole = bytearray()
    while data:
        unpacking = zlib.decompressobj(_GZIP_OR_ZLIB)
        try:
            whole += unpacking.decompress(data, largest + 1 - len(whole))
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if len(whole) > largest:
            raise OverflowError(largest)
        if not unpacking.eof:
            raise ValueError("it ends too early")
        data = unpacking.unused_data.lstrip(b"\x00")
    return bytes(whole)


def _decoded(data: bytes, declared: str) -> str:
    """The text in the declared encoding if there is one of that name, else in Windows-1252."""
    known = {"": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
    encoding = known.get(declared.lower(), declared)
    try:
        return data.decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return data.decode("cp1252", errors="replace")


def declared_charset(data: bytes) -> str:
    """The encoding that a page declares in its head, or an XML file in its first line."""
    declared = _DECLARED.search(data[:4096])
    return (declared[1] or declared[2]).decode() if declared else ""


def clean(text: str) -> str:
    r"""The text without control characters, lines ended by `\n`."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)) if _UNCLEAN.search(text) else text
