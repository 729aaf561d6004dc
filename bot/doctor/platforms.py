"""Checks which platforms are configured; shows names of variables, never their values."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Final

from bot.app import Platform, Store
from bot.errors import BotError, Unavailable
from bot.model.findings import Finding, bad, ok, warn
from bot.runtime.clock import Clock

_PATIENCE: Final = 30.0
"""Seconds that a platform has for all that it is asked."""
_LATER: Final = "Its tokens were not tried. `anbot run` tries again by itself; so may you."


def platforms(known: Sequence[Platform]) -> Sequence[Finding]:
    """A finding on each platform that has a variable set, and one if none is configured."""
    findings = [finding for platform in known for finding in _of(platform)]
    if any(platform.configured for platform in known):
        return findings
    needs = "; ".join(f"for {platform.name}: {' and '.join(platform.needs)}" for platform in known)
    return [
        *findings,
        warn("No platform is configured, so `anbot run` has nothing to serve", f"Set {needs}."),
    ]


async def asked_of(known: Sequence[Platform], store: Store, clock: Clock) -> Sequence[Finding]:
    """What the configured platforms say, all asked at once."""
    checks = [
        _asked(platform.name, platform.check(store, clock))
        for platform in known
        if platform.configured and platform.check
    ]
    return [finding for findings in await asyncio.gather(*checks) for finding in findings]


async def _asked(name: str, check: Awaitable[Sequence[Finding]]) -> Sequence[Finding]:
    """What the check finds; a platform that does not answer is no fault of the bot's."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await check
    except TimeoutError:
        return [warn(f"{name} did not answer within {_PATIENCE:.0f} s", _LATER)]
    except Unavailable as error:
        return [warn(str(error), _LATER)]
    except BotError as error:
        return [bad(str(error))]


def _of(platform: Platform) -> Sequence[Finding]:
    given = " and ".join(platform.given)
    if platform.configured:
        return [ok(f"{platform.name} is configured by {given}")]
    if not given:
        return []
    needed = " and ".join(platform.needs)
    return [
        warn(
            f"{platform.name} is not configured, though {given} is set",
            f"Set {needed}; docs/configuration.md has other ways.",
        )
    ]
