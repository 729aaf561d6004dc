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

What it makes fail, and when, is up to the test:

    discord.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    discord.faults.add(Answer(status=500), path=f"/channels/{general.id}/*", times=None)
    discord.faults.add(TooMany(retry_after=0.01), when=lambda record: seed.random() < 0.1, times=None)
    discord.gateway.drop()             # also close(4009), reconnect(), invalidate(resumable=True)
    discord.gateway.acknowledges = False
    discord.limits.window_scale = 0.01         # windows a hundred times shorter; 0 lifts the limits

And what came of it can be asked:

    discord.messages(general)          # everyone's; ephemerals(general, alice): hers alone
    message.pings                      # whom it notified
    discord.journal.of("POST", "/channels/*/messages")
    discord.limits.refused             # empty if the limits were kept
    discord.limits.invalid_requests
    discord.openapi.violations         # made with openapi=Path(...): against Discord's own document
    await discord.until(lambda: discord.gateway.resumes)

`discord_py.pointed_at` directs discord.py in this process; another process is given the addresses.

What it does not have: voice, webhooks other than an interaction's, forums, stickers, polls, pins,
audit logs, invites, moderation, user commands, and the contents of uploaded files.
"""

from tests.stand_ins.common.clock import Clock, ManualClock, SystemClock
from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.discord.entities import Application, Channel, ChannelType, Guild, Message, Role, User
from tests.stand_ins.discord.faults import Answer, Fault, TooMany
from tests.stand_ins.discord.interactions import Callback, Interaction
from tests.stand_ins.discord.journal import Record
from tests.stand_ins.discord.limits import Limit
from tests.stand_ins.discord.offered import NotPossible
from tests.stand_ins.discord.people import Person
from tests.stand_ins.discord.server import StandIn

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
