"""Entities as the JSON Discord sends."""

from tests.stand_ins.discord.entities import (
    Application,
    Channel,
    ChannelFlag,
    ChannelType,
    Guild,
    Json,
    Member,
    Message,
    Role,
    User,
)
from tests.stand_ins.discord.instants import iso


def user(who: User) -> Json:
    return {
        "id": who.id,
        "username": who.name,
        "global_name": None if who.bot else who.name.title(),
        "discriminator": "0000" if who.bot else "0",
        "avatar": None,
        "bot": who.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user(who: User) -> Json:
    """A user as the user itself sees it."""
    return user(who) | {"mfa_enabled": True, "verified": True, "locale": "en-US", "email": None}


def application(app: Application, *, guilds: int) -> Json:
    return {
        "id": app.id,
        "name": app.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(app.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": app.id.rjust(64, "0"),
        "flags": app.flags,
        "flags_new": str(app.flags),
        "owner": user(app.owner),
        "team": None,
        "tags": [],
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": guilds,
        "approximate_user_install_count": len(app.installed_by),
        "approximate_user_authorization_count": len(app.installed_by),
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}, "1": {}},
    }


def role(what: Role, position: int) -> Json:
    return {
        "id": what.id,
        "name": what.name,
        "permissions": str(what.permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": what.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def member(who: Member, *, with_user: bool = True) -> Json:
    shown: Json = {"user": user(who.user)} if with_user else {}
    return shown | {
        "roles": list(who.roles),
        "nick": who.nick,
        "avatar": None,
        "banner": None,
        "joined_at": iso(who.joined_at),
        "premium_since": None,
        "pending": False,
        "flags": 0,
        "mute": False,
        "deaf": False,
        "communication_disabled_until": None,
    }


def channel(what: Channel) -> Json:
    last = max(what.messages, key=int, default=None)
    shown: Json = {"id": what.id, "type": int(what.type), "flags": 0, "last_message_id": last}
    if what.type is ChannelType.DIRECT:
        return shown | {"recipients": [user(who) for who in what.recipients]}
    shown |= {"guild_id": what.guild_id, "name": what.name, "parent_id": what.parent_id}
    if what.is_thread:
        return shown | _thread(what)
    if what.is_forum:
        shown |= _forum(what)
    return shown | {
        "position": 0,
        "topic": None,
        "nsfw": what.nsfw,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {"id": over.id, "type": int(over.of_member), "allow": str(over.allow), "deny": str(over.deny)}
            for over in what.overwrites.values()
        ],
    }


def _forum(what: Channel) -> Json:
    """A forum or a media channel: its tags, and whether a post needs one."""
    return {
        "flags": int(ChannelFlag.REQUIRE_TAG) * what.tag_required,
        "available_tags": [
            {"id": tag, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
            for tag, name in what.tags.items()
        ],
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
        "template": "",
    }


def _thread(what: Channel) -> Json:
    metadata = {
        "archived": what.archived,
        "archive_timestamp": iso(what.created_at),
        "auto_archive_duration": what.auto_archive_minutes,
        "locked": what.locked,
        "create_timestamp": iso(what.created_at),
    }
    if what.type is ChannelType.PRIVATE_THREAD:
        metadata["invitable"] = True
    applied = {"applied_tags": what.applied_tags} if what.applied_tags else {}
    return applied | {
        "owner_id": what.owner_id,
        "thread_metadata": metadata,
        "message_count": len(what.messages),
        "member_count": len(what.thread_members),
        "total_message_sent": len(what.messages),
        "rate_limit_per_user": 0,
    }


def guild(what: Guild) -> Json:
    nothing = (
        *("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id"),
        *("afk_channel_id", "system_channel_id", "widget_channel_id", "max_presences", "vanity_url_code"),
        *("rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data"),
    )
    zeros = (
        *("system_channel_flags", "verification_level", "default_message_notifications", "mfa_level"),
        *("explicit_content_filter", "premium_tier", "premium_subscription_count", "nsfw_level"),
    )
    return (
        dict.fromkeys(nothing)
        | dict.fromkeys(zeros, 0)
        | {
            "id": what.id,
            "name": what.name,
            "owner_id": what.owner_id,
            "region": "deprecated",
            "afk_timeout": 300,
            "widget_enabled": False,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "preferred_locale": "en-US",
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "features": [],
            "emojis": [],
            "stickers": [],
            "roles": [role(each, position) for position, each in enumerate(what.roles.values())],
        }
    )


def guild_create(what: Guild, seen_by: Member, channels: list[Channel]) -> Json:
    """A guild as the gateway tells of it, with the channels the application sees."""
    return guild(what) | {
        "joined_at": iso(seen_by.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(what.members),
        "members": [member(who) for who in what.members.values()],
        "channels": [channel(each) for each in channels if not each.is_thread],
        "threads": [channel(each) for each in channels if each.is_thread and not each.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message(what: Message, *, mentioned: list[User], viewer: str = "") -> Json:
    """A message as its viewer (a user's id) sees it."""
    shown: Json = {
        "id": what.id,
        "channel_id": what.channel_id,
        "type": what.type,
        "author": user(what.author),
        "content": what.content,
        "embeds": what.embeds,
        "components": what.components,
        "attachments": what.attachments,
        "mentions": [user(who) for who in mentioned],
        "mention_roles": list(what.pings.roles),
        "mention_everyone": what.pings.everyone,
        "timestamp": iso(what.created_at),
        "edited_timestamp": None if what.edited_at is None else iso(what.edited_at),
        "flags": what.flags,
        "pinned": False,
        "tts": what.tts,
    }
    optional = {
        "message_reference": what.reference,
        "application_id": what.application_id,
        "webhook_id": what.webhook_id,
        "interaction_metadata": what.interaction,
        "poll": what.poll,
        "message_snapshots": [{"message": each} for each in what.forwarded] or None,
        "thread": channel(what.thread) if what.thread else None,
        "reactions": [_reaction(emoji, who, viewer) for emoji, who in what.reactions.items()] or None,
    }
    return shown | {key: value for key, value in optional.items() if value is not None}


def _reaction(emoji: str, who: list[str], viewer: str) -> Json:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(who),
        "count_details": {"burst": 0, "normal": len(who)},
        "burst_colors": [],
        "me_burst": False,
        "burst_me": False,
        "me": viewer in who,
    }
