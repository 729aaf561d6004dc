"""Bytes of unknown encoding to clean text."""

import codecs
import re

from bot.errors import InputError

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BINARY = 20
"""No text has one control character in so few."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str) -> str:
    r"""The text of a file: UTF-8, UTF-16 by its mark, else Windows-1252.

    Control characters are dropped and line ends become `\n`.

    Raises:
        InputError: the file is empty, or holds no text at all.

    """
    if not data.strip():
        raise InputError(f"{name} is empty.")
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if len(_CONTROLS.findall(text)) * _BINARY > len(text):
        raise InputError(f"{name} is not text: it holds binary data.")
    return clean(text)


def clean(text: str) -> str:
    r"""The text without control characters, lines ended by `\n`."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
