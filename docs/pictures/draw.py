"""Draws the pictures of the README from the messages that our own code sends."""

import asyncio
import json
import random
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import discord as library
from discord.http import Route
from simcord import run

from adapters import discord, slack
from adapters.discord.digest_message import digest_parts, stored_message
from adapters.slack.digest_message import digest_message as slack_message
from bot.indexing.indexer import Indexer
from bot.lookup.lookup import Lookup
from bot.model.digests import Digest, DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.sample import document
from bot.search import Searcher
from store import open_store

HERE: Final = Path(__file__).parent
ASKED: Final = {"paper": "/paper mesa", "issue": "/an 58"}
CLUB: Final = 58
COLOURS: Final = 128
NOW: Final = datetime(2026, 1, 1, 9, tzinfo=UTC)


async def messages() -> dict[str, dict[str, Any]]:
    """Each picture's message by its name, answered from the sample as if it were the archive."""
    made = {}
    async with open_store(":memory:", clock=lambda: NOW) as store:
        await Indexer(store.archive).take("newsletters", document())
        lookup = Lookup(store.library, Searcher(store.search), random.Random(1))  # noqa: S311 - no secret
        for platform in (discord.platform({}), slack.platform({})):
            for name, text in ASKED.items():
                sent = json.loads(await platform.preview(lookup, text, lambda: NOW))
                made[f"{platform.name}-{name}"] = sent.get("data", sent)
        issue = await store.library.issue(CLUB)
    assert issue, "the sample has it"
    club = Subscription(
        id="club",
        place=Place(platform="", server=""),
        options=DigestOptions(kind=DigestKind.CLUB),
        by="1",
        by_name="ada",
    )
    digest = Digest(subscription=club, issues=(issue,))
    made["discord-digest"] = stored_message(digest, digest_parts(digest)[0], "club-1-1").message
    made["slack-digest"] = slack_message(digest, digest_parts(digest)[0])
    return made


async def draw() -> None:
    """Write every picture beside this file."""
    for name, message in (await messages()).items():
        if name.startswith("slack"):
            with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
                json.dump(message, file)
                file.flush()
                await shoot(file.name, name)
        else:
            await draw_discord(message, name)


async def draw_discord(message: dict[str, Any], name: str) -> None:
    """The message in a simulated Discord, which shows what stands in a channel as a page."""
    async with run(library.Client(intents=library.Intents.default())) as env:
        assert env.bot.user
        await env.bot.user.edit(username="anbot")
        guild = env.create_guild()
        channel = guild.create_text_channel("papers")
        reader = guild.add_member(env.create_user("ada"))
        there = Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
        await env.bot.http.request(there, json=message)
        async with env.preview(channel, viewers=[reader], display="fixed", width=624, height=1200) as shown:
            await shoot(shown.url, name, "#focused-content")


async def shoot(source: str, name: str, *selector: str) -> None:
    """Have a browser take the picture of that name, in few colours to keep it small."""
    from PIL import Image  # noqa: PLC0415 - the messages can be made without it

    picture = str(HERE / f"{name}.png")
    process = await asyncio.create_subprocess_exec("node", HERE / "shoot.mjs", source, picture, *selector)
    if await process.wait():
        sys.exit(f"{name} was not drawn.")
    Image.open(picture).convert("RGB").quantize(COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    asyncio.run(draw())
