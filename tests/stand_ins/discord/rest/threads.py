"""Threads: from a message, on their own, and joining them."""

from tests.stand_ins.discord import payloads, posting
from tests.stand_ins.discord.call import EMPTY, Call, Reply, Routes
from tests.stand_ins.discord.entities import Channel, ChannelType, MessageFlag
from tests.stand_ins.discord.errors import ApiError, unknown
from tests.stand_ins.discord.form import Form
from tests.stand_ins.discord.instants import iso
from tests.stand_ins.discord.posting import Origin
from tests.stand_ins.discord.rest.channels import ARCHIVE_MINUTES, NAME
from tests.stand_ins.discord.rest.messages import ONE, limit_of, may, message_of, viewed

routes = Routes()
MOST_TAGS = 5
MEMBERS = "/channels/{channel_id}/thread-members"
KINDS = (int(ChannelType.NEWS_THREAD), int(ChannelType.PUBLIC_THREAD), int(ChannelType.PRIVATE_THREAD))


def _check(call: Call, channel: Channel) -> None:
    """The name of 1 to 100 characters, and a channel that can have threads."""
    form = Form()
    form.text(("name",), call.fields.get("name"), least=1, most=NAME, required=True)
    if call.fields.get("auto_archive_duration") is not None:
        form.choice(("auto_archive_duration",), call.fields["auto_archive_duration"], ARCHIVE_MINUTES)
    if call.fields.get("type") is not None:
        form.choice(("type",), call.fields["type"], KINDS)
    form.finish()
    if channel.type not in (ChannelType.TEXT, ChannelType.NEWS):
        raise ApiError(400, 50024, "Cannot execute action on this channel type")


def _opened(call: Call, parent: Channel, *, thread_id: str | None = None, private: bool = False) -> Channel:
    thread = call.site.build.thread(
        parent, call.fields["name"], owner=call.app.bot, thread_id=thread_id, private=private
    )
    thread.auto_archive_minutes = call.fields.get("auto_archive_duration") or 1440
    return thread


@routes.on("POST", ONE + "/threads")
async def from_message(call: Call) -> Reply:
    """A thread that has the id of its message; one for each message."""
    channel = viewed(call)
    message = message_of(call, channel)
    may(call, channel, "create_public_threads")
    _check(call, channel)
    if message.thread is not None:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    message.thread = _opened(call, channel, thread_id=message.id)
    message.flags |= MessageFlag.HAS_THREAD
    return 201, payloads.channel(message.thread)


@routes.on("POST", "/channels/{channel_id}/threads")
async def alone(call: Call) -> Reply:
    """A thread without a message: private unless its type says otherwise; in a forum, a post."""
    channel = viewed(call)
    if channel.is_forum:
        return _posted(call, channel)
    private = call.fields.get("type", ChannelType.PRIVATE_THREAD) == ChannelType.PRIVATE_THREAD
    may(call, channel, "create_private_threads" if private else "create_public_threads")
    _check(call, channel)
    return 201, payloads.channel(_opened(call, channel, private=private))


def _posted(call: Call, forum: Channel) -> Reply:
    """A post: a thread that has the id of its first message. "Create Posts" is Send Messages."""
    may(call, forum, "send_messages")
    body, form = call.fields.get("message") or {}, Form()
    form.text(("name",), call.fields.get("name"), least=1, most=NAME, required=True)
    tags = [str(tag) for tag in call.fields.get("applied_tags") or ()]
    if len(tags) > MOST_TAGS:
        form.report(("applied_tags",), "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_TAGS} or fewer in length.")
    if not body:
        form.required(("message",))
    form.finish()
    if unknown_tags := set(tags) - set(forum.tags):
        raise ApiError(404, 10087, f"Unknown tag: {sorted(unknown_tags)}")
    if forum.tag_required and not tags:
        raise ApiError(400, 40067, "A tag is required to create a forum post in this channel")
    posting.check_body(body)
    if body.get("embeds"):
        may(call, forum, "embed_links")
    thread = call.site.build.thread(forum, call.fields["name"], owner=call.app.bot)
    thread.applied_tags = tags
    message = posting.compose(call.world, thread, Origin(author=call.app.bot), body, files=[])
    message.id = thread.id
    posting.publish(call.world, message)
    return 201, payloads.channel(thread) | {"message": call.world.message_json(message, call.app.bot)}


@routes.on("GET", "/guilds/{guild_id}/threads/active")
async def active(call: Call) -> Reply:
    guild = call.world.guilds.get(call.path["guild_id"])
    if guild is None or call.app.bot.id not in guild.members:
        raise unknown("Guild")
    seen = [each for each in call.world.seen_by(guild, call.app.bot) if each.is_thread and not each.archived]
    return 200, {"threads": [payloads.channel(each) for each in seen], "members": [], "has_more": False}


@routes.on("GET", "/channels/{channel_id}/threads/archived/public")
async def archived(call: Call) -> Reply:
    """Those archived last first, on pages."""
    channel, form = viewed(call), Form()
    limit = limit_of(call, form)
    form.finish()
    may(call, channel, "read_message_history")
    guild = call.world.guild_of(channel)
    threads = [
        each
        for each in (call.world.seen_by(guild, call.app.bot) if guild else ())
        if each.parent_id == channel.id and each.archived and each.type is not ChannelType.PRIVATE_THREAD
    ]
    shown = [payloads.channel(each) for each in reversed(threads)]
    if before := call.query.get("before"):
        shown = [each for each in shown if each["thread_metadata"]["archive_timestamp"] < before]
    return 200, {"threads": shown[:limit], "members": [], "has_more": len(shown) > limit}


@routes.on("PUT", MEMBERS + "/@me")
async def join(call: Call) -> Reply:
    _thread(call).thread_members.add(call.app.bot.id)
    return EMPTY


@routes.on("DELETE", MEMBERS + "/@me")
async def leave(call: Call) -> Reply:
    _thread(call).thread_members.discard(call.app.bot.id)
    return EMPTY


@routes.on("GET", MEMBERS)
async def members(call: Call) -> Reply:
    thread = _thread(call)
    joined = iso(thread.created_at)
    return 200, [
        {"id": thread.id, "user_id": each, "join_timestamp": joined, "flags": 0}
        for each in sorted(thread.thread_members)
    ]


def _thread(call: Call) -> Channel:
    thread = viewed(call)
    if not thread.is_thread:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    return thread
