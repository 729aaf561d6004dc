"""Getting a message to a person: through the address that came with what they did,
else by the Web API.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import ClientConnectionError, ClientConnectorError, ClientPayloadError
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.errors import error_of
from adapters.slack.events import Actor

log: Final = logging.getLogger("anbot.slack")

_OK: Final = 200
_THEIR_FAULT: Final = 500
_WAITS: Final = 3
_CLOSED: Final = frozenset({"not_in_channel", "channel_not_found", "is_archived"})


def retries() -> list[AsyncRetryHandler]:
    """Rate limits are waited out as told; what surely was not taken is sent again."""
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=1, error_types=[ClientConnectorError]),
        AsyncRateLimitErrorRetryHandler(max_retry_count=_WAITS),
        AsyncServerErrorRetryHandler(max_retry_count=1),
    ]


async def answer(client: AsyncWebClient, actor: Actor, message: Mapping[str, Any], **how: Any) -> None:
    """Answer with the message: `how` may say `replace_original`.

    An address takes five answers within half an hour; when it takes no more,
    the message is posted in the channel, or where the bot is not in that, sent
    to the person directly.
    """
    if await respond(client, actor, {**message, **how}):
        return
    posted = {name: value for name, value in message.items() if name != "response_type"}
    private = message.get("response_type") != "in_channel"
    try:
        if private:
            await client.chat_postEphemeral(channel=actor.channel, user=actor.user, **posted)
        else:
            await client.chat_postMessage(channel=actor.channel, **posted)
    except SlackApiError as error:
        if not private or error_of(error) not in _CLOSED:
            raise
        await client.chat_postMessage(channel=actor.user, **posted)


async def respond(client: AsyncWebClient, actor: Actor, body: Mapping[str, Any]) -> bool:
    """Send it to the address that came with what the person did; False where that takes no more."""
    if not actor.address:
        return False
    hook = AsyncWebhookClient(actor.address, retry_handlers=retries(), logger=client.logger)
    try:
        reply = await hook.send_dict(dict(body))
        if reply.status_code >= _THEIR_FAULT:  # slack_sdk tries such a thing again for the Web API alone
            reply = await hook.send_dict(dict(body))
    except (ClientConnectionError, ClientPayloadError) as error:
        if isinstance(error, ClientConnectorError):
            raise
        # It may have been taken: an answer that is missing is better than one that stands twice.
        log.warning("a response address broke off: %s", error)
        return True
    if reply.status_code != _OK:
        log.warning("a response address did not take an answer: %s %s", reply.status_code, reply.body[:200])
    return reply.status_code == _OK


async def tell(client: AsyncWebClient, actor: Actor, told: str) -> None:
    """A sentence for who asked alone; where nothing can be told the log says so."""
    message = {
        "response_type": "ephemeral",
        "text": told,
        "replace_original": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    try:
        if await respond(client, actor, message):
            return
        await client.chat_postMessage(channel=actor.user, text=told, unfurl_links=False, unfurl_media=False)
    except Exception as error:  # noqa: BLE001 - what else is there to try
        log.warning("an error could not be told: %s", error_of(error) or error)
