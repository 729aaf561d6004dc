"""Writes a database of the present version, as SQL. Released versions are never written again."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot import __version__
from bot.indexing.indexer import Indexer
from bot.model.digests import Delivery, DigestKind, DigestOptions, Subscription, WeeklySlot, delivery_id
from bot.model.newsletter import Document, SourceKind
from bot.model.places import Length, Place, Preferences
from store import Store, open_store
from tests.support.drafts import NOW, clock
from tests.support.leases import acquired
from tests.support.one_issue import DRAFT

FOLDER = Path(__file__).parent
HERE = Place(platform="discord", server="1", channel="10")
CLUB = Subscription(
    id="k3jx92ab",
    place=HERE,
    options=DigestOptions(
        kind=DigestKind.CLUB, slot=WeeklySlot(weekday=0, hour=9, timezone="Europe/London"), start=801
    ),
    by="7",
    by_name="Ada",
    upcoming=801,
    due=NOW + timedelta(days=3),
)

PREFERENCES = Preferences(private=True, linking=True, length=Length.LONG)
PART = Delivery(
    id=delivery_id(CLUB.id, 1, 1), subscription=CLUB.id, place=HERE, digest=1, part=1, parts=1,
    payload='{"content": "AN #801"}', planned=NOW, title="AN #801",
)  # fmt: skip


async def fill(store: Store) -> None:
    """Something in every table that a running bot fills."""
    await Indexer(store.archive).take("801.html", Document(kind=SourceKind.PAGE, drafts=(DRAFT,)))
    await store.subscriptions.add(CLUB)
    await store.preferences.put(HERE, PREFERENCES)
    await store.installations.put("slack", "T1", '{"team_id": "T1"}')
    await store.memo.remember("discord.commands", "1")
    fence = await acquired(store.lease, "discord", "one", NOW, NOW + timedelta(minutes=1))
    await store.outbox.plan(CLUB, [PART], fence or 0)


def dump(database: Path) -> Iterator[str]:
    """The lines of SQL that make the database."""
    with closing(sqlite3.connect(database)) as connection:
        for name in ("application_id", "user_version"):
            yield f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]};"
        yield from connection.iterdump()


async def write() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "an.db"
        async with open_store(database, clock=clock) as store:
            await fill(store)
        lines = "\n".join(dump(database))
    (FOLDER / f"{__version__}.sql").write_text(f"{lines}\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(write())
