"""`anbot manifest`: what a platform installs the bot from."""

import click

from bot.config import LINKING
from bot.errors import InputError
from bot.wiring import Wiring

_READS = {
    "links": (
        "With this manifest the bot is told of links to the domains of SLACK_UNFURL_DOMAINS (links:read, links:write), "
        "and shows previews where /linking on was said. It sees nothing else of a message."
    ),
    "text": (
        "With this manifest the bot may read the messages of channels it is invited to (channels:history, "
        "groups:history), and show previews of links (links:read, links:write). It does so where /linking on was "
        "said, and keeps nothing of them."
    ),
}

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
    type=click.Choice(LINKING),
    help="Also ask for what linking needs: to be told of links to some domains, or to read messages too.",
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
                click.echo(_READS[linking], err=True)
            if settling:
                click.echo(_LOOKS, err=True)
            click.echo(platform.manifest(wiring.settings, url, linking=linking or "", settling=settling))
            return
    raise InputError("This anbot was put together without a platform that has manifests.")
