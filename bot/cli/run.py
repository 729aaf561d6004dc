"""`anbot run`: serve every platform that is configured."""

import asyncio
import logging
import random
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

import click

from bot import __version__
from bot.app import App, Platform, Services, Store
from bot.cli import options
from bot.cli.logs import set_up_logging
from bot.cli.serving import Serving
from bot.cli.sync import sync_of
from bot.config import Settings
from bot.errors import InputError
from bot.lookup.lookup import Lookup
from bot.monitoring.lookups import Observed, ObservedLookup, log_lookup
from bot.monitoring.metrics import Metrics
from bot.monitoring.server import listening
from bot.monitoring.state import Observer
from bot.monitoring.telling import Teller
from bot.pictures import Pictures, are_available
from bot.ports import DatabaseName
from bot.runtime.collection import settle
from bot.sample import FillingFinder, FillingLibrary, filled

log: Final = logging.getLogger("anbot")

_LOADED: Final = 5.0
"""Seconds until everything that answering needs is loaded."""


@click.command("run")
@options.database
@click.pass_obj
def command(app: App, database: DatabaseName | None) -> None:
    """Answer on every platform whose token is set, until stopped.

    Ctrl-C or SIGTERM ends it after the answers that are under way.
    """
    chosen = [platform for platform in app.platforms if platform.configured]
    if not chosen:
        raise InputError(_nothing(app.platforms))
    set_up_logging(app.settings, sys.stderr)
    _introduce(app, database, chosen)
    asyncio.run(_run(app, database, chosen))


def _introduce(app: App, database: DatabaseName | None, chosen: Sequence[Platform]) -> None:
    """Log what runs where, and which platform was meant but stays off."""
    names = " and ".join(platform.name for platform in chosen)
    log.info("anbot %s serves %s from %s", __version__, names, app.database(database))
    for platform in app.platforms:
        if platform.given and not platform.configured:
            given = " and ".join(platform.given)
            missing = " and ".join(name for name in platform.needs if name not in platform.given)
            log.warning("%s stays off: %s is set, but it also needs %s", platform.name, given, missing)


async def _run(app: App, database: DatabaseName | None, chosen: Sequence[Platform]) -> None:
    stop = _stopped_by_signals()
    asyncio.get_running_loop().call_later(_LOADED, settle)
    names = [platform.name for platform in chosen]
    metrics = Metrics(names)
    async with (
        app.open_store(app.database(database), clock=app.clock, watch=True) as store,
        _lookup(app, store, _observing(app.settings, metrics)) as lookup,
    ):
        services = Services(
            lookup=lookup,
            store=store,
            clock=app.clock_of(store),
            quiet=app.settings.quiet,
            delivered=metrics.delivered,
            linked=metrics.linked,
            pictures=Pictures(lookup.library) if are_available() else None,
        )
        observer = Observer(services, app.database(database), names, app.settings.sources)
        async with listening(app.settings, observer, metrics):
            polling = sync_of(app, store, app.settings.sources).run(stop)
            await _serve(chosen, services, observer, polling, stop)
    log.info("stopped")


async def _serve(
    chosen: Sequence[Platform],
    services: Services,
    observer: Observer,
    polling: Awaitable[None],
    stop: asyncio.Event,
) -> None:
    """Serve, poll, and tell whoever runs the bot what fails for long."""
    serving = Serving(chosen, services, stop)
    tellers = [
        Teller(platform.name, platform.tell, services, observer, serving.down)
        for platform in chosen
        if platform.tell
    ]
    await serving.run(polling, *(teller.run(stop) for teller in tellers))


def _stopped_by_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for signalled in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signalled, stop.set)
    return stop


def _observing(settings: Settings, metrics: Metrics) -> Callable[[Observed], None]:
    """What is done with each lookup that ended."""

    def observe(observed: Observed) -> None:
        metrics.looked_up(observed)
        if settings.log_lookups:
            log_lookup(observed)

    return observe


@asynccontextmanager
async def _lookup(app: App, store: Store, observe: Callable[[Observed], None]) -> AsyncIterator[Lookup]:
    """The lookup, observed: in the database, or in the embedded sample until the database has newsletters."""
    finder = await app.find_in(store)
    lookup = partial(ObservedLookup, rng=random.SystemRandom(), ticks=app.clock.ticks, observe=observe)
    is_filled = filled(store.search)
    if is_filled():
        yield lookup(store.library, finder)
        return
    log.warning("there are no newsletters yet: the embedded sample answers until there are")
    async with app.sample() as sample:
        library = FillingLibrary(sample.library, store.library, is_filled)
        yield lookup(library, FillingFinder(await app.find_in(sample), finder, is_filled))


def _nothing(platforms: Sequence[Platform]) -> str:
    needed = "; ".join(f"for {platform.name}: {' and '.join(platform.needs)}" for platform in platforms)
    return f"No platform is configured. Set in the environment, {needed}. Without any: anbot try"
