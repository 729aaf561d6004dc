"""Looks at everything the bot stands on, and says what is wrong and what to do.

A check is a function in a file of its own, listed in `CHECKS`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.doctor.database import database
from bot.doctor.digests import digests
from bot.doctor.finding import Check, Finding, Health, Patient, bad
from bot.doctor.platforms import platforms
from bot.doctor.polling import sources
from bot.errors import StoreError
from bot.wiring import Wiring

__all__ = ["Finding", "Health", "diagnose"]

CHECKS: Final[tuple[Check, ...]] = (database, sources, digests)


async def diagnose(wiring: Wiring, path: Path) -> Sequence[Finding]:
    """All findings on that database and the settings. Makes no database, and
    changes none but for what opening it brings up to date.
    """
    found: list[Finding] = []
    try:
        async with wiring.open_store(path, clock=wiring.clock, readonly=True) as store:
            patient = Patient(store=store, settings=wiring.settings, now=wiring.clock())
            for check in CHECKS:
                found += await _checked(check, patient)
        found += await _writable(wiring, path)
    except StoreError as error:
        found.append(bad(str(error)))
    return [*found, *platforms(wiring.settings, wiring.platforms)]


async def _checked(check: Check, patient: Patient) -> Sequence[Finding]:
    try:
        return await check(patient)
    except StoreError as error:
        return [bad(str(error))]


async def _writable(wiring: Wiring, path: Path) -> Sequence[Finding]:
    try:
        async with wiring.open_store(path, clock=wiring.clock) as store:
            await store.checkup.writable()
    except StoreError as error:
        return [bad(str(error))]
    return []
