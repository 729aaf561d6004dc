"""Rounds over all sources: ask those that are due, take in what has changed.

A source that fails keeps what was taken in of it and is asked again later and
later; the others go on.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from bot.errors import BotError, InputError, StoreError
from bot.indexing.indexer import Indexer
from bot.model.newsletter import Document
from bot.ports import Archive, Library, Sources, SourceState
from bot.readers import read
from bot.runtime.background import in_background
from bot.sources.backoff import EVERY, FIRST_RETRY, LONGEST_ASKED, next_try, next_visit
from bot.sources.http import Unanswered
from bot.sources.named import Source, standing
from bot.sources.obtain import Obtain, Obtained
from bot.sources.outcome import Failed, Indexed, NotDue, Outcome, Unchanged, log_outcome

log: Final = logging.getLogger("anbot.sources")
LEASE: Final = timedelta(minutes=10)
"""How long one who asks a source keeps it to itself; then it is taken for dead."""
_LONGEST_SLEEP: Final = timedelta(minutes=10)
"""A folder has new files without a word, and a machine that slept is late."""
_SHORTEST_SLEEP: Final = timedelta(seconds=1)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A source that holds something new, understood and yet to be taken in."""

    source: str
    state: SourceState
    obtained: Obtained
    document: Document


class Poller:
    """Keeps the library up to date with the sources of those names: addresses,
    files, folders, patterns and words, as `bot.sources.expand` takes them.
    """

    def __init__(  # noqa: PLR0913 - each is a thing of its own that a test replaces
        self,
        named: Sequence[str],
        *,
        archive: Archive,
        library: Library,
        states: Sources,
        obtain: Obtain,
        clock: Callable[[], datetime],
        rng: random.Random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._named = named
        self._archive = archive
        self._library = library
        self._states = states
        self._obtain = obtain
        self._clock = clock
        self._rng = rng
        self._sleep = sleep

    async def round(
        self,
        now: datetime,
        *,
        force: bool = False,
        step: Callable[[str], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Sequence[Outcome]:
        """Ask every source that is due, or every one by `force`; an outcome each.

        `step` is called with each name. Once `stopped` says so no other
        is asked. Raises StoreError if the database fails; what was taken
        in before stays.
        """
        outcomes: list[Outcome] = []
        read_sources: list[_Read] = []
        for source in await asyncio.to_thread(standing, self._named):
            if stopped():
                break
            step(source.name)
            match await self._visit(source, now, force=force):
                case _Read() as read_source:
                    read_sources.append(read_source)
                case outcome:
                    outcomes.append(outcome)
        return [*outcomes, *await self._index(read_sources, now)]

    async def run(self, stop: asyncio.Event) -> None:
        """Make a round whenever a source is due, until the event is set; a round
        that is under way is given up then.
        """
        rounds = asyncio.create_task(self._forever())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({rounds, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if rounds.done():
                await rounds
        finally:
            rounds.cancel()
            stopping.cancel()
            await asyncio.gather(rounds, stopping, return_exceptions=True)

    async def _forever(self) -> None:
        while True:
            due = await self._logged_round()
            rest = min(max(due - self._clock(), _SHORTEST_SLEEP), _LONGEST_SLEEP)
            await self._sleep(rest.total_seconds())

    async def _logged_round(self) -> datetime:
        """Make a round and log what came of it; when the next is due."""
        now = self._clock()
        try:
            outcomes = await self.round(now)
        except BotError as error:
            log.warning("%s", error)
            return now + FIRST_RETRY
        for outcome in outcomes:
            log_outcome(log, outcome)
        return min((outcome.due for outcome in outcomes), default=now + EVERY)

    async def _visit(self, source: Source, now: datetime, *, force: bool) -> _Read | Outcome:
        state = await self._states.state(source.name)
        if state and now < state.due <= now + LONGEST_ASKED and not force:
            return NotDue(source=source.name, due=state.due)
        # What is later was written by a clock that was ahead.
        force = force or bool(state and state.due > now)
        state = await self._states.claim(source.name, now, now + LEASE, force=force)
        if state is None:  # another process was quicker
            return NotDue(source=source.name, due=now + LEASE)
        return await self._guarded(self._look(source, state, now), state, now)

    async def _guarded(self, work: Awaitable[T], state: SourceState, now: datetime) -> T | Failed:
        """A source's failures are its own, and so are ours over it."""
        try:
            return await work
        except InputError as error:
            return await self._failed(state, now, error)
        except StoreError:  # the next source would fare no better
            raise
        except Exception as error:
            log.exception("%s led to a defect", state.name)
            return await self._failed(state, now, _defect(state.name, error))

    async def _look(self, source: Source, state: SourceState, now: datetime) -> _Read | Outcome:
        if source.problem:
            raise InputError(source.problem)
        obtained = await self._obtain(source, state)
        if obtained is None:
            return await self._unchanged(state, now)
        if obtained.content_hash == state.content_hash:
            return await self._unchanged(_holding(state, obtained), now)
        # Elsewhere, so that who looks something up does not wait for it.
        document = await in_background(
            partial(read, obtained.data, obtained.name, address=obtained.address, charset=obtained.charset)
        )
        return _Read(source=source.name, state=state, obtained=obtained, document=document)

    async def _index(self, read_sources: Sequence[_Read], now: datetime) -> Sequence[Outcome]:
        """What does not say which issue it is comes last, when the others are known."""
        if not read_sources:
            return []
        indexer = Indexer(self._archive)
        async with self._archive.many():
            return [
                await self._guarded(self._index_one(indexer, source, now), source.state, now)
                for source in sorted(read_sources, key=lambda one: not one.document.numbered)
            ]

    async def _index_one(self, indexer: Indexer, read_source: _Read, now: datetime) -> Indexed:
        before = await self._library.numbers()
        report = await indexer.take(read_source.source, read_source.document)
        state = await self._succeeded(_holding(read_source.state, read_source.obtained), now)
        fresh = sorted(set(await self._library.numbers()).difference(before))
        return Indexed(source=read_source.source, due=state.due, report=report, fresh=tuple(fresh))

    async def _unchanged(self, state: SourceState, now: datetime) -> Unchanged:
        return Unchanged(source=state.name, due=(await self._succeeded(state, now)).due)

    async def _succeeded(self, state: SourceState, now: datetime) -> SourceState:
        due = next_visit(now, self._rng)
        state = replace(state, tried=now, succeeded=now, failures=0, problem="", due=due)
        await self._states.put(state)
        return state

    async def _failed(self, state: SourceState, now: datetime, error: InputError) -> Failed:
        """What the source is known by stays that of what was taken in: asked
        again it must not say that what failed has not changed.
        """
        retry_after = error.retry_after if isinstance(error, Unanswered) else ""
        failures = state.failures + 1
        due = next_try(now, failures, self._rng, retry_after)
        await self._states.put(replace(state, tried=now, failures=failures, problem=str(error), due=due))
        return Failed(source=state.name, due=due, problem=str(error), failures=failures)


def _holding(state: SourceState, obtained: Obtained) -> SourceState:
    return replace(
        state,
        etag=obtained.validators.etag,
        last_modified=obtained.validators.last_modified,
        content_hash=obtained.content_hash,
    )


def _defect(name: str, error: Exception) -> InputError:
    return InputError(
        f"{name} met a defect of anbot ({type(error).__name__}). The log says where; the other sources go on."
    )
