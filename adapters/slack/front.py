"""The one way in: asks, answers, and tells what went wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.digest_card import channel_label
from adapters.slack.errors import DEAD, error_of, log, logged, sentence
from adapters.slack.incoming import Asker
from adapters.slack.looking import Looking
from adapters.slack.payload import payload_of
from adapters.slack.replies import answer, tell
from adapters.slack.screens import Screen
from bot.chat.busy import Busy
from bot.chat.once import Once
from bot.digests.desk import DigestDesk
from bot.platforms import Service
from bot.requests import Request

_CEILING: Final = 25.0
"""Seconds after which nobody waits any more."""


class Front(Busy):
    """Answers people, and knows how many it is busy with."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.ledger = service.ledger
        self.discussions = service.discussions
        self.outbox = service.outbox
        self.clock = service.clock
        self.digests = DigestDesk(
            service.desk.library, service.outbox, service.clock, channel_label, service.sources
        )
        self.looking = Looking(service.desk, service.clock)
        self.once = Once()

    async def ask(self, client: AsyncWebClient, asker: Asker, request: Request) -> None:
        """Answer a command: a clear answer to all, anything else to who asked."""
        async with self.serving(client, asker):
            held = await self.ledger.preferences(asker.where)
            screen = await self.looking.asked(request, held)
            message = payload_of(screen, owner=asker.user, private=bool(held.private))
            await answer(client, asker, dict(message))

    async def show(self, client: AsyncWebClient, asker: Asker, screen: Screen) -> None:
        """Show the screen to that person alone."""
        message = payload_of(screen, owner=asker.user, private=True)
        await answer(client, asker, dict(message), replace_original=False)

    @asynccontextmanager
    async def serving(self, client: AsyncWebClient, asker: Asker) -> AsyncIterator[None]:
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
                    await tell(client, asker, sentence(error))

    @asynccontextmanager
    async def unasked(self) -> AsyncIterator[None]:
        """Whatever goes wrong inside is for the log alone, for nobody asked."""
        with self.busy():
            try:
                yield
            except Exception as error:  # noqa: BLE001 - as above
                logged(error)
