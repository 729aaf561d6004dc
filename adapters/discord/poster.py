"""Posts digests on Discord, and checks whether one arrived."""

import contextlib
import math
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

import aiohttp
import discord
import msgspec
from discord.utils import time_snowflake

from adapters.discord.delivery_errors import (
    CHANNEL_DELETED,
    NOT_A_MEMBER,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    cause,
    is_unauthorized,
    unauthorized,
)
from adapters.discord.digest_message import StoredMessage, digest_parts, literal, menu_id, stored_message
from adapters.discord.notices import notify_subscriber
from adapters.discord.permissions import may_mention
from adapters.discord.rest import FORUMS, Reached, Rest, message_with
from adapters.discord.standing import Standing
from bot.digests.compose import Part
from bot.digests.poster import ChannelClosed, HistoryUnreadable, OutcomeUnknown, Posted, Rejected, RetryLater
from bot.model.digests import Delivery, Digest, Subscription
from bot.runtime.clock import Clock
from bot.runtime.dedupe import Seen

_SKEW: Final = timedelta(hours=26)
"""How far our clock may have been ahead of Discord's when an attempt began. How far it was
behind makes no difference: the history is read from its end.
"""
_REMEMBERED: Final = 120.0
"""Seconds for which Discord surely remembers a nonce, so that posting again does nothing."""
_ATTEMPTS: Final = 1000
_DELETED: Final = "Somebody deleted the first part or its thread, so the others were left out."
_UNREADABLE: Final = (
    "The connection broke while this was posted, and without the permission Read Message History I cannot check whether "
    "it arrived, so I did not post it again."
)
_FAILURES: Final = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)


class DiscordPoster:
    """A `bot.digests.poster.Poster` over a client that is logged in.

    In a forum each digest is a post, and its further parts are below the first one. In an
    announcement channel a message is published after it was posted, if that was asked for.
    """

    def __init__(
        self,
        client: discord.Client,
        clock: Clock,
        guild: Callable[[int], discord.Guild | None] | None = None,
        part: Callable[[], float] = lambda: 1.0,
    ) -> None:
        """`guild` returns a server by its id, if other clients know it; `part` is what this process has of
        what the bot may request, from 0 to 1.
        """
        self._client = client
        self._clock = clock
        self._rest = Rest(client, clock, part)
        self._standing = Standing(guild or client.get_guild, clock)
        self._threads = Seen()
        self._attempts: OrderedDict[str, float] = OrderedDict()
        self._reached: dict[tuple[str, int], Reached] = {}
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
        return msgspec.json.encode(stored_message(digest, part, name)).decode()

    def literal(self, text: str) -> str:
        return literal(text)

    async def post(self, delivery: Delivery) -> Posted:
        self._note_attempt(delivery.id)
        stored = msgspec.json.decode(delivery.payload, type=StoredMessage)
        with self._translated(delivery):
            channel = self._standing.channel(delivery)
            if stored.role and not await may_mention(channel, stored.role, stored.asker):
                stored = stored.without_mention()
            # Discord creates one message per nonce, however often this is called within minutes.
            body = {**stored.message, "nonce": delivery.id, "enforce_nonce": True}
            if _in_thread(delivery):
                return Posted(message=await self._post_below(delivery, body, stored.name))
            if await self._is_forum(delivery):
                return Posted(message=await self._create_post(delivery, stored))
            message = await self._rest.send(delivery.place.channel, body)
            return await self._finished(delivery, stored, message)

    async def find(self, delivery: Delivery) -> Posted | None:
        with self._translated(delivery):
            forum = not _in_thread(delivery) and await self._is_forum(delivery)
            if not self._standing.may_read(delivery):
                if not forum and self._attempted_lately(delivery.id):
                    return None
                raise HistoryUnreadable(_UNREADABLE)
            if forum:
                posts = self._rest.posts(delivery.place.server, delivery.place.channel, _first(delivery))
                message = await message_with(posts, menu_id(delivery.id))
                return Posted(message=message) if message else None
            if _in_thread(delivery):
                return await self._find_below(delivery)
            message = await self._search(delivery.place.channel, delivery)
            stored = msgspec.json.decode(delivery.payload, type=StoredMessage)
            return await self._finished(delivery, stored, message) if message else None

    async def notify(self, subscription: Subscription, reason: str) -> None:
        await notify_subscriber(self._client, subscription, reason)

    async def _create_post(self, delivery: Delivery, stored: StoredMessage) -> str:
        """Post to a forum, with those of the chosen tags that it still has."""
        channel = self._standing.channel(delivery)
        forum = channel if isinstance(channel, discord.ForumChannel) else None
        known = {str(tag.id) for tag in forum.available_tags} if forum else set(stored.tags)
        tags = [tag for tag in stored.tags if tag in known]
        body = {"name": stored.name, "message": stored.message, **({"applied_tags": tags} if tags else {})}
        return await self._rest.create_post(delivery.place.channel, body)

    async def _post_below(self, delivery: Delivery, body: dict[str, Any], name: str) -> str:
        """Post into the thread or the forum post of the first part."""
        if not await self._is_forum(delivery):
            await self._open_thread(delivery, name)
        try:
            return await self._rest.send(delivery.root, body)
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
            self._threads.forget(delivery.root)
            await self._rest.channel(delivery.place.channel)
            raise Rejected(_DELETED) from error

    async def _search(self, channel: str, delivery: Delivery) -> str:
        """The id of its message, "" for none. Cut off it goes on where it was, or it might never end."""
        search = delivery.id, delivery.tries
        messages = self._rest.messages(channel, _first(delivery), self._reached.setdefault(search, Reached()))
        try:
            message = await message_with(messages, menu_id(delivery.id))
        except (discord.Forbidden, discord.NotFound, HistoryUnreadable):  # it ends without an answer
            del self._reached[search]
            raise
        del self._reached[search]
        return message

    async def _find_below(self, delivery: Delivery) -> Posted | None:
        try:
            message = await self._search(delivery.root, delivery)
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
            return None  # nothing opened the thread yet
        return Posted(message=message) if message else None

    async def _open_thread(self, delivery: Delivery, name: str) -> None:
        """Create the thread below the first part if there is none; it has that part's id."""
        if not self._threads.first(delivery.root):
            return
        try:
            await self._rest.open_thread(delivery.place.channel, delivery.root, name)
        except BaseException as error:
            self._threads.forget(delivery.root)
            if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
                raise Rejected(_DELETED) from error
            raise

    def _note_attempt(self, delivery: str) -> None:
        self._attempts[delivery] = self._clock.ticks()
        if len(self._attempts) > _ATTEMPTS:
            self._attempts.popitem(last=False)

    def _attempted_lately(self, delivery: str) -> bool:
        """Whether this process posted it so lately that Discord knows the nonce."""
        return self._clock.ticks() - self._attempts.get(delivery, -math.inf) < _REMEMBERED

    async def _finished(self, delivery: Delivery, stored: StoredMessage, message: str) -> Posted:
        """Publish the message, and open the thread of a sole part, if that was asked for.

        Both are done once however often they are asked for. What has to wait leaves the
        delivery's outcome unknown: it is finished when the message is found.
        """
        channel, problems = delivery.place.channel, []
        if message and stored.publish:
            publishing = self._rest.publish(channel, message)
            problems.append(await self._tried(delivery, publishing, "was not published"))
        if message and delivery.thread and delivery.parts == 1:
            opening = self._rest.open_thread(channel, message, stored.name)
            problems.append(await self._tried(delivery, opening, "has no thread"))
        return Posted(message=message, problem=" ".join(problem for problem in problems if problem))

    async def _tried(self, delivery: Delivery, request: Awaitable[None], without: str) -> str:
        """Why the request was refused for good, "" if it was not."""
        try:
            await request
        except _FAILURES as error:
            failure = self._standing.meaning(error, delivery)
            if isinstance(failure, RetryLater | OutcomeUnknown):
                raise OutcomeUnknown(f"It is posted, but {without} yet: {failure}") from error
            if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
                return ""  # somebody deleted it
            return f"It {without}: {cause(error, self._standing.missing(delivery))}"
        return ""

    async def _is_forum(self, delivery: Delivery) -> bool:
        channel = self._standing.channel(delivery)
        kind = channel.type.value if channel else (await self._rest.channel(delivery.place.channel))["type"]
        return kind in FORUMS

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
            failure = self._standing.meaning(error, delivery)
            if (
                isinstance(failure, ChannelClosed)
                and str(failure) != CHANNEL_DELETED
                and not self._standing.is_member(delivery)
            ):
                raise ChannelClosed(NOT_A_MEMBER) from error
            raise failure from error


def _first(delivery: Delivery) -> int:
    """The least id that its message can have: Discord's ids tell time by Discord's clock."""
    return int(delivery.previous or time_snowflake((delivery.began or delivery.planned) - _SKEW))


def _in_thread(delivery: Delivery) -> bool:
    """Whether it goes into the thread of the first part; if that part failed, all go into the channel."""
    return delivery.thread and delivery.part > 1 and bool(delivery.root)
