"""`anbot invite`: the address that installs the bot."""

import click

from bot.errors import InputError
from bot.wiring import Wiring


@click.command("invite")
@click.option(
    "--application", type=click.IntRange(min=1), metavar="ID", help="Default: told by DISCORD_TOKEN."
)
@click.option("--personal", is_flag=True, help="For one person, who can then ask anywhere.")
@click.pass_obj
def command(wiring: Wiring, application: int | None, *, personal: bool) -> None:
    """Print the address that adds the bot to a Discord server.

    It asks for the least that answers in channels need.
    """
    for platform in wiring.platforms:
        if platform.invite:
            click.echo(platform.invite(wiring.settings, application, personal=personal))
            return
    raise InputError("This anbot was put together without a platform that has invites.")
