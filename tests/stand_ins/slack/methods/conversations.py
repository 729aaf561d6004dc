"""conversations.* and users.info: channels, their members and their history."""

from collections.abc import Sequence

from tests.stand_ins.slack import payloads
from tests.stand_ins.slack.call import Call, Method, visible
from tests.stand_ins.slack.entities import Json, Kind, Message
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.world import present

KINDS = {"public_channel": Kind.PUBLIC, "private_channel": Kind.PRIVATE, "im": Kind.DIRECT}
MOST = 999


def info(call: Call) -> Json:
    return {"channel": payloads.channel(call.channel(ability="read"), seen_by=call.bot_id)}


def list_(call: Call) -> Json:
    """The channels of the kinds asked for; each kind needs a scope of its own."""
    wanted = str(call.args.get("types") or "public_channel").replace(" ", "").split(",")
    kinds = [present(KINDS.get(word), "invalid_types") for word in wanted]
    for kind in kinds:
        call.require(f"{kind}:read")
    archived = not call.on("exclude_archived")
    shown = [
        payloads.channel(each, seen_by=call.bot_id)
        for each in call.team.channels.values()
        if each.kind in kinds and visible(call, each) and (archived or not each.archived)
    ]
    return _paged(call, "channels", shown)


def members(call: Call) -> Json:
    return _paged(call, "members", sorted(call.channel(ability="read").members))


def join(call: Call) -> Json:
    call.require("channels:join")
    channel = call.channel(live=True)
    if channel.kind is not Kind.PUBLIC:
        raise SlackError("method_not_supported_for_channel_type")
    channel.members.add(call.bot_id)
    return {"channel": payloads.channel(channel, seen_by=call.bot_id)}


def open_(call: Call) -> Json:
    call.require("im:write")
    users = call.given("users").split(",")
    if len(users) != 1:
        raise SlackError("missing_scope", needed="mpim:write", provided="im:write")
    user = present(call.team.users.get(users[0]), "user_not_found")
    return {"channel": {"id": call.world.direct(call.team, user.id, call.bot_id).id}}


def history(call: Call) -> Json:
    """Newest first, without replies and without what only some may see."""
    channel = call.channel(ability="history", member=True)
    standing = [
        each
        for each in reversed(channel.messages.values())
        if each.seen_only_by is None and (each.thread_ts in (None, each.ts) or each.broadcast)
    ]
    return _messages(call, standing)


def replies(call: Call) -> Json:
    """A thread, its first message first."""
    channel = call.channel(ability="history", member=True)
    ts = str(call.args.get("ts"))
    if ts not in channel.messages:
        raise SlackError("thread_not_found")
    messages = [each for each in channel.messages.values() if each.seen_only_by is None]
    return _messages(call, [each for each in messages if ts in (each.ts, each.thread_ts)])


def _messages(call: Call, standing: list[Message]) -> Json:
    oldest, latest = _time(call, "oldest", "0"), _time(call, "latest", "inf")
    inclusive = call.on("inclusive")

    def within(ts: float) -> bool:
        return oldest < ts < latest or (inclusive and ts in (oldest, latest))

    everything = call.on("include_all_metadata")
    shown = [payloads.message(each, metadata=everything) for each in standing if within(float(each.ts))]
    return _paged(call, "messages", shown)


def _time(call: Call, name: str, otherwise: str) -> float:
    try:
        return float(str(call.args.get(name) or otherwise))
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _paged(call: Call, name: str, shown: Sequence[object]) -> Json:
    """As many as the limit allows (100), and a cursor to the rest."""
    given, start = str(call.args.get("limit") or 100), str(call.args.get("cursor") or "from:0")
    if not given.isdigit() or not 1 <= (limit := int(given)) <= MOST:
        raise SlackError("invalid_limit")
    if not start.startswith("from:") or not start[5:].isdigit():
        raise SlackError("invalid_cursor")
    first = int(start[5:])
    more = len(shown) > first + limit
    cursor = f"from:{first + limit}" if more else ""
    page: Json = {name: shown[first : first + limit], "response_metadata": {"next_cursor": cursor}}
    return page | ({"has_more": more} if name == "messages" else {})


def user(call: Call) -> Json:
    """users.info: those of the workspace, and of others with which a channel is shared."""
    user_id = call.given("user")
    if user_id in call.team.users:
        return {"user": payloads.user(call.team.users[user_id])}
    shared = {team for channel in call.team.channels.values() for team in channel.shared_with}
    others = (call.world.teams[team].users.get(user_id) for team in shared)
    return {"user": payloads.user(present(next(filter(None, others), None), "user_not_found"), stranger=True)}


METHODS = (
    Method(name="conversations.info", handle=info),
    Method(name="conversations.list", handle=list_, tier=2),
    Method(name="conversations.members", handle=members, tier=4),
    Method(name="conversations.join", handle=join),
    Method(name="conversations.open", handle=open_),
    Method(name="conversations.history", handle=history),
    Method(name="conversations.replies", handle=replies),
    Method(name="users.info", handle=user, scope="users:read", tier=4),
)
