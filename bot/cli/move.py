"""`anbot move`: everything from one database to another, of either kind."""

import asyncio
import sys

import click

from bot.app import App, exists
from bot.cli import options
from bot.cli.terminal import progress
from bot.errors import InputError
from bot.ports import DatabaseName


@click.command("move")
@click.argument("source", metavar="FROM", type=options.Database())
@click.argument("target", metavar="TO", type=options.Database())
@click.pass_obj
def command(app: App, source: DatabaseName, target: DatabaseName) -> None:
    """Copy everything from one database to another.

    FROM and TO are files or addresses as postgresql://user:password@host/name.
    Stop the bot first. FROM stays as it is. All rows are compared at the end; if
    it is interrupted, type it again.
    """
    if not exists(source):
        raise InputError(f"There is no database {source}.")
    with progress(None, sys.stderr) as step:
        count = asyncio.run(app.move(source, target, clock=app.clock, step=step))
    click.echo(f"{count:,} rows of {source} are in {target}, each compared. Now set ANBOT_DB to that.")
