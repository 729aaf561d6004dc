"""The requests to Discord's REST API that digests need, at the rate that Discord allows."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import discord
from discord.http import Route
from discord.utils import snowflake_time

from adapters.discord.delivery_errors import PUBLISHED, THREAD_EXISTS, UNKNOWN_MESSAGE
from bot.digests.poster import HistoryUnreadable
from bot.runtime.clock import Clock
from bot.runtime.rate_limit import RateLimit

Json = dict[str, Any]
FORUMS: Final = frozenset({discord.ChannelType.forum.value, discord.ChannelType.media.value})
"""Types of channels that hold posts alone: each is a thread, which has the id of its first message."""
_CHANNEL: Final = "/channels/{channel_id}"
_MESSAGES: Final = "/channels/{channel_id}/messages"
_MESSAGE: Final = "/channels/{channel_id}/messages/{message_id}"
_BELOW: Final = "/channels/{channel_id}/messages/{message_id}/threads"
_PUBLISH: Final = "/channels/{channel_id}/messages/{message_id}/crosspost"
_POSTS: Final = "/channels/{channel_id}/threads"
_ACTIVE: Final = "/guilds/{guild_id}/threads/active"
_ARCHIVED: Final = "/channels/{channel_id}/threads/archived/public"
_PER_SECOND: Final = 49
"""Discord allows a bot 50 requests a second; answers to people need some, too."""
_PAGE: Final = 100
_MOST_PAGES: Final = 100
_TOO_BUSY: Final = (
    "The connection broke while this was posted, and too much was written in the channel since to look for it. "
    "It may be there or not."
)


@dataclass(slots=True)
class Reached:
    """How far back messages were read: before which id, and how many pages."""

    before: str = ""
    pages: int = 0


class Rest:
    """Sends requests by a client that is logged in. All raise what discord.py and aiohttp raise."""

    def __init__(self, client: discord.Client, clock: Clock, part: Callable[[], float]) -> None:
        """`part` is what this process has of what the bot may request, from 0 to 1."""
        self._client = client
        self._rate_limit = RateLimit(clock, _PER_SECOND, part=part)

    async def channel(self, channel: str) -> Json:
        """The channel."""
        shown: Json = await self._request(Route("GET", _CHANNEL, channel_id=channel))
        return shown

    async def send(self, channel: str, body: Json) -> str:
        """Post a message: its id, "" if Discord knows the nonce and somebody deleted the message since."""
        try:
            posted = await self._request(Route("POST", _MESSAGES, channel_id=channel), json=body)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            return ""
        return str(posted["id"])

    async def create_post(self, forum: str, body: Json) -> str:
        """Post to a forum or a media channel: the id of the post and of its first message."""
        return str((await self._request(Route("POST", _POSTS, channel_id=forum), json=body))["id"])

    async def open_thread(self, channel: str, message: str, name: str) -> None:
        """Create the thread below the message if there is none; it has the message's id."""
        route = Route("POST", _BELOW, channel_id=channel, message_id=message)
        await self._request_once(route, THREAD_EXISTS, json={"name": name})

    async def publish(self, channel: str, message: str) -> None:
        """Publish the message of an announcement channel to those that follow it, if it is not yet."""
        await self._request_once(Route("POST", _PUBLISH, channel_id=channel, message_id=message), PUBLISHED)

    async def messages(self, channel: str, first: int, reached: Reached) -> AsyncIterator[Json]:
        """The bot's own messages, from the last that was not `reached` yet back to the id `first`.

        Raises HistoryUnreadable if there are too many.
        """
        while reached.pages < _MOST_PAGES:
            query = {"limit": str(_PAGE)} | ({"before": reached.before} if reached.before else {})
            page = await self._request(Route("GET", _MESSAGES, channel_id=channel), params=query)
            for message in page:
                if self._is_own(message["author"]["id"]):
                    yield message
            oldest = min((int(message["id"]) for message in page), default=0)
            if len(page) < _PAGE or oldest <= first:
                return
            reached.before, reached.pages = str(oldest), reached.pages + 1
        raise HistoryUnreadable(_TOO_BUSY)

    async def posts(self, server: str, forum: str, first: int) -> AsyncIterator[Json]:
        """The first messages of the bot's own posts in a forum, not older than the id `first`."""
        async for thread in self._threads(server, forum, first):
            here = str(thread.get("parent_id")) == forum and self._is_own(thread["owner_id"])
            if here and int(thread["id"]) >= first:
                route = Route("GET", _MESSAGE, channel_id=thread["id"], message_id=thread["id"])
                try:
                    yield await self._request(route)
                except discord.NotFound:
                    continue  # somebody deleted it

    async def _threads(self, server: str, forum: str, first: int) -> AsyncIterator[Json]:
        """The active threads of the server, and those of the forum archived since the id `first` was new."""
        active = await self._request(Route("GET", _ACTIVE, guild_id=server))
        for thread in active["threads"]:
            yield thread
        query = {"limit": str(_PAGE)}
        for _ in range(_MOST_PAGES):
            page = await self._request(Route("GET", _ARCHIVED, channel_id=forum), params=query)
            for thread in page["threads"]:
                yield thread
            if not page["has_more"]:
                return
            query["before"] = page["threads"][-1]["thread_metadata"]["archive_timestamp"]
            if datetime.fromisoformat(query["before"]) < snowflake_time(first):
                return
        raise HistoryUnreadable(_TOO_BUSY)

    def _is_own(self, user: str) -> bool:
        return bool(self._client.user and user == str(self._client.user.id))

    async def _request_once(self, route: Route, done: int, **more: Any) -> None:
        """A request that Discord refuses with the code `done` if it was made before."""
        try:
            await self._request(route, **more)
        except discord.HTTPException as error:
            if error.code != done:
                raise

    async def _request(self, route: Route, **more: Any) -> Any:
        async with self._rate_limit.slot():
            try:
                return await self._client.http.request(route, **more)
            except asyncio.CancelledError:
                # Cancelled while it waits out a global limit, discord.py would let nothing through ever again.
                self._client.http._global_over.set()  # noqa: SLF001 - there is no other way to
                raise


async def message_with(messages: AsyncIterator[Json], custom_id: str) -> str:
    """The id of the message that has a component of that custom id, "" for none."""
    async for message in messages:
        if custom_id in _custom_ids(message):
            return str(message["id"])
    return ""


def _custom_ids(message: Json) -> set[str]:
    return {item.get("custom_id", "") for row in message["components"] for item in row.get("components", ())}
