"""chat.unfurl: what an application shows below a link to its domains."""

from typing import Any

from tests.stand_ins.slack import blocks, events, payloads, posting
from tests.stand_ins.slack.call import Call, Method, check
from tests.stand_ins.slack.entities import Json
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.world import present

COMPOSER = "composer"
SOURCES = (COMPOSER, "conversations_history")


def unfurl(call: Call) -> Json:
    unfurls = call.args.get("unfurls")
    if not unfurls:
        raise SlackError("missing_unfurls")
    if not isinstance(unfurls, dict) or not all(isinstance(each, dict) for each in unfurls.values()):
        raise SlackError("invalid_unfurls_format")
    for url, unfurl in unfurls.items():
        _checked(url, unfurl)
    composed = _named(call)
    if composed is not None:
        _known(unfurls, composed)
    else:
        _below_message(call, unfurls)
    return {}


def _named(call: Call) -> list[str] | None:
    """The links of a message not yet sent, where the arguments name one; None for one that stands.

    They name a place by unfurl_id and source together, or by channel and ts together.
    """
    unfurl_id, source = call.args.get("unfurl_id"), call.args.get("source")
    if not unfurl_id and not source:
        for name in ("channel", "ts"):
            if not call.args.get(name):
                raise SlackError(f"missing_{name}")
        return None
    if not unfurl_id or not source:
        raise SlackError("missing_source" if unfurl_id else "missing_unfurl_id")
    if source not in SOURCES:
        raise SlackError("invalid_source")
    if source == COMPOSER:
        return present(call.world.composed.get(str(unfurl_id)), "invalid_unfurl_id")
    channel, _, ts = str(unfurl_id).partition("-")
    call.args |= {"channel": channel, "ts": ts}
    return None


def _checked(url: str, unfurl: Json) -> None:
    if "blocks" in unfurl:
        check(blocks.UNFURL, unfurl["blocks"], f"/unfurls/{url}/blocks", "invalid_blocks")
    elif not (unfurl.get("title") or unfurl.get("text") or unfurl.get("hide_preview")):
        raise SlackError("invalid_unfurls_format")


def _known(unfurls: dict[str, Any], links: list[str]) -> None:
    if not unfurls.keys() <= set(links):
        raise SlackError("cannot_unfurl_url")


def _below_message(call: Call, unfurls: Json) -> None:
    """Unfurls in a message that stands."""
    channel = call.team.channels.get(str(call.args.get("channel")))
    if channel is None:
        raise SlackError("cannot_find_channel")
    message = channel.messages.get(str(call.args.get("ts")))
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
