"""Clients of Slack's Web API."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.responses import retries
from bot.digests.tracing import keeping_deadlines

BOLT: Final = logging.getLogger("anbot.slack.bolt")
"""Where bolt and the clients log."""
BOLT.setLevel(logging.INFO)  # below it they log what people wrote


def client_of(url: str, token: str = "", *, again: bool = True) -> AsyncWebClient:
    """A client that waits out what can be waited out; without `again` it sends
    nothing a second time. `url` is the base of the API, "" for Slack's own.
    """
    client = AsyncWebClient(token=token or None, retry_handlers=retries() if again else [], logger=BOLT)
    if url:
        client.base_url = f"{url}/"
    return client


@asynccontextmanager
async def in_time(client: AsyncWebClient) -> AsyncIterator[AsyncWebClient]:
    """A client like this one that keeps the deadline of the task, as long as the block lasts."""
    async with ClientSession(
        timeout=ClientTimeout(client.timeout), trace_configs=[keeping_deadlines()]
    ) as session:
        yield AsyncWebClient(
            token=client.token,
            base_url=client.base_url,
            session=session,
            retry_handlers=client.retry_handlers,
            logger=BOLT,
        )


@contextmanager
def without_token_warning() -> Iterator[None]:
    """Bolt warns of a token in the environment if it is given a client: that is how the bot is set up."""

    def other(record: logging.LogRecord) -> bool:
        return "`token` will be unused" not in record.getMessage()

    BOLT.addFilter(other)
    try:
        yield
    finally:
        BOLT.removeFilter(other)
