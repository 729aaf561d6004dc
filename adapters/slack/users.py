"""Who a person in a workspace is, and what they may do there, asked when it matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What Slack knows of a person: `timezone` is a timezone's name, "" for none."""

    name: str
    timezone: str
    admin: bool
    bot: bool


async def profile(client: AsyncWebClient, user: str, team: str) -> Profile:
    """The person's profile; who is of another organisation has no rights. Raises SlackApiError."""
    user_info = (await client.users_info(user=user))["user"]
    shown = user_info.get("profile") or {}
    return Profile(
        name=shown.get("display_name") or user_info.get("real_name") or user_info.get("name") or "",
        timezone=user_info.get("tz") or "",
        admin=_belongs(user_info, team)
        and any(user_info.get(right) for right in ("is_admin", "is_owner", "is_primary_owner")),
        bot=bool(user_info.get("is_bot")),
    )


async def is_admin(client: AsyncWebClient, user: str, team: str) -> bool:
    """If the person is an admin or an owner of the workspace. Raises SlackApiError."""
    return (await profile(client, user, team)).admin


async def is_person(client: AsyncWebClient, user: str) -> bool:
    """If the user is no bot. Raises SlackApiError."""
    return not (await profile(client, user, "")).bot


def _belongs(user_info: Mapping[str, Any], team: str) -> bool:
    """If the person is of that workspace: in a shared channel there are others too."""
    teams = (user_info.get("enterprise_user") or {}).get("teams") or ()
    return not user_info.get("is_stranger") and team in {user_info.get("team_id"), *teams}
