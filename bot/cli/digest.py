"""`anbot digest`: what an operator sees of digests, and can start."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import click

from bot.app import App, Store
from bot.cli import options
from bot.digests import plain_text
from bot.digests.compose import parts_of
from bot.digests.forecast import MONTH, Forecast, forecast
from bot.digests.schedule import format_moment
from bot.digests.wording import NAMES, what
from bot.errors import InputError
from bot.model.digests import Delivery, Digest, DigestOptions, Subscription
from bot.model.places import Place

_ROOM: Final = 4000
_LOGGED: Final = 50


@click.group("digest")
def command() -> None:
    """Show what digests would say, what is due, and what was posted."""


@command.command("preview")
@click.argument("number", required=False, type=click.IntRange(min=1), metavar="[N]")
@click.option("--highlights", is_flag=True, help="Only what the newsletter highlighted.")
@click.option("--full", is_flag=True, help="With the texts, not only headlines.")
@options.database
@click.pass_obj
def preview(app: App, number: int | None, highlights: bool, full: bool, database: Path | None) -> None:  # noqa: FBT001 - click's flags
    """Print the digest of issue N, or of the newest."""
    asyncio.run(_preview(app, number, DigestOptions(highlights=highlights, full=full), database))


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
def due(app: App, days: int, database: Path | None) -> None:
    """Show what would be posted where and when; nothing is posted."""
    asyncio.run(_due(app, days, database))


@command.command("send-now")
@click.argument("subscription", metavar="ID")
@options.database
@click.pass_obj
def send_now(app: App, subscription: str, database: Path | None) -> None:
    """Make a weekly digest due at once; the running bot posts it within seconds.

    `anbot digest due` shows the IDs.
    """
    asyncio.run(_send_now(app, subscription, database))


@command.command("log")
@options.database
@click.pass_obj
def log(app: App, database: Path | None) -> None:
    """Show what was posted, what waits, and what failed and why, newest first."""
    asyncio.run(_log(app, database))


async def _preview(app: App, number: int | None, options: DigestOptions, database: Path | None) -> None:
    async with app.reading(database) as store:
        numbers = await store.library.numbers()
        chosen = number or (numbers[-1] if numbers else 0)
        issue = await store.library.issue(chosen)
        if issue is None:
            raise InputError(f"There is no AN #{chosen} in the database. `anbot index` adds issues.")
        anybody = Subscription(
            id="preview",
            place=Place(platform="console", server=""),
            options=options,
            by="",
            by_name="",
        )
        parts = parts_of(Digest(subscription=anybody, issues=(issue,)), _ROOM, plain_text.write)
        if not parts:
            raise InputError(f"AN #{chosen} has nothing to post with these options.")
        click.echo("\n".join(plain_text.text_of(part) for part in parts), nl=False)


async def _due(app: App, days: int, database: Path | None) -> None:
    async with _existing_store(app, database) as store:
        now = app.clock()
        forecasts = await forecast(store.library, store, now, now + timedelta(days=days))
        for each in forecasts:
            click.echo(_forecast_line(each, app))
        waiting = [each for each in await store.subscriptions.all() if each.options.slot is None]
        for subscription in waiting:
            state = f"paused: {subscription.paused}" if subscription.paused else "as new issues appear"
            click.echo(f"{subscription.id}  {_place(subscription.place)}  {state}")
        if not forecasts and not waiting:
            click.echo("Nothing is due: there are no subscriptions, or all are paused.")


async def _send_now(app: App, id_: str, database: Path | None) -> None:
    async with _existing_store(app, database) as store:
        subscription = next((each for each in await store.subscriptions.all() if each.id == id_), None)
        if subscription is None:
            raise InputError(f"There is no subscription “{id_}”. `anbot digest due` lists them.")
        if subscription.paused:
            raise InputError(
                f"{id_} is paused ({subscription.paused}). Type /digest resume in its channel first."
            )
        if subscription.options.slot is None:
            raise InputError(
                f"{id_} posts each issue as it appears; only a weekly digest has an hour to wait for."
            )
        if not await store.subscriptions.change(replace(subscription, due=app.clock())):
            raise InputError(f"{id_} was changed at the same time. Try again.")
        click.echo(f"{id_} is due now: {_place(subscription.place)}. A running bot posts it within seconds.")


async def _log(app: App, database: Path | None) -> None:
    async with _existing_store(app, database) as store:
        deliveries = await store.outbox.log(None, _LOGGED)
        for delivery in deliveries:
            click.echo(_logged_line(delivery))
        if not deliveries:
            click.echo("Nothing was posted yet.")


def _forecast_line(each: Forecast, app: App) -> str:
    subscription, slot = each.subscription, each.subscription.options.slot
    issues = " ".join(f"AN #{number}" for number in each.issues) or "what is new by then"
    when = format_moment(slot, each.at, app.clock()) if slot else "now"
    return "  ".join(
        (
            f"{each.at:%Y-%m-%d %H:%M} UTC",
            subscription.id,
            _place(subscription.place),
            f"{NAMES[subscription.options.kind]}: {issues}",
            f"({when}; {what(subscription.options, subscription.place)})",
        )
    )


def _logged_line(delivery: Delivery) -> str:
    moment = delivery.settled or delivery.planned
    problem = f": {delivery.problem}" if delivery.problem else ""
    return (
        f"{moment:%Y-%m-%d %H:%M:%S} UTC  {delivery.id}  {_place(delivery.place)}  "
        f"{delivery.title}  part {delivery.part} of {delivery.parts}  {delivery.state}{problem}"
    )


def _place(place: Place) -> str:
    return "/".join(part for part in (place.platform, place.server, place.channel) if part)


@asynccontextmanager
async def _existing_store(app: App, database: Path | None) -> AsyncIterator[Store]:
    """The database with the subscriptions. Raises InputError if there is none."""
    path = app.database(database)
    if not path.exists():
        raise InputError(f"There is no database {path} yet. `anbot run` or `anbot index` makes one.")
    async with app.open_store(path, clock=app.clock) as store:
        yield store
