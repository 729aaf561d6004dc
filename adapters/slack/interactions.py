"""Answers what people do on Slack, and says what went wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.digest_message import channel_label, message_link
from adapters.slack.errors import DEAD, error_of, log, logged, sentence
from adapters.slack.events import Actor
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.payload import payload_of
from adapters.slack.pictures import SlackPictures
from adapters.slack.responses import answer, tell
from bot.app import Services
from bot.cards.card import Card
from bot.cards.presenter import Presenter
from bot.digests.reports import Names, Reports
from bot.digests.subscriptions import Subscriptions
from bot.lookup.requests import Request
from bot.model.places import Preferences
from bot.runtime.dedupe import Seen
from bot.runtime.in_flight import InFlight
from bot.runtime.refusals import Refusals
from bot.workers.once import Once

_CEILING: Final = 25.0
"""Seconds after which an answer is given up."""


class Interactions(InFlight):
    """Answers people; knows how many answers are under way."""

    def __init__(self, services: Services, stop: asyncio.Event | None = None) -> None:
        """Once `stop` is set nothing is waited for that nobody asked for."""
        super().__init__()
        self.preferences = services.store.preferences
        self.forgetting = services.store.forgetting
        self.linked_replies = services.store.linked_replies
        self.subscriptions = services.store.subscriptions
        self.clock = services.clock
        self.linked = services.linked
        self.digests = Subscriptions(services.lookup.library, services.store, services.clock)
        names = Names(label=channel_label, link=message_link)
        self.reports = Reports(services.store, services.clock, names, services.store.sources)
        self.presenter = Presenter(services.lookup, services.clock, SLACK_FORMAT)
        self.pictures = SlackPictures(
            services.pictures, services.clock, self.unasked, stop or asyncio.Event()
        )
        self.heard = Seen()
        self.once = Once(services.store.claims if services.store.shared else None, services.clock)
        self.refusals = Refusals(log, "a request")
        self.sharing = Once(services.store.claims, services.clock)

    async def ask(self, client: AsyncWebClient, actor: Actor, request: Request) -> None:
        """Answer a command."""
        async with self.serving(client, actor):
            preferences = await self.preferences.of(actor.place)
            if preferences.channel_name is not None:
                await self.note_channel(actor)
            card = await self.presenter.card_for(request, preferences)
            message_of = partial(payload_of, owner=actor.user, private=bool(preferences.private))
            await self.pictures.answer(client, actor, card, message_of)

    async def note_channel(self, actor: Actor) -> None:
        """Remember what the channel is called if everybody may see it, for the App Home and whoever
        runs the bot.
        """
        known = (await self.preferences.of(actor.place)).channel_name or ""
        if actor.channel_name is not None and actor.channel_name != known:
            await self.preferences.put(actor.place, Preferences(channel_name=actor.channel_name))

    async def show(
        self, client: AsyncWebClient, actor: Actor, card: Card, *, replace_original: bool = False
    ) -> None:
        """Show the card to that person alone."""
        message = payload_of(card, owner=actor.user, private=True)
        await answer(client, actor, message, replace_original=replace_original)

    @asynccontextmanager
    async def serving(self, client: AsyncWebClient, actor: Actor) -> AsyncIterator[None]:
        """Show the person whatever goes wrong inside or takes too long; `drained` waits for it."""
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
        """Log whatever goes wrong inside: nobody asked for anything."""
        with self.busy():
            try:
                yield
            except Exception as error:  # noqa: BLE001 - as above
                logged(error)
