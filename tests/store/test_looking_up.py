"""Look-ups in the caller's thread: nothing is remembered of what others write, and nobody is kept waiting."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.model.newsletter import SourceKind
from bot.model.places import Place, Preferences
from store import open_store
from tests.stand_ins.common.patience import HANG
from tests.support.drafts import clock, document, draft
from tests.support.indexing import take

PLACE = Place(platform="slack", server="T1", channel="C1")
OTHER = Place(platform="slack", server="T2", channel="C1")


async def test_what_another_process_sets_holds_at_once_and_for_its_server_alone(tmp_path: Path) -> None:
    file = tmp_path / "an.db"
    async with open_store(file, clock=clock) as one, open_store(file, clock=clock) as two:
        for private in (True, False):
            await two.preferences.put(PLACE, Preferences(private=private))
            assert await one.preferences.of(PLACE) == Preferences(private=private)
            assert await one.preferences.of(OTHER) == Preferences()
        await two.installations.put("slack", "T1", "{}")
        assert await one.installations.of("slack", "T1") == "{}"
        await two.forgetting.server("slack", "T1")
        assert await one.installations.of("slack", "T1") is None
        assert await one.preferences.of(PLACE) == Preferences()


async def test_who_locks_the_database_is_waited_for_while_others_go_on(tmp_path: Path) -> None:
    file = tmp_path / "an.db"
    async with open_store(file, clock=clock) as store:
        await take(store, "page", document(SourceKind.PAGE, draft(7, "Sheep")))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")  # readers need not wait for a writer with a log
        async with open_store(file, clock=clock, busy_seconds=HANG) as store:
            other.execute("BEGIN EXCLUSIVE")
            reading = asyncio.ensure_future(store.library.numbers())
            await asyncio.sleep(0)
            assert not reading.done()
            other.execute("COMMIT")
            assert await reading == (7,)
