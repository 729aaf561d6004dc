"""Checks everything that the bot needs, and says what is wrong and what to do.

A check is a function in a file of its own, listed in `CHECKS`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.app import App, may_write
from bot.doctor.clock import clock
from bot.doctor.database import database, file, private, room
from bot.doctor.digests import digests
from bot.doctor.patient import Check, Patient
from bot.doctor.platforms import asked_of, platforms
from bot.doctor.running import running
from bot.doctor.sources import sources
from bot.doctor.timezones import timezones
from bot.errors import StoreError
from bot.model.findings import Finding, Health, bad, warn
from bot.ports import DatabaseName

__all__ = ["Finding", "Health", "diagnose"]

_AS_BOT: Final = "The bot has to. If it runs as another user, run anbot doctor as that one too."

CHECKS: Final[tuple[Check, ...]] = (database, running, sources, digests, clock, timezones)


async def diagnose(app: App, path: DatabaseName) -> Sequence[Finding]:
    """All findings on that database and the settings. Makes no database, and changes
    one only as far as opening it does.
    """
    findings: list[Finding] = []
    try:
        async with app.open_store(path, clock=app.clock, readonly=True) as store:
            patient = Patient(store=store, settings=app.settings, now=app.clock())
            for check in CHECKS:
                findings += await _checked(check, patient)
            asked = await asked_of(app.platforms, store, app.clock)
        findings += await _writable(app, path)
    except StoreError as error:
        async with app.open_store(":memory:", clock=app.clock) as nothing:
            asked = await asked_of(app.platforms, nothing, app.clock)
        findings.append(bad(str(error)))
    return [*findings, *platforms(app.platforms), *asked]


async def _checked(check: Check, patient: Patient) -> Sequence[Finding]:
    try:
        return await check(patient)
    except StoreError as error:
        return [bad(str(error))]


async def _writable(app: App, path: DatabaseName) -> Sequence[Finding]:
    if isinstance(path, Path) and not may_write(path):
        return [warn(f"You may read {path}, but not write it.", _AS_BOT), *private(path), *room(path)]
    try:
        async with app.open_store(path, clock=app.clock) as store:
            await store.checkup.writable()
    except StoreError as error:
        return [bad(str(error))]
    return [file(path), *private(path), *room(path)] if isinstance(path, Path) else []
