"""`anbot doctor` says what is wrong and what to do, and by its exit code whether anything is."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import wiring
from bot.cli import anbot
from bot.digests.desk import BY_HAND
from bot.digests.pace import Pace
from bot.digests.values import Delivery, State, Subscription, Wish
from bot.ports import SourceState
from bot.types import Where
from bot.wiring import Wiring
from store import Store, open_store
from store.migrations import MIGRATIONS
from tests.cli.teapots import Run
from tests.drafts import NOW

HOUR = timedelta(hours=1)
HERE = Where(platform="discord", server="1", channel="10")
GIVEN = "xoxb-never-shown"
FEED = "https://news.example/feed"
FINE = SourceState(name=FEED, tried=NOW, succeeded=NOW, due=NOW + HOUR)
FAILING = replace(FINE, succeeded=NOW - HOUR, failures=3, problem=f"{FEED} answered 500; try again later.")
Doctor = Callable[..., Result]


@pytest.fixture
def doctor(database: Path) -> Doctor:
    """`anbot doctor` at a time, in an environment."""

    def invoke(at: datetime = NOW, change: Callable[[Wiring], Wiring] = lambda w: w, **more: str) -> Result:
        environment = {"ANBOT_DB": str(database), "ANBOT_SOURCES": "", **more}
        put_together = change(replace(wiring(environment), pace=Pace(clock=lambda: at)))
        return CliRunner().invoke(anbot, ["doctor"], obj=put_together, catch_exceptions=False)

    return invoke


@pytest.fixture
def filled(run: Run, issue: Path) -> None:
    assert run("index", issue).exit_code == 0


def inside(database: Path, work: Callable[[Store], Awaitable[object]]) -> None:
    async def do() -> None:
        async with open_store(database, clock=lambda: NOW) as store:
            await work(store)

    asyncio.run(do())


def keep(database: Path, *states: SourceState) -> None:
    async def kept(store: Store) -> None:
        for state in states:
            await store.sources.keep(state)

    inside(database, kept)


def lines(result: Result, mark: str) -> list[str]:
    """What was found in that state of health, without the advice."""
    told = result.stdout.splitlines()
    return [line.removeprefix(mark).strip() for line in told if line.startswith(f"{mark} ")]


@pytest.mark.usefixtures("filled")
def test_when_all_is_well_it_says_so(doctor: Doctor, database: Path) -> None:
    keep(database, FINE)
    result = doctor(ANBOT_SOURCES=FEED, DISCORD_TOKEN=GIVEN)
    assert (result.exit_code, lines(result, "warn"), lines(result, "bad")) == (0, [], [])
    sound, polled, digests, platform = lines(result, "ok")
    assert sound.startswith(
        f"The database is sound: 1 issues · 2 summaries · schema {MIGRATIONS[-1].version}"
    )
    assert polled == f"{FEED}: answered a moment ago, asked again in 1 hour"
    assert digests == "No channel has asked for digests"
    assert platform == "discord is configured by DISCORD_TOKEN"
    assert GIVEN not in result.output


def test_without_a_database_it_says_how_to_make_one_and_makes_none(doctor: Doctor, database: Path) -> None:
    result = doctor()
    assert result.exit_code == 1
    assert "anbot index" in lines(result, "bad")[0]
    assert not database.exists()


def test_an_empty_database_is_told(doctor: Doctor, database: Path) -> None:
    keep(database)
    result = doctor()
    assert result.exit_code == 0
    assert "no newsletters" in lines(result, "warn")[0]
    assert "`anbot sync`" in result.stdout


async def subscribed(store: Store, **facts: Any) -> Subscription:
    """Somebody asked for each issue."""
    known: dict[str, Any] = {
        "id": "k3jx92ab",
        "where": HERE,
        "wish": Wish(),
        "by": "7",
        "by_name": "Ada",
        "since": NOW,
    }
    made = Subscription(**known | facts)
    await store.outbox.add(made)
    return made


async def posted(store: Store, state: State, problem: str = "") -> None:
    """A digest of one part was due an hour ago, and came into that state."""
    made, then = await subscribed(store), NOW - HOUR
    part = Delivery(
        id="k3jx92ab-1-01",
        subscription=made.id,
        where=HERE,
        digest=1,
        part=1,
        parts=1,
        payload="{}",
        planned=then,
        again=then,
    )
    fence = await store.outbox.lease("discord", "one", then, then + timedelta(minutes=1)) or 0
    assert await store.outbox.plan(made, [part], fence)
    if state is State.SENT:
        await store.outbox.begin(part.id, fence, then)
        await store.outbox.sent(part.id, "900", then)
    if state is State.FAILED:
        await store.outbox.begin(part.id, fence, then)
        await store.outbox.fail(part.id, problem, then)


@pytest.mark.usefixtures("filled")
def test_digests_that_come_are_told_with_the_last(doctor: Doctor, database: Path) -> None:
    inside(database, partial(posted, state=State.SENT))
    assert "1 digest: last posted 1 hour ago" in lines(doctor(), "ok")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "overdue",
    [partial(posted, state=State.PENDING), partial(subscribed, due=NOW - HOUR)],
    ids=["written down", "due"],
)
def test_a_digest_that_should_have_been_posted_is_told(
    doctor: Doctor, database: Path, overdue: Callable[[Store], Awaitable[object]]
) -> None:
    inside(database, overdue)
    result = doctor()
    assert "1 digest should have been posted by now" in lines(result, "warn")
    assert "with discord configured?" in result.stdout
    soon = doctor(at=NOW - HOUR + timedelta(minutes=5))
    assert "by now" not in soon.stdout, "its time has just come"


@pytest.mark.usefixtures("filled")
def test_a_digest_that_had_to_be_paused_is_told_and_one_that_somebody_paused_is_not(
    doctor: Doctor, database: Path
) -> None:
    elsewhere = Where(platform="slack", server="T1", channel="C1")
    inside(database, partial(subscribed, paused="The channel was deleted.", due=NOW - HOUR))
    inside(database, partial(subscribed, id="b", where=elsewhere, paused=BY_HAND))
    result = doctor()
    (told,) = [line for line in lines(result, "warn") if "paused" in line]
    assert told == "New issues in discord channel 10 of 1: paused: The channel was deleted."
    assert "/digest resume" in result.stdout


@pytest.mark.usefixtures("filled")
def test_what_could_not_be_posted_is_told_for_a_week(doctor: Doctor, database: Path) -> None:
    inside(database, partial(posted, state=State.FAILED, problem="Discord refuses it."))
    told = "1 part of a digest could not be posted this week, the last: Discord refuses it."
    assert told in lines(doctor(), "warn")
    assert told not in lines(doctor(at=NOW + timedelta(days=8)), "warn")


@pytest.mark.usefixtures("filled")
def test_damage_is_bad(doctor: Doctor, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as file:
        file.seek(36)
        file.write((9).to_bytes(4))
    result = doctor()
    assert result.exit_code == 1
    assert "damaged: Main freelist" in lines(result, "bad")[0]
    assert "backup" in result.stdout


@pytest.mark.usefixtures("filled")
def test_damage_that_cannot_be_read_over_is_bad(doctor: Doctor, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'summary'")
        ((size,),) = connection.execute("PRAGMA page_size")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    result = doctor(ANBOT_SOURCES=FEED)
    assert result.exit_code == 1
    assert "is damaged" in lines(result, "bad")[0]
    assert "was never asked" in result.stdout


@pytest.mark.usefixtures("filled")
def test_what_cannot_be_written_is_bad(doctor: Doctor, database: Path) -> None:
    with closing(sqlite3.connect(database)) as hog:
        hog.execute("BEGIN IMMEDIATE")
        result = doctor(change=lambda w: replace(w, open_store=partial(open_store, busy_seconds=0)))
    assert result.exit_code == 1
    assert "another process" in lines(result, "bad")[0]


@pytest.mark.usefixtures("filled")
def test_a_source_that_fails_is_told_with_when_why_and_what_next(doctor: Doctor, database: Path) -> None:
    keep(database, FAILING)
    result = doctor(ANBOT_SOURCES=FEED)
    assert result.exit_code == 0
    told = f"{FEED} failed 3 times in a row (last had 1 hour ago): {FAILING.problem}"
    assert lines(result, "warn")[0] == told
    assert "The next try is in 1 hour; `anbot sync` tries now." in result.stdout


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("succeeded", [None, NOW - timedelta(days=4)])
def test_a_source_that_never_came_or_not_for_days_is_bad(
    doctor: Doctor, database: Path, succeeded: datetime | None
) -> None:
    keep(database, replace(FAILING, succeeded=succeeded))
    result = doctor(ANBOT_SOURCES=FEED)
    assert result.exit_code == 1
    assert ("never had" if succeeded is None else "last had 4 days ago") in lines(result, "bad")[0]


@pytest.mark.usefixtures("filled")
def test_a_source_that_nobody_asks_any_more_is_told(doctor: Doctor, database: Path) -> None:
    keep(database, FINE)
    result = doctor(NOW + timedelta(days=2), ANBOT_SOURCES=FEED)
    assert "last asked 2 days ago" in lines(result, "warn")[0]
    assert "Is `anbot run` running" in result.stdout


@pytest.mark.usefixtures("filled")
def test_of_a_folder_what_fails_is_told_and_the_rest_counted(
    doctor: Doctor, database: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    states = []
    for number in range(15):
        file = folder / f"{number}.html"
        file.touch()
        states.append(replace(FAILING, name=str(file)) if number < 12 else replace(FINE, name=str(file)))
    keep(database, *states[12:])
    for state in states[:12]:
        Path(state.name).rename(Path(state.name).with_suffix(".hidden"))
    assert lines(doctor(ANBOT_SOURCES=str(folder)), "ok")[1].startswith(f"{folder}, 3 files: answered")
    for state in states[:12]:
        Path(state.name).with_suffix(".hidden").rename(state.name)
    keep(database, *states)
    result = doctor(ANBOT_SOURCES=str(folder))
    assert len(lines(result, "warn")) == 11
    assert f"{folder}: 2 more fail" in lines(result, "bad")[0]


@pytest.mark.usefixtures("filled")
def test_without_sources_and_platforms_it_says_what_to_set(doctor: Doctor) -> None:
    result = doctor()
    assert result.exit_code == 0
    unpolled, unserved = lines(result, "warn")
    assert "No source is polled" in unpolled
    assert "No platform is configured" in unserved
    assert "DISCORD_TOKEN" in result.stdout
    assert "SLACK_BOT_TOKEN and SLACK_APP_TOKEN" in result.stdout


def test_a_platform_that_is_half_configured_is_told(doctor: Doctor) -> None:
    told = lines(doctor(SLACK_BOT_TOKEN=GIVEN), "warn")
    assert told[0] == "slack is not configured, though SLACK_BOT_TOKEN is set"
