"""Readers: bytes in, `Document` out; no network and no disk.

Importing this package loads no parser: they are slow, and a file needs one.
"""

import logging
from pathlib import PurePath

from bot.errors import BotError, InputError
from bot.model.newsletter import Document
from bot.readers.decoding import unpacked
from bot.readers.kinds import looks_like_feed, looks_like_mail, looks_like_page

log = logging.getLogger("anbot.readers")

_GZIP = b"\x1f\x8b"
_LARGEST = 100_000_000
_PAGES = frozenset({".htm", ".html", ".xhtml"})
_MAIL = frozenset({".eml", ".emlx", ".mbox"})


def read(data: bytes, name: str, *, address: str = "", charset: str = "") -> Document:
    """Everything a file holds, by whichever reader is right for its content.

    `name` is for errors, and a hint if the content does not show its kind.
    `address` is where it was fetched, `charset` the encoding declared there.

    Raises:
        InputError: no reader can make sense of it.

    """
    if data.startswith(_GZIP):
        data, name = _unpacked(data, name), name.removesuffix(".gz")
    try:
        return _read(data, name, address, charset)
    except (BotError, MemoryError):
        raise
    except Exception as error:
        # Readers stand on five libraries, and a strange file costs only itself.
        log.debug("%s cannot be read", name, exc_info=True)
        raise InputError(
            f"{name} is damaged in a way that no reader understands ({type(error).__name__}); fetch or save it anew."
        ) from error


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        return unpacked(data, _LARGEST)
    except OverflowError as error:
        raise InputError(f"{name} unpacks to more than {_LARGEST:,} bytes.") from error
    except ValueError as error:
        raise InputError(f"{name} is packed by gzip and damaged or cut short; fetch it again.") from error


def _read(data: bytes, name: str, address: str, charset: str) -> Document:
    # ruff: noqa: PLC0415  # see above
    suffix = PurePath(name).suffix.lower()
    if looks_like_feed(data):
        from bot.readers.feed import read_feed

        return read_feed(data, name, address)
    from bot.readers.sheet import looks_like_table, read_sheet

    if looks_like_table(data, name):
        return read_sheet(data, name)
    if suffix in _MAIL or looks_like_mail(data):
        from bot.readers.mail import read_mail

        return read_mail(data, name)
    if suffix in _PAGES or looks_like_page(data):
        from bot.readers.page import read_page

        return read_page(data, name, address, charset)
    from bot.readers.text import read_text

    return read_text(data, name)
