"""Files from the network: the only place where the core reaches out."""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

import aiohttp

from bot import __version__
from bot.errors import InputError

LARGEST: Final = 100_000_000
"""Bytes read from one address at most."""
_TIMEOUT: Final = aiohttp.ClientTimeout(total=120, connect=15, sock_read=30)
_REDIRECTS: Final = 5
_CHUNK: Final = 1 << 16
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered with, and a file name for it."""

    name: str
    data: bytes


async def fetch(url: str) -> Fetched:
    """Get what stands at an address.

    Raises:
        InputError: no connection, an answer other than 200, too slow, too big.

    """
    try:
        async with (
            aiohttp.ClientSession(
                timeout=_TIMEOUT, headers={"User-Agent": f"anbot/{__version__}"}
            ) as session,
            session.get(url, max_redirects=_REDIRECTS) as response,
        ):
            if response.status != _OK:
                raise InputError(f"{url} answered {response.status} {response.reason}; check the address.")
            return Fetched(_file_name(response), await _body(response, url))
    except TimeoutError as exc:
        raise InputError(f"{url} took too long to answer; try again later.") from exc
    except aiohttp.TooManyRedirects as exc:
        raise InputError(f"{url} leads from one address to the next without end.") from exc
    except (aiohttp.ClientError, ValueError, asyncio.IncompleteReadError) as exc:
        raise InputError(f"{url} could not be read: {str(exc) or type(exc).__name__}.") from exc


async def _body(response: aiohttp.ClientResponse, url: str) -> bytes:
    data = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > LARGEST:
            raise InputError(
                f"{url} sends more than {LARGEST:,} bytes, which no source of the newsletter has."
            )
    return bytes(data)


def _file_name(response: aiohttp.ClientResponse) -> str:
    disposition = response.content_disposition
    if disposition and disposition.filename:
        return disposition.filename
    return (
        unquote(urlsplit(str(response.url)).path.rpartition("/")[2]) or response.url.host or str(response.url)
    )
