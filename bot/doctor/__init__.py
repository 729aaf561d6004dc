"""Checks everything that the bot needs, and says what is wrong and what to do.

A check is a function in a file of its own, listed in `CHECKS`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.app import App
from bot.doctor.clock import clock
from bot.doctor.database import database, private, room
from bot.doctor.digests import digests
from bot.doctor.finding import Check, Finding, Health, Patient, bad
from bot.doctor.platforms import platforms
from bot.doctor.sources import sources
from bot.doctor.timezones import timezones
from bot.errors import StoreError

__all__ = ["Finding", "Health", "diagnose"]

CHECKS: Final[tuple[Check, ...]] = (database, sources, digests, clock, timezones)


async def diagnose(app: App, path: Path) -> Sequence[Finding]:
    """All findings on that database and the settings. Makes no database, and changes
    one only as far as opening it does.
    """
    findings: list[Finding] = []
    try:
        async with app.open_store(path, clock=app.clock, readonly=True) as store:
            patient = Patient(store=store, settings=app.settings, now=app.clock())
            for check in CHECKS:
                findings += await _checked(check, patient)
        findings += await _writable(app, path)
    except StoreError as error:
        findings.append(bad(str(error)))
    return [*findings, *platforms(app.platforms)]


async def _checked(check: Check, patient: Patient) -> Sequence[Finding]:
    try:
        return await check(patient)
    except StoreError as error:
        return [bad(str(error))]


async def _writable(app: App, path: Path) -> Sequence[Finding]:
    try:
        async with app.open_store(path, clock=app.clock) as store:
            await store.checkup.writable()
    except StoreError as error:
        return [bad(str(error))]
    return [*private(path), *room(path)]
