"""`anbot digest`: what the operator sees of digests, and can set going."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import click

from bot.cli import options
from bot.digests import plain
from bot.digests.contents import parts_of
from bot.digests.forecast import MONTH, Forecast, forecast
from bot.digests.schedule import told_moment
from bot.digests.values import Delivery, Digest, State, Subscription, Wish
from bot.digests.wording import NAMES, what
from bot.errors import InputError
from bot.types import Where
from bot.wiring import Store, Wiring

_ROOM: Final = 4000
_LOGGED: Final = 50


@click.group("digest")
def command() -> None:
    """See what digests would say, what is due, and what was posted."""


@command.command("preview")
@click.argument("number", required=False, type=click.IntRange(min=1), metavar="[N]")
@click.option("--highlights", is_flag=True, help="Only what the newsletter highlighted.")
@click.option("--full", is_flag=True, help="With the texts, not only headlines.")
@options.database
@click.pass_obj
def preview(wiring: Wiring, number: int | None, highlights: bool, full: bool, database: Path | None) -> None:  # noqa: FBT001 - click's flags
    """Print the digest of issue N, or of the newest."""
    asyncio.run(_preview(wiring, number, Wish(highlights=highlights, full=full), database))


@command.command("due")
@click.option(
    "--days",
    type=click.IntRange(min=1, max=366),
    default=MONTH.days,
    show_default=True,
    help="How far to look ahead.",
)
@options.database
@click.pass_obj
def due(wiring: Wiring, days: int, database: Path | None) -> None:
    """Tell what would be posted where and when; nothing is posted."""
    asyncio.run(_due(wiring, days, database))


@command.command("send-now")
@click.argument("subscription", metavar="ID")
@options.database
@click.pass_obj
def send_now(wiring: Wiring, subscription: str, database: Path | None) -> None:
    """Make a weekly digest due at once; the running bot posts it within seconds.

    IDs are those that `anbot digest due` shows.
    """
    asyncio.run(_send_now(wiring, subscription, database))


@command.command("log")
@options.database
@click.pass_obj
def log(wiring: Wiring, database: Path | None) -> None:
    """Tell what was posted, what waits, what failed and why, the newest first."""
    asyncio.run(_log(wiring, database))


async def _preview(wiring: Wiring, number: int | None, wish: Wish, database: Path | None) -> None:
    async with wiring.reading(database) as store:
        numbers = await store.library.numbers()
        chosen = number or (numbers[-1] if numbers else 0)
        issue = await store.library.issue(chosen)
        if issue is None:
            raise InputError(f"There is no AN #{chosen} in the database. `anbot index` takes issues in.")
        anybody = Subscription(
            id="preview",
            where=Where(platform="console", server=""),
            wish=wish,
            by="",
            by_name="",
            since=wiring.clock(),
        )
        parts = parts_of(Digest(subscription=anybody, issues=(issue,)), _ROOM, plain.write)
        if not parts:
            raise InputError(f"AN #{chosen} has nothing to post with these options.")
        click.echo("\n".join(plain.text_of(part) for part in parts), nl=False)


async def _due(wiring: Wiring, days: int, database: Path | None) -> None:
    async with _kept(wiring, database) as store:
        now = wiring.clock()
        found = await forecast(store.library, store.outbox, now, now + timedelta(days=days))
        for each in found:
            click.echo(_forecast_line(each, wiring))
        waiting = [each for each in await store.outbox.subscriptions() if each.wish.slot is None]
        for subscription in waiting:
            state = f"paused: {subscription.paused}" if subscription.paused else "as new issues appear"
            click.echo(f"{subscription.id}  {_place(subscription.where)}  {state}")
        if not found and not waiting:
            click.echo("Nothing is due: there are no subscriptions, or all are paused.")


async def _send_now(wiring: Wiring, wanted: str, database: Path | None) -> None:
    async with _kept(wiring, database) as store:
        found = [each for each in await store.outbox.subscriptions() if each.id == wanted]
        if not found:
            raise InputError(f"There is no subscription “{wanted}”. `anbot digest due` lists them.")
        (subscription,) = found
        if subscription.paused:
            raise InputError(
                f"{wanted} is paused ({subscription.paused}). /digest resume in its channel first."
            )
        if subscription.wish.slot is None:
            raise InputError(f"{wanted} posts each issue as it appears: nothing waits for an hour.")
        if not await store.outbox.change(replace(subscription, due=wiring.clock())):
            raise InputError(f"{wanted} was changed at the same time. Try again.")
        click.echo(
            f"{wanted} is due now: {_place(subscription.where)}. A running bot posts it within seconds."
        )


async def _log(wiring: Wiring, database: Path | None) -> None:
    async with _kept(wiring, database) as store:
        logged = await store.outbox.log(None, _LOGGED)
        for delivery in logged:
            click.echo(_logged_line(delivery))
        if not logged:
            click.echo("Nothing was posted yet.")


def _forecast_line(each: Forecast, wiring: Wiring) -> str:
    subscription, slot = each.subscription, each.subscription.wish.slot
    issues = " ".join(f"AN #{number}" for number in each.issues) or "what is new by then"
    when = told_moment(slot, each.at, wiring.clock()) if slot else "now"
    return "  ".join(
        (
            f"{each.at:%Y-%m-%d %H:%M} UTC",
            subscription.id,
            _place(subscription.where),
            f"{NAMES[subscription.wish.kind]}: {issues}",
            f"({when}; {what(subscription.wish)})",
        )
    )


def _logged_line(delivery: Delivery) -> str:
    moment = delivery.settled or delivery.planned
    told = f": {delivery.problem}" if delivery.problem and delivery.state is not State.SENT else ""
    return (
        f"{moment:%Y-%m-%d %H:%M:%S} UTC  {delivery.id}  {_place(delivery.where)}  "
        f"part {delivery.part} of {delivery.parts}  {delivery.state}{told}"
    )


def _place(where: Where) -> str:
    return "/".join(part for part in (where.platform, where.server, where.channel) if part)


@asynccontextmanager
async def _kept(wiring: Wiring, database: Path | None) -> AsyncIterator[Store]:
    """The database that subscriptions are in. Raises InputError where there is none."""
    path = wiring.database(database)
    if not path.exists():
        raise InputError(f"There is no database {path} yet. `anbot run` or `anbot index` makes one.")
    async with wiring.open_store(path, clock=wiring.clock) as store:
        yield store
