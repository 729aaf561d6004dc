"""What a check found, and what it is given to look at."""

import enum
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.app import Store
from bot.config import Settings


class Health(enum.StrEnum):
    """BAD does not work; WARN works, but not as it might be meant."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at; `advice` says what to do, "" where nothing is."""

    health: Health
    what: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """An open database (for reading), the settings, and the time of the visit."""

    store: Store
    settings: Settings
    now: datetime


Check: TypeAlias = Callable[[Patient], Awaitable[Sequence[Finding]]]
"""Looks at one thing. May raise StoreError, which is then the finding."""


def ok(what: str) -> Finding:
    """It is as it should be."""
    return Finding(health=Health.OK, what=what)


def warn(what: str, advice: str) -> Finding:
    """It may not be as it was meant."""
    return Finding(health=Health.WARN, what=what, advice=advice)


def bad(what: str, advice: str = "") -> Finding:
    """It does not work."""
    return Finding(health=Health.BAD, what=what, advice=advice)
