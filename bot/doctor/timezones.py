"""Which rules of timezones are in force, and whether they are of this year."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.digests.timezones import package_version, system_version
from bot.doctor.patient import Patient
from bot.model.findings import Finding, ok, warn

_OLD: Final = 365
_UPGRADE: Final = "Install the newest rules with `pip install --upgrade tzdata`, and start the bot again."


async def timezones(patient: Patient) -> Sequence[Finding]:
    """Findings about the rules that weekly digests are computed by."""
    return findings(package_version(), system_version(), patient.now)


def findings(package: str, system: str, now: datetime) -> list[Finding]:
    """Findings about rules of these versions; `system` is "" if the system has none."""
    in_force = max(package, system)
    shown = f"timezones: the rules of version {in_force} are in force"
    if (now.date() - _published(in_force)).days > _OLD:
        return [warn(f"{shown}, which is over a year old", _UPGRADE)]
    if system > package:
        return [warn(f"{shown}, the system's; the package tzdata has {package}", _UPGRADE)]
    if system and system != package:
        return [ok(f"{shown}, the package's; the system has {system}")]
    return [ok(shown)]


def _published(version: str) -> date:
    """About when the version appeared: some five a year do, a to e; long ago if it says nothing."""
    year, letter = version[:4], version[4:5]
    if not year.isdigit():
        return date.min
    return date(int(year), min(12, 1 + 2 * max(0, "abcdef".find(letter))), 1)
