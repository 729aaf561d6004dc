"""Subscriptions and deliveries in a file that several processes share."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model.digests import (
    Arrival,
    Delivery,
    DeliveryState,
    DigestKind,
    DigestOptions,
    Subscription,
    WeeklySlot,
    delivery_id,
)
from bot.model.places import Place
from bot.ports import DatabaseName
from store import Store, open_store
from tests.support.drafts import clock
from tests.support.leases import acquired, passed, released

HERE = Place(platform="discord", server="1", channel="10")
NOW = datetime(2026, 1, 12, tzinfo=UTC)
WISH = DigestOptions(
    kind=DigestKind.CLUB,
    slot=WeeklySlot(weekday=0, hour=9, timezone="Europe/London"),
    sections=("Mesa optimization",),
    highlights=True,
    full=True,
    thread=True,
    mention="99",
    start=58,
)


def subscription(name: str = "aaaaaaaa", place: Place = HERE, options: DigestOptions = WISH) -> Subscription:
    return Subscription(id=name, place=place, options=options, by="7", by_name="Ada", upcoming=58, due=NOW)


def parts(of: Subscription, count: int = 3) -> list[Delivery]:
    return [
        Delivery(
            id=delivery_id(of.id, 1, part),
            subscription=of.id,
            place=of.place,
            digest=1,
            part=part,
            parts=count,
            payload="{}",
            planned=NOW,
            again=NOW,
        )
        for part in range(1, count + 1)
    ]


async def planned(store: Store, of: Subscription) -> int:
    """Add the subscription and plan three parts for it; the fence of the lease."""
    assert await store.subscriptions.add(of)
    fence = await acquired(store.lease, "discord", "one", NOW, NOW + timedelta(seconds=30))
    assert fence is not None
    assert await store.outbox.plan(replace(of, digests=1, due=None), parts(of), fence)
    return fence


async def test_a_subscription_is_kept_as_it_is_over_a_restart(database: DatabaseName) -> None:
    async with open_store(database, clock=clock) as store:
        assert await store.subscriptions.add(subscription())
    async with open_store(database, clock=clock) as store:
        assert await store.subscriptions.of(HERE) == [subscription()]
        assert await store.subscriptions.of(replace(HERE, channel="")) == [subscription()]
        assert await store.subscriptions.of(replace(HERE, channel="11")) == []
        assert await store.subscriptions.of(replace(HERE, server="2", channel="")) == []


async def test_a_place_has_one_of_a_kind(store: Store) -> None:
    assert await store.subscriptions.add(subscription())
    assert not await store.subscriptions.add(subscription("bbbbbbbb"))
    assert await store.subscriptions.add(subscription("cccccccc", options=DigestOptions()))


async def test_an_outdated_subscription_changes_nothing(store: Store) -> None:
    await store.subscriptions.add(subscription())
    assert await store.subscriptions.change(replace(subscription(), upcoming=60))
    assert not await store.subscriptions.change(replace(subscription(), upcoming=70))
    (changed,) = await store.subscriptions.of(HERE)
    assert (changed.upcoming, changed.version) == (60, 1)


async def test_a_plan_is_whole_or_not_at_all(store: Store) -> None:
    fence = await planned(store, subscription())
    (changed,) = await store.subscriptions.of(HERE)
    assert changed.digests == 1
    assert not await store.outbox.plan(replace(subscription(), digests=2), parts(subscription()), fence)
    assert not await store.outbox.plan(replace(changed, digests=2), [], fence + 1), "the fence is outdated"
    assert len(await store.outbox.log(HERE, 10)) == 3


async def test_parts_go_one_by_one_and_the_later_know_the_first(store: Store) -> None:
    fence = await planned(store, subscription())
    assert await store.outbox.ready("discord", NOW) == [("aaaaaaaa", HERE.server)]
    assert await store.outbox.ready("slack", NOW) == []
    first = await store.outbox.head("aaaaaaaa")
    assert first
    assert (first.part, first.root) == (1, "")
    assert await store.outbox.begin(first.id, fence, NOW)
    assert not await store.outbox.begin(first.id, fence, NOW), "it is being sent already"
    await store.outbox.sent(first.id, "555", NOW)
    second = await store.outbox.head("aaaaaaaa")
    assert second
    assert (second.part, second.root) == (2, "555")
    await store.outbox.postpone(second.id, fence, DeliveryState.PENDING, NOW + timedelta(seconds=9), "later")
    assert await store.outbox.ready("discord", NOW) == [], "no part overtakes another"
    assert await store.outbox.ready("discord", NOW + timedelta(seconds=9)) == [("aaaaaaaa", HERE.server)]
    assert await store.outbox.fail(second.id, fence, "refused", NOW)
    third = await store.outbox.head("aaaaaaaa")
    assert third
    assert third.part == 3


async def test_who_does_not_hold_the_lease_any_more_changes_nothing(
    store: Store, database: DatabaseName
) -> None:
    stopped = await planned(store, subscription())
    first = await store.outbox.head("aaaaaaaa")
    assert first
    later = NOW + timedelta(minutes=1)
    await passed(database, store, 60)
    fence = await acquired(store.lease, "discord", "another", later, later + timedelta(seconds=30)) or 0
    assert await store.outbox.begin(first.id, fence, later)
    assert not await store.outbox.postpone(first.id, stopped, DeliveryState.PENDING, NOW, "not there")
    assert not await store.outbox.fail(first.id, stopped, "refused", NOW)
    begun = await store.outbox.head("aaaaaaaa")
    assert begun
    assert (begun.state, begun.fence, begun.problem) == (DeliveryState.SENDING, fence, "")


async def test_a_lease_has_one_holder_until_it_ends_and_each_takeover_has_a_new_fence(
    store: Store, database: DatabaseName
) -> None:
    until = NOW + timedelta(seconds=30)
    lease = store.lease
    one = await acquired(lease, "discord", "one", NOW, until)
    assert one is not None
    assert await acquired(lease, "discord", "other", NOW, until) is None
    assert await acquired(lease, "slack", "other", NOW, until) is not None, "each platform has its own"
    assert await acquired(lease, "discord", "one", until, until + timedelta(seconds=30)) == one
    late = until + timedelta(seconds=31)
    await passed(database, store, seconds=61)
    other = await acquired(lease, "discord", "other", late, late + timedelta(seconds=30))
    assert other is not None
    assert other > one
    assert await acquired(lease, "discord", "one", late, late + timedelta(seconds=30)) is None
    await released(lease, "discord", "one")
    assert await acquired(lease, "discord", "one", late, late + timedelta(seconds=30)) is None, (
        "nobody releases another's"
    )
    await released(lease, "discord", "other")
    assert (await acquired(lease, "discord", "one", late, late) or 0) > other


async def test_nothing_is_begun_with_an_outdated_fence_or_after_the_lease(
    store: Store, database: DatabaseName
) -> None:
    fence = await planned(store, subscription())
    name = delivery_id("aaaaaaaa", 1, 1)
    assert not await store.outbox.begin(name, fence + 1, NOW)
    await passed(database, store, seconds=30)
    assert not await store.outbox.begin(name, fence, NOW + timedelta(seconds=30))
    await passed(database, store, seconds=-29)
    assert await store.outbox.begin(name, fence, NOW + timedelta(seconds=29))


async def test_what_is_subscribed_and_owed_is_counted(store: Store) -> None:
    await planned(store, subscription())
    assert await store.subscriptions.counts() == {("discord", False): 1}
    assert await store.outbox.owed() == {("discord", DeliveryState.PENDING): 3}
    await store.subscriptions.pause("aaaaaaaa", "closed")
    assert await store.subscriptions.counts() == {("discord", True): 1}


async def test_nothing_of_a_paused_subscription_is_due_ready_or_begun(store: Store) -> None:
    fence = await planned(store, subscription())
    assert await store.subscriptions.due("discord", NOW, 1)
    paused = await store.subscriptions.pause("aaaaaaaa", "closed")
    assert paused
    assert (paused.paused, paused.missed) == ("closed", True)
    assert await store.subscriptions.pause("aaaaaaaa", "closed again") is None
    assert await store.outbox.ready("discord", NOW) == []
    assert await store.outbox.head("aaaaaaaa") is None
    assert not await store.outbox.begin(delivery_id("aaaaaaaa", 1, 1), fence, NOW)
    assert await store.subscriptions.due("discord", NOW, 1) == []


async def test_pausing_a_server_pauses_all_its_subscriptions_and_no_others(store: Store) -> None:
    for name, place in (("a", HERE), ("b", replace(HERE, channel="11")), ("c", replace(HERE, server="2"))):
        await store.subscriptions.add(subscription(name * 8, place))
    assert await store.subscriptions.pause_all(replace(HERE, channel=""), "gone") == 2
    assert await store.subscriptions.pause_all(replace(HERE, channel=""), "gone") == 0
    paused = {each.id: each.paused for each in await store.subscriptions.all()}
    assert paused == {"a" * 8: "gone", "b" * 8: "gone", "c" * 8: ""}


async def test_a_removed_subscription_is_owed_nothing_but_its_log_stays(store: Store) -> None:
    fence = await planned(store, subscription())
    first = delivery_id("aaaaaaaa", 1, 1)
    await store.outbox.begin(first, fence, NOW)
    await store.outbox.sent(first, "555", NOW)
    await store.subscriptions.remove("aaaaaaaa")
    assert await store.subscriptions.all() == []
    assert [each.id for each in await store.outbox.log(HERE, 10)] == [first]
    assert [each.id for each in await store.outbox.log(None, 10)] == [first]


async def test_sweeping_deletes_what_was_settled_before_or_far_in_the_future(store: Store) -> None:
    fence = await planned(store, subscription())
    first, second, third = (delivery_id("aaaaaaaa", 1, part) for part in (1, 2, 3))
    century = NOW + timedelta(days=36_500)
    for name, at in ((first, NOW), (second, NOW + timedelta(seconds=1)), (third, century)):
        await store.outbox.begin(name, fence, at)
        await store.outbox.sent(name, "555", at)
    assert not await store.outbox.sweep(NOW + timedelta(seconds=1), century - timedelta(days=1))
    assert {each.id for each in await store.outbox.log(HERE, 10)} == {second}


async def test_a_subscription_is_due_at_its_hour_or_when_an_issue_arrives(store: Store) -> None:
    await store.subscriptions.add(subscription())
    await store.subscriptions.add(
        replace(subscription("bbbbbbbb", options=DigestOptions()), due=None, seen=5)
    )
    assert [each.id for each in await store.subscriptions.due("discord", NOW, 5)] == ["aaaaaaaa"]
    early = NOW - timedelta(seconds=1)
    assert [each.id for each in await store.subscriptions.due("discord", early, 6)] == ["bbbbbbbb"]
    assert await store.subscriptions.due("slack", NOW, 6) == []
    assert [each.id for each in await store.subscriptions.due_later("discord", early)] == ["aaaaaaaa"]
    assert await store.subscriptions.due_later("discord", NOW) == []
    assert await store.subscriptions.due_later("slack", early) == []


async def test_two_connections_record_an_issue_once(database: DatabaseName) -> None:
    new = [Arrival(id=0, issue=58, names=frozenset({"a"}), news=True, recorded=NOW)]
    async with open_store(database, clock=clock) as one, open_store(database, clock=clock) as other:
        assert await one.arrivals.record(new) == await other.arrivals.record(new)
        assert [each.issue for each in await one.arrivals.all()] == [58]
        assert await other.arrivals.news(0, 1) == [58]
