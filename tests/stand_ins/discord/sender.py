"""A process that sends one message by discord.py and ends: for killing it in the middle.

python -m tests.stand_ins.discord.sender API_ADDRESS TOKEN CHANNEL_ID NONCE
"""

import asyncio
import sys

import discord
import discord.http


async def send(address: str, token: str, channel_id: str, nonce: str) -> None:
    discord.http.Route.BASE = address
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        await client.get_partial_messageable(int(channel_id)).send("part 1", nonce=nonce)


if __name__ == "__main__":
    asyncio.run(send(*sys.argv[1:]))
