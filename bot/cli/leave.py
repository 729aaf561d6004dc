"""`anbot leave`: take the bot off a server, and forget it."""

import asyncio
import re

import click

from bot.app import App, Platform
from bot.cli import options
from bot.errors import InputError
from bot.ports import DatabaseName
from bot.text.phrases import counted


@click.command("leave")
@click.argument("server", metavar="SERVER")
@options.database
@click.pass_obj
def command(app: App, server: str, database: DatabaseName | None) -> None:
    """Take the bot off SERVER, and delete all that is kept of it.

    SERVER is the platform's own id of a server, workspace or organisation, as
    `anbot digest list` shows it. Nothing of it can be had back.
    """
    click.echo(asyncio.run(_leave(app, server, database)))


async def _leave(app: App, server: str, database: DatabaseName | None) -> str:
    platform = _platform_of(app, server)
    if platform.leave is None:
        raise InputError(f"On {platform.name} the bot cannot leave by itself.")
    async with app.looking(database) as store:
        await store.checkup.writable()  # or it would have left, and could forget nothing
        gone = await platform.leave(store, server)
        count = sum([await store.forgetting.server(platform.name, each) for each in gone])
    deletion = (
        f"what was kept of it is deleted ({counted(count, 'row')})" if count else "nothing was kept of it"
    )
    return f"The bot is not on {server} on {platform.name} any more, and {deletion}."


def _platform_of(app: App, server: str) -> Platform:
    for platform in app.platforms:
        if platform.servers and re.fullmatch(platform.servers, server):
            return platform
    names = " or ".join(platform.name for platform in app.platforms)
    raise InputError(f"“{server}” is no id of a server on {names}. `anbot digest list` shows them.")
