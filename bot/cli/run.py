"""`anbot run`: serve every platform that is configured."""

import asyncio
import logging
import random
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import click

from bot.cli import options
from bot.desk import desk_for
from bot.errors import InputError
from bot.platforms import Platform, Service
from bot.wiring import Store, Wiring

log: Final = logging.getLogger("anbot")


@click.command("run")
@options.database
@click.pass_obj
def command(wiring: Wiring, database: Path | None) -> None:
    """Answer on every platform whose token is set, until told to stop.

    Ctrl-C or SIGTERM lets what is being answered be finished first.
    """
    chosen = [platform for platform in wiring.platforms if platform.configured(wiring.settings)]
    if not chosen:
        raise InputError(_nothing(wiring.platforms))
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    asyncio.run(_run(wiring, database, chosen))


async def _run(wiring: Wiring, database: Path | None, chosen: Sequence[Platform]) -> None:
    stop = asyncio.Event()
    for signalled in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signalled, stop.set)
    async with _opened(wiring, database) as (reading, writing):
        desk = desk_for(reading.library, await wiring.find_in(reading), random.SystemRandom())
        service = Service(
            desk=desk,
            ledger=writing.ledger,
            installations=writing.installations,
            discussions=writing.discussions,
            outbox=writing.outbox,
            settings=wiring.settings,
            pace=wiring.pace,
        )
        await _serve_all(chosen, service, stop)
    log.info("stopped")


async def _serve_all(chosen: Sequence[Platform], service: Service, stop: asyncio.Event) -> None:
    """Serve on all; what ends one ends the others in good order."""

    async def serve(platform: Platform) -> None:
        try:
            await platform.serve(service, stop)
        finally:
            stop.set()

    served = await asyncio.gather(*map(serve, chosen), return_exceptions=True)
    failures = [failure for failure in served if isinstance(failure, BaseException)]
    for failure in failures[1:]:
        log.error("%s", failure)
    if failures:
        raise failures[0]


@asynccontextmanager
async def _opened(wiring: Wiring, database: Path | None) -> AsyncIterator[tuple[Store, Store]]:
    """Where to look up, and where to keep what is said: the embedded sample
    stands in while the database has no newsletters.
    """
    async with wiring.open_store(wiring.database(database), clock=wiring.clock) as store:
        if (await store.library.origin()).issues:
            yield store, store
            return
        log.warning("there are no newsletters yet: the embedded sample answers until the next start")
        async with wiring.sample() as sample:
            yield sample, store


def _nothing(platforms: Sequence[Platform]) -> str:
    needed = "; ".join(f"for {platform.name}: {' and '.join(platform.needs)}" for platform in platforms)
    return f"No platform is configured. Set in the environment, {needed}. Without any: anbot try"
