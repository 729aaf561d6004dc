"""What goes wrong around the real process: people read what is the matter, look things up meanwhile,
and when it is over all works as before.
"""

import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from bot.model.places import Place, Preferences
from store import open_store
from tests.adapters.contract.scene import ADA, Scene
from tests.support.drafts import clock
from tests.support.postgresql import Server
from tests.support.processes import Process, running

pytestmark = pytest.mark.slow
NOT_SAVED, BUSY = "That cannot be saved now", "My database is busy"
AWAY = "My database cannot be reached now; looking things up still works."
Disturbed = Callable[[Process, Path], AbstractContextManager[None]]


@contextmanager
def deleted(_: Process, database: Path) -> Iterator[None]:
    """The file is moved away."""
    away = database.with_name("away")
    database.rename(away)
    yield
    assert not database.exists()
    away.rename(database)


@contextmanager
def full(process: Process, _: Path) -> Iterator[None]:
    """No file of the process may grow."""
    limit = resource.prlimit(process.running.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    yield
    resource.prlimit(process.running.pid, resource.RLIMIT_FSIZE, limit)


@contextmanager
def locked(_: Process, database: Path) -> Iterator[None]:
    """Another process writes, and does not end."""
    with closing(sqlite3.connect(database, isolation_level=None)) as hog:
        hog.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.parametrize(("disturbed", "sentence"), [(deleted, NOT_SAVED), (full, NOT_SAVED), (locked, BUSY)])
async def test_what_cannot_be_saved_is_told_lookups_go_on_and_the_log_says_it_once(
    idle: Scene, disturbed: Disturbed, sentence: str
) -> None:
    database = Path(idle.environment["ANBOT_DB"])
    async with running(**idle.environment) as process:
        await process.says(f"ready {idle.name}")
        await process.says("delivers digests")
        await idle.ask("/linking on", by=ADA)
        with disturbed(process, database):
            for _ in range(2):
                card = await idle.ask("/linking off", by=ADA)
                assert sentence in card.text
            assert "Selection vs Control" in (await idle.ask("/paper selection vs control")).text
        assert "Linking is off" in (await idle.ask("/linking off", by=ADA)).text
        assert await process.terminated() == 0
    lines = "".join(process.lines).splitlines()
    assert not [line for line in lines if "Traceback" in line]
    assert len([line for line in lines if " ERROR anbot.digests" in line]) <= 1
    assert len([line for line in lines if " ERROR anbot.store" in line]) <= 1


async def test_a_server_of_the_database_that_goes_away_is_told_and_lookups_go_on(
    idle: Scene, server: Server
) -> None:
    environment = {**idle.environment, "ANBOT_DB": server.database().text}
    async with running(**environment) as process:
        await process.says(f"ready {idle.name}")
        await process.says("delivers digests")
        await idle.ask("/linking on", by=ADA)
        with server.away():
            for _ in range(2):
                assert AWAY in (await idle.ask("/linking off", by=ADA)).text
            assert "Selection vs Control" in (await idle.ask("/paper selection vs control")).text
        assert "Linking is off" in (await idle.ask("/linking off", by=ADA)).text
        assert await process.terminated() == 0
    lines = "".join(process.lines).splitlines()
    assert not [line for line in lines if "Traceback" in line]
    assert len([line for line in lines if " ERROR anbot.digests" in line]) <= 1


@pytest.mark.parametrize("place", [Path.replace, shutil.copyfile])
async def test_a_database_that_takes_its_place_is_opened(
    idle: Scene, place: Callable[[Path, Path], object], tmp_path: Path
) -> None:
    database, other = Path(idle.environment["ANBOT_DB"]), tmp_path / "other" / "an.db"
    async with running(**idle.environment) as process:
        await process.says(f"ready {idle.name}")
        await process.says("delivers digests")
        await idle.ask("/linking on", by=ADA)
        async with open_store(other, clock=clock) as store:
            await store.preferences.put(Place(platform="other", server="1"), Preferences(private=True))
        place(other, database)
        await process.says("was replaced while it was open")
        assert "Linking is on" in (await idle.ask("/linking on", by=ADA)).text
        assert await process.terminated() == 0
    async with open_store(database, clock=clock) as store:
        assert (await store.preferences.of(Place(platform="other", server="1"))).private
        assert await store.checkup.damage() == []
