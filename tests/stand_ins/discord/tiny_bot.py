"""A tiny bot of discord.py's own parts, for showing that the stand-in is Discord enough for them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands

from tests.stand_ins.discord import Application, StandIn
from tests.stand_ins.discord.discord_py import pointed_at

TITLES = ["Risks from Learned Optimization", "Mesa optimization", "Reframing Impact"]


class Pages(discord.ui.View):
    """Two buttons and a menu that work for as long as there is a bot."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Next", custom_id="next")
    async def next_page(self, interaction: discord.Interaction, _button: discord.ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="page 2")

    @discord.ui.button(label="Ask", custom_id="ask")
    async def ask(self, interaction: discord.Interaction, _button: discord.ui.Button[Any]) -> None:
        await interaction.response.send_modal(Question())

    @discord.ui.select(custom_id="pick", options=[discord.SelectOption(label=title) for title in TITLES])
    async def pick(self, interaction: discord.Interaction, menu: discord.ui.Select[Any]) -> None:
        await interaction.response.send_message(menu.values[0], ephemeral=True)


class Question(discord.ui.Modal, title="Ask"):
    words: discord.ui.TextInput[Any] = discord.ui.TextInput(label="Words", custom_id="words")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"asked: {self.words.value}")


class TinyBot(discord.AutoShardedClient):
    """Answers /paper, /slow and /digest, and a message command; hears what is written."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", discord.Intents.default())
        super().__init__(intents=intents, guild_ready_timeout=0.01, **options)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.resumptions = 0
        _commands(self.tree)

    async def setup_hook(self) -> None:
        self.add_view(Pages())
        await self.tree.sync()

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """Starts shards one after the other without the usual pause."""

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message.content)

    async def on_shard_resumed(self, _shard_id: int) -> None:
        self.resumptions += 1


def _commands(tree: app_commands.CommandTree[Any]) -> None:
    @tree.command(description="Finds a summary")
    async def paper(interaction: discord.Interaction, words: str) -> None:
        embed = discord.Embed(title=words, url="https://example.org/", description="A summary")
        await interaction.response.send_message(embed=embed, view=Pages())

    @paper.autocomplete("words")
    async def suggest(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        titles = [title for title in TITLES if typed.lower() in title.lower()]
        return [app_commands.Choice(name=title, value=title) for title in titles]

    @tree.command(description="Takes its time")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("at last")
        await interaction.followup.send("and more", ephemeral=True)

    digest = app_commands.Group(name="digest", description="Digests")

    @digest.command(description="Posts here")
    async def here(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("here", ephemeral=True)

    tree.add_command(digest)

    @tree.context_menu(name="Find summaries")
    async def find(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"found in: {message.content}", ephemeral=True)


@asynccontextmanager
async def running(bot: TinyBot, stand_in: StandIn, app: Application) -> AsyncIterator[TinyBot]:
    """The bot, connected with all its shards, until the block ends."""
    with pointed_at(stand_in):
        async with bot:
            task = asyncio.create_task(bot.start(app.token))
            try:
                await stand_in.gateway.ready(app, shards=stand_in.gateway.shards)
                yield bot
            finally:
                await bot.close()
                await task
