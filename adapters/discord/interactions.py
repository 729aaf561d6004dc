"""The one way in for interactions: asks, answers in time, and tells what went wrong."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from adapters.discord.button_actions import press
from adapters.discord.custom_ids import ButtonAction
from adapters.discord.errors import tell
from adapters.discord.payload import payload_of
from adapters.discord.permissions import lacking, note_on, place_of
from adapters.discord.presenter import Presenter
from adapters.discord.responses import Interaction, answer, in_time, think
from adapters.discord.screens import Screen
from bot.app import Services
from bot.lookup.requests import Request
from bot.model.places import Preferences
from bot.runtime.dedupe import Seen
from bot.runtime.in_flight import InFlight

Showing = Callable[[Preferences], Awaitable[Screen]]
"""Makes a screen for a place with those preferences."""


class Interactions(InFlight):
    """Answers interactions, and knows how many it is busy with."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.ledger = services.ledger
        self.linked_replies = services.linked_replies
        self.outbox = services.outbox
        self.sources = services.sources
        self.clock = services.clock
        self.presenter = Presenter(services.lookup, services.clock)
        self.once = Seen()

    async def ask(self, interaction: Interaction, request: Request) -> None:
        """Answer a command: a clear answer to all, anything else to who asked."""
        await self.show(interaction, lambda held: self.presenter.asked(request, held))

    async def show(self, interaction: Interaction, showing: Showing, *, private: bool = False) -> None:
        """Answer with the screen that `showing` makes; if `private`, always to who asked."""
        async with self.serving(interaction):
            await self._show(interaction, showing, always_private=private)

    async def press(self, interaction: Interaction, pressed: ButtonAction, value: str) -> None:
        """Do what a button or a menu says; `value` is what was picked."""
        async with self.serving(interaction):
            await press(interaction, pressed, value, self.presenter, self.ledger, self.once)

    @asynccontextmanager
    async def serving(self, interaction: Interaction) -> AsyncIterator[None]:
        """Whatever goes wrong inside is told to the person; `drained` waits for it."""
        with self.busy():
            try:
                yield
            except Exception as error:  # noqa: BLE001 - the one place where every error becomes an answer
                await tell(interaction, error)

    async def _show(self, interaction: Interaction, showing: Showing, *, always_private: bool) -> None:
        discreet = True  # until the place's preferences are known

        async def made() -> Screen:
            nonlocal discreet
            held = await self.ledger.preferences(place_of(interaction))
            discreet = always_private or bool(held.private)
            return await showing(held)

        async def defer() -> None:
            await think(interaction, private=discreet)

        screen = await in_time(made(), defer)
        missing = () if screen.private or discreet else lacking(interaction)
        private = screen.private or discreet or bool(missing) or interaction.extras.get("private", False)
        payload = payload_of(screen, owner=interaction.user.id, private=private, note=note_on(missing))
        await answer(interaction, payload, private=private)
