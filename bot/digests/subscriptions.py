"""What members do to subscriptions on any platform, which checks before whether they may."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.cards.card import Button, Card
from bot.cards.routes import Route, Verb, View
from bot.digests.arrivals import last_arrival
from bot.digests.schedule import next_slot
from bot.digests.validation import problem_with, tidied
from bot.digests.wording import NAMES, TagName, compared, described, unnamed
from bot.model.digests import Digest, DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.ports import DigestStore, Library
from bot.text.rich_text import Block, plain_block

_LETTERS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
BY_HAND: Final = "a member paused it"
"""The reason if a member paused the subscription."""
BY_OPERATOR: Final = "whoever runs the bot paused it"
NO_DIGEST: Final = "There is no digest in this channel. /digest here makes one."
_QUESTION: Final = "This channel has one already. Do you want to change it?"
_CHANGED: Final = "Somebody changed it at the same time. Look at /digest list, and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member's id, and the name that digests show."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """The subscription of that kind that the place already has. Nothing is changed until a
    member confirms it; `options` are what was asked for.
    """

    subscription: Subscription
    options: DigestOptions


class Subscriptions:
    """Subscribes, previews, pauses, resumes and stops."""

    def __init__(
        self,
        library: Library,
        store: DigestStore,
        clock: Callable[[], datetime],
        tag_name: TagName = unnamed,
    ) -> None:
        self._library = library
        self._subscriptions = store.subscriptions
        self._arrivals = store.arrivals
        self._clock = clock
        self._tag_name = tag_name

    async def subscribe(
        self, place: Place, options: DigestOptions, by: Person, *, change: bool = False
    ) -> Card | Existing:
        """Subscribe the place; with `change`, change its subscription of that kind."""
        if problem := await self.problem(options):
            return _refusal("That cannot be posted", problem)
        options = await tidied(options, self._library)
        existing = await self.of(place, options.kind)
        if existing is None:
            return await self._add(place, options, by)
        if options == existing.options:
            return self._about(existing, "Subscribed already")
        if not change:
            return Existing(subscription=existing, options=options)
        return await self._change(existing, options, by)

    def question(self, existing: Existing, target: str) -> Card:
        """The question whether to change the subscription. `target` identifies the question in its buttons."""
        change, keep = (Route(view=View.TEXT, target=name) for name in (target, ""))
        subscription = existing.subscription
        old, new = subscription.options, existing.options
        return Card(
            title=NAMES[old.kind],
            body=(plain_block(_QUESTION), *compared(old, new, subscription.place, self._tag_name)),
            buttons=(
                Button(label="Change it", route=change, verb=Verb.CHANGE),
                Button(label="Keep it", route=keep, verb=Verb.KEEP),
            ),
            private=True,
        )

    async def of(self, place: Place, kind: DigestKind) -> Subscription | None:
        """The place's subscription of that kind."""
        subscriptions = await self._subscriptions.of(place)
        return next((each for each in subscriptions if each.options.kind is kind), None)

    async def preview(self, place: Place, kind: DigestKind | None) -> Digest | Card:
        """What would be posted: the next issue of a club, otherwise the newest issue."""
        subscription = await self._chosen(place, kind)
        return subscription if isinstance(subscription, Card) else await self.preview_of(subscription)

    async def preview_of(self, subscription: Subscription) -> Digest | Card:
        """What a subscription, stored or not, would post next."""
        numbers = list(await self._library.numbers())
        if subscription.options.kind is DigestKind.CLUB:
            numbers = [number for number in numbers if number >= subscription.upcoming][:1]
        issue = await self._library.issue(numbers[-1]) if numbers else None
        if issue is None:
            return _refusal("Nothing to show", "There is no issue left.")
        return Digest(subscription=subscription, issues=(issue,))

    async def switch(self, verb: str, place: Place, kind: DigestKind | None = None) -> Card:
        """Do "pause", "resume" or "stop"; `kind` says which subscription if a place has two."""
        match verb:
            case "pause":
                return await self.pause(place, kind)
            case "resume":
                return await self.resume(place, kind)
            case _:
                return await self.stop(place, kind)

    async def pause(self, place: Place, kind: DigestKind | None, reason: str = BY_HAND) -> Card:
        """Post nothing until it is resumed."""
        subscription = await self._chosen(place, kind)
        if isinstance(subscription, Card):
            return subscription
        if subscription.paused:
            return self._about(subscription, "Paused already")
        return await self._save(replace(subscription, paused=reason, missed=False), "Paused")

    async def resume(self, place: Place, kind: DigestKind | None) -> Card:
        """Post again. Issues that arrived since a member paused it are left out; those
        that it missed because the channel was closed are posted together.
        """
        subscription = await self._chosen(place, kind)
        if isinstance(subscription, Card):
            return subscription
        if not subscription.paused:
            return self._about(subscription, "Not paused")
        after = replace(subscription, paused="", missed=False)
        if not subscription.missed:
            now, slot = self._clock(), subscription.options.slot
            newest, coming = await last_arrival(self._library, self._arrivals, now)
            after = replace(after, seen=newest, skipped=coming, due=next_slot(slot, now) if slot else None)
        return await self._save(after, "Resumed")

    async def stop(self, place: Place, kind: DigestKind | None) -> Card:
        """End it for good."""
        subscription = await self._chosen(place, kind)
        if isinstance(subscription, Card):
            return subscription
        await self._subscriptions.remove(subscription.id)
        return _card("Stopped", plain_block(f"{NAMES[subscription.options.kind]}: nothing more is posted."))

    async def problem(self, options: DigestOptions) -> str:
        """Why these options cannot be subscribed to; "" if they can."""
        return await problem_with(options, self._library)

    async def _chosen(self, place: Place, kind: DigestKind | None) -> Subscription | Card:
        """The subscription of that kind, or why there is not one."""
        subscriptions = await self._subscriptions.of(place)
        match [each for each in subscriptions if kind in {None, each.options.kind}]:
            case [one]:
                return one
            case []:
                return _refusal("No digest", NO_DIGEST)
            case _:
                both = "This channel has new issues and a reading club. Say which: news or club."
                return _refusal("Which one?", both)

    async def _add(self, place: Place, options: DigestOptions, by: Person) -> Card:
        now = self._clock()
        newest, coming = await last_arrival(self._library, self._arrivals, now)
        subscription = Subscription(
            id="".join(secrets.choice(_LETTERS) for _ in range(8)),
            place=place,
            options=options,
            by=by.id,
            by_name=by.name,
            seen=newest,
            skipped=coming,
            upcoming=options.start,
            due=next_slot(options.slot, now) if options.slot else None,
        )
        if await self._subscriptions.add(subscription):
            return self._about(subscription, "Subscribed")
        return _refusal("Not done", _CHANGED)

    async def _change(self, existing: Subscription, options: DigestOptions, by: Person) -> Card:
        now = self._clock()
        start = options.start if options.start != existing.options.start else existing.upcoming
        due = existing.due
        if options.slot != existing.options.slot:
            due = next_slot(options.slot, now) if options.slot else None
        after = replace(
            existing,
            options=options,
            by=by.id,
            by_name=by.name,
            upcoming=start,
            due=due,
            paused="",
            missed=False,
            problem="",
        )
        return await self._save(after, "Changed")

    async def _save(self, after: Subscription, title: str) -> Card:
        if await self._subscriptions.change(after):
            return self._about(after, title)
        return _refusal("Not done", _CHANGED)

    def _about(self, subscription: Subscription, title: str) -> Card:
        return _card(title, *described(subscription, self._clock(), self._tag_name))


def _card(title: str, *blocks: Block) -> Card:
    return Card(title=title, body=blocks, private=True)


def _refusal(title: str, sentence: str) -> Card:
    return Card(title=title, body=(plain_block(sentence),), private=True, missed=True)
