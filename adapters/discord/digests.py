"""What `/digest` and the buttons of digests do."""

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import discord

from adapters.discord.commands.digest_options import Options, clash_in, options_of
from adapters.discord.digest_buttons import choice
from adapters.discord.digest_message import parts_on_cards
from adapters.discord.digest_screens import preview_screen, told_screens, with_note
from adapters.discord.digest_spots import Ask
from adapters.discord.interactions import Interactions
from adapters.discord.lists import missed
from adapters.discord.payload import payload_of
from adapters.discord.permissions import channel_link, may_manage, place_of
from adapters.discord.poster import tell_subscriber
from adapters.discord.responses import Interaction, answer, beside, in_time, think, update
from adapters.discord.screens import Screen
from bot.cards.routes import Route, View
from bot.digests.subscriptions import Person, Subscriptions, Told
from bot.digests.wording import described
from bot.model.digests import DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.text.rich_text import Span, plain_block

_PATIENCE: Final = timedelta(minutes=10)
_UTC: Final = "UTC"
_NOT_YOURS: Final = "Digests are for members who may manage this channel or this server to see to."
_NOT_HERE: Final = "I am not a member of this server, so I cannot post here. `/digest` needs me invited."
_FORGOTTEN: Final = "You asked that too long ago, or before I was restarted. Use `/digest here` again."
_ENDED: Final = "This digest was stopped; nothing more is posted."
_ENDING: Final = (
    "Members who may manage this channel pause it with /digest pause and end it with /digest stop."
)

Doing = Callable[[], Awaitable[Sequence[Screen]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """A wish that would change what a place has, until somebody says so."""

    place: Place
    options: DigestOptions
    by: Person
    until: datetime


class Digesting:
    """Does what is asked about digests, and answers who asks alone."""

    def __init__(self, client: discord.Client, interactions: Interactions) -> None:
        self._client = client
        self._interactions = interactions
        self._library = interactions.presenter.lookup.library
        self._subscriptions = Subscriptions(
            self._library, interactions.outbox, interactions.clock, self._label, interactions.sources
        )
        self._questions: OrderedDict[str, _Question] = OrderedDict()

    async def managed(self, interaction: Interaction, doing: Callable[[Place], Awaitable[Told]]) -> None:
        """Do what only those may ask who manage the channel or the server."""

        async def done() -> Sequence[Screen]:
            return told_screens(await doing(place_of(interaction)))

        await self._answer(interaction, done)

    @property
    def lookup(self) -> Subscriptions:
        """Where subscriptions are changed."""
        return self._subscriptions

    async def here(self, interaction: Interaction, options: Options, problem: str, note: str) -> None:
        """Subscribe the channel, or ask whether to change what it has. A `problem` is
        why not, a `note` something to know.
        """
        token = secrets.token_hex(8)

        async def done() -> Sequence[Screen]:
            if told := problem or clash_in(options):
                return (missed(told),)
            screens = told_screens(
                await self._subscribe(place_of(interaction), options, _person(interaction), token)
            )
            return (with_note(screens[0], note), *screens[1:])

        await self._answer(interaction, done, token)

    async def _subscribe(self, place: Place, typed: Options, by: Person, token: str) -> Told:
        timezone = f"discord.zone.{place.server}"
        sections = {step for found in await self._library.sections() for step in found.path}
        options = options_of(typed, await self._interactions.ledger.recall(timezone) or _UTC, sections)
        told = await self._subscriptions.here(place, options, by)
        if told.existing:
            self._remember(
                token,
                _Question(place=place, options=options, by=by, until=self._interactions.clock() + _PATIENCE),
            )
        if typed.timezone and options.slot and (told.ok or told.existing):
            await self._interactions.ledger.remember(timezone, options.slot.timezone)
        return told

    async def preview(self, interaction: Interaction, kind: DigestKind | None) -> None:
        """Show who asks the first part of what would come next."""

        async def done() -> Sequence[Screen]:
            place = place_of(interaction)
            found = await self._interactions.outbox.subscriptions(place)
            if any(kind in {None, each.options.kind} for each in found):
                digest = await self._subscriptions.preview(place, kind)
            else:
                digest = await self._subscriptions.preview_of(self._example(place, kind or DigestKind.NEWS))
            if isinstance(digest, Told):
                return told_screens(digest)
            return (preview_screen(digest, parts_on_cards(digest)),)

        await self._answer(interaction, done)

    async def asked(self, interaction: Interaction, ask: Ask, name: str) -> None:
        """Do what a button or a menu of a digest says."""
        match ask:
            case Ask.ENTRY:
                await self._open(interaction, Route(view=View.TEXT, target=name))
            case Ask.ISSUE:
                await self._open(interaction, Route(view=View.ISSUE, target=name))
            case Ask.ABOUT:
                await self._interactions.show(
                    interaction, lambda _: self._about(interaction, name), private=True
                )
            case Ask.CHANGE | Ask.KEEP:
                await self._decided(interaction, name, change=ask is Ask.CHANGE)

    async def closed(self, place: Place, reason: str) -> None:
        """Pause all of a place that is gone, and tell who subscribed."""
        with self._interactions.busy():
            found = [each for each in await self._interactions.outbox.subscriptions(place) if not each.paused]
            if found and await self._interactions.outbox.pause_all(place, reason):
                for subscription in found:
                    await tell_subscriber(self._client, subscription, reason)

    async def _open(self, interaction: Interaction, route: Route) -> None:
        """A copy for who asks, whatever stands in the channel."""
        await self._interactions.show(
            interaction, lambda held: self._interactions.presenter.at(route, held), private=True
        )

    async def _about(self, interaction: Interaction, name: str) -> Screen:
        here = Place(platform="discord", server=str(interaction.guild_id or ""))
        found = [each for each in await self._interactions.outbox.subscriptions(here) if each.id == name]
        if not found:
            return missed(_ENDED)
        blocks = (*described(found[0], self._interactions.clock()), plain_block(_ENDING))
        return told_screens(Told(title="About this digest", blocks=blocks))[0]

    async def _decided(self, interaction: Interaction, token: str, *, change: bool) -> None:
        async def done() -> Screen:
            question = self._questions.pop(token, None)
            if question is None or question.until < self._interactions.clock():
                return missed(_FORGOTTEN)
            if not change:
                return told_screens(Told(title="Left as it was"))[0]
            if not may_manage(interaction):
                return missed(_NOT_YOURS)
            return told_screens(
                await self._subscriptions.here(question.place, question.options, question.by, change=True)
            )[0]

        async with self._interactions.serving(interaction):
            screen = await in_time(done(), interaction.response.defer)
            await update(interaction, payload_of(screen, owner=interaction.user.id, private=True))

    async def _answer(self, interaction: Interaction, doing: Doing, token: str = "") -> None:
        """Tell who asks, if they may; below a question stands what it can be answered with."""

        async def done() -> Sequence[Screen]:
            return (missed(refused),) if (refused := self._refusal(interaction)) else await doing()

        async with self._interactions.serving(interaction):
            first, *others = await in_time(done(), lambda: think(interaction, private=True))
            payload = payload_of(first, owner=interaction.user.id, private=True)
            if token in self._questions:
                payload["view"] = choice(token)
            await answer(interaction, payload, private=True)
            for screen in others:
                await beside(interaction, payload_of(screen, owner=0, private=True), private=True)

    def _refusal(self, interaction: Interaction) -> str:
        if self._client.get_guild(interaction.guild_id or 0) is None:
            return _NOT_HERE
        return "" if may_manage(interaction) else _NOT_YOURS

    def _remember(self, token: str, question: _Question) -> None:
        now = self._interactions.clock()
        for old in [name for name, asked in self._questions.items() if asked.until < now]:
            del self._questions[old]
        self._questions[token] = question

    def _example(self, place: Place, kind: DigestKind) -> Subscription:
        """What a channel without any would get by `/digest here`."""
        return Subscription(
            id="preview",
            place=place,
            options=DigestOptions(kind=kind),
            by="",
            by_name="",
            since=self._interactions.clock(),
            upcoming=1,
        )

    def _label(self, place: Place) -> Span:
        guild = self._client.get_guild(int(place.server))
        channel = guild.get_channel_or_thread(int(place.channel)) if guild else None
        return Span(text=f"#{channel.name}" if channel else "a channel", url=channel_link(place))


def _person(interaction: Interaction) -> Person:
    return Person(id=str(interaction.user.id), name=interaction.user.display_name)
