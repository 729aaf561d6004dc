"""What a chat platform needs, and what it brings."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

import click

from bot.app.database import Store
from bot.digests import dispatcher
from bot.digests.arrivals import QUIET
from bot.digests.dispatcher import DeliveryEnded
from bot.linking import linker
from bot.linking.linker import ReplyOutcome
from bot.lookup.lookup import Lookup
from bot.model.findings import Finding
from bot.model.places import Place
from bot.pictures import Pictures
from bot.runtime.clock import Clock
from bot.runtime.gateways import Gateways


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that a platform needs to serve people.

    `pictures` are None if there is nothing to draw them with. `quiet` is how long nothing is
    added to an issue before it counts as complete. A platform says in `gateways` whether it is
    up; `delivered` hears of every delivery that ended, `linked` of every message that linking
    looked at.
    """

    lookup: Lookup
    store: Store
    clock: Clock
    quiet: timedelta = QUIET
    pictures: Pictures | None = None
    gateways: Gateways = field(default_factory=Gateways)
    delivered: Callable[[DeliveryEnded], None] = dispatcher.unheard
    linked: Callable[[str, ReplyOutcome], None] = linker.unheard


Checking: TypeAlias = Callable[[Store, Clock], Awaitable[Sequence[Finding]]]
"""Asks a platform whether it takes the tokens, and what the bot may do where digests go. Posts nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A chat platform, put together for an environment by its folder under `adapters`.

    name        as in places, in the log and in `anbot try --as`
    variables   the environment variables that it reads
    given       those of them that are set
    needs       those without which it stays off
    configured  whether enough is set to serve
    serve       answers there until the event is set; raises BotError if the platform refuses
    preview     what would be sent for a text, as JSON
    tell        posts a text for whoever runs the bot; None if the settings name no channel for it
    check       what `anbot doctor` finds there; None if there is nothing to ask
    commands    commands of the command line that this platform alone has, each made when it is used
    servers     what the ids of its servers look like; no two platforms' look alike
    names       what channels are called, as far as the platform tells: it is asked
    leave       takes the bot off a server; returns the servers that nothing need be kept of then.
                Raises BotError if the platform cannot be asked
    """

    name: str
    variables: tuple[str, ...]
    given: tuple[str, ...]
    needs: tuple[str, ...]
    configured: bool
    serve: Callable[[Services, asyncio.Event], Awaitable[None]]
    preview: Callable[[Lookup, str, Callable[[], datetime]], Awaitable[str]]
    tell: Callable[[Services, str], Awaitable[None]] | None = None
    check: Checking | None = None
    commands: Mapping[str, Callable[[], click.Command]] = field(default_factory=dict)
    servers: str = ""
    names: Callable[[Store, Collection[Place]], Awaitable[Mapping[Place, str]]] | None = None
    leave: Callable[[Store, str], Awaitable[Sequence[str]]] | None = None
