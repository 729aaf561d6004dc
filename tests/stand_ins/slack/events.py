"""Events: what an application hears of what happens in its workspaces."""

import re
from collections.abc import Sequence

from tests.stand_ins.slack import payloads
from tests.stand_ins.slack.call import Site
from tests.stand_ins.slack.delivery import Delivery, Way
from tests.stand_ins.slack.entities import App, Channel, Installation, Json, Kind, Message, Team
from tests.stand_ins.slack.mentions import named

WORDS = {Kind.PUBLIC: "channel", Kind.PRIVATE: "group", Kind.DIRECT: "im"}
LINK = re.compile(r"<(https?://([^/|>:]+)[^|>]*)(?:\|[^>]*)?>")


def emit(
    site: Site, installation: Installation, name: str, body: Json, *, outer: str = ""
) -> Delivery | None:
    """Sends an event to an application that subscribes to it."""
    if name not in installation.app.events:
        return None
    world = site.world
    body = {"event_ts": world.ts(), **body}
    payload = payloads.event(installation, world.id("Ev"), body, at=world.clock.now(), outer=outer)
    return site.post.send(installation.app, Way.EVENT, payload)


def here(site: Site, team: Team) -> list[Installation]:
    """The living installations in a workspace."""
    return [each for each in site.world.installations.values() if each.team is team and not each.dead]


def _writer(site: Site, message: Message) -> str:
    """The workspace of a message's writer, if its channel is shared."""
    user = site.world.user(message.user)
    return user.team_id if user and message.channel.shared_with else ""


def _heard(site: Site, channel: Channel, body: Json, outer: str = "") -> None:
    """Tells those who read a channel."""
    word = WORDS[channel.kind]
    name = f"message.{'im' if channel.kind is Kind.DIRECT else channel.kind}"
    for each in here(site, site.world.teams[channel.team_id]):
        if each.bot.id in channel.members and f"{channel.kind}:history" in each.scopes:
            body = body | {"channel": channel.id, "channel_type": word}
            emit(site, each, name, body, outer=outer)


def posted(site: Site, message: Message) -> None:
    """A message stands in a channel: those who read it hear of it, and of its mentions and links."""
    channel = message.channel
    _heard(site, channel, payloads.message(message) | {"event_ts": message.ts}, _writer(site, message))
    for each in here(site, site.world.teams[channel.team_id]):
        mentioned = each.bot.id in named(message.text) and each.bot.id in channel.members
        if mentioned and message.bot_id is None and "app_mentions:read" in each.scopes:
            body = payloads.message(message) | {"type": "app_mention", "channel": channel.id}
            emit(site, each, "app_mention", body)
        if message.bot_id != each.bot_id and message.unfurl_links is not False:
            _shared(site, each, message)


def _shared(site: Site, installation: Installation, message: Message) -> None:
    links = shared(installation.app, message.text)
    if not links or "links:read" not in installation.scopes:
        return
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    body: Json = {
        "type": "link_shared",
        "user": message.user,
        "channel": message.channel.id,
        "message_ts": message.ts,
        "is_bot_user_member": installation.bot.id in message.channel.members,
        "unfurl_id": f"{message.channel.id}-{message.ts}",
        "source": "conversations_history",
        "links": links,
    }
    emit(site, installation, "link_shared", body | thread, outer=_writer(site, message))


def shared(app: App, text: str) -> list[Json]:
    """The addresses in a text that belong to an application's domains."""
    return [
        {"url": url, "domain": domain}
        for url, domain in LINK.findall(text)
        if registered(app.domains, domain)
    ]


def registered(domains: Sequence[str], host: str) -> bool:
    """Whether a host is one of the domains or below one.

    >>> registered(["arxiv.org"], "export.arxiv.org"), registered(["arxiv.org"], "notarxiv.org")
    (True, False)
    """
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def changed(site: Site, message: Message, former: Json) -> None:
    now = payloads.message(message)
    body = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": site.world.ts()}
    _heard(site, message.channel, body | {"message": now, "previous_message": former})


def deleted(site: Site, message: Message) -> None:
    body = {"type": "message", "subtype": "message_deleted", "hidden": True, "ts": site.world.ts()}
    former = payloads.message(message)
    _heard(site, message.channel, body | {"deleted_ts": message.ts, "previous_message": former})


def uninstalled(site: Site, installation: Installation) -> None:
    """The application is gone from a workspace, and hears so in two events."""
    for each in site.world.installations.values():
        if each.token == installation.token:
            each.dead = "account_inactive"
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [installation.bot.id]}}
    emit(site, installation, "tokens_revoked", revoked)
    emit(site, installation, "app_uninstalled", {"type": "app_uninstalled"})
