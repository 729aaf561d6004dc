"""`anbot sync`: ask all sources once, now."""

import asyncio
import random
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from bot.app import App, Store
from bot.cli import options
from bot.cli.terminal import INTERRUPTED, interruptible, progress
from bot.errors import InputError
from bot.ports import DatabaseName
from bot.sources.named import expand, standing
from bot.sources.outcome import Failed, Indexed, Outcome, fresh_line, line_of
from bot.text.markdown import printable

if TYPE_CHECKING:
    from bot.sources.poller import Poller


@click.command("sync")
@options.database
@click.argument("source", nargs=-1, shell_complete=options.files)
@click.pass_obj
def command(app: App, database: DatabaseName | None, source: tuple[str, ...]) -> None:
    """Ask all sources for what is new, now.

    Each SOURCE is an address, a file, a folder or a pattern; without any, those of
    $ANBOT_SOURCES. What has not changed is not fetched again. `anbot run` does the
    same by itself, about once an hour.
    """
    expand(source)
    named = source or app.settings.sources
    if not named:
        raise InputError("There is nothing to ask: ANBOT_SOURCES is empty. Name a source, or set it.")
    outcomes, stopped = asyncio.run(_sync(app, database, named))
    for outcome in outcomes:
        for line in _lines(outcome):
            click.echo(printable(line), err=isinstance(outcome, Failed))
    if stopped:
        click.echo("Stopped. What is listed above stays; the rest was not touched.", err=True)
        sys.exit(INTERRUPTED)
    sys.exit(any(isinstance(outcome, Failed) for outcome in outcomes))


async def _sync(
    app: App, database: DatabaseName | None, named: Sequence[str]
) -> tuple[Sequence[Outcome], bool]:
    path = app.database(database)
    async with app.open_store(path, clock=app.clock) as store:
        with interruptible() as interrupted, progress(len(standing(named)), sys.stderr) as step:
            sync = sync_of(app, store, named)
            outcomes = await sync.round(store.clock(), force=True, step=step, stopped=interrupted)
            return outcomes, interrupted()


def _lines(outcome: Outcome) -> Iterator[str]:
    from bot.cli.index_report import lines_of

    if not isinstance(outcome, Indexed):
        yield line_of(outcome)
        return
    yield from lines_of(outcome.report)
    if outcome.fresh:
        yield f"  {fresh_line(outcome.fresh)}"


def sync_of(app: App, store: Store, named: Sequence[str]) -> "Poller":
    """The poller that keeps the store up to date with the named sources."""
    # ruff: noqa: PLC0415 - the network is slow to load, and no other command needs it
    from bot.sources.http import UNGUARDED, Bounds
    from bot.sources.obtain import obtaining
    from bot.sources.poller import Poller

    return Poller(
        named,
        archive=store.archive,
        library=store.library,
        states=store.sources,
        obtain=obtaining(UNGUARDED if app.settings.allow_private else Bounds()),
        clock=app.clock_of(store),
        rng=random.SystemRandom(),
    )
