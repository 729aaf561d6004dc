"""Messages coming, changing and going: checked, stored, told of. REST and people both go through here."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from tests.stand_ins.discord import components, embeds, mentions, payloads, permissions
from tests.stand_ins.discord.entities import Channel, Json, Message, MessageFlag, Pings, User
from tests.stand_ins.discord.errors import ApiError, unknown
from tests.stand_ins.discord.events import Event, Intent
from tests.stand_ins.discord.form import Form
from tests.stand_ins.discord.world import World

CONTENT, NONCE, ATTACHMENTS = 2000, 25, 10
REPLY = 19
# The flags a message may be sent with; an answer to an interaction may also be for one person alone.
BY_BOTS = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a message comes from, beyond its body."""

    author: User
    application_id: str | None = None
    webhook_id: str | None = None
    interaction: Json | None = None
    seen_only_by: str | None = None
    type: int = 0


def check_body(body: Json, *, files: int = 0, before: Message | None = None) -> None:
    """Raises 50035 for broken limits and 50006 for a message with nothing in it.

    before is the message a body would change: what the body does not name stays.
    """
    form = Form()
    form.number(("flags",), body.get("flags"), least=0, most=1 << 31)
    form.finish()
    flags = body.get("flags") or (before.flags if before else 0)
    v2 = bool(flags & MessageFlag.COMPONENTS_V2)
    form.text(("content",), body.get("content"), most=CONTENT)
    embeds.check(form, body.get("embeds"))
    components.check(form, body.get("components"), v2=v2)
    mentions.check(form, body.get("allowed_mentions"))
    form.objects(("attachments",), body.get("attachments"), most=ATTACHMENTS)
    if body.get("message_reference") is not None:
        form.object(("message_reference",), body["message_reference"])
    nonce = body.get("nonce")
    form.text(("nonce",), str(nonce) if isinstance(nonce, int) else nonce, most=NONCE)
    if v2 and (body.get("content") or body.get("embeds")):
        form.report(
            ("content",), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "Not with IS_COMPONENTS_V2"
        )
    form.finish()
    if _is_empty(body, files=files, before=before, v2=v2):
        raise ApiError(400, 50006, "Cannot send an empty message")


def _is_empty(body: Json, *, files: int, before: Message | None, v2: bool) -> bool:
    def left(key: str) -> object:
        value = body[key] if key in body else getattr(before, key, None)
        return value.strip() if isinstance(value, str) else value

    fields = ("content", "embeds", "attachments", *(["components"] if v2 else []))
    return not files and not any(left(key) for key in fields) and not body.get("sticker_ids")


def compose(world: World, channel: Channel, origin: Origin, body: Json, *, files: list[Json]) -> Message:
    """A new message from a checked body, stored nowhere yet."""
    reference = _reference(world, channel, origin.author, body)
    message = Message(
        id=world.ids.make(),
        channel_id=channel.id,
        guild_id=channel.guild_id,
        author=origin.author,
        created_at=world.clock.now(),
        type=REPLY if reference else origin.type,
        flags=int(body.get("flags") or 0),
        tts=bool(body.get("tts")),
        reference=reference,
        attachments=_uploaded(files, body),
        application_id=origin.application_id,
        webhook_id=origin.webhook_id,
        interaction=origin.interaction,
        seen_only_by=origin.seen_only_by,
    )
    fill(world, message, body)
    return message


def fill(world: World, message: Message, body: Json) -> None:
    """Takes content, embeds and components from a body, and works out whom they notify.

    An edit counts as if it notified anew, which Discord does not do: stricter, for tests that ask.
    """
    if "content" in body:
        message.content = (body["content"] or "").strip()
    if "embeds" in body:
        message.embeds = embeds.stored(copy.deepcopy(body["embeds"] or []))
    if "components" in body:
        message.components = components.stored(copy.deepcopy(body["components"] or []))
    message.pings = _pings(world, message, body)


def _pings(world: World, message: Message, body: Json) -> Pings:
    channel = world.channel(message.channel_id)
    rights = world.rights(channel, message.author)
    answered = channel.messages.get((message.reference or {}).get("message_id", ""))
    texts = [each.get("content", "") for each in components.walk(message.components)]
    return mentions.resolve(
        "\n".join([message.content, *texts]),
        body.get("allowed_mentions"),
        guild=world.guild_of(channel),
        may_mention_all=permissions.has(rights, "mention_everyone"),
        answers=answered.author.id if answered else None,
    )


def _reference(world: World, channel: Channel, author: User, body: Json) -> Json | None:
    """The message replied to, if it is there; it must be, unless the body says otherwise."""
    asked = body.get("message_reference")
    if not asked:
        return None
    target = str(asked.get("message_id"))
    if target not in channel.messages:
        if asked.get("fail_if_not_exists", True):
            form = Form()
            form.report(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
            form.finish()
        return None
    if not permissions.has(world.rights(channel, author), "read_message_history"):
        raise ApiError(400, 160002, "Cannot reply without permission to read message history")
    return {"type": 0, "channel_id": channel.id, "guild_id": channel.guild_id, "message_id": target}


def publish(world: World, message: Message, *, nonce: str | int | None = None) -> None:
    """Puts a message into its channel and tells who may see it; only then is a nonce shown."""
    channel = world.channel(message.channel_id)
    channel.messages[message.id] = message
    channel.archived = False
    channel.thread_members.add(message.author.id)
    more = {} if nonce is None else {"nonce": nonce}
    _tell(world, "MESSAGE_CREATE", message, **more)


def _uploaded(files: Sequence[Json], body: Json) -> list[Json]:
    """The files, each with the description that the body gives it: there its id is its place among them
    (https://docs.discord.com/developers/reference#uploading-files).
    """
    described = {str(each.get("id")): each.get("description") for each in body.get("attachments") or ()}
    return [
        file | ({"description": text} if (text := described.get(str(place))) else {})
        for place, file in enumerate(files)
    ]


def edit(world: World, message: Message, body: Json, files: Sequence[Json] = ()) -> None:
    """Changes what a checked body names, keeps what was, and tells of it."""
    before = {"content": message.content, "embeds": message.embeds, "components": message.components}
    message.earlier.append(before)
    suppressed = MessageFlag.SUPPRESS_EMBEDS
    if body.get("flags") is not None:
        message.flags = message.flags & ~suppressed | int(body["flags"]) & (
            suppressed | MessageFlag.COMPONENTS_V2
        )
    if "attachments" in body:
        ids = {str(each.get("id")) for each in body["attachments"] or ()}
        message.attachments = [each for each in message.attachments if each["id"] in ids]
    message.attachments = [*message.attachments, *_uploaded(files, body)]
    message.edited_at = world.clock.now()
    fill(world, message, body)
    _tell(world, "MESSAGE_UPDATE", message)


def delete(world: World, message: Message) -> None:
    """Takes a message away and tells of it."""
    channel = world.channel(message.channel_id)
    if channel.messages.pop(message.id, None) is None:
        raise unknown("Message")
    if message.ephemeral:
        world.changes.notify()
        return
    world.emit(_event("MESSAGE_DELETE", channel, {"id": message.id, "channel_id": channel.id}))


def delete_many(world: World, channel: Channel, ids: list[str]) -> None:
    """Takes several messages away in one event."""
    gone = [channel.messages.pop(each).id for each in ids if each in channel.messages]
    world.emit(_event("MESSAGE_DELETE_BULK", channel, {"ids": gone, "channel_id": channel.id}))


def react(world: World, message: Message, user: User, emoji: str, *, add: bool = True) -> None:
    """Adds or takes away a user's reaction; neither twice."""
    who = message.reactions.setdefault(emoji, [])
    if (user.id in who) != add:
        (who.append if add else who.remove)(user.id)
        channel = world.channel(message.channel_id)
        data = {
            "user_id": user.id,
            "channel_id": channel.id,
            "message_id": message.id,
            "message_author_id": message.author.id,
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        member = world.member(channel, user)
        if add and member:
            data["member"] = payloads.member(member)
        name = "MESSAGE_REACTION_ADD" if add else "MESSAGE_REACTION_REMOVE"
        intents = (Intent.GUILD_REACTIONS, Intent.DIRECT_REACTIONS)
        world.emit(_event(name, channel, data, intents=intents))
    if not message.reactions[emoji]:
        del message.reactions[emoji]


def _tell(world: World, name: str, message: Message, **more: object) -> None:
    """A message event; of an ephemeral message only those who wait for changes learn."""
    if message.ephemeral:
        world.changes.notify()
        return
    channel = world.channel(message.channel_id)
    data = world.message_json(message) | {"channel_type": int(channel.type)} | more
    member = world.member(channel, message.author)
    if member:
        data["member"] = payloads.member(member, with_user=False)
    world.emit(_event(name, channel, data, message=message))


def _event(
    name: str,
    channel: Channel,
    data: Json,
    *,
    intents: tuple[Intent, Intent] = (Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
    message: Message | None = None,
) -> Event:
    """An event of a channel, for the intent of guilds or the one of direct messages."""
    of_guild = {"guild_id": channel.guild_id} if channel.guild_id else {}
    return Event(
        name=name,
        data=data | of_guild,
        intent=intents[0] if channel.guild_id else intents[1],
        guild_id=channel.guild_id,
        channel=channel,
        message=message,
    )


def attachment(world: World, name: str, size: int) -> Json:
    """An uploaded file as a message shows it; its bytes are not kept."""
    made = world.ids.make()
    address = f"https://cdn.discordapp.com/attachments/{made}/{name}"
    return {"id": made, "filename": name, "size": size, "url": address, "proxy_url": address}
