"""chat.*: messages of bots."""

from tests.stand_ins.slack import payloads, posting
from tests.stand_ins.slack.call import Call, Method
from tests.stand_ins.slack.entities import Channel, Json, Kind
from tests.stand_ins.slack.errors import SlackError


def _target(call: Call) -> Channel:
    """Where a message goes: a channel by id or #name, or a person."""
    name = str(call.args.get("channel", ""))
    if name in call.team.users:
        return call.world.direct(call.team, name, call.bot_id)
    for channel in call.team.channels.values():
        if name.startswith("#") and channel.name == name[1:]:
            call.args["channel"] = channel.id
    public = "chat:write.public" in call.installation.scopes
    channel = call.channel(live=True)
    if call.bot_id not in channel.members and not (public and channel.kind is Kind.PUBLIC):
        raise SlackError("not_in_channel")
    return channel


def post(call: Call) -> Json:
    message = posting.by_bot(call.site, call.installation, _target(call), call.args)
    return {"channel": message.channel.id, "ts": message.ts, "message": payloads.message(message)}


def post_ephemeral(call: Call) -> Json:
    channel = call.channel(member=True, live=True)
    user = call.given("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    return {"message_ts": posting.by_bot(call.site, call.installation, channel, call.args, only=user).ts}


def update(call: Call) -> Json:
    channel = call.channel(live=True)
    message = call.own(channel, call.args.get("ts"), "cant_update_message")
    posting.change(call.site, message, call.args)
    shown = payloads.message(message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> Json:
    channel = call.channel()
    message = call.own(channel, call.args.get("ts"), "cant_delete_message")
    posting.delete(call.site, message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel, call.args.get("message_ts"))
    address = f"https://{call.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": address}


METHODS = (
    Method(name="chat.postMessage", handle=post, scope="chat:write", tier=0, posts=True),
    Method(name="chat.postEphemeral", handle=post_ephemeral, scope="chat:write", tier=4),
    Method(name="chat.update", handle=update, scope="chat:write"),
    Method(name="chat.delete", handle=delete, scope="chat:write"),
    Method(name="chat.getPermalink", handle=permalink, tier=0),
)
