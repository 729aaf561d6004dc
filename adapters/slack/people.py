"""What a person may do in their workspace, asked when they do it."""

from slack_sdk.web.async_client import AsyncWebClient


async def is_admin(client: AsyncWebClient, user: str) -> bool:
    """Whether the person is an admin or an owner of the workspace. Raises SlackApiError."""
    held = (await client.users_info(user=user))["user"]
    return any(held.get(right) for right in ("is_admin", "is_owner", "is_primary_owner"))
