"""Messages: checked, put together, published, changed."""

from copy import deepcopy
from typing import Any

from tests.stand_ins.slack import blocks as rules
from tests.stand_ins.slack import events, files, payloads
from tests.stand_ins.slack.call import Site, check
from tests.stand_ins.slack.entities import Channel, Installation, Json, Message, User
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.mentions import TYPED, named, pinged
from tests.stand_ins.slack.world import World

MOST = 40_000  # characters; Slack cuts longer ones off, which no test should miss
MOST_CHANGED = 4_000
MOST_ATTACHED = 100


def content(args: Json, *, most: int = MOST) -> Json:
    """text, blocks, attachments and metadata of a message, checked.

    A message needs text even beside blocks: it is all that notifications and screen readers get.
    """
    text, blocks = args.get("text"), args.get("blocks")
    if not isinstance(text, str) or not text.strip():
        raise SlackError("no_text")
    if len(text) > most:
        raise SlackError("msg_too_long")
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    check(rules.MESSAGE, blocks or [], "/blocks", "invalid_blocks")
    attached = _attachments(args.get("attachments") or [])
    if rules.length([blocks, attached]) > rules.IN_ALL:
        raise SlackError("msg_blocks_too_long")
    metadata = _metadata(args.get("metadata"))
    return {"text": text, "blocks": blocks or [], "attachments": attached, "metadata": metadata}


def _attachments(given: Any) -> list[Json]:
    """Attachments with blocks in them; Slack calls all others legacy."""
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise SlackError("invalid_attachments")
    if len(given) > MOST_ATTACHED:
        raise SlackError("too_many_attachments")
    for index, each in enumerate(given):
        check(rules.MESSAGE, each.get("blocks", []), f"/attachments/{index}/blocks", "invalid_blocks")
    return given


def _metadata(given: Any) -> Json | None:
    if given in (None, ""):
        return None
    sound = (
        isinstance(given, dict)
        and given.keys() == {"event_type", "event_payload"}
        and isinstance(given["event_type"], str)
        and bool(given["event_type"])
        and isinstance(given["event_payload"], dict)
    )
    if not sound:
        raise SlackError("invalid_metadata_format")
    return dict(given)


def named_blocks(world: World, blocks: list[Json]) -> list[Json]:
    """Blocks with the ids Slack gives those that came without."""
    filled = deepcopy(blocks)
    for block in filled:
        block.setdefault("block_id", world.id("b"))
        for element in rules.elements(block):
            if element.get("type") not in ("image", "plain_text", "mrkdwn"):
                element.setdefault("action_id", world.id("a"))
    return filled


def named_attachments(world: World, attachments: list[Json]) -> list[Json]:
    return [
        each | ({"blocks": named_blocks(world, each["blocks"])} if "blocks" in each else {})
        for each in attachments
    ]


def by_bot(
    site: Site, installation: Installation, channel: Channel, args: Json, *, only: str | None = None
) -> Message:
    """A message of an application's bot, published; only: the one user who sees it."""
    checked = content(args)
    files.check(site, installation.app, installation.team.id, checked["blocks"], for_all=only is None)
    message = Message(
        ts=site.world.ts(),
        channel=channel,
        user=installation.bot.id,
        app_id=installation.app.id,
        bot_id=installation.bot_id,
        text=checked["text"],
        blocks=named_blocks(site.world, checked["blocks"]),
        attachments=named_attachments(site.world, checked["attachments"]),
        metadata=None if only else checked["metadata"],
        thread_ts=_thread(channel, args),
        broadcast=bool(args.get("thread_ts")) and str(args.get("reply_broadcast")).lower() == "true",
        unfurl_links=_switch(args, "unfurl_links"),
        unfurl_media=_switch(args, "unfurl_media"),
        seen_only_by=only,
    )
    names = (
        set(TYPED.findall(message.text)) if args.get("parse") == "full" or args.get("link_names") else set()
    )
    publish(site, message, names)
    return message


def by_person(site: Site, user: User, channel: Channel, text: str, thread_ts: str | None) -> Message:
    message = Message(ts=site.world.ts(), channel=channel, user=user.id, text=text, thread_ts=thread_ts)
    publish(site, message)
    return message


def _thread(channel: Channel, args: Json) -> str | None:
    ts = args.get("thread_ts")
    if ts and str(ts) not in channel.messages:
        raise SlackError("thread_not_found")
    return str(ts) if ts else None


def _switch(args: Json, name: str) -> bool | None:
    return None if args.get(name) is None else str(args[name]).lower() in ("true", "1")


def publish(site: Site, message: Message, names: set[str] | None = None) -> None:
    """Puts a message where it belongs; names: mentions found besides those it spells out."""
    _notify(site, message, names or set())
    message.channel.messages[message.ts] = message
    if message.seen_only_by is None:
        events.posted(site, message)
    site.world.changes.notify()


def _notify(site: Site, message: Message, names: set[str]) -> None:
    team = site.world.teams[message.channel.team_id]
    people = pinged(team, message.channel, names | named([message.text, message.blocks, message.attachments]))
    message.pings |= (people & {message.seen_only_by}) if message.seen_only_by else people


def change(site: Site, message: Message, args: Json, *, most: int = MOST_CHANGED) -> None:
    """New text, blocks and metadata; what was not sent again is gone, but for metadata."""
    checked, former = content(args, most=most), payloads.message(message)
    for_all = message.seen_only_by is None
    files.check(site, message.app_id, message.channel.team_id, checked["blocks"], for_all=for_all)
    message.text, message.blocks = checked["text"], named_blocks(site.world, checked["blocks"])
    message.attachments = named_attachments(site.world, checked["attachments"])
    message.metadata = checked["metadata"] or message.metadata
    message.edited = site.world.ts()
    if message.seen_only_by is None:
        events.changed(site, message, former)
    site.world.changes.notify()


def delete(site: Site, message: Message) -> None:
    """Takes a message out, or puts a tombstone in its place while replies stand below it."""
    messages, former = message.channel.messages, payloads.message(message)
    if any(each.thread_ts == message.ts and each is not message for each in messages.values()):
        message.gone = True
        events.changed(site, message, former)
        site.world.changes.notify()
        return
    del messages[message.ts]
    if message.seen_only_by is None:
        events.deleted(site, message)
    site.world.changes.notify()
    _bury(site, messages.get(message.thread_ts or ""))


def _bury(site: Site, head: Message | None) -> None:
    """With the last reply the tombstone above it goes."""
    if head is not None and head.gone:
        delete(site, head)
