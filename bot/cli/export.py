"""`anbot export`: everything in the library, one JSON document a line."""

import asyncio
from pathlib import Path

import click

from bot.app import App
from bot.cli import options


@click.command("export")
@options.database
@click.pass_obj
def command(app: App, database: Path | None) -> None:
    """Print everything in the database.

    Every issue and summary is one JSON document on a line of its own. The order is
    fixed: two databases have the same content if these lines are equal.
    """
    asyncio.run(_export(app, database))


async def _export(app: App, database: Path | None) -> None:
    from bot.indexing.export import export  # noqa: PLC0415 - other commands start faster without

    path = app.database(database)
    async with app.open_store(path, clock=app.clock, readonly=True) as store:
        async for line in export(store.archive):
            click.echo(line)
