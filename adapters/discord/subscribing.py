"""Subscribing channels to digests: by options, by a form, and by a question that was confirmed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import discord

from adapters.discord.commands.digest_options import Options, clash_in, new_options, options_of
from adapters.discord.custom_ids import ButtonAction
from adapters.discord.destination import NOT_YOURS, Destination, destination_of
from adapters.discord.digest_cards import form_problem, split
from adapters.discord.digest_modal import FORM, Filled, filled_in, form_of
from adapters.discord.interactions import Interactions
from adapters.discord.render import payload_of
from adapters.discord.responses import Interaction, in_time, update
from bot.cards.card import Card, state_card
from bot.cards.routes import Verb
from bot.digests.subscriptions import Person, Subscriptions
from bot.model.digests import DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.runtime.pending import Pending
from bot.text.rich_text import Block, blocks_of, plain_block

_UTC: Final = "UTC"
_FORGOTTEN: Final = "That question is too old, or I was restarted since. Type `/digest here` again."
_UNREAD: Final = (
    "I lack **Read Message History**: if a connection breaks, I cannot check whether a part arrived, "
    "so I leave it out."
)

MakeCards = Callable[[Destination], Awaitable[Sequence[Card]]]
"""Does something in a channel, and says so in cards."""
Answer = Callable[[Interaction, MakeCards, int | None], Awaitable[None]]
"""Answers the asker with such cards, or refuses; about the channel of that id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """Options that would replace a subscription, until somebody confirms them."""

    destination: Destination
    options: DigestOptions
    by: Person


class Subscribing:
    """Makes and changes subscriptions for those who may."""

    def __init__(self, interactions: Interactions, subscriptions: Subscriptions, answer: Answer) -> None:
        self._interactions = interactions
        self._subscriptions = subscriptions
        self._library = interactions.presenter.lookup.library
        self._answer = answer
        self._questions: Pending[_Question] = Pending(interactions.clock)
        self._drafts: Pending[tuple[Destination, Filled]] = Pending(interactions.clock)

    async def here(
        self,
        interaction: Interaction,
        typed: Options,
        mention: discord.Role | None,
        channel: int | None = None,
    ) -> None:
        """Subscribe the channel, ask whether to replace its subscription, or open the form if no
        option but the kind and the channel was named.
        """
        member = interaction.client.get_guild(interaction.guild_id or 0) is not None
        there = destination_of(interaction, channel) if member else None
        if typed.is_open and there and not (there.refusal or _unpostable(there)):
            async with self._interactions.serving(interaction):
                await self._open_form(interaction, there, typed)
            return

        async def made(there: Destination) -> Sequence[Card]:
            problem = clash_in(typed) or there.problem(
                thread=bool(typed.thread), publish=bool(typed.publish), tags=typed.tags is not None
            )
            tags = there.tags_named(typed.tags) if typed.tags is not None else None
            if (
                sentence := problem
                or (tags if isinstance(tags, str) else "")
                or there.mention_problem(mention)
            ):
                return (state_card(sentence, missed=True),)
            existing = await self._subscriptions.of(there.place, typed.kind)
            options = await self._options(there, typed, existing)
            options = replace(options, tags=tags if isinstance(tags, tuple) else options.tags)
            card = await self._subscribe(there, options, _person(interaction))
            if typed.timezone:
                await self._remember_zone(there, options, card)
            return split(_noted(card, there, interaction))

        await self._answer(interaction, made, channel)

    async def submitted(self, interaction: Interaction) -> None:
        """Take a form that was filled in, or say what is wrong with it."""
        data: Any = interaction.data
        match = FORM.fullmatch(str(data.get("custom_id")))
        if match is None:
            return
        kind, change = DigestKind(match["kind"]), match["change"] == "1"

        async def made(there: Destination) -> Sequence[Card]:
            existing = await self._subscriptions.of(there.place, kind)
            base = existing.options if existing else _new_options(there, kind)
            filled = filled_in(data, there, base, change=change)
            options = filled.read(await self._usual_zone(there.place))
            problem = options if isinstance(options, str) else self._problem(interaction, there, options)
            if isinstance(options, str) or problem or (problem := await self._subscriptions.problem(options)):
                return (form_problem(problem, self._drafts.put((there, filled))),)
            card = await self._subscribe(there, options, _person(interaction), change=change)
            await self._remember_zone(there, options, card)
            return split(_noted(card, there, interaction))

        await self._answer(interaction, made, int(match["channel"]))

    async def decide(self, interaction: Interaction, action: ButtonAction) -> None:
        """Change a subscription, or leave it, as a button says."""

        async def made() -> Card:
            if action.verb is Verb.KEEP:
                return Card(title="Left as it was", private=True)
            question = self._questions.take(action.route.target)
            if question is None:
                return state_card(_FORGOTTEN, missed=True)
            there = destination_of(interaction, int(question.destination.place.channel))
            if there is None or there.refusal:
                return state_card(NOT_YOURS, missed=True)
            return await self._subscribe(there, question.options, question.by, change=True)

        async with self._interactions.serving(interaction):
            card = await in_time(made(), interaction.response.defer)
            await update(interaction, payload_of(card, owner=interaction.user.id, private=True))

    async def _open_form(self, interaction: Interaction, there: Destination, typed: Options) -> None:
        """Open the form of what the channel has, or of a new digest."""
        subscriptions = await self._interactions.subscriptions.of(there.place)
        wanted = {typed.kind} if typed.what else set(DigestKind)
        existing = next((each for each in subscriptions if each.options.kind in wanted), None)
        options = existing.options if existing else await self._options(there, typed, None)
        filled = Filled.in_with(options, change=existing is not None)
        await interaction.response.send_modal(form_of(there, filled, await self._library.sections()))

    async def reopen(self, interaction: Interaction, name: str) -> None:
        """Open the form of that name again, with what was filled in."""
        async with self._interactions.serving(interaction):
            if draft := self._drafts.take(name):
                form = form_of(*draft, await self._library.sections())
                await interaction.response.send_modal(form)
            else:
                card = state_card(_FORGOTTEN, missed=True)
                await update(interaction, payload_of(card, owner=interaction.user.id, private=True))

    async def _options(
        self, there: Destination, typed: Options, existing: Subscription | None
    ) -> DigestOptions:
        sections = {step for section in await self._library.sections() for step in section.path}
        base = existing.options if existing else None
        zone = await self._usual_zone(there.place)
        return options_of(typed, zone, sections, base, new=_new_options(there, typed.kind))

    async def _usual_zone(self, place: Place) -> str:
        """The timezone that was named last in the server."""
        return await self._interactions.memo.recall(_zone_of(place)) or _UTC

    async def _remember_zone(self, there: Destination, options: DigestOptions, card: Card) -> None:
        """The next digest in the server has this timezone if none is named."""
        if options.slot and not card.missed:
            await self._interactions.memo.remember(_zone_of(there.place), options.slot.timezone)

    async def _subscribe(
        self, there: Destination, options: DigestOptions, by: Person, *, change: bool = False
    ) -> Card:
        if problem := there.tag_problem(options.tags):
            return state_card(problem, missed=True)
        result = await self._subscriptions.subscribe(there.place, options, by, change=change)
        if isinstance(result, Card):
            return result
        question = _Question(destination=there, options=options, by=by)
        return self._subscriptions.question(result, self._questions.put(question))

    def _problem(self, interaction: Interaction, there: Destination, options: DigestOptions) -> str:
        """Why a form's options cannot be posted there; "" if they can."""
        guild = interaction.guild
        role = guild.get_role(int(options.mention)) if guild and options.mention else None
        thread = options.thread and there.has_threads
        problem = there.problem(thread=thread, publish=options.publish, tags=bool(options.tags))
        return problem or there.tag_problem(options.tags) or there.mention_problem(role)


def _unpostable(there: Destination) -> str:
    return there.problem(thread=False, publish=False, tags=False)


def _new_options(there: Destination, kind: DigestKind) -> DigestOptions:
    """Of a new digest there, before anything is said of it."""
    return new_options(kind, forum=there.is_forum, announcing=there.is_announcing)


def _noted(card: Card, there: Destination, interaction: Interaction) -> Card:
    """The card, with the channel if it is another one, and with what the bot cannot do there."""
    elsewhere = there.place.channel != str(interaction.channel_id)
    channel = (plain_block(f"In #{there.name}"),) if elsewhere else ()
    note: tuple[Block, ...] = () if there.own.read_message_history else blocks_of(_UNREAD)
    return replace(card, body=(*channel, *card.body, *note))


def _zone_of(place: Place) -> str:
    """The name under which the timezone of a server is remembered."""
    return f"discord.timezone.{place.server}"


def _person(interaction: Interaction) -> Person:
    return Person(id=str(interaction.user.id), name=interaction.user.display_name)
