"""Checks which platforms are configured; shows names of variables, never their values."""

from collections.abc import Sequence

from bot.app import Platform
from bot.doctor.finding import Finding, ok, warn


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
