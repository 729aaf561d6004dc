"""What `/digest` and the buttons of digests do."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import discord

from adapters.discord.channel_names import ChannelNames
from adapters.discord.custom_ids import ButtonAction
from adapters.discord.destination import UNSEEN, Destination, destination_of
from adapters.discord.digest_cards import preview_card, split
from adapters.discord.digest_message import digest_parts
from adapters.discord.interactions import Interactions
from adapters.discord.notices import notify_subscriber
from adapters.discord.render import payload_of
from adapters.discord.responses import Interaction, answer, beside, in_time, think
from adapters.discord.subscribing import MakeCards, Subscribing
from bot.cards.card import Card, state_card
from bot.cards.routes import Verb, picked
from bot.digests.reports import Names, Reports
from bot.digests.subscriptions import Subscriptions
from bot.digests.wording import ABOUT, ENDED
from bot.model.digests import DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.text.rich_text import plain_block

_NOT_HERE: Final = (
    "I am not a member of this server, so I cannot post here. `/digest` works once I am invited."
)
_ENDING: Final = (
    "Members who can manage this channel can pause it with /digest pause and end it with /digest stop."
)


class Digests:
    """Does what `/digest` and the buttons of digests ask, and answers the asker alone."""

    VERBS: Final = frozenset({Verb.OPEN, Verb.ABOUT, Verb.CHANGE, Verb.KEEP, Verb.FORM})

    def __init__(self, client: discord.Client, interactions: Interactions) -> None:
        self._client = client
        self._interactions = interactions
        self._library = interactions.presenter.lookup.library
        self._names = names = ChannelNames(client)
        store, clock = interactions.services.store, interactions.clock
        self.subscriptions = Subscriptions(self._library, store, clock, names.tag)
        self.reports = Reports(
            store,
            clock,
            Names(label=names.label, link=names.message_link, tag=names.tag),
            interactions.sources,
        )
        self.subscribing = Subscribing(interactions, self.subscriptions, self.answer)

    async def manage(
        self,
        interaction: Interaction,
        doing: Callable[[Place], Awaitable[Card]],
        channel: int | None = None,
    ) -> None:
        """Do something that only managers of the channel or the server may, and show its card.

        It is about the channel of that id, that of the interaction if it is None.
        """

        async def made(there: Destination) -> Sequence[Card]:
            await self._names.learn(await self._interactions.subscriptions.of(_server(there.place)))
            return split(await doing(there.place))

        await self.answer(interaction, made, channel)

    async def preview(
        self, interaction: Interaction, kind: DigestKind | None, channel: int | None = None
    ) -> None:
        """Show the asker the first part of the next digest."""

        async def made(there: Destination) -> Sequence[Card]:
            subscriptions = await self._interactions.subscriptions.of(there.place)
            if any(kind in {None, each.options.kind} for each in subscriptions):
                digest = await self.subscriptions.preview(there.place, kind)
            else:
                digest = await self.subscriptions.preview_of(_example(there.place, kind or DigestKind.NEWS))
            return (digest,) if isinstance(digest, Card) else (preview_card(digest, digest_parts(digest)),)

        await self.answer(interaction, made, channel)

    async def act(self, interaction: Interaction, action: ButtonAction, value: str) -> None:
        """Do the action of a button or a menu of a digest; `value` is what was picked."""
        match action.verb:
            case Verb.ABOUT:
                await self._interactions.show(
                    interaction, lambda _: self._about(interaction, action.route.target), private=True
                )
            case Verb.CHANGE | Verb.KEEP:
                await self.subscribing.decide(interaction, action)
            case Verb.FORM:
                await self.subscribing.reopen(interaction, action.route.target)
            case _:
                route = picked(action.route, value) if value else action.route
                await self._interactions.show(
                    interaction,
                    lambda preferences: self._interactions.presenter.card_at(route, preferences),
                    private=True,
                )

    async def closed(self, place: Place, reason: str) -> None:
        """Pause all digests of a place that is gone, and notify their subscribers."""
        with self._interactions.busy():
            subscriptions = [
                each for each in await self._interactions.subscriptions.of(place) if not each.paused
            ]
            if subscriptions and await self._interactions.subscriptions.pause_all(place, reason):
                for subscription in subscriptions:
                    await notify_subscriber(self._client, subscription, reason)

    async def _about(self, interaction: Interaction, id_: str) -> Card:
        here = Place(platform="discord", server=str(interaction.guild_id or ""))
        blocks = await self.reports.about(here, id_)
        if not blocks:
            return state_card(ENDED, missed=True)
        return Card(title=ABOUT, body=(*blocks, plain_block(_ENDING)), private=True)

    async def answer(
        self,
        interaction: Interaction,
        make_cards: MakeCards,
        channel: int | None,
    ) -> None:
        """Answer the asker, or refuse: what is done in the channel is for its managers."""

        async def made() -> Sequence[Card]:
            if self._client.get_guild(interaction.guild_id or 0) is None:
                return (state_card(_NOT_HERE, missed=True),)
            there = destination_of(interaction, channel)
            if there is None:
                return (state_card(UNSEEN, missed=True),)
            if there.refusal:
                return (state_card(there.refusal, missed=True),)
            return await make_cards(there)

        async with self._interactions.serving(interaction):
            first, *others = await in_time(made(), lambda: think(interaction, private=True))
            await answer(
                interaction, payload_of(first, owner=interaction.user.id, private=True), private=True
            )
            for card in others:
                await beside(interaction, payload_of(card, owner=0, private=True), private=True)


def _example(place: Place, kind: DigestKind) -> Subscription:
    """What a channel without a subscription would get."""
    return Subscription(
        id="preview", place=place, options=DigestOptions(kind=kind), by="", by_name="", upcoming=1
    )


def _server(place: Place) -> Place:
    return Place(platform=place.platform, server=place.server)
