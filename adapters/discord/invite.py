"""The address that installs the bot, with the least that it needs."""

import base64
import binascii
from typing import Final
from urllib.parse import urlencode

import discord

from bot.config import Settings
from bot.errors import InputError

NEEDED: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,  # to reply, and to look whether a digest arrived
    create_public_threads=True,  # for digests that go into one
)
_AUTHORIZE: Final = "https://discord.com/oauth2/authorize"


def address_of(settings: Settings, application: int | None, *, personal: bool) -> str:
    """The address for a server, or for one person who takes the bot everywhere.

    Raises InputError where the application is neither given nor told by the token.
    """
    client_id = application or _application_of(settings.discord_token)
    if personal:
        asked = {"client_id": client_id, "integration_type": 1, "scope": "applications.commands"}
    else:
        asked = {
            "client_id": client_id,
            "integration_type": 0,
            "scope": "bot applications.commands",
            "permissions": NEEDED.value,
        }
    return f"{_AUTHORIZE}?{urlencode(asked)}"


def _application_of(token: str) -> int:
    """The id that a token begins with, written in base64."""
    first = token.partition(".")[0]
    try:
        return int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (binascii.Error, ValueError) as error:
        raise InputError(
            "Which application? Name its id with --application, or set DISCORD_TOKEN. "
            "Both stand at https://discord.com/developers/applications."
        ) from error
