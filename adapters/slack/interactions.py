"""The one way in: asks, answers, and tells what went wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.digest_message import channel_label
from adapters.slack.errors import DEAD, error_of, log, logged, sentence
from adapters.slack.events import Actor
from adapters.slack.payload import payload_of
from adapters.slack.presenter import Presenter
from adapters.slack.responses import answer, tell
from adapters.slack.screens import Screen
from bot.app import Services
from bot.digests.subscriptions import Subscriptions
from bot.lookup.requests import Request
from bot.runtime.dedupe import Seen
from bot.runtime.in_flight import InFlight

_CEILING: Final = 25.0
"""Seconds after which nobody waits any more."""


class Interactions(InFlight):
    """Answers people, and knows how many it is busy with."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.preferences = services.preferences
        self.linked_replies = services.linked_replies
        self.subscriptions = services.subscriptions
        self.clock = services.clock
        self.digests = Subscriptions(
            services.lookup.library, services, services.clock, channel_label, services.sources
        )
        self.presenter = Presenter(services.lookup, services.clock)
        self.once = Seen()

    async def ask(self, client: AsyncWebClient, actor: Actor, request: Request) -> None:
        """Answer a command: a clear answer to all, anything else to who asked."""
        async with self.serving(client, actor):
            held = await self.preferences.of(actor.place)
            screen = await self.presenter.asked(request, held)
            message = payload_of(screen, owner=actor.user, private=bool(held.private))
            await answer(client, actor, dict(message))

    async def show(self, client: AsyncWebClient, actor: Actor, screen: Screen) -> None:
        """Show the screen to that person alone."""
        message = payload_of(screen, owner=actor.user, private=True)
        await answer(client, actor, dict(message), replace_original=False)

    @asynccontextmanager
    async def serving(self, client: AsyncWebClient, actor: Actor) -> AsyncIterator[None]:
        """Whatever goes wrong inside, or takes half a minute, is told to the person;
        `drained` waits for it.
        """
        with self.busy():
            try:
                async with asyncio.timeout(_CEILING):
                    yield
            except Exception as error:  # noqa: BLE001 - the one place where every error becomes an answer
                if error_of(error) in DEAD:
                    log.warning("a workspace does not let me in any more: %s", error_of(error))
                else:
                    await tell(client, actor, sentence(error))

    @asynccontextmanager
    async def unasked(self) -> AsyncIterator[None]:
        """Whatever goes wrong inside is for the log alone, for nobody asked."""
        with self.busy():
            try:
                yield
            except Exception as error:  # noqa: BLE001 - as above
                logged(error)
