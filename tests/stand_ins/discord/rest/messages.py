"""Messages of a channel: history, sending, editing, deleting."""

from tests.stand_ins.discord import posting
from tests.stand_ins.discord.call import EMPTY, Call, Reply, Routes
from tests.stand_ins.discord.entities import Channel, ChannelType, Message, MessageFlag
from tests.stand_ins.discord.errors import ApiError, missing_permissions, unknown
from tests.stand_ins.discord.form import Form
from tests.stand_ins.discord.permissions import has
from tests.stand_ins.discord.posting import Origin
from tests.stand_ins.discord.snowflakes import dated

routes = Routes()
ALL = "/channels/{channel_id}/messages"
ONE = ALL + "/{message_id}"
BULK_AGE = 14 * 86_400  # seconds


def viewed(call: Call) -> Channel:
    """The channel of the path, if the application may view it."""
    return call.world.viewed(call.path["channel_id"], call.app.bot)


def may(call: Call, channel: Channel, *names: str) -> None:
    """Raises 50013 where the application lacks a permission."""
    rights = call.world.rights(channel, call.app.bot)
    if not all(has(rights, name) for name in names):
        raise missing_permissions()


def message_of(call: Call, channel: Channel) -> Message:
    """The message of the path; an ephemeral one is not to be found here."""
    message = channel.messages.get(call.path["message_id"])
    if message is None or message.ephemeral:
        raise unknown("Message")
    return message


def limit_of(call: Call, form: Form) -> int:
    """How many are asked for: 50, unless the request says otherwise."""
    limit = call.query.get("limit", "50")
    if limit.isdecimal() and 1 <= int(limit) <= 100:
        return int(limit)
    form.report(("limit",), "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    return 0


@routes.on("GET", ALL)
async def history(call: Call) -> Reply:
    """Newest first; nothing at all without the right to read history."""
    channel, form = viewed(call), Form()
    limit = limit_of(call, form)
    asked = {key: call.query[key] for key in ("before", "after", "around") if key in call.query}
    for key, value in asked.items():
        if not value.isdecimal():
            form.report((key,), "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
    if len(asked) > 1:
        form.report((), "MESSAGE_FETCH_EXCLUSIVE", "before, after and around are mutually exclusive.")
    form.finish()
    if not has(call.world.rights(channel, call.app.bot), "read_message_history"):
        return 200, []
    page = _page(channel.public(), asked, limit)
    return 200, [call.world.message_for(message, call.app) for message in reversed(page)]


def _page(messages: list[Message], asked: dict[str, str], limit: int) -> list[Message]:
    """The wanted messages, oldest first."""
    match asked:
        case {"before": edge}:
            return [each for each in messages if int(each.id) < int(edge)][-limit:]
        case {"after": edge}:
            return [each for each in messages if int(each.id) > int(edge)][:limit]
        case {"around": middle}:
            older = [each for each in messages if int(each.id) < int(middle)]
            newer = [each for each in messages if int(each.id) >= int(middle)]
            return [*older[-(limit // 2) :], *newer[: limit - limit // 2]]
        case _:
            return messages[-limit:]


@routes.on("GET", ONE)
async def read(call: Call) -> Reply:
    channel = viewed(call)
    may(call, channel, "read_message_history")
    return 200, call.world.message_for(message_of(call, channel), call.app)


@routes.on("POST", ALL)
async def send(call: Call) -> Reply:
    """A new message, or the earlier one where an enforced nonce says it is the same."""
    channel = viewed(call)
    _may_send(call, channel)
    posting.check_body(call.fields, files=len(call.files))
    if int(call.fields.get("flags") or 0) & ~posting.BY_BOTS:
        call.fields["flags"] = int(call.fields["flags"]) & posting.BY_BOTS
    nonce = call.fields.get("nonce")
    if nonce is not None and call.fields.get("enforce_nonce"):
        earlier = _earlier(call, channel, str(nonce))
        if earlier:
            return 200, call.world.message_json(earlier, call.app.bot) | {"nonce": nonce}
    made = Origin(author=call.app.bot)
    message = posting.compose(call.world, channel, made, call.fields, files=call.files)
    if nonce is not None:
        call.world.nonces[call.app.id, channel.id, str(nonce)] = (message.id, call.world.clock.now())
        call.world.nonce_channels.setdefault((call.app.id, str(nonce)), set()).add(channel.id)
    posting.publish(call.world, message, nonce=nonce)
    shown = call.world.message_json(message, call.app.bot)
    return 200, shown if nonce is None else shown | {"nonce": nonce}


def _may_send(call: Call, channel: Channel) -> None:
    if channel.type is ChannelType.CATEGORY or channel.is_forum:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
    if any(call.app.bot.id in who.closed_to for who in channel.recipients):
        raise ApiError(403, 50007, "Cannot send messages to this user")
    may(call, channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
    if channel.locked:
        may(call, channel, "manage_threads")
    if call.fields.get("embeds"):
        may(call, channel, "embed_links")
    if call.files:
        may(call, channel, "attach_files")


def _earlier(call: Call, channel: Channel, nonce: str) -> Message | None:
    """The message sent with the same nonce shortly before; 10008 if it was deleted since."""
    message_id, at = call.world.nonces.get((call.app.id, channel.id, nonce), ("", 0.0))
    if not message_id or call.world.clock.now() - at > call.site.nonce_window:
        return None
    if message_id not in channel.messages:
        raise unknown("Message")
    return channel.messages[message_id]


@routes.on("PATCH", ONE)
async def change(call: Call) -> Reply:
    """The author changes anything; others with manage_messages only hide embeds."""
    channel = viewed(call)
    message = message_of(call, channel)
    if message.author is not call.app.bot:
        if set(call.fields) - {"flags"}:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        may(call, channel, "manage_messages")
    if channel.is_thread and channel.archived:
        raise ApiError(400, 50083, "Thread is archived")
    posting.check_body(call.fields, files=len(call.files), before=message)
    posting.edit(call.world, message, call.fields, call.files)
    return 200, call.world.message_for(message, call.app)


@routes.on("POST", ONE + "/crosspost")
async def crosspost(call: Call) -> Reply:
    """Publish a message of an announcement channel to those that follow it; once."""
    channel = viewed(call)
    message = message_of(call, channel)
    may(call, channel, "send_messages" if message.author is call.app.bot else "manage_messages")
    if channel.type is not ChannelType.NEWS:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    if message.flags & MessageFlag.CROSSPOSTED:
        raise ApiError(400, 40033, "This message has already been crossposted")
    message.flags |= MessageFlag.CROSSPOSTED
    return 200, call.world.message_for(message, call.app)


@routes.on("DELETE", ONE)
async def remove(call: Call) -> Reply:
    channel = viewed(call)
    message = message_of(call, channel)
    if message.author is not call.app.bot:
        may(call, channel, "manage_messages")
    posting.delete(call.world, message)
    return EMPTY


@routes.on("POST", ALL + "/bulk-delete")
async def remove_many(call: Call) -> Reply:
    """2 to 100 messages, none older than two weeks."""
    channel, form = viewed(call), Form()
    may(call, channel, "manage_messages")
    ids = form.items(("messages",), call.fields.get("messages"), least=2, most=100, required=True)
    form.finish()
    listed = [str(each) for each in ids]
    if any(call.world.clock.now() - dated(each) > BULK_AGE for each in listed):
        raise ApiError(400, 50034, "You can only bulk delete messages that are under 14 days old.")
    posting.delete_many(call.world, channel, listed)
    return EMPTY


@routes.on("POST", "/channels/{channel_id}/typing")
async def typing(call: Call) -> Reply:
    channel = viewed(call)
    may(call, channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
    return EMPTY
