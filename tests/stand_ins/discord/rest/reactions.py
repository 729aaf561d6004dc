"""Reactions: the application's own, and who reacted."""

from tests.stand_ins.discord import payloads, posting
from tests.stand_ins.discord.call import EMPTY, Call, Reply, Routes
from tests.stand_ins.discord.errors import unknown
from tests.stand_ins.discord.rest.messages import ONE, may, message_of, viewed

routes = Routes()
OF_EMOJI = ONE + "/reactions/{emoji}"


@routes.on("PUT", OF_EMOJI + "/@me")
async def add(call: Call) -> Reply:
    """Only the first of an emoji needs the right to add reactions."""
    channel = viewed(call)
    message, emoji = message_of(call, channel), call.path["emoji"]
    may(call, channel, "read_message_history")
    if emoji.isalnum():
        raise unknown("Emoji")
    if emoji not in message.reactions:
        may(call, channel, "add_reactions")
    posting.react(call.world, message, call.app.bot, emoji)
    return EMPTY


@routes.on("DELETE", OF_EMOJI + "/@me")
async def remove(call: Call) -> Reply:
    message = message_of(call, viewed(call))
    posting.react(call.world, message, call.app.bot, call.path["emoji"], add=False)
    return EMPTY


@routes.on("GET", OF_EMOJI)
async def who(call: Call) -> Reply:
    message = message_of(call, viewed(call))
    ids = message.reactions.get(call.path["emoji"], [])
    return 200, [payloads.user(call.world.users[each]) for each in ids]
