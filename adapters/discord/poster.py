"""Posts digests on Discord, and checks whether one arrived."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp
import discord
from discord.http import Route
from discord.utils import time_snowflake

from adapters.discord.delivery_errors import (
    CHANNEL_DELETED,
    NOT_A_MEMBER,
    THREAD_EXISTS,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    is_unauthorized,
    meaning,
    unauthorized,
)
from adapters.discord.digest_message import THREAD_NAME, digest_parts, menu_id, message_of, stored
from adapters.discord.permissions import channel_link, lacking_for_digests
from adapters.discord.render import NO_MENTIONS
from bot.digests.compose import Part
from bot.digests.poster import ChannelClosed, HistoryUnreadable, Rejected
from bot.digests.wording import NAMES
from bot.model.digests import Delivery, Digest, Subscription
from bot.runtime.clock import Clock
from bot.runtime.dedupe import Seen
from bot.runtime.rate_limit import RateLimit

_CHANNEL: Final = "/channels/{channel_id}"
_MESSAGES: Final = "/channels/{channel_id}/messages"
_THREADS: Final = "/channels/{channel_id}/messages/{message_id}/threads"
_PER_SECOND: Final = 49
"""Discord allows a bot 50 requests a second; answers to people need some, too."""
_PAGE: Final = 100
_AROUND: Final = (timedelta(minutes=5), timedelta(minutes=10))
"""How long before and after the start of an attempt its message may date; our clock is not Discord's."""
_REMEMBERED: Final = timedelta(minutes=2)
"""How long Discord surely remembers a nonce, so that posting again does nothing."""
_DELETED: Final = "Somebody deleted the first part or its thread, so the others were left out."
_UNREADABLE: Final = (
    "The connection broke while this was posted, and without the permission Read Message History I cannot check whether "
    "it arrived, so I did not post it again."
)
_FAILURES: Final = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)


class DiscordPoster:
    """A `bot.digests.poster.Poster` over a client that is connected."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._rate_limit = RateLimit(clock, _PER_SECOND)
        self._threads = Seen()
        self._shut_out = False

    @property
    def platform(self) -> str:
        return "discord"

    def rate_bucket(self, server: str) -> str:
        del server  # the limit is the bot's
        return ""

    def parts(self, digest: Digest) -> Sequence[Part]:
        return digest_parts(digest)

    def payload(self, digest: Digest, part: Part, name: str) -> str:
        return stored(message_of(digest, part, name))

    async def post(self, delivery: Delivery) -> str:
        message = json.loads(delivery.payload)
        thread_name = message.pop(THREAD_NAME, "")
        # Discord creates one message per nonce, however often this is called within minutes.
        body = {**message, "nonce": delivery.id, "enforce_nonce": True}
        with self._translated(delivery):
            if not _in_thread(delivery):
                return await self._create(delivery.place.channel, body)
            await self._open_thread(delivery, thread_name)
            try:
                return await self._create(delivery.root, body)
            except discord.NotFound as error:
                if error.code != UNKNOWN_CHANNEL:
                    raise
                self._threads.forget(delivery.root)
                await self._request(Route("GET", _CHANNEL, channel_id=delivery.place.channel))
                raise Rejected(_DELETED) from error

    async def find(self, delivery: Delivery) -> str | None:
        began = delivery.began or delivery.planned
        if not self._may_read(delivery):
            if self._clock() - began < _REMEMBERED:
                return None
            raise HistoryUnreadable(_UNREADABLE)
        with self._translated(delivery):
            if not _in_thread(delivery):
                return await self._message_id(delivery.place.channel, delivery.id, began)
            try:
                return await self._message_id(delivery.root, delivery.id, began)
            except discord.NotFound as error:
                if error.code != UNKNOWN_CHANNEL:
                    raise
                return None  # nothing opened the thread yet

    async def notify(self, subscription: Subscription, reason: str) -> None:
        await notify_subscriber(self._client, subscription, reason)

    async def _create(self, channel: str, body: dict[str, Any]) -> str:
        try:
            posted = await self._request(Route("POST", _MESSAGES, channel_id=channel), json=body)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            return ""  # Discord knows the nonce, and that somebody deleted the message since
        return str(posted["id"])

    async def _open_thread(self, delivery: Delivery, name: str) -> None:
        """Create the thread below the first part if there is none; it has that part's id."""
        if not self._threads.first(delivery.root):
            return
        try:
            route = Route("POST", _THREADS, channel_id=delivery.place.channel, message_id=delivery.root)
            await self._request(route, json={"name": name})
        except BaseException as error:
            if isinstance(error, discord.HTTPException) and error.code == THREAD_EXISTS:
                return
            self._threads.forget(delivery.root)
            if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
                raise Rejected(_DELETED) from error
            raise

    async def _message_id(self, channel: str, name: str, began: datetime) -> str | None:
        """The id of that delivery's message, among those of about that time."""
        after, last = time_snowflake(began - _AROUND[0]), time_snowflake(began + _AROUND[1])
        while True:
            page = {"after": str(after), "limit": str(_PAGE)}
            messages = await self._request(Route("GET", _MESSAGES, channel_id=channel), params=page)
            for message in messages:
                if self._is_ours(message) and menu_id(name) in _custom_ids(message):
                    return str(message["id"])
            after = max((int(message["id"]) for message in messages), default=after)
            if len(messages) < _PAGE or after > last:
                return None

    def _is_ours(self, message: dict[str, Any]) -> bool:
        return bool(self._client.user and message["author"]["id"] == str(self._client.user.id))

    def _may_read(self, delivery: Delivery) -> bool:
        """Without Read Message History Discord returns an empty list, not an error."""
        allowed = self._allowed(delivery)
        return allowed is None or allowed.read_message_history

    def _missing(self, delivery: Delivery) -> tuple[str, ...]:
        allowed = self._allowed(delivery)
        if allowed is None:
            return ()
        inside = isinstance(self._channel(delivery), discord.Thread)
        return lacking_for_digests(allowed, inside=inside, threads=_in_thread(delivery))

    def _allowed(self, delivery: Delivery) -> discord.Permissions | None:
        """The bot's permissions in the channel; None if Discord did not send the channel."""
        channel = self._channel(delivery)
        return channel.permissions_for(channel.guild.me) if channel else None

    def _time_out(self, delivery: Delivery) -> datetime | None:
        """The end of the bot's time-out, None if it is in none."""
        guild = self._client.get_guild(int(delivery.place.server))
        until = guild.me.timed_out_until if guild else None
        return until if until and until > self._clock() else None

    def _channel(self, delivery: Delivery) -> discord.abc.GuildChannel | discord.Thread | None:
        guild = self._client.get_guild(int(delivery.place.server))
        return guild.get_channel_or_thread(int(delivery.place.channel)) if guild else None

    @contextlib.contextmanager
    def _translated(self, delivery: Delivery) -> Iterator[None]:
        """Raise failures of requests as errors of the delivery."""
        if self._shut_out:
            raise unauthorized()
        try:
            yield
        except _FAILURES as error:
            if is_unauthorized(error):
                self._shut_out = True
                raise unauthorized() from error
            failure = meaning(error, self._missing(delivery), self._time_out(delivery))
            if (
                isinstance(failure, ChannelClosed)
                and str(failure) != CHANNEL_DELETED
                and not self._is_member(delivery)
            ):
                raise ChannelClosed(NOT_A_MEMBER) from error
            raise failure from error

    def _is_member(self, delivery: Delivery) -> bool:
        return self._client.get_guild(int(delivery.place.server)) is not None

    async def _request(self, route: Route, **more: Any) -> Any:
        async with self._rate_limit.slot():
            try:
                return await self._client.http.request(route, **more)
            except asyncio.CancelledError:
                # Cancelled while it waits out a global limit, discord.py would let nothing through ever again.
                self._client.http._global_over.set()  # noqa: SLF001 - there is no other way to
                raise


def _in_thread(delivery: Delivery) -> bool:
    """Whether it goes into the thread of the first part; if that part failed, all go into the channel."""
    return delivery.thread and delivery.part > 1 and bool(delivery.root)


def _custom_ids(message: dict[str, Any]) -> set[str]:
    return {item.get("custom_id", "") for row in message["components"] for item in row.get("components", ())}


log: Final = logging.getLogger("anbot.discord")

_SECONDS: Final = 10.0


async def notify_subscriber(client: discord.Client, subscription: Subscription, reason: str) -> None:
    """Send a direct message, if they accept any from the bot; errors are only logged."""
    name, place = NAMES[subscription.options.kind], channel_link(subscription.place)
    try:
        async with asyncio.timeout(_SECONDS):
            direct = await client.create_dm(discord.Object(int(subscription.by)))
            await direct.send(f"{name} in {place}: I stopped posting. {reason}", allowed_mentions=NO_MENTIONS)
    except Exception as error:  # noqa: BLE001 - the log of digests has the reason as well
        log.info("the subscriber of %s could not be notified: %s", subscription.id, error)
