"""What a check gets."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.app import Store
from bot.config import Settings
from bot.model.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What is checked: an open database (for reading), the settings, and the time now."""

    store: Store
    settings: Settings
    now: datetime


Check: TypeAlias = Callable[[Patient], Awaitable[Sequence[Finding]]]
"""Checks one thing. May raise StoreError, which becomes the finding."""
