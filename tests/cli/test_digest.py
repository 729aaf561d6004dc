"""`anbot digest`: what the operator sees, over a database that a bot uses as well."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.model.digests import (
    Delivery,
    DeliveryState,
    DigestKind,
    DigestOptions,
    Subscription,
    WeeklySlot,
    delivery_id,
)
from bot.model.places import Place
from store import Store, open_store
from tests.support.leases import acquired
from tests.support.one_issue import Run

HERE = Place(platform="discord", server="1", channel="10")
NOW = datetime.now(UTC)
SLOT = WeeklySlot(weekday=0, hour=9, timezone="Europe/London")


def in_store(database: Path, work: Callable[[Store], Awaitable[object]]) -> None:
    async def do() -> None:
        async with open_store(database, clock=lambda: NOW) as store:
            await work(store)

    asyncio.run(do())


def club(**facts: object) -> Subscription:
    known: dict[str, object] = {
        "options": DigestOptions(kind=DigestKind.CLUB, slot=SLOT, start=801),
        "upcoming": 801,
        "due": NOW + timedelta(days=3),
        **facts,
    }
    return Subscription(id="k3jx92ab", place=HERE, by="7", by_name="Ada", **known)  # type: ignore[arg-type] # facts are free


@pytest.fixture
def filled(run: Run, issue: Path, database: Path) -> Path:
    assert run("index", issue).exit_code == 0
    return database


def test_a_preview_is_the_digest_of_an_issue(run: Run, filled: Path) -> None:
    assert filled.exists()
    shown = run("digest", "preview").stdout
    assert shown.startswith("AN #801")
    assert "★ On Teapots and Their Orbits" in shown
    assert "Nobody has looked." in shown
    assert "I would look first" not in shown
    assert "I would look first" in run("digest", "preview", "--full", "801").stdout
    assert "Kettles" not in run("digest", "preview", "--highlights").stdout


def test_a_preview_of_what_is_not_there_says_so(run: Run, filled: Path) -> None:
    assert filled.exists()
    result = run("digest", "preview", "7")
    assert result.exit_code == 2
    assert "There is no AN #7" in result.stderr


def test_without_a_database_nothing_is_due_and_none_is_made(run: Run, database: Path) -> None:
    for command in (("due",), ("log",), ("list",), ("send-now", "a"), ("pause", "a"), ("stop", "a")):
        result = run("digest", *command)
        assert result.exit_code == 2
        assert "There is no database" in result.stderr
    assert not database.exists()


def test_what_is_due_is_shown_for_a_month_and_nothing_changes(run: Run, filled: Path) -> None:
    assert "Nothing is due" in run("digest", "due").stdout
    in_store(filled, lambda store: store.subscriptions.add(club()))
    (line,) = run("digest", "due").stdout.splitlines()
    assert "k3jx92ab  discord/1/10  Reading club: AN #801" in line
    assert "Europe/London, in 3 days" in line
    assert "Nothing is due" in run("digest", "due", "--days", "1").stdout
    assert run("digest", "due").stdout.splitlines() == [line]


def test_weekly_news_is_due_each_week_and_the_rest_as_it_appears(run: Run, filled: Path) -> None:
    in_store(filled, lambda store: store.subscriptions.add(club(options=DigestOptions(slot=SLOT))))
    lines = run("digest", "due").stdout.splitlines()
    assert len(lines) in {4, 5}
    assert all("what is new by then" in line for line in lines)
    in_store(filled, lambda store: store.subscriptions.remove("k3jx92ab"))
    in_store(filled, lambda store: store.subscriptions.add(club(options=DigestOptions(), due=None)))
    assert "as new issues appear" in run("digest", "due").stdout


def test_sending_now_makes_a_weekly_digest_due(run: Run, filled: Path) -> None:
    in_store(filled, lambda store: store.subscriptions.add(club()))
    assert "is due now" in run("digest", "send-now", "k3jx92ab").stdout
    assert "within the hour" in run("digest", "due").stdout


@pytest.mark.parametrize(
    ("subscription", "id_", "message"),
    [
        (club(), "other", "There is no subscription “other”"),
        (club(paused="closed"), "k3jx92ab", "is paused (closed)"),
        (club(options=DigestOptions(), due=None), "k3jx92ab", "as it appears"),
    ],
)
def test_what_cannot_be_sent_now_is_refused_in_a_sentence(
    run: Run, filled: Path, subscription: Subscription, id_: str, message: str
) -> None:
    in_store(filled, lambda store: store.subscriptions.add(subscription))
    result = run("digest", "send-now", id_)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_log_tells_of_every_part(run: Run, filled: Path) -> None:
    assert "Nothing was posted" in run("digest", "log").stdout
    part = Delivery(
        id=delivery_id("k3jx92ab", 1, 1), subscription="k3jx92ab", place=HERE, digest=1, part=1, parts=1,
        payload="{}", planned=NOW, title="AN #58",
    )  # fmt: skip

    async def failed(store: Store) -> None:
        await store.subscriptions.add(club())
        fence = await acquired(store.lease, "discord", "one", NOW, NOW + timedelta(minutes=1)) or 0
        assert await store.outbox.plan(club(), [part], fence)
        await store.outbox.postpone(part.id, fence, DeliveryState.SENDING, NOW, "")
        await store.outbox.fail(part.id, fence, "too long", NOW)

    in_store(filled, failed)
    (line,) = run("digest", "log").stdout.splitlines()
    assert line.endswith("k3jx92ab-1-01  discord/1/10  AN #58  part 1 of 1  failed: too long")


def test_a_digest_is_paused_resumed_and_stopped_by_its_id(run: Run, filled: Path) -> None:
    assert "There are no subscriptions" in run("digest", "list").stdout
    in_store(filled, lambda store: store.subscriptions.add(club()))
    (line,) = run("digest", "list").stdout.splitlines()
    assert line.startswith("k3jx92ab  discord/1/10  Reading club")
    assert line.endswith("active")
    assert run("digest", "pause", "k3jx92ab").stdout == "Paused: k3jx92ab  discord/1/10  Reading club\n"
    assert run("digest", "list").stdout.endswith("paused: whoever runs the bot paused it\n")
    assert "Nothing is due" in run("digest", "due").stdout
    assert "Paused already" in run("digest", "pause", "k3jx92ab").stdout
    assert run("digest", "resume", "k3jx92ab").stdout.startswith("Resumed: k3jx92ab")
    assert run("digest", "list").stdout.endswith("active\n")
    assert run("digest", "stop", "k3jx92ab").stdout.startswith("Stopped: k3jx92ab")
    assert "There are no subscriptions" in run("digest", "list").stdout
    for verb in ("pause", "resume", "stop"):
        result = run("digest", verb, "k3jx92ab")
        assert result.exit_code == 2
        assert "There is no subscription" in result.stderr
