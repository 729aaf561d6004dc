"""What subscriptions there are, what was posted and what was not, and which sources are late."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import PurePath
from typing import Final
from urllib.parse import urlsplit

from bot.cards.card import Card
from bot.cards.wording import DOT
from bot.digests.subscriptions import NO_DIGEST
from bot.digests.wording import Label, TagName, described, listed, unnamed
from bot.model.digests import Delivery, DeliveryState, Subscription
from bot.model.places import Place
from bot.ports import DigestStore, Sources, SourceState
from bot.text.phrases import span
from bot.text.rich_text import Block, Span, plain_block

Link = Callable[[Delivery], str]
"""The address of a message that was posted, on its platform."""

_LOGGED: Final = 60
"""Parts that a log shows at most."""
_FORGOTTEN: Final = timedelta(days=1)
"""A source that was due that long ago is no longer polled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How a platform names channels, messages and tags."""

    label: Label
    link: Link
    tag: TagName = unnamed


class Reports:
    """Lists subscriptions, and shows what was posted."""

    def __init__(
        self,
        store: DigestStore,
        clock: Callable[[], datetime],
        names: Names,
        sources: Sources | None = None,
    ) -> None:
        """`sources` are those of new issues, None if nothing is polled."""
        self._subscriptions = store.subscriptions
        self._outbox = store.outbox
        self._clock = clock
        self._names = names
        self._sources = sources

    async def list(self, place: Place, visible: Callable[[Place], bool] = lambda _: True) -> Card:
        """The subscriptions of the place, or of its whole server if it names no channel; only
        of channels that are `visible` to the reader.
        """
        subscriptions = [each for each in await self._subscriptions.of(place) if visible(each.place)]
        if not subscriptions:
            return _card("No digests", plain_block(NO_DIGEST))
        if place.channel:
            return _card("Digests", *(block for each in subscriptions for block in self._described(each)))
        return _card("Digests", *map(self._listed, subscriptions))

    async def about(self, place: Place, id_: str) -> tuple[Block, ...]:
        """The options of the subscription with that id; () if it was stopped."""
        subscriptions = await self._subscriptions.of(place)
        return next((self._described(each) for each in subscriptions if each.id == id_), ())

    async def log(self, place: Place) -> Card:
        """What was posted in the place, or in its server, what was not, and which sources fail."""
        now = self._clock()
        posted = logged(await self._outbox.log(place, _LOGGED), self._names.link)
        subscriptions = await self._subscriptions.of(place)
        paused = (self._listed(each) for each in subscriptions if each.paused or each.problem)
        failing = await self._sources.failing() if self._sources else ()
        return _card("What was posted", *late(failing, now), *paused, *posted)

    def _described(self, subscription: Subscription) -> tuple[Block, ...]:
        return described(subscription, self._clock(), self._names.tag)

    def _listed(self, subscription: Subscription) -> Block:
        return listed(subscription, self._clock(), self._names.label, self._names.tag)


def logged(deliveries: Sequence[Delivery], link: Link) -> tuple[Block, ...]:
    """What was posted when, what was not and why; a line for each digest."""
    if not deliveries:
        return (plain_block("Nothing was posted here yet."),)
    by_digest = groupby(deliveries, key=lambda delivery: (delivery.subscription, delivery.digest))
    return tuple(_logged(list(parts), link) for _, parts in by_digest)


def _logged(parts: Sequence[Delivery], link: Link) -> Block:
    moment = max((part.settled for part in parts if part.settled), default=parts[0].planned)
    first = min(parts, key=lambda part: part.part)
    problems = sorted({part.problem for part in parts if part.problem})
    rest = DOT.join((outcome(parts), *(["; ".join(problems)] if problems else [])))
    spans = (
        Span(text=f"{moment:%Y-%m-%d %H:%M} UTC", moment=moment),
        Span(text=DOT),
        Span(text=first.title or "a digest", url=link(first) if first.message else ""),
        Span(text=f"{DOT}{rest}"),
    )
    return Block(spans=spans, mark="• ", close=True)


def outcome(parts: Sequence[Delivery]) -> str:
    """What became of a digest: "posted in 3 parts", "2 of 3 parts posted · 1 given up", "not posted yet"."""
    count = parts[0].parts
    parts = [part for part in parts if part.part <= count]  # one more is the reply that opens a thread
    sent = sum(part.state is DeliveryState.SENT for part in parts)
    failed = sum(part.state is DeliveryState.FAILED for part in parts)
    if sent == count:
        return "posted" if count == 1 else f"posted in {count} parts"
    if not sent:
        return "not posted" if failed == count else "not posted yet"
    return f"{sent} of {count} parts posted" + (f"{DOT}{failed} given up" if failed else "")


def late(failing: Sequence[SourceState], now: datetime) -> tuple[Block, ...]:
    """The sources of new issues that fail, a line each, by no more than the name of their
    host or file: members need not know where the operator keeps things.
    """
    return tuple(_late(state, now) for state in failing if state.due > now - _FORGOTTEN)


def _late(state: SourceState, now: datetime) -> Block:
    since = f"for {span(now - state.succeeded)}" if state.succeeded else "since it was first asked"
    name = urlsplit(state.name).hostname or PurePath(state.name).name
    again = f"asked again in {span(state.due - now)}" if state.due > now else "asked again now"
    text = DOT.join((f"{name} has not answered {since}", again, "new issues may come late"))
    return Block(spans=(Span(text=text),), mark="• ", close=True)


def _card(title: str, *blocks: Block) -> Card:
    return Card(title=title, body=blocks, private=True)
