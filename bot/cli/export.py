"""`anbot export`: all that the library holds, one JSON document a line."""

import asyncio
from pathlib import Path

import click

from bot.cli import options
from bot.wiring import Wiring


@click.command("export")
@options.database
@click.pass_obj
def command(wiring: Wiring, database: Path | None) -> None:
    """Print all that the database holds.

    Every issue and summary is one JSON document in a line of its own. The order is fixed: two databases hold the same if these lines are equal.
    """
    asyncio.run(_export(wiring, database))


async def _export(wiring: Wiring, database: Path | None) -> None:
    from bot.export import export  # noqa: PLC0415 - other commands start faster without

    path = wiring.database(database)
    async with wiring.open_store(path, clock=wiring.clock, readonly=True) as store:
        async for line in export(store.archive):
            click.echo(line)
