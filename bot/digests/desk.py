"""What people do to subscriptions, the same on every platform.

Whether a person may is the platform's to ask, before.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from rapidfuzz import process

from bot.digests.news import note_new
from bot.digests.schedule import next_slot
from bot.digests.values import Digest, Kind, Slot, Subscription, Wish
from bot.digests.wording import NAMES, Label, described, late, listed, logged
from bot.digests.zones import is_zone, zones_like
from bot.ports import Library, Outbox, Sources
from bot.spans import Block, plain_block
from bot.text import fold
from bot.types import Where

VERBS: Final = ("list", "pause", "resume", "stop", "log")
"""What can be done to subscriptions beside making and showing them."""
_LOGGED: Final = 60
_LETTERS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
BY_HAND: Final = "a member paused it"
"""The reason that is kept where somebody wanted it."""
_NONE: Final = "There is no digest in this channel. /digest here makes one."
_CHANGED: Final = "Somebody changed it at the same time. Look at /digest list, and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asks: their id, and the name that digests say."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of it. With `existing` nothing was done: the place has one of that
    kind, and who asked has to say whether to change it.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    ok: bool = True
    existing: Subscription | None = None


class DigestDesk:
    """Subscribes, lists, previews, pauses, resumes, stops, and tells what was posted."""

    def __init__(
        self,
        library: Library,
        outbox: Outbox,
        clock: Callable[[], datetime],
        label: Label,
        sources: Sources | None = None,
    ) -> None:
        """`sources` are those that new issues come from, None where nothing is polled."""
        self._library = library
        self._outbox = outbox
        self._clock = clock
        self._label = label
        self._sources = sources

    async def here(self, where: Where, wish: Wish, by: Person, *, change: bool = False) -> Told:
        """Subscribe the place, or with `change` change what it has of that kind."""
        if problem := await self.problem(wish):
            return Told(title="That cannot be posted", blocks=(plain_block(problem),), ok=False)
        wish = await self._tidied(wish)
        existing = await self.of(where, wish.kind)
        if existing is None:
            return await self._add(where, wish, by)
        if not change:
            lead = plain_block("This channel has one already. Shall it be changed to what you asked for?")
            blocks = (lead, *described(existing, self._clock()))
            return Told(title=NAMES[wish.kind], blocks=blocks, ok=False, existing=existing)
        return await self._change(existing, wish, by)

    async def of(self, where: Where, kind: Kind) -> Subscription | None:
        """What the place has of that kind."""
        found = await self._outbox.subscriptions(where)
        return next((each for each in found if each.wish.kind is kind), None)

    async def list(self, where: Where) -> Told:
        """All of the place, or of its whole server if it names no channel."""
        found = await self._outbox.subscriptions(where)
        now = self._clock()
        if not found:
            return Told(title="No digests", blocks=(plain_block(_NONE),))
        if where.channel:
            blocks = tuple(block for each in found for block in described(each, now))
        else:
            blocks = tuple(listed(each, now, self._label) for each in found)
        return Told(title="Digests", blocks=blocks)

    async def preview(self, where: Where, kind: Kind | None) -> Digest | Told:
        """What would be posted: the next issue of a club, else the newest issue there is."""
        found = await self._chosen(where, kind)
        if isinstance(found, Told):
            return found
        return await self.preview_of(found)

    async def preview_of(self, subscription: Subscription) -> Digest | Told:
        """The same for any subscription, kept or not."""
        numbers = list(await self._library.numbers())
        if subscription.wish.kind is Kind.CLUB:
            numbers = [number for number in numbers if number >= subscription.upcoming][:1]
        issue = await self._library.issue(numbers[-1]) if numbers else None
        if issue is None:
            return Told(title="Nothing to show", blocks=(plain_block("There is no issue left."),), ok=False)
        return Digest(subscription=subscription, issues=(issue,))

    async def do(self, verb: str, where: Where, kind: Kind | None = None) -> Told:
        """What one of `VERBS` does; `kind` says which subscription where a place has two."""
        match verb:
            case "list":
                return await self.list(where)
            case "log":
                return await self.log(where)
            case "pause":
                return await self.pause(where, kind)
            case "resume":
                return await self.resume(where, kind)
            case _:
                return await self.stop(where, kind)

    async def pause(self, where: Where, kind: Kind | None) -> Told:
        """Post nothing until it is resumed."""
        found = await self._chosen(where, kind)
        if isinstance(found, Told):
            return found
        if found.paused:
            return self._about(found, "Paused already")
        return await self._kept(replace(found, paused=BY_HAND, missed=False), "Paused")

    async def resume(self, where: Where, kind: Kind | None) -> Told:
        """Post again. What appeared since somebody paused it is left out; what it
        missed because the place was closed is still owed, together.
        """
        found = await self._chosen(where, kind)
        if isinstance(found, Told):
            return found
        if not found.paused:
            return self._about(found, "Not paused")
        after = replace(found, paused="", missed=False)
        if not found.missed:
            now, slot = self._clock(), found.wish.slot
            newest = await note_new(self._library, self._outbox, now)
            after = replace(after, seen=newest, due=next_slot(slot, now) if slot else None)
        return await self._kept(after, "Resumed")

    async def stop(self, where: Where, kind: Kind | None) -> Told:
        """End it for good."""
        found = await self._chosen(where, kind)
        if isinstance(found, Told):
            return found
        await self._outbox.remove(found.id)
        return Told(
            title="Stopped", blocks=(plain_block(f"{NAMES[found.wish.kind]}: nothing more is posted."),)
        )

    async def log(self, where: Where) -> Told:
        """What was posted in the place, or in its server, what was not, and which sources fail."""
        now = self._clock()
        blocks = logged(await self._outbox.log(where, _LOGGED), self._label)
        found = await self._outbox.subscriptions(where)
        paused = tuple(listed(each, now, self._label) for each in found if each.paused)
        failing = await self._sources.failing() if self._sources else ()
        return Told(title="What was posted", blocks=(*late(failing, now), *paused, *blocks))

    async def problem(self, wish: Wish) -> str:
        """Why the wish cannot be kept; "" for no reason."""
        if wish.kind is Kind.CLUB and wish.slot is None:
            return "A reading club needs a day, an hour and a timezone: such as Monday, 9, Europe/London."
        if wish.slot and (told := _slot_problem(wish.slot)):
            return told
        if wish.kind is Kind.CLUB and not (numbers := list(await self._library.numbers())):
            return "There are no issues here yet that a club could read."
        if wish.kind is Kind.CLUB and wish.start > numbers[-1]:
            return f"There is no AN #{wish.start} to begin with; the newest is AN #{numbers[-1]}."
        known = await self._sections()
        for name in wish.sections:
            if fold(name) not in known:
                near = process.extract(fold(name), list(known), limit=3)
                shown = ", ".join(f"“{known[key]}”" for key, _, _ in near)
                return f"No section is called “{name[:60]}”. The nearest: {shown}."
        return ""

    async def _chosen(self, where: Where, kind: Kind | None) -> Subscription | Told:
        """The one that is meant."""
        found = await self._outbox.subscriptions(where)
        chosen = [each for each in found if kind in {None, each.wish.kind}]
        match chosen:
            case [one]:
                return one
            case []:
                return Told(title="No digest", blocks=(plain_block(_NONE),), ok=False)
            case _:
                both = "This channel has new issues and a reading club. Say which: news or club."
                return Told(title="Which one?", blocks=(plain_block(both),), ok=False)

    async def _add(self, where: Where, wish: Wish, by: Person) -> Told:
        now = self._clock()
        newest = await note_new(self._library, self._outbox, now)
        subscription = Subscription(
            id="".join(secrets.choice(_LETTERS) for _ in range(8)),
            where=where,
            wish=wish,
            by=by.id,
            by_name=by.name,
            since=now,
            seen=newest,
            upcoming=wish.start,
            due=next_slot(wish.slot, now) if wish.slot else None,
        )
        if await self._outbox.add(subscription):
            return self._about(subscription, "Subscribed")
        return Told(title="Not done", blocks=(plain_block(_CHANGED),), ok=False)

    async def _change(self, existing: Subscription, wish: Wish, by: Person) -> Told:
        now = self._clock()
        start = wish.start if wish.start != existing.wish.start else existing.upcoming
        due = existing.due
        if wish.slot != existing.wish.slot:
            due = next_slot(wish.slot, now) if wish.slot else None
        after = replace(
            existing, wish=wish, by=by.id, by_name=by.name, upcoming=start, due=due, paused="", missed=False
        )
        return await self._kept(after, "Changed")

    async def _kept(self, after: Subscription, title: str) -> Told:
        if await self._outbox.change(after):
            return self._about(after, title)
        return Told(title="Not done", blocks=(plain_block(_CHANGED),), ok=False)

    def _about(self, subscription: Subscription, title: str) -> Told:
        return Told(title=title, blocks=described(subscription, self._clock()))

    async def _tidied(self, wish: Wish) -> Wish:
        """The wish with sections as the newsletter writes them."""
        known = await self._sections() if wish.sections else {}
        return replace(wish, sections=tuple(dict.fromkeys(known[fold(name)] for name in wish.sections)))

    async def _sections(self) -> dict[str, str]:
        """Every heading that a section stands under, by its folded name."""
        found = await self._library.sections()
        return {fold(step): step for section in found for step in section.path}


def _slot_problem(slot: Slot) -> str:
    if not is_zone(slot.zone):
        near = " or ".join(zones_like(slot.zone, 3))
        return f"No timezone is called “{slot.zone[:60]}”. Did you mean {near}?"
    if slot.hour not in range(24) or slot.weekday not in range(7):
        return "The hour is a number from 0 to 23, the day one from Monday to Sunday."
    return ""
