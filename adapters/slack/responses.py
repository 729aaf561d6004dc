"""Getting a message to a person: with the acknowledgement or through the response_url of what
they did, else by the Web API.
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
from adapters.slack.payload import Message, payload_of, posted
from bot.cards.card import Card, sentence_card

log: Final = logging.getLogger("anbot.slack")

_OK: Final = 200
_THEIR_FAULT: Final = 500
_WAITS: Final = 3
_CLOSED: Final = frozenset({"not_in_channel", "channel_not_found", "is_archived"})


def retries() -> list[AsyncRetryHandler]:
    """Wait out rate limits, and send again what Slack surely did not take."""
    return [
        AsyncConnectionErrorRetryHandler(max_retry_count=1, error_types=[ClientConnectorError]),
        AsyncRateLimitErrorRetryHandler(max_retry_count=_WAITS),
        AsyncServerErrorRetryHandler(max_retry_count=1),
    ]


async def answer(client: AsyncWebClient, actor: Actor, message: Message, **how: Any) -> None:
    """Answer with the message: `how` may say `replace_original`.

    A response_url takes five answers within half an hour. After that the message
    is posted in the channel; a private one goes to the person directly if the
    bot is not in the channel.
    """
    if await respond(client, actor, {**message, **how}):
        return
    private = message["response_type"] != "in_channel"
    try:
        if private:
            await client.chat_postEphemeral(channel=actor.channel, user=actor.user, **posted(message))
        else:
            await client.chat_postMessage(channel=actor.channel, **posted(message))
    except SlackApiError as error:
        if not private or error_of(error) not in _CLOSED:
            raise
        await client.chat_postMessage(channel=actor.user, **posted(message))


async def respond(client: AsyncWebClient, actor: Actor, body: Mapping[str, Any]) -> bool:
    """Send the body with the acknowledgement or to the response_url; False if there is none
    or it takes no more.
    """
    if actor.acknowledgement and await actor.acknowledgement.take(body):
        return True
    if not actor.address:
        return False
    if refused := await refusal(client, actor, body):
        log.warning("a response address did not take an answer: %s", refused)
    return not refused


async def refusal(client: AsyncWebClient, actor: Actor, body: Mapping[str, Any]) -> str:
    """Send the body to the response_url; why it was not taken, "" if it was."""
    hook = AsyncWebhookClient(actor.address, retry_handlers=retries(), logger=client.logger)
    try:
        reply = await hook.send_dict(dict(body))
        if reply.status_code >= _THEIR_FAULT:  # slack_sdk retries this for the Web API alone
            reply = await hook.send_dict(dict(body))
    except (ClientConnectionError, ClientPayloadError) as error:
        if isinstance(error, ClientConnectorError):
            raise
        # Slack may have taken it: an answer that is missing is better than one that is there twice.
        log.warning("a response address broke off: %s", error)
        return ""
    return "" if reply.status_code == _OK else f"{reply.status_code} {reply.body[:200]}"


async def tell(client: AsyncWebClient, actor: Actor, message: Card | str) -> None:
    """Show the card, or a sentence in Markdown, to that person alone; never raises."""
    card = sentence_card(message) if isinstance(message, str) else message
    body = payload_of(card, owner=actor.user, private=True)
    try:
        if not await respond(client, actor, {**body, "replace_original": False}):
            await client.chat_postMessage(channel=actor.user, **posted(body))
    except Exception as error:  # noqa: BLE001 - what else is there to try
        log.warning("a message could not be shown: %s", error_of(error) or error)
