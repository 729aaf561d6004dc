"""`anbot sync`: ask all sources once, now."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bot.cli import options
from bot.cli.interrupting import INTERRUPTED, interruptible
from bot.cli.polling import sync_of
from bot.cli.progress import progress
from bot.errors import InputError
from bot.markdown import printable
from bot.sources import expand, standing
from bot.sync.outcome import Failed, Indexed, Outcome
from bot.sync.wording import fresh_line, line_of
from bot.wiring import Wiring


@click.command("sync")
@options.database
@click.argument("source", nargs=-1)
@click.pass_obj
def command(wiring: Wiring, database: Path | None, source: tuple[str, ...]) -> None:
    """Ask where the newsletter appears for what is new, now.

    Each SOURCE is an address, a file, a folder or a pattern; without any,
    $ANBOT_SOURCES says what is asked. What has not changed is not fetched
    again. `anbot run` does the same by itself, about once an hour.
    """
    expand(source)
    named = source or wiring.settings.sources
    if not named:
        raise InputError("There is nothing to ask: ANBOT_SOURCES is empty. Name a source, or set it.")
    outcomes, stopped = asyncio.run(_sync(wiring, database, named))
    for outcome in outcomes:
        for line in _lines(outcome):
            click.echo(printable(line), err=isinstance(outcome, Failed))
    if stopped:
        click.echo("Stopped. What is listed above is kept; the rest was not touched.", err=True)
        sys.exit(INTERRUPTED)
    sys.exit(any(isinstance(outcome, Failed) for outcome in outcomes))


async def _sync(
    wiring: Wiring, database: Path | None, named: Sequence[str]
) -> tuple[Sequence[Outcome], bool]:
    path = wiring.database(database)
    async with wiring.open_store(path, clock=wiring.clock) as store:
        with interruptible() as interrupted, progress(len(standing(named)), sys.stderr) as step:
            sync = sync_of(wiring, store, named)
            outcomes = await sync.round(wiring.clock(), force=True, step=step, stopped=interrupted)
            return outcomes, interrupted()


def _lines(outcome: Outcome) -> Iterator[str]:
    from bot.cli.report import lines_of  # noqa: PLC0415 - only where something was taken in

    if not isinstance(outcome, Indexed):
        yield line_of(outcome)
        return
    yield from lines_of(outcome.report)
    if outcome.fresh:
        yield f"  {fresh_line(outcome.fresh)}"
