"""The client: its events, its commands, and how it stops."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol

import aiohttp
import discord
from discord.gateway import DiscordWebSocket

from adapters.discord.commands.digest import add_digest
from adapters.discord.commands.linking import add_linking
from adapters.discord.commands.lookup import add_commands
from adapters.discord.commands.settings import add_settings
from adapters.discord.components import ActionItem
from adapters.discord.custom_ids import ButtonAction
from adapters.discord.delivery_errors import CHANNEL_DELETED, NOT_A_MEMBER
from adapters.discord.digests import Digests
from adapters.discord.errors import logged
from adapters.discord.interactions import Interactions
from adapters.discord.linking import Linking
from adapters.discord.render import NO_MENTIONS
from adapters.discord.tree import Tree, fingerprint_of, registered, typed
from adapters.discord.unreadable import leave_out_unreadable
from bot.digests.tracing import keeping_deadlines
from bot.errors import BotError, Unavailable
from bot.model.places import Place
from bot.runtime.refusals import unreadable

log: Final = logging.getLogger("anbot.discord")

INTENTS: Final = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""Servers, and messages in them; Discord sends the text only of messages that mention the
bot, reply to it or are direct.
"""
ALL_MESSAGES: Final = INTENTS | discord.Intents(message_content=True)
"""The text of all messages too, which needs a switch in Discord's developer portal."""

PATIENCE: Final = 15.0
"""Seconds that a request waits for a rate limit."""


class Among(Protocol):
    """What a client has to know that is one of several, in as many processes."""

    async def admits(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether it answers that; another may hear it, too."""

    async def begins(self) -> None:
        """Wait until it may begin a session."""


class Client(discord.AutoShardedClient):
    """Passes the gateway's events on. It has as many shards as the gateway asks for."""

    def __init__(
        self,
        interactions: Interactions,
        *,
        message_content: bool = False,
        own_gateway: bool = False,
        among: Among | None = None,
        **options: Any,
    ) -> None:
        super().__init__(
            intents=ALL_MESSAGES if message_content else INTENTS,
            allowed_mentions=NO_MENTIONS,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            http_trace=keeping_deadlines(),
            **options,
        )
        leave_out_unreadable(self)
        self._own_gateway = own_gateway
        self._among = among
        self.interactions = interactions
        self.linking = Linking(self, interactions)
        self.digests = Digests(self, interactions)
        self.tree = Tree(self, self.admits)
        add_commands(self.tree, interactions)
        add_settings(self.tree, interactions)
        add_linking(self.tree, interactions, message_content=message_content)
        add_digest(self.tree, self.digests, interactions.presenter.lookup)

    async def setup_hook(self) -> None:
        """Make old buttons work, and update the commands if they changed."""
        self.add_dynamic_items(ActionItem)
        if self._own_gateway:  # after a session that ended discord.py would connect to Discord's own
            _, url, _ = await self.http.get_bot_gateway()
            address = type(DiscordWebSocket.DEFAULT_GATEWAY)
            DiscordWebSocket.DEFAULT_GATEWAY = address(url)
        await self._sync()
        # A request that would wait longer fails, and its caller decides when to try again.
        self.http.max_ratelimit_timeout = PATIENCE

    async def connect(self, *, reconnect: bool = True) -> None:
        """Be connected until the client is closed. Raises Unavailable if the gateway sends what is none
        of its messages.
        """
        try:
            await super().connect(reconnect=reconnect)
        except (discord.DiscordException, aiohttp.ClientError, OSError, BotError):
            raise
        except Exception as error:
            raise Unavailable(f"Discord’s gateway sent a message, and {unreadable(error)}.") from error

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for this client's turn, if there are others."""
        if self._among:
            await self._among.begins()
        else:
            await super().before_identify_hook(shard_id, initial=initial)

    async def admits(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether it is answered by this client, which then does not end before it has answered."""
        with self.interactions.busy():
            return self._among is None or await self._among.admits(interaction)

    async def is_up(self) -> bool:
        """Whether every shard is connected, and the servers are known."""
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    async def on_ready(self) -> None:
        """Log that commands are answered."""
        log.info("ready discord as %s, servers: %d", self.user, len(self.guilds))

    async def act(self, interaction: discord.Interaction[Any], action: ButtonAction, value: str) -> None:
        """Do what a button or a menu says."""
        does = self.digests if action.verb in Digests.VERBS else self.interactions
        await does.act(interaction, action, value)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take a form that was filled in; commands and buttons are dispatched by discord.py."""
        if interaction.type is discord.InteractionType.modal_submit and await self.admits(interaction):
            await self.digests.subscribing.submitted(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server that invites the bot again is not forgotten."""
        with self._unasked():
            await self.interactions.forgetting.returned("discord", str(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pause the digests of a server that the bot left."""
        await self._closed(str(guild.id), "", NOT_A_MEMBER)
        with self._unasked():
            await self.interactions.forgetting.left("discord", str(guild.id), self.interactions.clock())

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pause the digests of a channel that was deleted."""
        await self._closed(str(channel.guild.id), str(channel.id), CHANNEL_DELETED)

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Pause the digests of a thread that was deleted."""
        await self._closed(str(event.guild_id), str(event.thread_id), CHANNEL_DELETED)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what a discussion mentions."""
        await self.linking.seen(message)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Change our reply with the message."""
        await self.linking.edited(event.message)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Delete our reply."""
        await self.linking.deleted(event.message_id, event.channel_id, event.guild_id)

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete our replies."""
        for message in event.message_ids:
            await self.linking.deleted(message, event.channel_id, event.guild_id)

    async def _closed(self, server: str, channel: str, reason: str) -> None:
        with self._unasked():
            await self.digests.closed(Place(platform="discord", server=server, channel=channel), reason)

    @staticmethod
    @contextmanager
    def _unasked() -> Iterator[None]:
        """Errors inside are logged: nobody asked, so nobody is answered."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - as above
            logged(error)

    async def _sync(self) -> None:
        """Register the commands if ours, or those at Discord, changed since."""
        name = f"discord.commands.{self.application_id}"
        ours = fingerprint_of(self.tree)
        known = await self.interactions.memo.recall(name)
        there = await self.tree.fetch_commands()
        if known != f"{ours} {registered(there)}":
            there = await self.tree.sync()
            await self.interactions.memo.remember(name, f"{ours} {registered(there)}")
            log.info("the commands were updated")
        self.interactions.command_ids = dict(typed(there))
