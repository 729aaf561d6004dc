"""`anbot forget`: delete what is kept of a server or a person."""

import asyncio

import click

from bot.app import App, exists
from bot.cli import options
from bot.errors import InputError
from bot.ports import DatabaseName
from bot.text.phrases import counted


@click.command("forget")
@click.argument("what", type=click.Choice(["server", "person"]))
@click.argument("platform", metavar="PLATFORM")
@click.argument("identifier", metavar="ID")
@options.database
@click.pass_obj
def command(app: App, what: str, platform: str, identifier: str, database: DatabaseName | None) -> None:
    """Delete all that is kept of a server or a person.

    PLATFORM is its name, as `anbot digest list` shows it, and ID the platform's own.
    A server loses its settings, digests and installation; a person's digests go on
    without their name. Nothing of it can be had back.
    """
    known = [each.name for each in app.platforms]
    if platform not in known:
        raise InputError(f"There is no platform {platform}. Name {' or '.join(known)}.")
    count = asyncio.run(_forget(app, what, platform, identifier, database))
    if not count:
        click.echo(f"Nothing is kept of {what} {identifier} on {platform}.")
        return
    click.echo(f"Forgot {what} {identifier} on {platform}: {counted(count, 'row')}.")


async def _forget(app: App, what: str, platform: str, identifier: str, database: DatabaseName | None) -> int:
    path = app.database(database)
    if not exists(path):
        raise InputError(f"There is no database in {path}. Name one with --db.")
    async with app.open_store(path, clock=app.clock) as store:
        forget = store.forgetting.server if what == "server" else store.forgetting.person
        return await forget(platform, identifier)
