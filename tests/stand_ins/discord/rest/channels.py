"""Channels: looking at one, changing or deleting a thread, opening a direct one."""

from tests.stand_ins.discord import payloads
from tests.stand_ins.discord.call import Call, Reply, Routes
from tests.stand_ins.discord.entities import Channel
from tests.stand_ins.discord.errors import ApiError
from tests.stand_ins.discord.form import Form
from tests.stand_ins.discord.rest.messages import may, viewed

routes = Routes()
NAME = 100
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)


@routes.on("GET", "/channels/{channel_id}")
async def read(call: Call) -> Reply:
    return 200, payloads.channel(viewed(call))


@routes.on("PATCH", "/channels/{channel_id}")
async def change(call: Call) -> Reply:
    """Names a channel; archives, locks or names a thread."""
    channel, form, asked = viewed(call), Form(), call.fields
    _may_change(call, channel)
    if "name" in asked:
        form.text(("name",), asked["name"], least=1, most=NAME, required=True)
    if "auto_archive_duration" in asked:
        form.choice(("auto_archive_duration",), asked["auto_archive_duration"], ARCHIVE_MINUTES)
    form.finish()
    channel.name = asked.get("name", channel.name)
    if channel.is_thread:
        channel.archived = asked.get("archived", channel.archived)
        channel.locked = asked.get("locked", channel.locked)
        channel.auto_archive_minutes = asked.get("auto_archive_duration", channel.auto_archive_minutes)
    call.site.build.announce(channel)
    return 200, payloads.channel(channel)


def _may_change(call: Call, channel: Channel) -> None:
    if not channel.is_thread:
        may(call, channel, "manage_channels")
        return
    if channel.archived and call.fields.get("archived") is not False:
        raise ApiError(400, 50083, "Thread is archived")
    opening = set(call.fields) == {"archived"} and not channel.locked
    if channel.owner_id != call.app.bot.id and not (opening and channel.archived):
        may(call, channel, "manage_threads")


@routes.on("DELETE", "/channels/{channel_id}")
async def remove(call: Call) -> Reply:
    channel = viewed(call)
    may(call, channel, "manage_threads" if channel.is_thread else "manage_channels")
    shown = payloads.channel(channel)
    call.site.build.delete_channel(channel)
    return 200, shown


@routes.on("POST", "/users/@me/channels")
async def open_direct(call: Call) -> Reply:
    """The direct channel with a user; 50033 for nobody, and for bots."""
    who = call.world.users.get(str(call.fields.get("recipient_id")))
    if who is None or who.bot:
        raise ApiError(400, 50033, "Invalid Recipient(s)")
    channel = call.world.direct_channel(call.app.bot, who)
    shown = payloads.channel(channel)
    return 200, shown | {"recipients": [payloads.user(who)]}
