"""What the bot may do where a digest goes, as far as Discord told it."""

from collections.abc import Callable
from datetime import datetime

import discord

from adapters.discord.delivery_errors import meaning
from adapters.discord.permissions import lacking_for_digests
from bot.errors import BotError
from bot.model.digests import Delivery
from bot.runtime.clock import Clock


class Standing:
    """Looks channels and permissions up in what clients keep; it sends no request."""

    def __init__(self, guild: Callable[[int], discord.Guild | None], clock: Clock) -> None:
        """`guild` returns a server by its id, None if it is not known."""
        self._guild = guild
        self._clock = clock

    def is_member(self, delivery: Delivery) -> bool:
        """Whether the bot is in the server."""
        return self._guild(int(delivery.place.server)) is not None

    def channel(self, delivery: Delivery) -> discord.abc.GuildChannel | discord.Thread | None:
        """The channel; None if Discord did not send it."""
        guild = self._guild(int(delivery.place.server))
        return guild.get_channel_or_thread(int(delivery.place.channel)) if guild else None

    def may_read(self, delivery: Delivery) -> bool:
        """Whether it may read the history: without that Discord returns an empty list, not an error."""
        allowed = self._allowed(delivery)
        return allowed is None or allowed.read_message_history

    def missing(self, delivery: Delivery) -> tuple[str, ...]:
        """The permissions that the delivery needs and the bot is known to lack."""
        channel, allowed = self.channel(delivery), self._allowed(delivery)
        if allowed is None:
            return ()
        return lacking_for_digests(
            allowed,
            inside=isinstance(channel, discord.Thread),
            threads=delivery.thread and (delivery.parts == 1 or delivery.part > 1),
            forum=isinstance(channel, discord.ForumChannel),
        )

    def meaning(self, error: Exception, delivery: Delivery) -> BotError:
        """What the failure of a request for the delivery means."""
        missing, until = self.missing(delivery), self.time_out(delivery)
        return meaning(error, missing, until, locked=self.is_locked(delivery))

    def is_locked(self, delivery: Delivery) -> bool:
        """Whether the channel is a thread that was locked."""
        channel = self.channel(delivery)
        return isinstance(channel, discord.Thread) and channel.locked

    def time_out(self, delivery: Delivery) -> datetime | None:
        """The end of the bot's time-out, None if it is in none."""
        guild = self._guild(int(delivery.place.server))
        until = guild.me.timed_out_until if guild else None
        return until if until and until > self._clock() else None

    def _allowed(self, delivery: Delivery) -> discord.Permissions | None:
        channel = self.channel(delivery)
        return channel.permissions_for(channel.guild.me) if channel else None
