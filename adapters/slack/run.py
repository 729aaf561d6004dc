"""Running the bot on Slack until it is stopped."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Final

import msgspec
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import shapes
from adapters.slack.app import app_for
from adapters.slack.auth import access_for, installed, token_of
from adapters.slack.client import BOLT, client_of
from adapters.slack.departures import Departures
from adapters.slack.errors import DEAD, UNREADABLE, as_bot_errors, error_of
from adapters.slack.http import listening
from adapters.slack.interactions import Interactions
from adapters.slack.oauth_store import Installed
from adapters.slack.poster import SlackPoster
from adapters.slack.scopes import grant_of
from adapters.slack.settings import SlackSettings
from bot.app import Services
from bot.digests.runner import DigestRunner
from bot.errors import InputError
from bot.pictures import MISSING
from bot.runtime.gateways import IsUp
from bot.runtime.refusals import errors_noted, unreadable
from bot.runtime.stopping import stopped_within
from bot.workers.shards import Shards

log: Final = logging.getLogger("anbot.slack")

_LAST: Final = 9.0
_SHARDS: Final = 16
"""Groups of workspaces: the digests of each are one worker's."""
PING: Final = 10.0
"""Seconds between pings; a connection without an answer is made anew."""


async def serve(settings: SlackSettings, services: Services, stop: asyncio.Event) -> None:
    """Answer on Slack and post digests until `stop` is set; then finish what is under way, if
    that takes no longer than nine seconds.

    Raises InputError for a token that Slack refuses or a port that is taken,
    Unavailable if Slack cannot be reached.
    """
    await stopped_within(_LAST, _serve(settings, services, stop), stop)


async def _serve(settings: SlackSettings, services: Services, stop: asyncio.Event) -> None:
    pictures = services.pictures if settings.pictures else None
    if settings.pictures and pictures is None:
        log.warning("SLACK_PICTURES is set, but nothing can draw. %s", MISSING)
    interactions = Interactions(replace(services, pictures=pictures), stop)
    with as_bot_errors():
        await check_tokens(settings)
        store = installed(settings, services.store)
        access = access_for(settings, services, store)
        departures = Departures(settings, store, services.store.forgetting, services.clock)
        grant = grant_of(settings)
        app = app_for(interactions, access, departures.goodbye, url=settings.api_url, grant=grant)
        by_socket = bool(settings.app_token)
        connected = (
            _by_socket(app, settings, interactions)
            if by_socket
            else listening(app, settings, services.clock, interactions.refusals)
        )
        async with connected as (how, is_up):
            log.info("ready slack %s", how)
            with services.gateways.serving("slack", is_up):
                await asyncio.gather(_digests(settings, services, store).run(stop), departures.run(stop))
            await interactions.drained()
    await interactions.drained()  # of what came while the connection was being closed


def _digests(settings: SlackSettings, services: Services, store: Installed) -> DigestRunner:
    tokens = token_of(settings, store)

    async def client(team: str) -> AsyncWebClient | None:
        token = await tokens(team)
        return client_of(settings.api_url, token, again=False) if token else None

    poster = SlackPoster(client, services.clock)
    library = services.lookup.library
    return DigestRunner(
        library,
        services.store,
        poster,
        services.clock,
        shards=Shards(services.store.lease, "slack", services.clock, shards=_SHARDS),
        quiet=services.quiet,
        ended=services.delivered,
    )


async def check_tokens(settings: SlackSettings) -> None:
    """Ask Slack if it takes the tokens: bolt would try for ever."""
    if not settings.for_many:
        client = client_of(settings.api_url, settings.bot_token)
        with _refusing("SLACK_BOT_TOKEN", "Copy it again from OAuth & Permissions of your app"):
            await client.auth_test()
    if settings.app_token:
        client = client_of(settings.api_url)
        with _refusing("SLACK_APP_TOKEN", "Make one with connections:write in Basic Information of your app"):
            await client.apps_connections_open(app_token=settings.app_token)


@contextmanager
def _refusing(variable: str, advice: str) -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        if error_of(error) not in DEAD | {"not_allowed_token_type", "missing_scope"}:
            raise
        raise InputError(
            f"Slack does not accept the token in {variable} ({error_of(error)}). {advice} "
            "at https://api.slack.com/apps."
        ) from error


class _SocketModeHandler(AsyncSocketModeHandler):
    """Counts what came as under way until its acknowledgement is sent; refuses what is not as Slack writes it."""

    under_way: Interactions

    async def handle(  # type: ignore[override] # as bolt narrows it
        self, client: SocketModeClient, req: SocketModeRequest
    ) -> None:
        with self.under_way.busy():
            try:
                shapes.check(req.payload)
                await super().handle(client, req)
            except msgspec.ValidationError as error:
                self.under_way.refusals.note(str(error))
                refusal = BoltResponse(status=200, body=UNREADABLE)
                await send_async_response(client, req, refusal, time.time())
            except Exception as error:  # noqa: BLE001 - bolt raises whatever its parsers run into
                self.under_way.refusals.note(unreadable(error))


@asynccontextmanager
async def _by_socket(
    app: AsyncApp, settings: SlackSettings, interactions: Interactions
) -> AsyncIterator[tuple[str, IsUp]]:
    """Connected by Socket Mode inside: how that is called, and whether it is up."""
    handler = _SocketModeHandler(app, settings.app_token, ping_interval=PING)
    handler.under_way = interactions
    with errors_noted(interactions.refusals, BOLT):
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call] # bolt leaves it untyped
            yield "by Socket Mode", handler.client.is_connected
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call] # as above
