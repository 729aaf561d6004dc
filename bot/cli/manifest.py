"""`anbot manifest`: what a platform installs the bot from."""

import click

from bot.errors import InputError
from bot.wiring import Wiring

_READS = (
    "With this manifest the bot may read the messages of channels it is invited to (channels:history, "
    "groups:history). It does so where /linking on was said, and keeps nothing of them."
)

_LOOKS = (
    "With this manifest the bot may read the history of channels it is invited to (channels:history, "
    "groups:history, im:history). It does so only where it does not know whether a digest was posted."
)


@click.command("manifest")
@click.option(
    "--url",
    default="",
    metavar="URL",
    help="Where Slack reaches this bot over HTTP, such as https://bot.example. Default: Socket Mode.",
)
@click.option(
    "--linking",
    type=click.Choice(["text"]),
    help="Also ask to read messages, which linking what they mention needs.",
)
@click.option(
    "--settling",
    is_flag=True,
    help="Also ask to look whether a digest was posted, where Slack's answer was lost.",
)
@click.pass_obj
def command(wiring: Wiring, url: str, linking: str | None, *, settling: bool) -> None:
    """Print the app manifest that installs the bot in Slack.

    It asks for the least that answers need.
    """
    if url and not url.startswith("https://"):
        raise InputError(f"Slack reaches a bot at an address that begins with https://, not at “{url}”.")
    for platform in wiring.platforms:
        if platform.manifest:
            if linking:
                click.echo(_READS, err=True)
            if settling:
                click.echo(_LOOKS, err=True)
            click.echo(platform.manifest(url, linking=bool(linking), settling=settling))
            return
    raise InputError("This anbot was put together without a platform that has manifests.")
