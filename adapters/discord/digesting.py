"""What `/digest` and the buttons of digests do."""

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import discord

from adapters.discord.digest_buttons import choice
from adapters.discord.digest_card import parts_on_cards
from adapters.discord.digest_options import Options, clash_in, wish_of
from adapters.discord.digest_screens import preview_screen, told_screens, with_note
from adapters.discord.digest_spots import Ask
from adapters.discord.front import Front
from adapters.discord.lists import missed
from adapters.discord.notices import tell_subscriber
from adapters.discord.payload import payload_of
from adapters.discord.replies import Interaction, answer, beside, in_time, think, update
from adapters.discord.screens import Screen
from adapters.discord.where import channel_link, may_manage, where_of
from bot.chat.spots import Spot, View
from bot.digests.desk import DigestDesk, Person, Told
from bot.digests.values import Kind, Subscription, Wish
from bot.digests.wording import described
from bot.spans import Span, plain_block
from bot.types import Where

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

    where: Where
    wish: Wish
    by: Person
    until: datetime


class Digesting:
    """Does what is asked about digests, and answers who asks alone."""

    def __init__(self, client: discord.Client, front: Front) -> None:
        self._client = client
        self._front = front
        self._library = front.looking.desk.library
        self._desk = DigestDesk(self._library, front.outbox, front.clock, self._label, front.sources)
        self._questions: OrderedDict[str, _Question] = OrderedDict()

    async def managed(self, interaction: Interaction, doing: Callable[[Where], Awaitable[Told]]) -> None:
        """Do what only those may ask who manage the channel or the server."""

        async def done() -> Sequence[Screen]:
            return told_screens(await doing(where_of(interaction)))

        await self._answer(interaction, done)

    @property
    def desk(self) -> DigestDesk:
        """Where subscriptions are changed."""
        return self._desk

    async def here(self, interaction: Interaction, options: Options, problem: str, note: str) -> None:
        """Subscribe the channel, or ask whether to change what it has. A `problem` is
        why not, a `note` something to know.
        """
        token = secrets.token_hex(8)

        async def done() -> Sequence[Screen]:
            if told := problem or clash_in(options):
                return (missed(told),)
            screens = told_screens(
                await self._subscribe(where_of(interaction), options, _person(interaction), token)
            )
            return (with_note(screens[0], note), *screens[1:])

        await self._answer(interaction, done, token)

    async def _subscribe(self, where: Where, options: Options, by: Person, token: str) -> Told:
        zone = f"discord.zone.{where.server}"
        sections = {step for found in await self._library.sections() for step in found.path}
        wish = wish_of(options, await self._front.ledger.recall(zone) or _UTC, sections)
        told = await self._desk.here(where, wish, by)
        if told.existing:
            self._remember(
                token, _Question(where=where, wish=wish, by=by, until=self._front.clock() + _PATIENCE)
            )
        if options.zone and wish.slot and (told.ok or told.existing):
            await self._front.ledger.remember(zone, wish.slot.zone)
        return told

    async def preview(self, interaction: Interaction, kind: Kind | None) -> None:
        """Show who asks the first part of what would come next."""

        async def done() -> Sequence[Screen]:
            where = where_of(interaction)
            found = await self._front.outbox.subscriptions(where)
            if any(kind in {None, each.wish.kind} for each in found):
                digest = await self._desk.preview(where, kind)
            else:
                digest = await self._desk.preview_of(self._example(where, kind or Kind.NEWS))
            if isinstance(digest, Told):
                return told_screens(digest)
            return (preview_screen(digest, parts_on_cards(digest)),)

        await self._answer(interaction, done)

    async def asked(self, interaction: Interaction, ask: Ask, name: str) -> None:
        """Do what a button or a menu of a digest says."""
        match ask:
            case Ask.ENTRY:
                await self._open(interaction, Spot(view=View.TEXT, target=name))
            case Ask.ISSUE:
                await self._open(interaction, Spot(view=View.ISSUE, target=name))
            case Ask.ABOUT:
                await self._front.show(interaction, lambda _: self._about(interaction, name), private=True)
            case Ask.CHANGE | Ask.KEEP:
                await self._decided(interaction, name, change=ask is Ask.CHANGE)

    async def closed(self, where: Where, reason: str) -> None:
        """Pause all of a place that is gone, and tell who subscribed."""
        with self._front.busy():
            found = [each for each in await self._front.outbox.subscriptions(where) if not each.paused]
            if found and await self._front.outbox.pause_all(where, reason):
                for subscription in found:
                    await tell_subscriber(self._client, subscription, reason)

    async def _open(self, interaction: Interaction, spot: Spot) -> None:
        """A copy for who asks, whatever stands in the channel."""
        await self._front.show(interaction, lambda held: self._front.looking.at(spot, held), private=True)

    async def _about(self, interaction: Interaction, name: str) -> Screen:
        here = Where(platform="discord", server=str(interaction.guild_id or ""))
        found = [each for each in await self._front.outbox.subscriptions(here) if each.id == name]
        if not found:
            return missed(_ENDED)
        blocks = (*described(found[0], self._front.clock()), plain_block(_ENDING))
        return told_screens(Told(title="About this digest", blocks=blocks))[0]

    async def _decided(self, interaction: Interaction, token: str, *, change: bool) -> None:
        async def done() -> Screen:
            question = self._questions.pop(token, None)
            if question is None or question.until < self._front.clock():
                return missed(_FORGOTTEN)
            if not change:
                return told_screens(Told(title="Left as it was"))[0]
            if not may_manage(interaction):
                return missed(_NOT_YOURS)
            return told_screens(
                await self._desk.here(question.where, question.wish, question.by, change=True)
            )[0]

        async with self._front.serving(interaction):
            screen = await in_time(done(), interaction.response.defer)
            await update(interaction, payload_of(screen, owner=interaction.user.id, private=True))

    async def _answer(self, interaction: Interaction, doing: Doing, token: str = "") -> None:
        """Tell who asks, if they may; below a question stands what it can be answered with."""

        async def done() -> Sequence[Screen]:
            return (missed(refused),) if (refused := self._refusal(interaction)) else await doing()

        async with self._front.serving(interaction):
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
        now = self._front.clock()
        for old in [name for name, asked in self._questions.items() if asked.until < now]:
            del self._questions[old]
        self._questions[token] = question

    def _example(self, where: Where, kind: Kind) -> Subscription:
        """What a channel without any would get by `/digest here`."""
        return Subscription(
            id="preview",
            where=where,
            wish=Wish(kind=kind),
            by="",
            by_name="",
            since=self._front.clock(),
            upcoming=1,
        )

    def _label(self, where: Where) -> Span:
        guild = self._client.get_guild(int(where.server))
        channel = guild.get_channel_or_thread(int(where.channel)) if guild else None
        return Span(text=f"#{channel.name}" if channel else "a channel", url=channel_link(where))


def _person(interaction: Interaction) -> Person:
    return Person(id=str(interaction.user.id), name=interaction.user.display_name)
