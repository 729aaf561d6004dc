"""What the command line knows of a platform: what it needs, and how to run it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.config import Settings
from bot.desk import Desk
from bot.digests.pace import Pace
from bot.ports import Discussions, Installations, Ledger, Outbox, Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """All that a platform serves people with."""

    desk: Desk
    ledger: Ledger
    installations: Installations
    discussions: Discussions
    outbox: Outbox
    sources: Sources
    settings: Settings
    pace: Pace

    @property
    def clock(self) -> Callable[[], datetime]:
        """Tells the time, in UTC."""
        return self.pace.clock


class Invite(Protocol):
    """Makes the address that installs the bot."""

    def __call__(self, settings: Settings, application: int | None, *, personal: bool) -> str:
        """Raises InputError where the settings do not say enough."""


class Manifest(Protocol):
    """Makes what a platform installs the bot from."""

    def __call__(self, settings: Settings, url: str, *, linking: str, settling: bool) -> str:
        """For a bot that is reached at `url`, "" for none; `linking` is one of
        `bot.config.LINKING` or "", and says how much of messages it may see;
        `settling` lets it look whether what it posted stands there.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One place to run: `needs` are the variables without which it stays off.

    `serve` returns when the event is set, and raises BotError where the
    platform refuses. `preview` is what would be sent for a text, as JSON. An
    `invite` or a `manifest` is what installs the bot, whichever the platform has.
    """

    name: str
    needs: tuple[str, ...]
    configured: Callable[[Settings], bool]
    serve: Callable[[Service, asyncio.Event], Awaitable[None]]
    preview: Callable[[Desk, str, Callable[[], datetime]], Awaitable[str]]
    invite: Invite | None = None
    manifest: Manifest | None = None
