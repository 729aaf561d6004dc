"""`anbot backup`: a copy of the database, also of one in use."""

import asyncio
from pathlib import Path

import click

from bot.app import App
from bot.cli import options
from bot.ports import DatabaseName


@click.command("backup")
@options.database
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(app: App, database: DatabaseName | None, file: Path) -> None:
    """Copy the database to FILE, also while the bot uses it.

    FILE must not exist yet. Only you can read it.
    """
    asyncio.run(_back_up(app, app.database(database), file))


async def _back_up(app: App, database: DatabaseName, file: Path) -> None:
    async with app.open_store(database, clock=app.clock, readonly=True) as store:
        size = await store.backup.copy_to(file)
    click.echo(f"{database} was copied to {file} ({size / 1e6:,.1f} MB).")
