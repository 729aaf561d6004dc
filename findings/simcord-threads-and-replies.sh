#!/usr/bin/env bash
# simcord: it checks what a message holds, and not what it refers to.
#
# Expected: whoever refuses a content of 2,001 characters as Discord does also refuses a second thread
# on a message (160004), the name of a thread with 101 characters, and a reply to a message that was
# deleted (50035), which Discord answers so unless fail_if_not_exists is false.
#
# Seen with simcord 3.2.1 and discord.py 2.7.1: the content is refused, the other three are taken. A
# bot that opens a thread twice after a lost answer, or replies to what was deleted meanwhile, meets
# no error in its tests.
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
        try:
            await channel.send("x" * 2001)
        except discord.HTTPException as error:
            print("2,001 characters:", error.code)
            assert error.code == 50035
        else:
            raise AssertionError("the length is no longer checked")

        message = await channel.send("a message")
        for name in ("a thread", "another thread of it", "n" * 101):
            thread = await message.create_thread(name=name)
            print("thread:", len(thread.name), "characters")
            assert thread.name == name

        gone = await channel.send("deleted soon")
        await gone.delete()
        reply = await gone.reply("to what is gone")
        print("reply to", reply.reference.message_id, "which is deleted")
        assert reply.reference.message_id == gone.id


asyncio.run(main())
PYTHON
