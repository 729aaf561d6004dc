"""A small, strict stand-in for Discord, over real HTTP and a real websocket.

    async with StandIn() as discord:
        app = discord.build.application("an")
        guild = discord.build.guild("readers", apps=[app])
        general = discord.build.channel(guild, "general")
        alice = discord.person("alice", guild)
        ...  # start a bot with app.token at discord.api_url and discord.gateway_url
        used = await alice.slash("paper", {"words": "mesa"}, channel=general)
        message = await used.answer()

It answers as API v10 does, down to status, error code and shape, and refuses what Discord refuses.
What it does not have: voice, webhooks other than an interaction's, stickers, polls, audit logs,
invites, moderation, and the contents of uploaded files.
"""

from tests.discord_stand_in.clock import Clock, ManualClock, SystemClock
from tests.discord_stand_in.entities import Application, Channel, ChannelType, Guild, Message, Role, User
from tests.discord_stand_in.faults import Answer, Cut, Fault, Slow, TooMany
from tests.discord_stand_in.interactions import Callback, Interaction
from tests.discord_stand_in.journal import Record
from tests.discord_stand_in.limits import Limit
from tests.discord_stand_in.offered import NotPossible
from tests.discord_stand_in.people import Person
from tests.discord_stand_in.server import StandIn

__all__ = [
    "Answer",
    "Application",
    "Callback",
    "Channel",
    "ChannelType",
    "Clock",
    "Cut",
    "Fault",
    "Guild",
    "Interaction",
    "Limit",
    "ManualClock",
    "Message",
    "NotPossible",
    "Person",
    "Record",
    "Role",
    "Slow",
    "StandIn",
    "SystemClock",
    "TooMany",
    "User",
]
