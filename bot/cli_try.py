"""`anbot try`: ask at a console."""

import asyncio
import random
from pathlib import Path

import click

from bot import cli_options
from bot.desk import desk_for
from bot.wiring import Wiring


@click.command("try")
@click.option(
    "--as",
    "style",
    type=click.Choice(["console", "json"]),
    default="console",
    help="How to print: for people, or one JSON document a line.",
)
@cli_options.database
@click.argument("text", nargs=-1)
@click.pass_obj
def command(wiring: Wiring, style: str, database: Path | None, text: tuple[str, ...]) -> None:
    """Ask as in a chat: each TEXT is answered; without any, a prompt opens.

    Where there is no database yet, a small embedded sample answers.

    \b
    anbot try "/an 58" "/paper mesa"
    anbot try "/topic mesa optimization"
    anbot try
    """  # noqa: D301 - the mark is click's: it keeps the lines below it apart
    asyncio.run(_try(wiring, database, text, as_json=style == "json"))


async def _try(wiring: Wiring, database: Path | None, texts: tuple[str, ...], *, as_json: bool) -> None:
    async with wiring.reading(database) as store:
        finder = await wiring.find_in(store)
        desk = desk_for(store.library, finder, random.SystemRandom())
        await wiring.talk(desk, texts, wiring.settings, as_json=as_json)
