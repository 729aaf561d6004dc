"""`anbot doctor` says what is wrong and what to do, and by its exit code whether anything is."""

import json
import re
import resource
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import build_app
from bot.cli import anbot
from bot.ports import SourceState
from store import Store, open_store
from store.migrations import MIGRATIONS
from tests.support.checkup import Doctor, inside, lines
from tests.support.drafts import NOW

HOUR = timedelta(hours=1)
GIVEN = "xoxb-never-shown"
NOWHERE = "http://127.0.0.1:9/api"
FEED = "https://news.example/feed"
FINE = SourceState(name=FEED, tried=NOW, succeeded=NOW, due=NOW + HOUR)
FAILING = replace(FINE, succeeded=NOW - HOUR, failures=3, problem=f"{FEED} answered 500; try again later.")


def keep(database: Path, *states: SourceState) -> None:
    async def prepare(store: Store) -> None:
        for state in states:
            await store.sources.put(state)

    inside(database, prepare)


@pytest.mark.usefixtures("filled")
def test_when_all_is_well_it_says_so(doctor: Doctor, database: Path) -> None:
    keep(database, FINE)
    result = doctor(ANBOT_SOURCES=FEED, DISCORD_TOKEN=GIVEN, DISCORD_API_URL=NOWHERE)
    (away,) = lines(result, "warn")
    assert away.startswith("Discord cannot be reached: ")
    assert (result.exit_code, lines(result, "bad")) == (0, [])
    sound, unused, polled, digests, rules, file, platform = lines(result, "ok")
    assert sound.startswith(f"The database is sound: 1 issue · 2 summaries · schema {MIGRATIONS[-1].version}")
    assert polled == f"{FEED}: answered a moment ago, asked again in 1 hour"
    assert digests == "No channel is subscribed to digests"
    assert rules.startswith("timezones: the rules of version 20")
    assert unused == "No running bot has this database, or it was started this very moment"
    assert re.fullmatch(rf"{database}: \d+\.\d MB, mode 0600, [\d,]+ MB left on its disk", file)
    assert platform == "discord is configured by DISCORD_TOKEN and DISCORD_API_URL"
    assert GIVEN not in result.output


@pytest.mark.usefixtures("filled")
def test_it_prints_json_for_monitoring(database: Path) -> None:
    environment = {
        "ANBOT_DB": str(database),
        "ANBOT_SOURCES": "",
        "DISCORD_TOKEN": GIVEN,
        "DISCORD_API_URL": NOWHERE,
    }
    result = CliRunner().invoke(anbot, ["doctor", "--json"], obj=build_app(environment))
    findings = [json.loads(line) for line in result.output.splitlines()]
    assert {finding["health"] for finding in findings} <= {"ok", "warn"}
    assert result.exit_code == 0
    assert {
        "health": "ok",
        "what": "discord is configured by DISCORD_TOKEN and DISCORD_API_URL",
        "advice": "",
    } in findings


def test_without_a_database_it_says_how_to_make_one_and_makes_none(doctor: Doctor, database: Path) -> None:
    result = doctor()
    assert result.exit_code == 1
    assert "anbot index" in lines(result, "bad")[0]
    assert not database.exists()


def test_an_empty_database_is_reported(doctor: Doctor, database: Path) -> None:
    keep(database)
    result = doctor()
    assert result.exit_code == 0
    assert "no newsletters" in lines(result, "warn")[0]
    assert "`anbot sync`" in result.stdout


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
def test_a_source_that_fails_is_reported_with_when_why_and_what_next(doctor: Doctor, database: Path) -> None:
    keep(database, FAILING)
    result = doctor(ANBOT_SOURCES=FEED)
    assert result.exit_code == 0
    warning = f"{FEED} failed 3 times in a row (last answered 1 hour ago): {FAILING.problem}"
    assert lines(result, "warn")[0] == warning
    assert "The next try is in 1 hour; `anbot sync` tries now." in result.stdout


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("succeeded", [None, NOW - timedelta(days=4)])
def test_a_source_that_never_answered_or_not_for_days_is_bad(
    doctor: Doctor, database: Path, succeeded: datetime | None
) -> None:
    keep(database, replace(FAILING, succeeded=succeeded))
    result = doctor(ANBOT_SOURCES=FEED)
    assert result.exit_code == 1
    assert ("never answered" if succeeded is None else "last answered 4 days ago") in lines(result, "bad")[0]


@pytest.mark.usefixtures("filled")
def test_a_source_that_nobody_asks_any_more_is_reported(doctor: Doctor, database: Path) -> None:
    keep(database, FINE)
    result = doctor(NOW + timedelta(days=2), ANBOT_SOURCES=FEED)
    assert "last asked 2 days ago" in lines(result, "warn")[0]
    assert "Is `anbot run` running" in result.stdout


@pytest.mark.usefixtures("filled")
def test_files_of_a_folder_that_fail_are_reported_and_the_rest_counted(
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
    assert lines(doctor(ANBOT_SOURCES=str(folder)), "ok")[2].startswith(f"{folder}, 3 files: answered")
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


def test_a_half_configured_platform_is_reported(doctor: Doctor) -> None:
    warning = lines(doctor(SLACK_BOT_TOKEN=GIVEN), "warn")
    assert warning[0] == "slack is not configured, though SLACK_BOT_TOKEN is set"


@pytest.mark.usefixtures("filled")
def test_a_database_that_others_may_read_and_a_full_disk_are_reported(
    doctor: Doctor, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.chmod(0o644)
    usage = shutil.disk_usage(database)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=3_000_000))
    warnings = lines(doctor(), "warn")
    assert any("Others than its owner may read" in each for each in warnings)
    assert any("has 3 MB left" in each for each in warnings)


@pytest.mark.usefixtures("filled")
def test_a_disk_on_which_nothing_more_can_be_written_is_bad(doctor: Doctor) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        result = doctor()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.exit_code == 1
    assert "The disk failed to read or write" in lines(result, "bad")[0]
