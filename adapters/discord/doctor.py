"""What `anbot doctor` asks Discord: whether it takes the token and has the intent, and what the bot
may do where digests go.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import groupby
from types import SimpleNamespace
from typing import Final

import aiohttp
import discord

from adapters.discord.login import logged_in
from adapters.discord.permissions import lacking_for_digests
from adapters.discord.run import as_bot_errors
from adapters.discord.settings import DiscordSettings
from bot.app import Store
from bot.model.digests import Subscription
from bot.model.findings import Finding, bad, clock_finding, ok, warn
from bot.runtime.clock import Clock

_MOST: Final = 100
"""Subscriptions whose channels are looked at, so that Discord's limits are kept to."""
_ASK: Final = "Copy the id again, in Developer Mode; or let the bot see the channel."
_NO_INTENT: Final = "DISCORD_MESSAGE_CONTENT is on, but Discord does not let the bot read all messages"
_SWITCH: Final = (
    "Switch Message Content Intent on, on the Bot page of your application, or leave the variable out."
)


async def check(settings: DiscordSettings, store: Store, clock: Clock) -> Sequence[Finding]:
    """The findings. Raises InputError for a token that Discord refuses, Unavailable if it cannot be reached."""
    dates: list[str] = []
    with as_bot_errors():
        async with logged_in(settings, _noting_dates(dates)) as client:
            findings = [*_access(settings, await client.application_info())]
            findings += clock_finding("Discord", dates[-1] if dates else "", clock())
            findings += [each async for each in _operator(client, settings.operator)]
            return findings + [each async for each in _channels(client, await store.subscriptions.all())]


def _noting_dates(dates: list[str]) -> aiohttp.TraceConfig:
    """A trace that keeps the time of each answer by Discord's clock."""

    async def ended(
        _: aiohttp.ClientSession, __: SimpleNamespace, answer: aiohttp.TraceRequestEndParams
    ) -> None:
        dates.append(answer.response.headers.get("Date", ""))

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace


def _access(settings: DiscordSettings, application: discord.AppInfo) -> Iterator[Finding]:
    yield ok("Discord takes the token in DISCORD_TOKEN")
    flags = application.flags
    allowed = flags.gateway_message_content or flags.gateway_message_content_limited
    if settings.message_content and not allowed:
        yield bad(_NO_INTENT, _SWITCH)


async def _operator(client: discord.Client, operator: str) -> AsyncIterator[Finding]:
    """A finding if nobody can be told what fails for long."""
    if not operator:
        return
    for fetch in (client.fetch_channel, client.fetch_user):
        try:
            await fetch(int(operator))
        except (discord.NotFound, discord.Forbidden):
            continue
        return
    yield warn(f"DISCORD_OPERATOR is {operator}, which is no channel that the bot sees and no person", _ASK)


async def _channels(client: discord.Client, subscriptions: Iterable[Subscription]) -> AsyncIterator[Finding]:
    """What is lacking where active subscriptions are; one finding if nothing is."""
    active = [each for each in subscriptions if each.place.platform == "discord" and not each.paused]
    lacking = False
    for server, here in groupby(active[:_MOST], key=lambda each: each.place.server):
        async for finding in _in_server(client, server, list(here)):
            lacking = True
            yield finding
    if len(active) > _MOST:
        yield warn(f"{len(active) - _MOST} more digests on Discord were not looked at", "It would take long.")
    if active and not lacking:
        yield ok(
            f"The bot may post all that is wanted of it on Discord ({min(len(active), _MOST)} looked at)"
        )


async def _in_server(
    client: discord.Client, server: str, subscriptions: Sequence[Subscription]
) -> AsyncIterator[Finding]:
    try:
        guild = await client.fetch_guild(int(server), with_counts=False)
        me = await guild.fetch_member(client.application_id or 0)
    except (discord.NotFound, discord.Forbidden):
        yield warn(
            f"The bot is no member of Discord server {server}, which wants digests", "Invite it again there."
        )
        return
    for each in subscriptions:
        where = f"Discord channel {each.place.channel} of {server}"
        try:
            missing = await _missing(guild, me, each)
        except (discord.NotFound, discord.Forbidden) as error:
            yield warn(f"{where} wants digests, but it is deleted or hidden ({error.text})", _ADVICE)
            continue
        if missing:
            yield warn(f"{where} wants digests, but the bot lacks {' and '.join(missing)}", _ADVICE)


_ADVICE: Final = "Whoever manages the channel can allow it; `/digest stop` there ends the digest."


async def _missing(guild: discord.Guild, me: discord.Member, subscription: Subscription) -> tuple[str, ...]:
    channel = await guild.fetch_channel(int(subscription.place.channel))
    inside = isinstance(channel, discord.Thread)
    around = await guild.fetch_channel(channel.parent_id) if isinstance(channel, discord.Thread) else channel
    if isinstance(around, discord.Thread):
        return ()  # threads are in no threads
    return lacking_for_digests(
        around.permissions_for(me),
        inside=inside,
        threads=subscription.options.thread,
        forum=isinstance(around, discord.ForumChannel) and not inside,
    )
