"""Our client: what it listens to, which commands it has, and how it stops."""

import hashlib
import json
import logging
from collections.abc import Sequence
from typing import Any, Final

import discord
from discord.app_commands import (
    AppCommand,
    AppCommandContext,
    AppCommandError,
    AppInstallationType,
    CommandTree,
)

from adapters.discord.commands.digest import add_digest
from adapters.discord.commands.linking import add_linking
from adapters.discord.commands.lookup import add_commands
from adapters.discord.commands.settings import add_settings
from adapters.discord.components import PickMenu, PressButton
from adapters.discord.custom_ids import ButtonAction
from adapters.discord.delivery_errors import CHANNEL_DELETED, NOT_A_MEMBER
from adapters.discord.digest_buttons import DigestButton, EntryMenu
from adapters.discord.digest_spots import Ask
from adapters.discord.digests import Digesting
from adapters.discord.errors import logged, tell
from adapters.discord.interactions import Interactions
from adapters.discord.linking import Linking
from adapters.discord.payload import NO_MENTIONS
from bot.model.places import Place

log: Final = logging.getLogger("anbot.discord")

INTENTS: Final = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""Which servers there are, and that something is written in them: what it is, Discord
tells of messages that mention us, reply to us or are sent to us alone.
"""
ALL_MESSAGES: Final = INTENTS | discord.Intents(message_content=True)
"""What is written as well, which has to be switched on at Discord."""

_PATIENCE: Final = 15.0


class Tree(CommandTree["Client"]):
    """Tells what went wrong before a command of ours was reached."""

    async def on_error(self, interaction: discord.Interaction[Any], error: AppCommandError, /) -> None:
        """Tell the person in a sentence."""
        await tell(interaction, error)


class Client(discord.AutoShardedClient):
    """Answers interactions through its front. As many shards as the gateway asks for."""

    def __init__(self, interactions: Interactions, *, message_content: bool = False, **options: Any) -> None:
        super().__init__(
            intents=ALL_MESSAGES if message_content else INTENTS,
            allowed_mentions=NO_MENTIONS,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            **options,
        )
        self.interactions = interactions
        self.linking = Linking(self, interactions)
        self.digesting = Digesting(self, interactions)
        self.tree = Tree(
            self,
            allowed_contexts=AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=AppInstallationType(guild=True, user=True),
        )
        add_commands(self.tree, interactions)
        add_settings(self.tree, interactions)
        add_linking(self.tree, interactions, message_content=message_content)
        add_digest(self.tree, self.digesting, interactions.presenter.lookup)

    async def setup_hook(self) -> None:
        """Make old buttons work, and bring the commands up to date where they changed."""
        self.add_dynamic_items(PressButton, PickMenu, DigestButton, EntryMenu)
        await self._sync()
        # What would have to wait longer is put off by whoever wanted it.
        self.http.max_ratelimit_timeout = _PATIENCE

    async def on_ready(self) -> None:
        """Say that commands are taken."""
        log.info("ready discord as %s, servers: %d", self.user, len(self.guilds))

    async def pressed(self, interaction: discord.Interaction[Any], press: ButtonAction, value: str) -> None:
        """Do what a button or a menu says."""
        await self.interactions.press(interaction, press, value)

    async def asked(self, interaction: discord.Interaction[Any], ask: Ask, name: str) -> None:
        """Do what a button or a menu of a digest says."""
        await self.digesting.asked(interaction, ask, name)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Post nothing more where the bot is no member any more."""
        await self._closed(str(guild.id), "", NOT_A_MEMBER)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Post nothing more to a channel that is gone."""
        await self._closed(str(channel.guild.id), str(channel.id), CHANNEL_DELETED)

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """The same for a thread that digests were posted in."""
        await self._closed(str(event.guild_id), str(event.thread_id), CHANNEL_DELETED)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what a discussion mentions."""
        await self.linking.seen(message)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Let our reply follow; what Discord tells of a preview has no text."""
        if "content" in event.data:
            await self.linking.edited(event.message)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Take back our reply."""
        await self.linking.deleted(event.message_id, event.channel_id, event.guild_id)

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Take back our replies."""
        for message in event.message_ids:
            await self.linking.deleted(message, event.channel_id, event.guild_id)

    async def close(self) -> None:
        """Finish what is being answered, then leave."""
        await self.interactions.drained()
        await super().close()

    async def _closed(self, server: str, channel: str, reason: str) -> None:
        try:
            await self.digesting.closed(Place(platform="discord", server=server, channel=channel), reason)
        except Exception as error:  # noqa: BLE001 - nobody asked, so nobody is told
            logged(error)

    async def _sync(self) -> None:
        """Write the commands where ours, or those that Discord has, are not as we left them."""
        name = f"discord.commands.{self.application_id}"
        ours = fingerprint_of(self.tree)
        known = await self.interactions.ledger.recall(name)
        if known == f"{ours} {_registered(await self.tree.fetch_commands())}":
            return
        synced = await self.tree.sync()
        await self.interactions.ledger.remember(name, f"{ours} {_registered(synced)}")
        log.info("the commands were brought up to date")


def fingerprint_of(tree: CommandTree[Any]) -> str:
    """Changes when any command, option, choice or description of ours changes."""
    commands: list[Any] = list(tree.get_commands())
    return _digest([command.to_dict(tree) for command in commands])


def _registered(commands: Sequence[AppCommand]) -> str:
    return _digest(sorted((str(command.id), command.name, command.description) for command in commands))


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
