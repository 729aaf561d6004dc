"""Who somebody in a workspace is, and what they may do there, asked when it matters."""

from slack_sdk.web.async_client import AsyncWebClient


async def is_admin(client: AsyncWebClient, user: str) -> bool:
    """Whether the person is an admin or an owner of the workspace. Raises SlackApiError."""
    held = (await client.users_info(user=user))["user"]
    return any(held.get(right) for right in ("is_admin", "is_owner", "is_primary_owner"))


async def is_person(client: AsyncWebClient, user: str) -> bool:
    """Whether it is no bot. Raises SlackApiError."""
    return not (await client.users_info(user=user))["user"].get("is_bot")
