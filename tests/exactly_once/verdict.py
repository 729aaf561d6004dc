"""What was wrong with a scenario that was played."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.model.digests import Delivery, DeliveryState, Subscription
from tests.exactly_once.newsletter import ARCHIVED, BIG, ENTRIES, text_of
from tests.exactly_once.scenarios import Scenario
from tests.exactly_once.surroundings import surroundings

_LATE: Final = timedelta(minutes=30)
"""What is planned that long after its time was planned by other rules."""


def problems_of(
    scenario: Scenario, log: Sequence[Delivery], names: Sequence[str], text: str, expected: Sequence[int]
) -> Iterator[str]:
    """Whatever does not stand in a channel once, whole and in order.

    `log` are its deliveries in order, `names` those of the messages that are there, `text` what
    they say, `expected` the numbers of the issues that should be there.
    """
    if doubled := [name for name, times in Counter(names).items() if times > 1]:
        yield f"doubled: {doubled}"
    if lost := [delivery.id for delivery in log if delivery.id not in names]:
        yield f"lost: {lost}"
    if list(dict.fromkeys(names)) != [delivery.id for delivery in log if delivery.id in names]:
        yield f"out of order: {names}"
    if unsent := [delivery.id for delivery in log if delivery.state is not DeliveryState.SENT]:
        yield f"not noted as sent: {unsent}"
    yield from _wrong_text(scenario, text, expected)


def problems_beside(poisoned: Subscription, log: Sequence[str]) -> Iterator[str]:
    """What was wrong with how the bots took the one that cannot be planned. `log` are their lines."""
    if not poisoned.problem:
        yield "the poisoned subscription has no problem"
    if (reports := sum("subscription poisoned cannot be planned" in line for line in log)) > 1:
        yield f"the poisoned subscription was told {reports} times"


def _wrong_text(scenario: Scenario, text: str, expected: Sequence[int]) -> Iterator[str]:
    """Entries that are missing, and issues of the archive that are there."""
    for number in expected:
        count = ENTRIES[scenario.platform] if number == BIG else 2
        missing = [n for n in range(1, count + 1) if text_of(n, number) not in text]
        if missing:
            yield f"entries {missing} of AN #{number} are missing"
    if old := [number for number in ARCHIVED if f" of {number}." in text]:
        yield f"archive was posted: {old}"


def wrong_times(
    scenario: Scenario, log: Sequence[Delivery], issues: int, delivering: datetime
) -> Iterator[str]:
    """What was planned too early, too late, too often or not at all; the bots began to be
    `delivering` at that time.
    """
    digests, wanted = len({delivery.digest for delivery in log}), 1 if scenario.moment else issues
    if digests != wanted:
        yield f"{digests} digests instead of {wanted}"
    due = scenario.moment.due if scenario.moment else scenario.start
    skewed = any(surroundings(scenario).skews)
    if early := [delivery.id for delivery in log if delivery.planned < due and not skewed]:
        yield f"too early: {early}"
    if scenario.moment and not scenario.weeks:
        late = [delivery.id for delivery in log if delivery.planned > max(due, delivering) + _LATE]
        if late:
            yield f"too late: {late}"
