"""What people do to subscriptions, the same on every platform.

Whether a person may is the platform's to ask, before.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from rapidfuzz import process

from bot.digests.arrivals import record_arrivals
from bot.digests.schedule import next_slot
from bot.digests.timezones import is_timezone, timezones_like
from bot.digests.wording import NAMES, Label, described, late, listed, logged
from bot.model.digests import Digest, DigestKind, DigestOptions, Subscription, WeeklySlot
from bot.model.places import Place
from bot.ports import Library, Outbox, Sources
from bot.text.folding import fold
from bot.text.rich_text import Block, plain_block

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


class Subscriptions:
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

    async def here(self, place: Place, options: DigestOptions, by: Person, *, change: bool = False) -> Told:
        """Subscribe the place, or with `change` change what it has of that kind."""
        if problem := await self.problem(options):
            return Told(title="That cannot be posted", blocks=(plain_block(problem),), ok=False)
        options = await self._tidied(options)
        existing = await self.of(place, options.kind)
        if existing is None:
            return await self._add(place, options, by)
        if not change:
            lead = plain_block("This channel has one already. Shall it be changed to what you asked for?")
            blocks = (lead, *described(existing, self._clock()))
            return Told(title=NAMES[options.kind], blocks=blocks, ok=False, existing=existing)
        return await self._change(existing, options, by)

    async def of(self, place: Place, kind: DigestKind) -> Subscription | None:
        """What the place has of that kind."""
        found = await self._outbox.subscriptions(place)
        return next((each for each in found if each.options.kind is kind), None)

    async def list(self, place: Place) -> Told:
        """All of the place, or of its whole server if it names no channel."""
        found = await self._outbox.subscriptions(place)
        now = self._clock()
        if not found:
            return Told(title="No digests", blocks=(plain_block(_NONE),))
        if place.channel:
            blocks = tuple(block for each in found for block in described(each, now))
        else:
            blocks = tuple(listed(each, now, self._label) for each in found)
        return Told(title="Digests", blocks=blocks)

    async def preview(self, place: Place, kind: DigestKind | None) -> Digest | Told:
        """What would be posted: the next issue of a club, else the newest issue there is."""
        found = await self._chosen(place, kind)
        if isinstance(found, Told):
            return found
        return await self.preview_of(found)

    async def preview_of(self, subscription: Subscription) -> Digest | Told:
        """The same for any subscription, kept or not."""
        numbers = list(await self._library.numbers())
        if subscription.options.kind is DigestKind.CLUB:
            numbers = [number for number in numbers if number >= subscription.upcoming][:1]
        issue = await self._library.issue(numbers[-1]) if numbers else None
        if issue is None:
            return Told(title="Nothing to show", blocks=(plain_block("There is no issue left."),), ok=False)
        return Digest(subscription=subscription, issues=(issue,))

    async def do(self, verb: str, place: Place, kind: DigestKind | None = None) -> Told:
        """What one of `VERBS` does; `kind` says which subscription where a place has two."""
        match verb:
            case "list":
                return await self.list(place)
            case "log":
                return await self.log(place)
            case "pause":
                return await self.pause(place, kind)
            case "resume":
                return await self.resume(place, kind)
            case _:
                return await self.stop(place, kind)

    async def pause(self, place: Place, kind: DigestKind | None) -> Told:
        """Post nothing until it is resumed."""
        found = await self._chosen(place, kind)
        if isinstance(found, Told):
            return found
        if found.paused:
            return self._about(found, "Paused already")
        return await self._kept(replace(found, paused=BY_HAND, missed=False), "Paused")

    async def resume(self, place: Place, kind: DigestKind | None) -> Told:
        """Post again. What appeared since somebody paused it is left out; what it
        missed because the place was closed is still owed, together.
        """
        found = await self._chosen(place, kind)
        if isinstance(found, Told):
            return found
        if not found.paused:
            return self._about(found, "Not paused")
        after = replace(found, paused="", missed=False)
        if not found.missed:
            now, slot = self._clock(), found.options.slot
            newest = await record_arrivals(self._library, self._outbox, now)
            after = replace(after, seen=newest, due=next_slot(slot, now) if slot else None)
        return await self._kept(after, "Resumed")

    async def stop(self, place: Place, kind: DigestKind | None) -> Told:
        """End it for good."""
        found = await self._chosen(place, kind)
        if isinstance(found, Told):
            return found
        await self._outbox.remove(found.id)
        return Told(
            title="Stopped", blocks=(plain_block(f"{NAMES[found.options.kind]}: nothing more is posted."),)
        )

    async def log(self, place: Place) -> Told:
        """What was posted in the place, or in its server, what was not, and which sources fail."""
        now = self._clock()
        blocks = logged(await self._outbox.log(place, _LOGGED), self._label)
        found = await self._outbox.subscriptions(place)
        paused = tuple(listed(each, now, self._label) for each in found if each.paused)
        failing = await self._sources.failing() if self._sources else ()
        return Told(title="What was posted", blocks=(*late(failing, now), *paused, *blocks))

    async def problem(self, options: DigestOptions) -> str:
        """Why the wish cannot be kept; "" for no reason."""
        if options.kind is DigestKind.CLUB and options.slot is None:
            return "A reading club needs a day, an hour and a timezone: such as Monday, 9, Europe/London."
        if options.slot and (told := _slot_problem(options.slot)):
            return told
        if options.kind is DigestKind.CLUB and not (numbers := list(await self._library.numbers())):
            return "There are no issues here yet that a club could read."
        if options.kind is DigestKind.CLUB and options.start > numbers[-1]:
            return f"There is no AN #{options.start} to begin with; the newest is AN #{numbers[-1]}."
        known = await self._sections()
        for name in options.sections:
            if fold(name) not in known:
                near = process.extract(fold(name), list(known), limit=3)
                shown = ", ".join(f"“{known[key]}”" for key, _, _ in near)
                return f"No section is called “{name[:60]}”. The nearest: {shown}."
        return ""

    async def _chosen(self, place: Place, kind: DigestKind | None) -> Subscription | Told:
        """The one that is meant."""
        found = await self._outbox.subscriptions(place)
        chosen = [each for each in found if kind in {None, each.options.kind}]
        match chosen:
            case [one]:
                return one
            case []:
                return Told(title="No digest", blocks=(plain_block(_NONE),), ok=False)
            case _:
                both = "This channel has new issues and a reading club. Say which: news or club."
                return Told(title="Which one?", blocks=(plain_block(both),), ok=False)

    async def _add(self, place: Place, options: DigestOptions, by: Person) -> Told:
        now = self._clock()
        newest = await record_arrivals(self._library, self._outbox, now)
        subscription = Subscription(
            id="".join(secrets.choice(_LETTERS) for _ in range(8)),
            place=place,
            options=options,
            by=by.id,
            by_name=by.name,
            since=now,
            seen=newest,
            upcoming=options.start,
            due=next_slot(options.slot, now) if options.slot else None,
        )
        if await self._outbox.add(subscription):
            return self._about(subscription, "Subscribed")
        return Told(title="Not done", blocks=(plain_block(_CHANGED),), ok=False)

    async def _change(self, existing: Subscription, options: DigestOptions, by: Person) -> Told:
        now = self._clock()
        start = options.start if options.start != existing.options.start else existing.upcoming
        due = existing.due
        if options.slot != existing.options.slot:
            due = next_slot(options.slot, now) if options.slot else None
        after = replace(
            existing,
            options=options,
            by=by.id,
            by_name=by.name,
            upcoming=start,
            due=due,
            paused="",
            missed=False,
        )
        return await self._kept(after, "Changed")

    async def _kept(self, after: Subscription, title: str) -> Told:
        if await self._outbox.change(after):
            return self._about(after, title)
        return Told(title="Not done", blocks=(plain_block(_CHANGED),), ok=False)

    def _about(self, subscription: Subscription, title: str) -> Told:
        return Told(title=title, blocks=described(subscription, self._clock()))

    async def _tidied(self, options: DigestOptions) -> DigestOptions:
        """The wish with sections as the newsletter writes them."""
        known = await self._sections() if options.sections else {}
        return replace(options, sections=tuple(dict.fromkeys(known[fold(name)] for name in options.sections)))

    async def _sections(self) -> dict[str, str]:
        """Every heading that a section stands under, by its folded name."""
        found = await self._library.sections()
        return {fold(step): step for section in found for step in section.path}


def _slot_problem(slot: WeeklySlot) -> str:
    if not is_timezone(slot.timezone):
        near = " or ".join(timezones_like(slot.timezone, 3))
        return f"No timezone is called “{slot.timezone[:60]}”. Did you mean {near}?"
    if slot.hour not in range(24) or slot.weekday not in range(7):
        return "The hour is a number from 0 to 23, the day one from Monday to Sunday."
    return ""
