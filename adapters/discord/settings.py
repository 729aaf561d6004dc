"""Settings of Discord from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.config import flag

VARIABLES: Final = {
    "DISCORD_TOKEN": "the token of the Discord bot; without it Discord stays off",
    "DISCORD_API_URL": "the address of Discord's API, for a proxy or a test",
    "DISCORD_MESSAGE_CONTENT": "yes if Discord lets the bot read all messages, for linking",
}
"""Every variable that Discord reads, and what it sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordSettings:
    """Texts are "" if not set. The token is not in its repr."""

    token: str = field(default="", repr=False)
    api_url: str = ""
    message_content: bool = False


def settings_from(environ: Mapping[str, str]) -> DiscordSettings:
    """The settings of that environment."""
    return DiscordSettings(
        token=environ.get("DISCORD_TOKEN", "").strip(),
        api_url=environ.get("DISCORD_API_URL", "").strip().rstrip("/"),
        message_content=flag(environ, "DISCORD_MESSAGE_CONTENT"),
    )
