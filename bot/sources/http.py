"""Files from the network: the only network code of the core."""

import asyncio
import os
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

import aiohttp

from bot import __version__
from bot.errors import InputError
from bot.readers.decoding import unpacked
from bot.sources.named import without_secrets
from bot.sources.public_only import Allowed, PrivateAddress, anywhere, is_public, sockets_to

_USER_AGENT: Final = f"anbot/{__version__} (a chat bot that looks up the Alignment Newsletter)"
_CHUNK: Final = 1 << 16
_OK: Final = 200
_NOT_MODIFIED: Final = 304
_TOO_MANY: Final = 429
_SERVER_FAILS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long and how much at most: seconds for all of it and between two
    pieces of the answer, bytes as sent and as unpacked, redirects followed.

    `allowed` says which IP addresses are asked.
    """

    total: float = 120
    between: float = 30
    connecting: float = 15
    largest: int = 100_000_000
    redirects: int = 5
    allowed: Allowed = is_public


UNGUARDED: Final = Bounds(allowed=anywhere)
"""For an address that a person types, or where private networks are meant: it may be anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server recognises an unchanged file by; "" for what it did not send."""

    etag: str = ""
    last_modified: str = ""


NO_VALIDATORS: Final = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered with, and a file name for it.

    `address` is where redirections led, `charset` the encoding that the server declares.
    """

    name: str
    data: bytes
    validators: Validators = NO_VALIDATORS
    address: str = ""
    charset: str = ""


class NotModified(Exception):
    """What is known has not changed."""


class Unanswered(InputError):
    """Another answer than the file; `retry_after` is what its header of that name says."""

    def __init__(self, sentence: str, retry_after: str = "") -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


async def fetch(url: str, bounds: Bounds = UNGUARDED, known: Validators = NO_VALIDATORS) -> Fetched:
    """Get the file at an address.

    Raises:
        InputError: no connection, an answer other than 200, too slow, too big,
            cut short, or somewhere that is not to be asked.
        NotModified: the server says that what is `known` has not changed.

    """
    name = without_secrets(url)
    try:
        async with _session(bounds) as session, _asked(session, url, known, bounds) as response:
            _check(response, name, known)
            data = await _body(response, name, bounds.largest)
            address = without_secrets(str(response.url))
            return Fetched(_file_name(response), data, _validators(response), address, response.charset or "")
    except TimeoutError as exc:
        raise InputError(f"{name} took too long to answer; try again later.") from exc
    except aiohttp.TooManyRedirects as exc:
        raise InputError(f"{name} leads from one address to the next without end.") from exc
    except aiohttp.ClientConnectorError as exc:
        raise InputError(_unconnected(name, exc)) from exc
    except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError) as exc:  # their text has the address
        raise InputError(f"{name} could not be read: it is, or leads to, no address of the web.") from exc
    except (aiohttp.ClientError, ValueError, asyncio.IncompleteReadError) as exc:
        raise InputError(f"{name} could not be read: {str(exc) or type(exc).__name__}.") from exc


def _session(bounds: Bounds) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(socket_factory=sockets_to(bounds.allowed)),
        timeout=aiohttp.ClientTimeout(
            total=bounds.total, connect=bounds.connecting, sock_read=bounds.between
        ),
        headers={"User-Agent": _USER_AGENT, "Accept-Encoding": "gzip"},
        auto_decompress=False,  # unpacking is bounded here, and an end that is missing is noticed
    )


def _asked(
    session: aiohttp.ClientSession, url: str, known: Validators, bounds: Bounds
) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return session.get(
        url,
        headers={name: value for name, value in conditions.items() if value},
        max_redirects=bounds.redirects + 1,  # the one that is one too many
    )


def _unconnected(url: str, error: aiohttp.ClientConnectorError) -> str:
    if isinstance(error.os_error, PrivateAddress):
        return (
            f"{url} leads to {error.host}, an address of a private network, which is not asked. "
            "If that is meant, set ANBOT_ALLOW_PRIVATE=yes."
        )
    if isinstance(error, aiohttp.ClientSSLError):
        return f"{url} could not be read: {error}."
    number = error.os_error.errno or 0
    reason = os.strerror(number) if number > 0 else error.strerror
    return f"{url} could not be read: {error.host} cannot be reached ({reason})."


def _check(response: aiohttp.ClientResponse, url: str, known: Validators) -> None:
    if response.status == _NOT_MODIFIED and known != NO_VALIDATORS:
        raise NotModified
    if response.status != _OK:
        raise Unanswered(
            f"{url} answered {response.status} {response.reason}; {_advice(response.status)}.",
            response.headers.get("Retry-After", ""),
        )


def _advice(status: int) -> str:
    busy = status == _TOO_MANY or status >= _SERVER_FAILS
    return "try again later" if busy else "check the address"


async def _body(response: aiohttp.ClientResponse, url: str, largest: int) -> bytes:
    data = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > largest:
            raise InputError(_too_big(url, largest))
    match response.headers.get("Content-Encoding", "identity").strip().lower():
        case "identity" | "":
            return bytes(data)
        case "gzip" | "x-gzip" | "deflate":
            return await asyncio.to_thread(_unpacked, bytes(data), url, largest)
        case other:
            raise InputError(f"{url} sends its answer packed by {other}, which was not asked for.")


def _unpacked(data: bytes, url: str, largest: int) -> bytes:
    try:
        return unpacked(data, largest)
    except OverflowError as error:
        raise InputError(_too_big(url, largest)) from error
    except ValueError as error:
        raise InputError(
            f"{url} sends an answer that ends too early or cannot be unpacked; try again later."
        ) from error


def _too_big(url: str, largest: int) -> str:
    return f"{url} sends more than {largest:,} bytes, which no source of the newsletter has."


def _validators(response: aiohttp.ClientResponse) -> Validators:
    return Validators(
        etag=response.headers.get("ETag", ""), last_modified=response.headers.get("Last-Modified", "")
    )


def _file_name(response: aiohttp.ClientResponse) -> str:
    disposition = response.content_disposition
    if disposition and disposition.filename:
        return disposition.filename
    return (
        unquote(urlsplit(str(response.url)).path.rpartition("/")[2]) or response.url.host or str(response.url)
    )
