"""`anbot restore`: a copy of the database in its place."""

import asyncio
from pathlib import Path

import click

from bot.app import App
from bot.cli import options
from bot.errors import InputError
from bot.ports import DatabaseName
from bot.text.phrases import counted


@click.command("restore")
@options.database
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(app: App, database: DatabaseName | None, file: Path) -> None:
    """Put FILE, which `anbot backup` made, in place of the database.

    Stop the bot before. FILE is checked and stays; a database that is there
    already is kept beside.
    """
    target = app.database(database)
    if not isinstance(target, Path):
        raise InputError(f"{target} is restored by PostgreSQL's own tools, such as pg_restore.")
    restored = asyncio.run(app.restore(file, target, clock=app.clock))
    holds = f"{restored.size / 1e6:,.1f} MB, {counted(restored.summaries, 'summary', 'summaries')}"
    click.echo(f"{file} is in place as {target} ({holds}).")
    if restored.former:
        click.echo(f"What was there before is {restored.former}. Delete it when all is well.")
