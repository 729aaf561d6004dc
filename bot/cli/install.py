"""`anbot invite`: the address that installs the bot."""

import click

from bot.app import App
from bot.config import LINKING
from bot.errors import InputError


@click.command
@click.option(
    "--application", type=click.IntRange(min=1), metavar="ID", help="Default: told by DISCORD_TOKEN."
)
@click.option("--personal", is_flag=True, help="For one person, who can then ask anywhere.")
@click.pass_obj
def invite(app: App, application: int | None, *, personal: bool) -> None:
    """Print the address that adds the bot to a Discord server.

    It asks for the least that answers in channels need.
    """
    for platform in app.platforms:
        if platform.invite:
            click.echo(platform.invite(app.settings, application, personal=personal))
            return
    raise InputError("This anbot was put together without a platform that has invites.")


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


@click.command
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
def manifest(app: App, url: str, linking: str | None, *, settling: bool) -> None:
    """Print the app manifest that installs the bot in Slack.

    It asks for the least that answers need.
    """
    if url and not url.startswith("https://"):
        raise InputError(f"Slack reaches a bot at an address that begins with https://, not at “{url}”.")
    for platform in app.platforms:
        if platform.manifest:
            if linking:
                click.echo(_READS[linking], err=True)
            if settling:
                click.echo(_LOOKS, err=True)
            click.echo(platform.manifest(app.settings, url, linking=linking or "", settling=settling))
            return
    raise InputError("This anbot was put together without a platform that has manifests.")
