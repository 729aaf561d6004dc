"""`anbot digest`: what an operator sees of digests, and can start and stop."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Final

import click

from bot.app import App, Store
from bot.cli import options
from bot.cli.digest_lines import lines_about
from bot.cli.terminal import say_if_sample
from bot.digests import plain_text
from bot.digests.compose import parts_of
from bot.digests.forecast import MONTH, forecast
from bot.digests.subscriptions import BY_OPERATOR, Subscriptions
from bot.digests.wording import NAMES
from bot.errors import InputError
from bot.model.digests import Digest, DigestOptions, Subscription
from bot.model.places import Place
from bot.ports import DatabaseName

_ROOM: Final = 4000
_LOGGED: Final = 50


@click.group("digest", short_help="Show what is due and what was posted; pause and stop digests.")
def command() -> None:
    """Show what digests would say, what is due and what was posted; pause and stop them."""


@command.command("preview")
@click.argument("number", required=False, type=click.IntRange(min=1), metavar="[N]")
@click.option("--highlights", is_flag=True, help="Only what the newsletter highlighted.")
@click.option("--full", is_flag=True, help="With the texts, not only headlines.")
@options.database
@click.pass_obj
def preview(
    app: App,
    number: int | None,
    highlights: bool,  # noqa: FBT001 - click's flag
    full: bool,  # noqa: FBT001 - as above
    database: DatabaseName | None,
) -> None:
    """Print the digest of issue N, or of the newest."""
    asyncio.run(_preview(app, number, DigestOptions(highlights=highlights, full=full), database))


@command.command("list")
@options.database
@click.pass_obj
def list_(app: App, database: DatabaseName | None) -> None:
    """Show all subscriptions with their IDs, where they are and whether they are active."""
    asyncio.run(_list(app, database))


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
def due(app: App, days: int, database: DatabaseName | None) -> None:
    """Show what would be posted where and when; nothing is posted."""
    asyncio.run(_due(app, days, database))


@command.command("send-now")
@click.argument("subscription", metavar="ID")
@options.database
@click.pass_obj
def send_now(app: App, subscription: str, database: DatabaseName | None) -> None:
    """Make a weekly digest due at once; the running bot posts it within seconds.

    `anbot digest list` shows the IDs.
    """
    asyncio.run(_send_now(app, subscription, database))


def _add_switch(verb: str, about: str) -> None:
    @command.command(verb, help=about)
    @click.argument("subscription", metavar="ID")
    @options.database
    @click.pass_obj
    def switch(app: App, subscription: str, database: DatabaseName | None) -> None:
        asyncio.run(_switch(app, verb, subscription, database))


_add_switch("pause", "Post nothing until the digest is resumed, here or by /digest resume in its channel.")
_add_switch("resume", "Post again. What appeared during a pause that somebody asked for is left out.")
_add_switch("stop", "End the digest for good.")


@command.command("log")
@options.database
@click.pass_obj
def log(app: App, database: DatabaseName | None) -> None:
    """Show what was posted, what waits, and what failed and why, newest first."""
    asyncio.run(_log(app, database))


async def _preview(
    app: App, number: int | None, options: DigestOptions, database: DatabaseName | None
) -> None:
    async with app.reading(database) as store:
        await say_if_sample(store)
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


async def _list(app: App, database: DatabaseName | None) -> None:
    async with app.looking(database) as store:
        subscriptions = await store.subscriptions.all()
        lines = await lines_about(app, store, {each.place for each in subscriptions})
        for each in subscriptions:
            click.echo(lines.subscription(each))
        if not subscriptions:
            click.echo("There are no subscriptions. /digest here makes one, in its channel.")


async def _due(app: App, days: int, database: DatabaseName | None) -> None:
    async with app.looking(database) as store:
        now = app.clock()
        forecasts = await forecast(store.library, store, now, now + timedelta(days=days))
        waiting = [each for each in await store.subscriptions.all() if each.options.slot is None]
        due = [each.subscription for each in forecasts]
        lines = await lines_about(app, store, {each.place for each in (*due, *waiting)})
        for each in forecasts:
            click.echo(lines.forecast(each))
        for subscription in waiting:
            click.echo(lines.waiting(subscription))
        if not forecasts and not waiting:
            click.echo("Nothing is due: there are no subscriptions, or all are paused.")


async def _send_now(app: App, id_: str, database: DatabaseName | None) -> None:
    async with app.looking(database) as store:
        subscription = await _subscription(store, id_)
        if subscription.paused:
            raise InputError(
                f"{id_} is paused ({subscription.paused}). `anbot digest resume {id_}` starts it again."
            )
        if subscription.options.slot is None:
            raise InputError(
                f"{id_} posts each issue as it appears; only a weekly digest has an hour to wait for."
            )
        if not await store.subscriptions.change(replace(subscription, due=app.clock())):
            raise InputError(f"{id_} was changed at the same time. Try again.")
        lines = await lines_about(app, store, {subscription.place})
        click.echo(
            f"{id_} is due now: {lines.place(subscription.place)}. A running bot posts it within seconds."
        )


async def _switch(app: App, verb: str, id_: str, database: DatabaseName | None) -> None:
    async with app.looking(database) as store:
        subscription = await _subscription(store, id_)
        subscriptions = Subscriptions(store.library, store, app.clock)
        place, kind = subscription.place, subscription.options.kind
        done = (
            await subscriptions.pause(place, kind, BY_OPERATOR)
            if verb == "pause"
            else await subscriptions.switch(verb, place, kind)
        )
        if done.missed:
            raise InputError(f"{id_}: {' '.join(block.text for block in done.body)}")
        lines = await lines_about(app, store, {place})
        click.echo(f"{done.title}: {id_}  {lines.place(place)}  {NAMES[kind]}")


async def _subscription(store: Store, id_: str) -> Subscription:
    subscription = next((each for each in await store.subscriptions.all() if each.id == id_), None)
    if subscription is None:
        raise InputError(f"There is no subscription “{id_}”. `anbot digest list` shows all.")
    return subscription


async def _log(app: App, database: DatabaseName | None) -> None:
    async with app.looking(database) as store:
        deliveries = await store.outbox.log(None, _LOGGED)
        lines = await lines_about(app, store, {each.place for each in deliveries})
        for delivery in deliveries:
            click.echo(lines.delivery(delivery))
        if not deliveries:
            click.echo("Nothing was posted yet.")
