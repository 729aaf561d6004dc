"""What a check gets, and what it returns."""

import enum
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.app import Store
from bot.config import Settings


class Health(enum.StrEnum):
    """BAD does not work; WARN works, but maybe not as intended."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of a check; `advice` says what to do, "" for nothing."""

    health: Health
    what: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What is checked: an open database (for reading), the settings, and the time now."""

    store: Store
    settings: Settings
    now: datetime


Check: TypeAlias = Callable[[Patient], Awaitable[Sequence[Finding]]]
"""Checks one thing. May raise StoreError, which becomes the finding."""


def ok(what: str) -> Finding:
    """A finding that all is well."""
    return Finding(health=Health.OK, what=what)


def warn(what: str, advice: str) -> Finding:
    """A finding that may not be intended."""
    return Finding(health=Health.WARN, what=what, advice=advice)


def bad(what: str, advice: str = "") -> Finding:
    """A finding that something does not work."""
    return Finding(health=Health.BAD, what=what, advice=advice)
