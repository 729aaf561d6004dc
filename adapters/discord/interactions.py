"""The way in for interactions: answers them in time, and reports what goes wrong."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from adapters.discord.button_actions import act
from adapters.discord.custom_ids import ButtonAction
from adapters.discord.errors import report
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.permissions import lacking, note_on, settings_place_of
from adapters.discord.render import payload_of
from adapters.discord.responses import Interaction, answer, in_time, think
from bot.app import Services
from bot.cards.card import Card
from bot.cards.presenter import Presenter
from bot.lookup.requests import Request
from bot.model.places import Preferences
from bot.runtime.in_flight import InFlight
from bot.workers.once import Once

MakeCard = Callable[[Preferences], Awaitable[Card]]
"""Makes a card for a place with those preferences."""


class Interactions(InFlight):
    """Answers interactions, and counts those under way."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.preferences = services.store.preferences
        self.memo = services.store.memo
        self.forgetting = services.store.forgetting
        self.linked_replies = services.store.linked_replies
        self.subscriptions = services.store.subscriptions
        self.sources = services.store.sources
        self.clock = services.clock
        self.linked = services.linked
        self.presenter = Presenter(services.lookup, services.clock, DISCORD_FORMAT, services.pictures)
        self.sharing = Once(services.store.claims, services.clock)
        self.command_ids: Mapping[str, int] = {}

    async def respond(self, interaction: Interaction, request: Request) -> None:
        """Answer a command: a clear answer to all, anything else to the asker."""
        await self.show(interaction, lambda preferences: self.presenter.card_for(request, preferences))

    async def show(self, interaction: Interaction, make_card: MakeCard, *, private: bool = False) -> None:
        """Answer with a card; if `private`, always to the asker alone."""
        async with self.serving(interaction):
            await self._show(interaction, make_card, always_private=private)

    async def act(self, interaction: Interaction, action: ButtonAction, value: str) -> None:
        """Do the action of a button or a menu of a card; `value` is what was picked."""
        async with self.serving(interaction):
            await act(interaction, action, value, self.presenter, self.preferences, self.sharing)

    @asynccontextmanager
    async def serving(self, interaction: Interaction) -> AsyncIterator[None]:
        """Errors inside are reported to the asker; `drained` waits for it."""
        with self.busy():
            try:
                yield
            except Exception as error:  # noqa: BLE001 - the one place where every error becomes an answer
                await report(interaction, error)

    async def _show(self, interaction: Interaction, make_card: MakeCard, *, always_private: bool) -> None:
        discreet = True  # until the place's preferences are known

        async def made() -> Card:
            nonlocal discreet
            preferences = await self.preferences.of(settings_place_of(interaction))
            discreet = always_private or bool(preferences.private)
            return await make_card(preferences)

        async def defer() -> None:
            await think(interaction, private=discreet)

        card = await in_time(made(), defer)
        missing = () if card.private or discreet else lacking(interaction)
        private = card.private or discreet or bool(missing) or interaction.extras.get("private", False)
        payload = payload_of(
            card,
            owner=interaction.user.id,
            private=private,
            note=note_on(missing),
            commands=self.command_ids,
        )
        await answer(interaction, payload, private=private)
