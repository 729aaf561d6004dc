"""What the core needs from the outside, as Protocols. `store` fulfils them.

Methods take and return `bot.types` values only: no rows, no SQL, no platform.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.digests.values import Appearance, Delivery, State, Subscription
from bot.types import (
    Draft,
    Filters,
    Found,
    Headline,
    Issue,
    Kind,
    Origin,
    Preferences,
    SectionCount,
    Summary,
    Where,
)


class Library(Protocol):
    """Reads the summaries. Safe to call from many tasks at once."""

    async def numbers(self) -> Sequence[int]:
        """The numbers of all numbered issues, ascending."""

    async def issue(self, number: int) -> Issue | None:
        """The issue with its summaries in printed order."""

    async def summary(self, key: str) -> Summary | None:
        """The summary of that key, or of an older spelling of it."""

    async def sections(self) -> Sequence[SectionCount]:
        """Every section that holds summaries, in the newsletter's order."""

    async def in_section(self, path: Sequence[str], *, offset: int, limit: int) -> Sequence[Headline]:
        """Summaries under that path or below it, newest issue first."""

    async def cites(self, key: str) -> Sequence[Headline]:
        """The summaries this one's texts point at, oldest issue first."""

    async def cited_by(self, key: str) -> Sequence[Headline]:
        """The summaries whose texts point at this one, newest issue first."""

    async def origin(self) -> Origin:
        """How much there is and how fresh it is."""


class Finder(Protocol):
    """Finds the summary a person means."""

    async def find(self, words: str, filters: Filters = ..., *, limit: int = ...) -> Found:
        """Answer free text; never raises for anything a person can type."""

    async def complete(self, words: str, *, limit: int = ...) -> Sequence[Headline]:
        """Summaries for a half-typed query, best first, for autocomplete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One source's word on one issue, kept as it came so that merging can be
    done again whenever another source speaks. One layer a kind and issue.
    """

    kind: Kind
    source: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft belongs: a number, or a label for what is outside them."""

    number: int | None
    label: str = ""


class Shelf(Protocol):
    """Changes to the library inside one transaction: all of it or nothing."""

    async def layers(self, place: Place) -> Sequence[Layer]:
        """What the sources have said of that issue so far."""

    async def issue(self, place: Place) -> Issue | None:
        """The issue as the library holds it."""

    async def aliases(self, place: Place) -> dict[str, str]:
        """Older keys of that issue's summaries: alias to key."""

    async def put_layer(self, layer: Layer) -> None:
        """Keep this layer, in place of an older one of its kind and issue."""

    async def put_issue(self, issue: Issue, aliases: dict[str, str]) -> None:
        """Replace the issue and all its summaries; `aliases` maps older keys."""

    async def locate(self, titles: Collection[str]) -> dict[int, int]:
        """How many of these folded titles (`bot.text.fold`) each numbered
        issue holds; issues with none are left out.
        """


class Archive(Protocol):
    """The writing side of the library."""

    def writing(self) -> AbstractAsyncContextManager[Shelf]:
        """A transaction: committed when left, undone when an error leaves it."""

    def many(self) -> AbstractAsyncContextManager[None]:
        """For transactions in a row: the search finds what they wrote when it is left,
        which saves making its index after each.
        """

    async def all_layers(self) -> Sequence[Layer]:
        """Every layer, in a fixed order, for an export."""

    def all_issues(self) -> AsyncIterator[tuple[Issue, Mapping[str, str]]]:
        """Every issue with its summaries' older keys (alias to key), in a fixed
        order, all as they were when the first was asked for.
        """


class Ledger(Protocol):
    """What the bot keeps about places and about itself; survives a restart."""

    async def preferences(self, where: Where) -> Preferences:
        """What holds there: what the channel wants, else what its server wants."""

    async def prefer(self, where: Where, preferences: Preferences) -> None:
        """Keep what is not None for that place; without a channel, for the server."""

    async def forget_preferences(self, where: Where) -> None:
        """Leave everything open again for exactly that place."""

    async def linking_in(self, platform: str, server: str) -> Sequence[str]:
        """The channels of that server where linking was switched on by themselves."""

    async def recall(self, name: str) -> str | None:
        """What was remembered under the name last."""

    async def remember(self, name: str, value: str) -> None:
        """Keep a value under the name, in place of an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What answers a message of a discussion.

    `id` is the platform's own, "" once the reply was removed; `names` are those
    of what it shows; `said` is a digest of what the message said then.
    """

    id: str
    names: frozenset[str]
    said: str


class Discussions(Protocol):
    """What was answered unasked, and who wants no such answers; survives a restart.

    A place is always a channel here. No text of anybody is kept.
    """

    async def reply(self, where: Where, message: str) -> Reply | None:
        """Our reply to that message; a very old one may be forgotten."""

    async def keep(self, where: Where, message: str, reply: Reply) -> None:
        """Keep our reply to that message, in place of an earlier one."""

    async def drop(self, where: Where, message: str) -> None:
        """Keep our reply to that message no longer."""

    async def shown(self, where: Where, names: Collection[str], since: datetime) -> frozenset[str]:
        """Which of the names were shown there later than `since`."""

    async def claim(
        self, where: Where, names: Collection[str], now: datetime, since: datetime
    ) -> frozenset[str]:
        """Note as shown now what was not shown there later than `since`, and tell
        which that is; of two who claim the same at once, one gets it.
        """

    async def release(self, where: Where, names: Collection[str]) -> None:
        """They are not to be seen there any more."""

    async def ignores(self, platform: str, person: str) -> bool:
        """Whether that person wants no answer unasked."""

    async def ignore(self, platform: str, person: str, *, ignored: bool) -> None:
        """Keep whether they want none, anywhere on the platform."""


class Installations(Protocol):
    """Which servers let the bot in, and with what; never one server's to another."""

    async def keep(self, platform: str, server: str, held: str) -> None:
        """Keep what lets the bot in there, in place of an earlier one."""

    async def of(self, platform: str, server: str) -> str | None:
        """What is kept for exactly that server."""

    async def drop(self, platform: str, server: str) -> None:
        """Forget everything of a server that wants the bot no more, its preferences too."""

    async def issue(self, state: str, until: datetime) -> None:
        """Remember that an installation was begun."""

    async def consume(self, state: str, now: datetime) -> bool:
        """Whether an installation was begun with that state and may still end: once."""


class Outbox(Protocol):
    """Subscriptions to digests, and what became of each part of each digest."""

    async def add(self, subscription: Subscription) -> bool:
        """Keep a new one; False where the place has one of its kind."""

    async def change(self, subscription: Subscription) -> bool:
        """Keep how it is now; False where it was changed since it was read."""

    async def remove(self, subscription: str) -> None:
        """Drop it, and what it was still owed."""

    async def pause(self, subscription: str, reason: str) -> Subscription | None:
        """Post nothing to it until it is resumed; None where it is paused already."""

    async def pause_all(self, where: Where, reason: str) -> int:
        """The same for all of that place (of its whole server, if it names no channel);
        how many were not paused before.
        """

    async def subscriptions(self, where: Where | None = None) -> Sequence[Subscription]:
        """All of that place (of its whole server, if it names no channel), or all there are."""

    async def appearances(self) -> Sequence[Appearance]:
        """Every issue that came into the library, in the order they came."""

    async def note(self, appearances: Sequence[Appearance]) -> int:
        """Note more of them, whose ids are given here; tell the last id of all."""

    async def news(self, seen: int, newest: int) -> Sequence[int]:
        """The numbers of issues that are news, of the appearances after `seen` up to `newest`."""

    async def lease(self, platform: str, holder: str, now: datetime, until: datetime) -> int | None:
        """Be the one who delivers on the platform until then: the fence, None while another is."""

    async def release(self, platform: str, holder: str) -> None:
        """Let another deliver."""

    async def due(self, platform: str, now: datetime, newest: int) -> Sequence[Subscription]:
        """Those on the platform, not paused, that something may have to be posted to."""

    async def plan(self, after: Subscription, deliveries: Sequence[Delivery], fence: int) -> bool:
        """Write the deliveries down and how the subscription stands then, together;
        False, and nothing, where it was changed since or the fence is outdated.
        """

    async def ready(self, platform: str, now: datetime) -> Sequence[tuple[str, str]]:
        """The subscriptions whose next delivery may be sent now, each with its server."""

    async def head(self, subscription: str) -> Delivery | None:
        """The first part that is neither sent nor failed; None where the subscription is paused."""

    async def begin(self, delivery: str, fence: int, now: datetime) -> bool:
        """Mark a pending one as being sent; False where the fence is outdated."""

    async def sent(self, delivery: str, message: str, now: datetime) -> None:
        """It stands there, as that message."""

    async def postpone(self, delivery: str, state: State, again: datetime, problem: str) -> None:
        """Bring it into that state, to be looked at again then."""

    async def fail(self, delivery: str, problem: str, now: datetime) -> None:
        """Give it up for good."""

    async def log(self, where: Where | None, limit: int) -> Sequence[Delivery]:
        """The last deliveries of that place (or its server), the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How it stands with a source that is polled; times are kept to the second.

    `etag`, `last_modified` and `digest` are those of what was taken in last,
    "" where there is none. `failures` counts those since the last success, and
    `problem` is the sentence of the last one.
    """

    name: str
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    tried: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    problem: str = ""
    due: datetime


class Sources(Protocol):
    """Where the newsletter is polled from, and how that went; survives a restart."""

    async def state(self, name: str) -> SourceState | None:
        """How it stands with the source; None where it was never tried."""

    async def claim(
        self, name: str, now: datetime, until: datetime, *, force: bool = False
    ) -> SourceState | None:
        """How it stands with a source that is due now, or with any by `force`.

        It is then not due before `until`: of two who claim at once, one gets it.
        """

    async def keep(self, state: SourceState) -> None:
        """Keep how it stands, in place of what was kept of that source."""


class Checkup(Protocol):
    """Looks whether the database is sound."""

    async def version(self) -> int:
        """Of its schema."""

    async def damage(self) -> Sequence[str]:
        """What is broken in it, a line each; reads all of it. Raises StoreError
        where that is too much to go on.
        """

    async def writable(self) -> None:
        """Raises StoreError with the reason why it cannot be written."""
