"""Discord's own OpenAPI document, where it is at hand, and requests checked against it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from simcord import Env

from tests.stand_ins.discord import ManualClock, StandIn
from tests.stand_ins.discord.journal import Record
from tests.stand_ins.discord.openapi import OpenApi, at_hand
from tests.support.archive import SHARED

DOCUMENT: Final = at_hand(SHARED / "specs" / "discord-openapi.json")
_TOKENS: Final = {"webhooks", "interactions"}
"""After these come an id and a token."""


@asynccontextmanager
async def checked_stand_in(clock: ManualClock) -> AsyncIterator[StandIn]:
    """A Discord without rate limits; at the end, every request that reached it fits the document."""
    async with StandIn(clock=clock, openapi=DOCUMENT) as discord:
        discord.limits.window_scale = 0
        yield discord
        assert not discord.checked or discord.openapi.of("request") == []


def check_requests(env: Env) -> None:
    """Every request that the bot made in the simulated Discord fits the document."""
    if DOCUMENT is None:
        return
    document = OpenApi(DOCUMENT)
    for request in env.http_requests:
        body: Any = request.json
        document.check(
            Record(method=request.method, path=request.path, route=_route(request.path), at=0, json=body)
        )
    assert document.violations == [], document.violations
    assert document.checked, "the commands at least were written"


def _route(path: str) -> str:
    parts = path.split("/")
    for at, part in enumerate(parts):
        if part.isdecimal():
            parts[at] = "{id}"
        elif at > 1 and parts[at - 2] in _TOKENS:
            parts[at] = "{token}"
    return "/".join(parts)
