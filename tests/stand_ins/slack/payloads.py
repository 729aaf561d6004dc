"""How entities look over the wire."""

from typing import Any

from tests.stand_ins.slack.entities import Channel, Installation, Json, Kind, Message, Team, User, View

NAMES = {Kind.PRIVATE: "privategroup", Kind.DIRECT: "directmessage"}  # what interactions call them


TOMBSTONE: Json = {
    "type": "message",
    "subtype": "tombstone",
    "user": "USLACKBOT",
    "text": "This message was deleted.",
    "hidden": True,
}


def message(shown: Message, *, metadata: bool = True) -> Json:
    """A message as the history and events have it; what it lacks is left out."""
    if shown.gone:
        return TOMBSTONE | {"ts": shown.ts, "thread_ts": shown.ts}
    optional: Json = {
        "app_id": shown.app_id,
        "bot_id": shown.bot_id,
        "blocks": shown.blocks,
        "thread_ts": shown.thread_ts,
        "subtype": "thread_broadcast" if shown.broadcast else None,
        "metadata": shown.metadata if metadata else None,
        "attachments": shown.attachments
        + [{"from_url": url, "is_app_unfurl": True, **value} for url, value in shown.unfurls.items()],
        "edited": {"user": shown.user, "ts": shown.edited} if shown.edited else None,
    }
    required = {"type": "message", "user": shown.user, "ts": shown.ts, "text": shown.text}
    return (
        required | {"team": shown.channel.team_id} | {key: value for key, value in optional.items() if value}
    )


def user(shown: User, *, stranger: bool = False) -> Json:
    """A person; a stranger is of another organisation, with which a channel is shared."""
    return {
        **({"is_stranger": True} if stranger else {}),
        "id": shown.id,
        "team_id": shown.team_id,
        "name": shown.name,
        "real_name": shown.name.title(),
        "deleted": shown.deleted,
        "is_bot": shown.is_bot,
        "is_admin": shown.is_admin,
        "tz": "Europe/London",
        "profile": {"display_name": shown.name, "real_name": shown.name.title()},
    }


def channel(shown: Channel, *, seen_by: str) -> Json:
    common: Json = {"id": shown.id, "is_archived": shown.archived, "context_team_id": shown.team_id}
    if shown.kind is Kind.DIRECT:
        others = shown.members - {seen_by}
        return common | {"is_im": True, "is_channel": False, "user": min(others, default=seen_by)}
    return common | {
        "name": shown.name,
        "is_channel": shown.kind is Kind.PUBLIC,
        "is_group": shown.kind is Kind.PRIVATE,
        "is_im": False,
        "is_private": shown.kind is Kind.PRIVATE,
        "is_member": seen_by in shown.members,
        "num_members": len(shown.members),
    }


def view(shown: View) -> Json:
    return shown.body | {
        "id": shown.id,
        "team_id": shown.team.id,
        "app_id": shown.app.id,
        "hash": shown.hash,
        "root_view_id": shown.root_id,
        "previous_view_id": shown.previous_id,
        "state": {"values": {}},
    }


def team(shown: Team) -> Json:
    return {"id": shown.id, "domain": shown.domain}


def interaction(kind: str, installation: Installation, by: User, **more: Any) -> Json:
    """What all interactions carry."""
    return {
        "type": kind,
        "token": "verification",
        "api_app_id": installation.app.id,
        "team": None if installation.organisation else team(installation.team),
        "user": {"id": by.id, "username": by.name, "name": by.name, "team_id": by.team_id},
        "enterprise": {"id": installation.organisation, "name": "org"} if installation.organisation else None,
        "is_enterprise_install": bool(installation.organisation),
        **more,
    }


def place(shown: Channel) -> Json:
    return {"id": shown.id, "name": NAMES.get(shown.kind, shown.name)}


def event(installation: Installation, event_id: str, body: Json, at: float, outer: str = "") -> Json:
    """The envelope of an event; outer: the workspace of its writer, in a shared channel."""
    owner = {
        "enterprise_id": installation.organisation or None,
        "team_id": None if installation.organisation else installation.team.id,
        "user_id": installation.bot.id,
        "is_bot": True,
        "is_enterprise_install": bool(installation.organisation),
    }
    return {
        "type": "event_callback",
        "token": "verification",
        "team_id": outer or installation.team.id,
        "enterprise_id": installation.organisation or None,
        "context_team_id": installation.team.id,
        "api_app_id": installation.app.id,
        "event_id": event_id,
        "event_time": int(at),
        "event": body,
        "authorizations": [owner],
        "is_ext_shared_channel": bool(outer),
    }
