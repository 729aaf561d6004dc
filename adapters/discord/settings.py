"""Settings of Discord from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.config import flag
from bot.errors import InputError

VARIABLES: Final = {
    "DISCORD_TOKEN": "the token of the Discord bot; without it Discord stays off",
    "DISCORD_OPERATOR": "the id of the channel or person that is told if something fails for long",
    "DISCORD_API_URL": "the address of Discord's API, for a proxy or a test",
    "DISCORD_MESSAGE_CONTENT": "yes if Discord lets the bot read all messages, for linking",
}
"""Every variable that Discord reads, and what it sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordSettings:
    """Texts are "" if not set. The token is not in its repr."""

    token: str = field(default="", repr=False)
    operator: str = ""
    api_url: str = ""
    message_content: bool = False


def settings_from(environ: Mapping[str, str]) -> DiscordSettings:
    """The settings of that environment. Raises InputError for one that cannot be meant."""
    return DiscordSettings(
        token=environ.get("DISCORD_TOKEN", "").strip(),
        operator=_operator(environ.get("DISCORD_OPERATOR", "").strip()),
        api_url=environ.get("DISCORD_API_URL", "").strip().rstrip("/"),
        message_content=flag(environ, "DISCORD_MESSAGE_CONTENT"),
    )


def _operator(value: str) -> str:
    if not value or (value.isascii() and value.isdigit()):
        return value
    raise InputError(
        f"DISCORD_OPERATOR is “{value}”. Set it to the id of a channel or a person, a number: Discord shows "
        "Copy Channel ID and Copy User ID in Developer Mode."
    )
