#!/usr/bin/env bash
# simcord: of a channel's history after a message, the newest come and not the next ones.
#
# Expected: GET /channels/ID/messages?after=A&limit=N gives the N messages that follow A, as Discord's
# reference says, so that a bot which reads a channel from its beginning, or goes on where it
# stopped, gets every message once by asking again after the last of each page.
#
# Seen with simcord 3.2.1 and discord.py 2.7.1: N messages come, but the newest of all. With
# history(limit=2, oldest_first=True) the beginning of a channel is its end, and a reader who goes on
# from there has passed over all between without any error.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q discord.py==2.7.1 simcord==3.2.1

"$folder/venv/bin/python" - <<'PYTHON'
import asyncio

import discord
import simcord
from discord.ext import commands


async def main() -> None:
    bot = commands.Bot("!", intents=discord.Intents.all())
    async with simcord.run(bot) as env:
        channel = bot.get_channel(env.create_guild().create_text_channel("general").id)
        sent = [await channel.send(f"message {n}") for n in range(1, 6)]
        first = [message.content async for message in channel.history(limit=2, oldest_first=True)]
        following = [message.content async for message in channel.history(limit=2, after=sent[0])]
    print("from the beginning:", first)
    print("after message 1:", following)
    assert first == following == ["message 4", "message 5"]


asyncio.run(main())
PYTHON
