"""The bytes of a source, if they are not those indexed last."""

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.ports import SourceState
from bot.runtime.background import in_background
from bot.sources.files import bytes_of, stamp_of
from bot.sources.http import Bounds, NotModified, Validators, fetch
from bot.sources.named import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """The content, a file name for it, and what it is recognised by."""

    name: str
    data: bytes
    validators: Validators
    content_hash: str
    address: str = ""
    charset: str = ""


class Obtain(Protocol):
    """Gets what a source holds."""

    async def __call__(self, source: Source, state: SourceState) -> Obtained | None:
        """None if it has not changed; raises InputError."""


def obtaining(bounds: Bounds) -> Obtain:
    """From the disk, and from the network within those bounds."""

    async def obtain(source: Source, state: SourceState) -> Obtained | None:
        if source.is_address:
            return await _fetched(source.location, state, bounds)
        return await in_background(partial(_read, Path(source.location), state))

    return obtain


async def _fetched(url: str, state: SourceState, bounds: Bounds) -> Obtained | None:
    known = Validators(etag=state.etag, last_modified=state.last_modified)
    try:
        fetched = await fetch(url, bounds, known)
    except NotModified:
        return None
    return Obtained(
        name=fetched.name,
        data=fetched.data,
        validators=fetched.validators,
        content_hash=_hash_of(fetched.data),
        address=fetched.address,
        charset=fetched.charset,
    )


def _read(file: Path, state: SourceState) -> Obtained | None:
    stamp = stamp_of(file)  # before it is read: what is written meanwhile is seen the next time
    if stamp == state.etag:
        return None
    data = bytes_of(file)
    return Obtained(name=file.name, data=data, validators=Validators(etag=stamp), content_hash=_hash_of(data))


def _hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
