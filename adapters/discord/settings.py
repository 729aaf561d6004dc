"""Settings of Discord from the environment."""

from dataclasses import dataclass, field
from typing import Annotated, Final

from msgspec import Meta

from bot.runtime.environment import Variable, base_address

_ID: Final = "the id of a channel or a person, a number: Discord shows Copy Channel ID and Copy User ID in Developer Mode"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordSettings:
    """Texts are "" if not set. The token is not in its repr."""

    token: Annotated[str, Variable("DISCORD_TOKEN")] = field(default="", repr=False)
    operator: Annotated[str, Meta(pattern="^[0-9]+$"), Variable("DISCORD_OPERATOR", _ID)] = ""
    api_url: Annotated[str, Variable("DISCORD_API_URL", read=base_address)] = ""
    message_content: Annotated[bool, Variable("DISCORD_MESSAGE_CONTENT")] = False
