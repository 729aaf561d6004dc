"""What `/digest` and the buttons of digests do."""

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import discord

from adapters.discord.commands.digest_options import Options, clash_in, options_of
from adapters.discord.custom_ids import ButtonAction
from adapters.discord.digest_message import card_of, digest_parts
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.interactions import Interactions
from adapters.discord.permissions import channel_link, may_manage, place_of
from adapters.discord.poster import notify_subscriber
from adapters.discord.render import payload_of
from adapters.discord.responses import Interaction, answer, beside, in_time, think, update
from bot.cards.card import Card, state_card
from bot.cards.routes import Route, Verb, picked
from bot.digests.compose import Part
from bot.digests.subscriptions import Existing, Person, Subscriptions
from bot.model.digests import Digest, DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.text.paging import pages
from bot.text.rich_text import Span, blocks_of, plain_block

_PATIENCE: Final = timedelta(minutes=10)
_UTC: Final = "UTC"
_NOT_YOURS: Final = "Only members who can manage this channel or this server can manage digests."
_NOT_HERE: Final = (
    "I am not a member of this server, so I cannot post here. `/digest` works once I am invited."
)
_FORGOTTEN: Final = "That question is too old, or I was restarted since. Type `/digest here` again."
_ENDED: Final = "This digest was stopped; nothing more is posted."
_ENDING: Final = (
    "Members who can manage this channel can pause it with /digest pause and end it with /digest stop."
)
_LENGTH: Final = 3800
"""Characters of a long list on one embed."""
_MOST: Final = 5
_CUT: Final = "Older ones do not fit here."

MakeCards = Callable[[], Awaitable[Sequence[Card]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """Options that would replace a subscription, until somebody confirms them."""

    place: Place
    options: DigestOptions
    by: Person
    until: datetime


class Digests:
    """Does what `/digest` and the buttons of digests ask, and answers the asker alone."""

    VERBS: Final = frozenset({Verb.OPEN, Verb.ABOUT, Verb.CHANGE, Verb.KEEP})

    def __init__(self, client: discord.Client, interactions: Interactions) -> None:
        self._client = client
        self._interactions = interactions
        self._library = interactions.presenter.lookup.library
        self.subscriptions = Subscriptions(
            self._library, interactions.services.store, interactions.clock, self._label, interactions.sources
        )
        self._questions: OrderedDict[str, _Question] = OrderedDict()

    async def manage(self, interaction: Interaction, doing: Callable[[Place], Awaitable[Card]]) -> None:
        """Do something that only managers of the channel or the server may, and show its card."""

        async def made() -> Sequence[Card]:
            return split(await doing(place_of(interaction)))

        await self._answer(interaction, made)

    async def here(self, interaction: Interaction, typed: Options, problem: str, note: str) -> None:
        """Subscribe the channel, or ask whether to replace its subscription. A `problem`
        is why not, a `note` is shown below the card, both in Markdown.
        """

        async def made() -> Sequence[Card]:
            if sentence := problem or clash_in(typed):
                return (state_card(sentence, missed=True),)
            card = await self._subscribe(place_of(interaction), typed, _person(interaction))
            return split(replace(card, body=(*card.body, *blocks_of(note))))

        await self._answer(interaction, made)

    async def _subscribe(self, place: Place, typed: Options, by: Person) -> Card:
        name = f"discord.timezone.{place.server}"
        sections = {step for section in await self._library.sections() for step in section.path}
        zone = await self._interactions.memo.recall(name) or _UTC
        existing = await self.subscriptions.of(place, typed.kind)
        options = options_of(typed, zone, sections, existing.options if existing else None)
        result = await self.subscriptions.subscribe(place, options, by)
        if typed.timezone and options.slot and (isinstance(result, Existing) or not result.missed):
            await self._interactions.memo.remember(name, options.slot.timezone)
        if not isinstance(result, Existing):
            return result
        token = secrets.token_hex(8)
        self._remember(token, _Question(place=place, options=options, by=by, until=self._now() + _PATIENCE))
        return self.subscriptions.question(result, token)

    async def preview(self, interaction: Interaction, kind: DigestKind | None) -> None:
        """Show the asker the first part of the next digest."""

        async def made() -> Sequence[Card]:
            place = place_of(interaction)
            subscriptions = await self._interactions.subscriptions.of(place)
            if any(kind in {None, each.options.kind} for each in subscriptions):
                digest = await self.subscriptions.preview(place, kind)
            else:
                digest = await self.subscriptions.preview_of(self._example(place, kind or DigestKind.NEWS))
            return (digest,) if isinstance(digest, Card) else (_preview(digest, digest_parts(digest)),)

        await self._answer(interaction, made)

    async def act(self, interaction: Interaction, action: ButtonAction, value: str) -> None:
        """Do the action of a button or a menu of a digest; `value` is what was picked."""
        match action.verb:
            case Verb.ABOUT:
                await self._interactions.show(
                    interaction, lambda _: self._about(interaction, action.route.target), private=True
                )
            case Verb.CHANGE | Verb.KEEP:
                await self._decide(interaction, action)
            case _:
                route = picked(action.route, value) if value else action.route
                await self._open(interaction, route)

    async def closed(self, place: Place, reason: str) -> None:
        """Pause all digests of a place that is gone, and notify their subscribers."""
        with self._interactions.busy():
            subscriptions = [
                each for each in await self._interactions.subscriptions.of(place) if not each.paused
            ]
            if subscriptions and await self._interactions.subscriptions.pause_all(place, reason):
                for subscription in subscriptions:
                    await notify_subscriber(self._client, subscription, reason)

    async def _open(self, interaction: Interaction, route: Route) -> None:
        """Show a card to the asker alone."""
        await self._interactions.show(
            interaction,
            lambda preferences: self._interactions.presenter.card_at(route, preferences),
            private=True,
        )

    async def _about(self, interaction: Interaction, id_: str) -> Card:
        here = Place(platform="discord", server=str(interaction.guild_id or ""))
        blocks = await self.subscriptions.about(here, id_)
        if not blocks:
            return state_card(_ENDED, missed=True)
        return Card(title="About this digest", body=(*blocks, plain_block(_ENDING)), private=True)

    async def _decide(self, interaction: Interaction, action: ButtonAction) -> None:
        async def made() -> Card:
            if action.verb is Verb.KEEP:
                return Card(title="Left as it was", private=True)
            question = self._questions.pop(action.route.target, None)
            if question is None or question.until < self._now():
                return state_card(_FORGOTTEN, missed=True)
            if not may_manage(interaction):
                return state_card(_NOT_YOURS, missed=True)
            result = await self.subscriptions.subscribe(
                question.place, question.options, question.by, change=True
            )
            return result if isinstance(result, Card) else self.subscriptions.question(result, "")

        async with self._interactions.serving(interaction):
            card = await in_time(made(), interaction.response.defer)
            await update(interaction, payload_of(card, owner=interaction.user.id, private=True))

    async def _answer(self, interaction: Interaction, make_cards: MakeCards) -> None:
        """Answer the asker, or refuse."""

        async def made() -> Sequence[Card]:
            refusal = self._refusal(interaction)
            return (state_card(refusal, missed=True),) if refusal else await make_cards()

        async with self._interactions.serving(interaction):
            first, *others = await in_time(made(), lambda: think(interaction, private=True))
            await answer(
                interaction, payload_of(first, owner=interaction.user.id, private=True), private=True
            )
            for card in others:
                await beside(interaction, payload_of(card, owner=0, private=True), private=True)

    def _refusal(self, interaction: Interaction) -> str:
        if self._client.get_guild(interaction.guild_id or 0) is None:
            return _NOT_HERE
        return "" if may_manage(interaction) else _NOT_YOURS

    def _remember(self, token: str, question: _Question) -> None:
        now = self._now()
        for old in [name for name, other in self._questions.items() if other.until < now]:
            del self._questions[old]
        self._questions[token] = question

    def _example(self, place: Place, kind: DigestKind) -> Subscription:
        """What a channel without a subscription would get by `/digest here`."""
        return Subscription(
            id="preview",
            place=place,
            options=DigestOptions(kind=kind),
            by="",
            by_name="",
            upcoming=1,
        )

    def _label(self, place: Place) -> Span:
        guild = self._client.get_guild(int(place.server))
        channel = guild.get_channel_or_thread(int(place.channel)) if guild else None
        return Span(text=f"#{channel.name}" if channel else "a channel", url=channel_link(place))

    def _now(self) -> datetime:
        return self._interactions.clock()


def split(card: Card) -> tuple[Card, ...]:
    """A card with a long list as several, at most five; buttons go with the first."""
    parts = pages(card.body, _LENGTH, DISCORD_FORMAT.write, DISCORD_FORMAT.gap) or ((),)
    if len(parts) > _MOST:
        parts = (*parts[: _MOST - 1], (*parts[_MOST - 1], plain_block(_CUT)))
    first, *others = parts
    more = (Card(body=body, missed=card.missed, private=True) for body in others)
    return (replace(card, body=first), *more)


def _preview(digest: Digest, parts: Sequence[Part]) -> Card:
    """The first part as it would be posted."""
    if not parts:
        number = digest.issues[0].number
        return state_card(
            f"AN #{number} has nothing that these options select, so nothing would be posted.", missed=True
        )
    card = card_of(digest, parts[0])
    about = tuple(button for button in card.buttons if button.verb is not Verb.ABOUT)
    return replace(card, notice=(plain_block(_announced(digest, len(parts))),), buttons=about, private=True)


def _announced(digest: Digest, count: int) -> str:
    mention = " It would begin with a mention." if digest.subscription.options.mention else ""
    number = "in one part" if count == 1 else f"in {count} parts, of which this is the first"
    return f"Only you see this. It would be posted {number}.{mention}"


def _person(interaction: Interaction) -> Person:
    return Person(id=str(interaction.user.id), name=interaction.user.display_name)
