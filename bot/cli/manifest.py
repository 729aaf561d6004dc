"""`anbot manifest`: what a platform installs the bot from."""

import click

from bot.errors import InputError
from bot.wiring import Wiring


@click.command("manifest")
@click.option(
    "--url",
    default="",
    metavar="URL",
    help="Where Slack reaches this bot over HTTP, such as https://bot.example. Default: Socket Mode.",
)
@click.pass_obj
def command(wiring: Wiring, url: str) -> None:
    """Print the app manifest that installs the bot in Slack.

    It asks for the least that answers need.
    """
    if url and not url.startswith("https://"):
        raise InputError(f"Slack reaches a bot at an address that begins with https://, not at “{url}”.")
    for platform in wiring.platforms:
        if platform.manifest:
            click.echo(platform.manifest(url))
            return
    raise InputError("This anbot was put together without a platform that has manifests.")
