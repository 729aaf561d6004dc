"""What a lookup through PostgreSQL costs, beside the same through SQLite.

`/paper` goes through the Discord bot as in `tests.bench.discord`, in rounds that take turns
between the two databases in one process. Of each round the processor time is compared.
"""

import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

import click

from adapters.discord.client import Client
from adapters.discord.interactions import Interactions
from bot.lookup.lookup import Lookup
from bot.search import Searcher
from store import Store
from tests.bench.discord import ASKED, Bot, clock
from tests.bench.library import SHEET, indexed
from tests.support.postgresql import running
from tests.support.services import services_over

TURNS: Final = 40
ROUNDS: Final = 10


async def measure() -> None:
    """Print milliseconds of processor time, and how the two compare."""
    if not SHEET.exists():
        raise click.ClickException(
            f"The real newsletters are not beside this checkout: {SHEET.name} is missing."
        )
    with running() as server, tempfile.TemporaryDirectory() as folder:
        async with (
            indexed(Path(folder) / "an.db") as file,
            indexed(server.database(), watch=True) as remote,
            _client(file) as through_file,
            _client(remote) as through_server,
        ):
            pairs = [(await _turn(Bot(through_file)), await _turn(Bot(through_server))) for _ in range(TURNS)]
    ratio = statistics.median(server / file for file, server in pairs[1:])
    for name, times in zip(("SQLite", "PostgreSQL"), zip(*pairs[1:], strict=True), strict=True):
        click.echo(f"/paper through {name:11} {statistics.median(times):6.3f} ms")
    click.echo(f"PostgreSQL / SQLite      {ratio:6.3f}")


def _client(store: Store) -> Client:
    lookup = Lookup(store.library, Searcher(store.search), random.Random(1))  # noqa: S311 - no secret
    return Client(Interactions(services_over(store, lookup, clock)), shard_count=1)


async def _turn(bot: Bot) -> float:
    """Milliseconds of processor time that a lookup takes, on average."""
    start = time.process_time()
    for words in ASKED * ROUNDS:
        await bot.ask(words)
    return (time.process_time() - start) * 1e3 / (ROUNDS * len(ASKED))
