"""`anbot invite`: the address that adds the bot, with the fewest permissions that it needs."""

import base64
import binascii
from typing import Final
from urllib.parse import urlencode

import click
import discord

from adapters.discord.settings import DiscordSettings
from bot.errors import InputError

NEEDED: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,  # to reply, and to check whether a digest arrived
    create_public_threads=True,  # for digests in a thread
)
_AUTHORIZE: Final = "https://discord.com/oauth2/authorize"


def invite_command(settings: DiscordSettings) -> click.Command:
    """The command; the application is in the token of the settings."""

    @click.command("invite")
    @click.option(
        "--application", type=click.IntRange(min=1), metavar="ID", help="Default: read from DISCORD_TOKEN."
    )
    @click.option("--personal", is_flag=True, help="For one person, who can then ask anywhere.")
    def invite(application: int | None, *, personal: bool) -> None:
        """Print the address that adds the bot to a Discord server.

        It asks for the fewest permissions that answers in channels need.
        """
        click.echo(address_of(settings, application, personal=personal))

    return invite


def address_of(settings: DiscordSettings, application: int | None, *, personal: bool) -> str:
    """The address for a server, or for one person to use the bot everywhere.

    Raises InputError if the application is neither given nor in the token.
    """
    client_id = application or _application_of(settings.token)
    if personal:
        parameters = {"client_id": client_id, "integration_type": 1, "scope": "applications.commands"}
    else:
        parameters = {
            "client_id": client_id,
            "integration_type": 0,
            "scope": "bot applications.commands",
            "permissions": NEEDED.value,
        }
    return f"{_AUTHORIZE}?{urlencode(parameters)}"


def _application_of(token: str) -> int:
    """The id that a token begins with, in base64."""
    first = token.partition(".")[0]
    try:
        return int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (binascii.Error, ValueError) as error:
        raise InputError(
            "Which application? Name its id with --application, or set DISCORD_TOKEN. "
            "Both are at https://discord.com/developers/applications."
        ) from error
