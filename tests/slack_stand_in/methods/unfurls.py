"""chat.unfurl: what an application shows below a link to its domains."""

from typing import Any

from tests.slack_stand_in import blocks, events, payloads, posting
from tests.slack_stand_in.call import Call, Method, check
from tests.slack_stand_in.entities import Json
from tests.slack_stand_in.errors import SlackError


def unfurl(call: Call) -> Json:
    unfurls = call.args.get("unfurls")
    if not unfurls:
        raise SlackError("missing_unfurls")
    if not isinstance(unfurls, dict) or not all(isinstance(each, dict) for each in unfurls.values()):
        raise SlackError("invalid_unfurls_format")
    for url, held in unfurls.items():
        _checked(url, held)
    unfurl_id = str(call.args.get("unfurl_id", ""))
    if unfurl_id in call.world.composed:
        _known(unfurls, call.world.composed[unfurl_id])
    else:
        _below_message(call, unfurl_id, unfurls)
    return {}


def _checked(url: str, held: Json) -> None:
    if "blocks" in held:
        check(blocks.UNFURL, held["blocks"], f"/unfurls/{url}/blocks", "invalid_blocks")
    elif not (held.get("title") or held.get("text") or held.get("hide_preview")):
        raise SlackError("invalid_unfurls_format")


def _known(unfurls: dict[str, Any], links: list[str]) -> None:
    if not unfurls.keys() <= set(links):
        raise SlackError("cannot_unfurl_url")


def _below_message(call: Call, unfurl_id: str, unfurls: Json) -> None:
    """Unfurls in a message that stands, named by channel and ts or by the unfurl_id of its event."""
    channel_id, _, ts = unfurl_id.partition("-")
    channel = call.team.channels.get(str(call.args.get("channel") or channel_id))
    if channel is None:
        raise SlackError("cannot_find_channel")
    message = channel.messages.get(str(call.args.get("ts") or ts))
    if message is None or message.seen_only_by:
        raise SlackError("cannot_find_message")
    if message.bot_id == call.installation.bot_id:
        raise SlackError("cannot_unfurl_message")
    _known(unfurls, [link["url"] for link in events.shared(call.installation.app, message.text)])
    former = payloads.message(message)
    shown = posting.named_attachments(call.world, list(unfurls.values()))
    message.unfurls |= dict(zip(unfurls, shown, strict=True))
    message.unfurled_by |= dict.fromkeys(unfurls, call.installation.app.id)
    events.changed(call.site, message, former)


METHODS = (Method(name="chat.unfurl", handle=unfurl, scope="links:write"),)
