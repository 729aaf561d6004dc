"""What a measurement of digests needs: a database, channels that want them, and a bot to kill."""

import asyncio
import os
import random
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Final

from bot.cards.card import Card
from bot.digests.subscriptions import Person, Subscriptions
from bot.errors import StoreBusy
from bot.indexing.indexer import Indexer
from bot.model.digests import DigestOptions
from bot.ports import DatabaseAddress, DatabaseName
from bot.readers import read
from bot.sample import document
from store import Store, open_store
from tests.bench.crowds import IN_A_SERVER, Crowd
from tests.bench.discord_crowd import Discord
from tests.bench.library import SHEET, summaries_in
from tests.bench.slack_crowd import Slack
from tests.stand_ins import discord as discord_stand_in
from tests.stand_ins import slack as slack_stand_in
from tests.support.feeds import feed, issue
from tests.support.processes import ROOT, Process, free_port, running

APART: Final = 0.1
"""Seconds between two lookups on a platform."""
NEW: Final = 900
"""The number of the issue that appears first."""
QUESTIONS: Final = 200
"""How many there are to choose from."""
WORDS: Final = 4
"""Of how many words each is: so many of a title."""


@dataclass
class Stage:
    """A database, a folder for feeds, and a crowd on each platform."""

    folder: Path
    database: DatabaseName
    store: Store
    discord: Discord
    slack: Slack
    questions: Sequence[str]
    rng: random.Random
    issues: int = 0

    @property
    def crowds(self) -> Sequence[Crowd]:
        """Both."""
        return self.discord, self.slack

    @asynccontextmanager
    async def bot(self, **given: str) -> AsyncIterator[Process]:
        """A process that is connected to both platforms."""
        async with running(**{**self._environment, **given}) as process:
            await process.says("ready discord")
            await process.says("ready slack")
            yield process

    async def appear(self) -> float:
        """Let a new issue appear; tell when it was there."""
        file = self.folder / "feed.xml"
        file.write_bytes(feed(issue(NEW + self.issues)))
        self.issues += 1
        await self.command("index", str(file))
        return time.time()

    async def command(self, *arguments: str) -> int:
        """Run the command line; how often it found the database busy, and was run again."""
        busy = 0
        while (code := await self._run(*arguments)) == StoreBusy.exit_code:
            busy += 1
        assert code == 0, arguments
        return busy

    async def _run(self, *arguments: str) -> int:
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *arguments),
            cwd=ROOT,
            env={**os.environ, **self._environment},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        return await running.wait()

    async def reach(self, messages: int, within: float) -> None:
        """Return when so many stand in the channels of every platform."""
        await asyncio.gather(*(crowd.reaches(messages, within) for crowd in self.crowds))

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """People look things up all the while, without waiting for each other."""
        asking = asyncio.create_task(self._ask())
        try:
            yield
        finally:
            asking.cancel()

    async def _ask(self) -> None:
        while True:
            for crowd in self.crowds:
                await asyncio.sleep(APART / len(self.crowds))
                await crowd.ask(self.rng.choice(self.questions))

    @property
    def _environment(self) -> dict[str, str]:
        given = dict(chain.from_iterable(crowd.environment.items() for crowd in self.crowds))
        name = self.database.text if isinstance(self.database, DatabaseAddress) else str(self.database)
        return {"ANBOT_DB": name, "ANBOT_QUIET": "0", **given}


@asynccontextmanager
async def stage(  # noqa: PLR0913 - three have defaults
    folder: Path,
    subscriptions: int,
    rng: random.Random,
    *,
    database: DatabaseName | None = None,
    in_a_server: int = IN_A_SERVER,
    workers: int = 1,
) -> AsyncIterator[Stage]:
    """The real newsletters, or the sample where they are not at hand, and so many channels a platform.

    The database is a file in the folder unless one is given; at most so many bots share it.
    """
    database = database or folder / "an.db"
    async with AsyncExitStack() as stack:
        there = await stack.enter_async_context(discord_stand_in.StandIn())
        discord = Discord(there, subscriptions, in_a_server)
        ports = [free_port() for _ in range(workers)]
        slack = Slack(
            await stack.enter_async_context(slack_stand_in.StandIn()), subscriptions, ports, in_a_server
        )
        store = await stack.enter_async_context(open_store(database, clock=_now))
        whole = read(SHEET.read_bytes(), SHEET.name) if SHEET.exists() else document()
        await Indexer(store.archive).take("newsletters", whole)
        await slack.install(store)
        lookup = Subscriptions(store.library, store, _now)
        for place in (*discord.wheres, *slack.wheres):
            card = await lookup.subscribe(place, DigestOptions(), Person(id="1", name="Ada"))
            assert isinstance(card, Card), card
        titles = [each.title.split() for each in await summaries_in(store)]
        questions = [" ".join(rng.choice(titles)[:WORDS]) for _ in range(QUESTIONS)]
        yield Stage(folder, database, store, discord, slack, questions, rng)


def _now() -> datetime:
    return datetime.now(UTC)
