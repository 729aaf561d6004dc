"""`anbot export`: everything in the library, one JSON document a line."""

import asyncio
import os
import sys

import click

from bot.app import App
from bot.cli import options
from bot.ports import DatabaseName


@click.command("export")
@options.database
@click.pass_obj
def command(app: App, database: DatabaseName | None) -> None:
    """Print everything in the database.

    Every issue and summary is one JSON document on a line of its own. The order is
    fixed: two databases have the same content if these lines are equal.
    """
    asyncio.run(_export(app, database))


async def _export(app: App, database: DatabaseName | None) -> None:
    from bot.indexing.export import export  # noqa: PLC0415 - other commands start faster without

    path = app.database(database)
    async with app.open_store(path, clock=app.clock, readonly=True) as store:
        wanted = True
        async for line in export(store.archive):
            wanted = wanted and _is_written(line)


def _is_written(line: str) -> bool:
    """Write a line; False once whoever reads has seen enough, as `head` has."""
    try:
        click.echo(line)
    except BrokenPipeError:
        # What is left in the buffer must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
