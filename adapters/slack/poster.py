"""Posts digests on Slack, and looks if they are there: `bot.digests.poster.Poster`.

A message has the id of its delivery as metadata. Nothing is sent again here that
Slack may have taken: an unknown outcome is settled by looking.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import in_time
from adapters.slack.delivery_errors import SHUT_OUT, meaning, meant, meant_searching
from adapters.slack.digest_message import ASKER, EVENT, digest_parts, digest_payload, literal
from adapters.slack.errors import error_of
from adapters.slack.escape import escape
from bot.digests.compose import Part
from bot.digests.poster import ChannelClosed, HistoryUnreadable, Posted, Rejected, RetryLater
from bot.digests.wording import NAMES
from bot.model.digests import Delivery, Digest, Subscription
from bot.runtime.clock import Clock
from bot.runtime.rate_limit import RateLimit

log: Final = logging.getLogger("anbot.slack")

_APART: Final = 1.0
"""Seconds between two messages in a channel, as Slack demands."""
_PER_MINUTE: Final = 300
"""Messages in a workspace: Slack says "several hundred"."""
_SHORT: Final = 2.0
"""Seconds to wait here; for a longer wait the delivery is put off."""
_SKEW: Final = timedelta(hours=26)
"""How far our clock may have been ahead of Slack's when an attempt began. How far it was
behind makes no difference: the history is read from its end.
"""
_PAGE: Final = 200
MOST_PAGES: Final = 30
"""Pages of the history that are read at most: outside the Marketplace a page has 15
messages, and there is one a minute.
"""
_TOO_BUSY: Final = (
    "The connection broke while this was posted, and too much was written in the channel since to look for it. "
    "It may be there or not."
)
_NO_ROOT: Final = "It was not posted, so no thread was opened below it."
_UNKNOWN: Final = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
_MANY: Final = 1_000
Client = Callable[[str], Awaitable[AsyncWebClient | None]]
"""The client of a workspace by its id, None if the bot is not let in; it retries nothing."""


@dataclass(slots=True, kw_only=True)
class _Search:
    """A search for a message, page by page: if Slack asks to wait, it goes on from its cursor."""

    cursor: str = ""
    pages: int = 0
    message: str | None = None
    done: bool = False

    def advance(self, page: AsyncSlackResponse, delivery: str) -> None:
        """Look for the delivery on that page."""
        self.pages += 1
        self.message = next((str(each["ts"]) for each in page["messages"] if _is_of(each, delivery)), None)
        self.cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        self.done = self.message is not None or not self.cursor
        if self.done and self.message is None and page.get("has_more"):
            raise HistoryUnreadable(_TOO_BUSY)  # there is more, and no way to it


class SlackPoster:
    """Posts with each workspace's own token: one message a second in a channel, and
    no more in a workspace than Slack takes in a minute.
    """

    platform: Final = "slack"

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._posting: set[str] = set()
        self._free: dict[str, float] = {}
        self._rate_limits: dict[str, RateLimit] = {}
        self._searches: dict[tuple[str, int], _Search] = {}

    def rate_bucket(self, server: str) -> str:
        return server

    def parts(self, digest: Digest) -> Sequence[Part]:
        return digest_parts(digest)

    def payload(self, digest: Digest, part: Part, name: str) -> str:
        return digest_payload(digest, part, name)

    def literal(self, text: str) -> str:
        return literal(text)

    async def post(self, delivery: Delivery) -> Posted:
        if delivery.part > delivery.parts and not delivery.root:
            raise Rejected(_NO_ROOT)
        client = await self._entered(delivery.place.server)
        channel = delivery.place.channel
        message = {**json.loads(delivery.payload), "channel": channel}
        if ASKER in message and not await _is_member(client, message.pop(ASKER)):
            del message["blocks"][0]  # the mention
        if _below(delivery):
            message["thread_ts"] = delivery.root
        with self._alone_in(channel):
            await self._pause_before(channel)
            try:
                return Posted(message=await self._send_in_turn(client, delivery.place.server, message))
            except RetryLater as later:
                if later.seconds > _SHORT:
                    raise
            return Posted(message=await self._send_in_turn(client, delivery.place.server, message))

    async def find(self, delivery: Delivery) -> Posted | None:
        client = await self._entered(delivery.place.server)
        search = self._searches.setdefault((delivery.id, delivery.tries), _Search())
        with meaning(meant_searching):
            while not search.done:
                if search.pages >= MOST_PAGES:
                    del self._searches[delivery.id, delivery.tries]
                    raise HistoryUnreadable(_TOO_BUSY)
                page = await _page(client, delivery, search.cursor)
                search.advance(page, delivery.id)
        del self._searches[delivery.id, delivery.tries]
        return Posted(message=search.message) if search.message else None

    async def notify(self, subscription: Subscription, reason: str) -> None:
        """Write to the subscriber directly, if Slack still lets us; never raises."""
        place = subscription.place
        name = NAMES[subscription.options.kind]
        text = f"{name} in <#{place.channel}>: I stopped posting. {escape(reason)}"
        try:
            client = await self._client(place.server)
            if client and subscription.by:
                await client.chat_postMessage(
                    channel=subscription.by, text=text, unfurl_links=False, unfurl_media=False
                )
        except Exception as error:  # noqa: BLE001 - there is nobody else to write to
            log.warning("a message about a paused digest could not be sent: %s", error_of(error) or error)

    async def _entered(self, server: str) -> AsyncWebClient:
        client = await self._client(server)
        if client is None:
            raise ChannelClosed(SHUT_OUT)
        return client

    async def _send_in_turn(self, client: AsyncWebClient, server: str, message: Mapping[str, Any]) -> str:
        """If Slack asks to wait, the whole workspace waits."""
        await self._pause_before(server)
        try:
            async with self._rate_limit(server).slot():
                return await self._send(client, message)
        except RetryLater as later:
            self._free[server] = self._clock.ticks() + later.seconds
            raise

    def _rate_limit(self, server: str) -> RateLimit:
        if server not in self._rate_limits:
            self._rate_limits[server] = RateLimit(self._clock, _PER_MINUTE, 60.0)
        return self._rate_limits[server]

    async def _send(self, client: AsyncWebClient, message: Mapping[str, Any]) -> str:
        try:
            async with in_time(client) as timely:
                with meaning(meant):
                    posted = await timely.chat_postMessage(**message)
            return str(posted["ts"])
        finally:
            self._free[message["channel"]] = self._clock.ticks() + _APART

    @contextmanager
    def _alone_in(self, channel: str) -> Iterator[None]:
        """Two digests of a channel are posted one after the other."""
        if channel in self._posting:
            raise RetryLater("Another digest is being posted there.", _APART)
        self._posting.add(channel)
        try:
            yield
        finally:
            self._posting.remove(channel)

    async def _pause_before(self, place: str) -> None:
        """Wait until something may be posted to the channel or the workspace.

        Raises RetryLater if that is not soon.
        """
        now = self._clock.ticks()
        if (free := self._free.get(place)) and free > now:
            seconds = free - now
            if seconds > _SHORT:
                raise RetryLater("Slack asks to go slower.", seconds)
            await self._clock.sleep(seconds)
        if len(self._free) > _MANY:
            self._free = {known: free for known, free in self._free.items() if free > now}


async def _is_member(client: AsyncWebClient, user: str) -> bool:
    """Whether the person is still in the workspace: only then may they mention a group."""
    if not user:
        return False  # forgotten
    with meaning(meant):
        try:
            user_info = (await client.users_info(user=user))["user"]
        except SlackApiError as error:
            if error_of(error) in _UNKNOWN:
                return False
            raise
    return not user_info.get("deleted")


def _below(delivery: Delivery) -> bool:
    """If it belongs in the thread below the first part."""
    return delivery.thread and delivery.part > 1 and bool(delivery.root)


def _is_of(message: Mapping[str, Any], delivery: str) -> bool:
    metadata = message.get("metadata") or {}
    name = (metadata.get("event_payload") or {}).get("delivery")
    return metadata.get("event_type") == EVENT and name == delivery


async def _page(client: AsyncWebClient, delivery: Delivery, cursor: str) -> AsyncSlackResponse:
    """Messages of the channel, the newest first, or of the thread, from the part before on, or
    from when it cannot have been posted yet.
    """
    began = delivery.began or delivery.planned
    query: dict[str, Any] = {
        "channel": delivery.place.channel,
        "oldest": delivery.previous or f"{(began - _SKEW).timestamp():.6f}",
        "include_all_metadata": True,
        "limit": _PAGE,
        **({"cursor": cursor} if cursor else {}),
    }
    if _below(delivery):
        return await client.conversations_replies(ts=delivery.root, **query)
    return await client.conversations_history(**query)
