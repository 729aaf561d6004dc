"""Who asked for digests: the channel that troubles strike, and in some scenarios nine beside it.

One of the ten is poisoned then: its timezone is none, so it cannot be planned. The others
have to get their digests all the same, whatever befalls the first.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.cards.card import Card
from bot.digests.subscriptions import Person, Subscriptions
from bot.model.digests import DigestOptions, WeeklySlot
from bot.model.places import Place
from store import Store
from tests.exactly_once.bots import Clock
from tests.exactly_once.grounds import Ground
from tests.exactly_once.newsletter import BIG
from tests.exactly_once.scenarios import Scenario

POISONED: Final = "poisoned"
"""The id of the one that cannot be planned."""
_NOWHERE: Final = WeeklySlot(weekday=0, hour=9, timezone="Mars/Base")


async def subscribe_all(scenario: Scenario, ground: Ground, store: Store, clock: Clock) -> None:
    """Subscribe the channel, and those beside it."""
    headlines = DigestOptions(
        kind=scenario.kind, slot=scenario.moment.slot if scenario.moment else None, start=BIG
    )
    whole = replace(headlines, full=True, thread=scenario.thread or scenario.forum)
    subscriptions = Subscriptions(store.library, store, clock.datetime)
    await _subscribe(subscriptions, ground.place, whole)
    if scenario.poisoned:
        for place in ground.beside:
            await _subscribe(subscriptions, place, headlines)
        await _poison(store, ground.place)
    if scenario.rules:
        await _compute_by_former_rules(store)


async def _subscribe(subscriptions: Subscriptions, place: Place, options: DigestOptions) -> None:
    card = await subscriptions.subscribe(place, options, Person(id="1", name="Ada"))
    assert isinstance(card, Card), card
    assert not card.missed, card


async def _poison(store: Store, place: Place) -> None:
    """Add one that is due when the others are."""
    (sound,) = await store.subscriptions.of(place)
    poisoned = replace(
        sound,
        id=POISONED,
        place=replace(place, channel="1"),
        options=replace(sound.options, slot=_NOWHERE),
    )
    assert await store.subscriptions.add(poisoned)


async def _compute_by_former_rules(store: Store) -> None:
    for each in await store.subscriptions.all():
        if each.due and each.id != POISONED:
            assert await store.subscriptions.change(replace(each, due=each.due + timedelta(hours=1)))
