"""Which platforms are configured, by the names of what is set; never by its values."""

from collections.abc import Sequence

from bot.app import Platform
from bot.config import VARIABLES, Settings
from bot.doctor.finding import Finding, ok, warn


def platforms(settings: Settings, known: Sequence[Platform]) -> Sequence[Finding]:
    """Each platform for which anything is set; where none is configured, that."""
    told = [finding for platform in known for finding in _of(settings, platform)]
    if any(platform.configured(settings) for platform in known):
        return told
    needs = "; ".join(f"for {platform.name}: {' and '.join(platform.needs)}" for platform in known)
    return [*told, warn("No platform is configured, so `anbot run` has nothing to serve", f"Set {needs}.")]


def _of(settings: Settings, platform: Platform) -> Sequence[Finding]:
    names = [name for name in VARIABLES if name.startswith(f"{platform.name.upper()}_")]
    present = " and ".join(name for name in names if getattr(settings, name.lower()))
    if platform.configured(settings):
        return [ok(f"{platform.name} is configured by {present}")]
    if not present:
        return []
    needed = " and ".join(platform.needs)
    return [
        warn(
            f"{platform.name} is not configured, though {present} is set",
            f"Set {needed}; the README tells other ways.",
        )
    ]
