"""The names of channels, those of archived threads too, and of the tags of forums."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import discord

from adapters.discord.permissions import channel_link
from bot.model.digests import Delivery, Subscription
from bot.model.places import Place
from bot.text.rich_text import Span

log: Final = logging.getLogger("anbot.discord")

_MOST: Final = 10
"""Channels that are asked for at once: each takes a request."""


class ChannelNames:
    """Names channels. Discord tells a client of no archived threads, so those have to be asked for."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._threads: dict[str, str] = {}

    def label(self, place: Place) -> Span:
        """The channel's name, with a link."""
        guild = self._client.get_guild(int(place.server))
        channel = guild.get_channel_or_thread(int(place.channel)) if guild else None
        name = channel.name if channel else self._threads.get(place.channel)
        return Span(text=f"#{name}" if name else "a channel", url=channel_link(place))

    def tag(self, place: Place, id_: str) -> str:
        """The name of the forum's tag with that id; "" if it was deleted."""
        guild = self._client.get_guild(int(place.server))
        forum = guild.get_channel(int(place.channel)) if guild else None
        tags = forum.available_tags if isinstance(forum, discord.ForumChannel) else ()
        return next((tag.name for tag in tags if str(tag.id) == id_), "")

    def message_link(self, delivery: Delivery) -> str:
        """The address of a delivery's message, or of its post in a forum."""
        guild = self._client.get_guild(int(delivery.place.server))
        channel = guild.get_channel(int(delivery.place.channel)) if guild else None
        if isinstance(channel, discord.ForumChannel):
            return channel_link(replace(delivery.place, channel=delivery.message))
        return f"{channel_link(delivery.place)}/{delivery.message}"

    async def learn(self, subscriptions: Iterable[Subscription]) -> None:
        """Ask for the names of those channels that are not known."""
        unknown = [each.place for each in subscriptions if self.label(each.place).text == "a channel"]
        for place in unknown[:_MOST]:
            try:
                channel = await self._client.fetch_channel(int(place.channel))
            except discord.NotFound:
                self._threads[place.channel] = "deleted-channel"
            except (discord.DiscordException, OSError) as error:
                log.info("the name of channel %s is not known: %s", place.channel, error)
            else:
                self._threads[place.channel] = getattr(channel, "name", "")
